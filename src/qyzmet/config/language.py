"""The language of a page: the one the person chose, and Kazakh until they choose."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

__all__ = ["ChosenLanguageMiddleware"]


class ChosenLanguageMiddleware(LocaleMiddleware):
    """The browser's own wish is not asked: most are set to a language their owner did not choose for us."""

    def process_request(self, request: HttpRequest) -> None:
        """Take the language from its cookie; unknown values count as none."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
