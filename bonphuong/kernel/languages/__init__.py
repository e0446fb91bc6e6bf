"""How each report language writes numbers, dates and periods.

Kept apart from gettext: a report prints in its own language, whatever language its reader's screen has.
A new language is one module with one subclass of `Language`, registered here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from bonphuong.kernel.languages.en import English
from bonphuong.kernel.languages.vi import Vietnamese

if TYPE_CHECKING:
    from bonphuong.kernel.languages.base import Language

_LANGUAGES: dict[str, Language] = {"vi": Vietnamese(), "en": English()}


def reader_language() -> str:
    """The language of whoever reads the page now, "vi" or "en"; any other screen language is read in Vietnamese."""
    return "en" if (get_language() or "").startswith("en") else "vi"


def language(code: str) -> Language:
    """The writer for "vi" or "en" ("en-gb" counts as "en"); any other code is the caller's mistake."""
    try:
        return _LANGUAGES[code.split("-", 1)[0].lower()]
    except KeyError:
        raise LookupError(f"no number and date writer for language {code!r}") from None
