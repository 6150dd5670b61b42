"""Words a case is found by."""

from __future__ import annotations

from django.db import models

from qyzmet.cases.models.case import Case

__all__ = ["CaseWord"]


class CaseWord(models.Model):
    """One word of a case, folded and written in plain Latin letters (`cases.words.wording`), so that both
    databases compare it alike.

    `depth` says from where it is taken: 0 the number, 1 the applicant, 2 the answers of the form. Who sees
    less of a case finds it by less.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="words")
    word = models.CharField(max_length=64)
    depth = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "cases"
        indexes = (
            models.Index(fields=["word", "case", "depth"], name="word_to_case"),
            models.Index(fields=["case", "word", "depth"], name="word_of_case"),
        )
