"""Payloads and seals are kept like entries; a table SQLite has made anew gets its guards again."""

from django.db import migrations

from qyzmet.cases.journal import guards


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_only_indexes_that_are_read")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(editor.connection), migrations.RunPython.noop
        )
    ]
