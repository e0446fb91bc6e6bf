"""Words of another language on a Vietnamese page: codes that nobody translated, English left over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A syllable as Vietnamese spells it, without its marks.
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x)?"
    r"(uye|ieu|uou|uoi|oai|oay|uay|oeo|yeu|uya|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|a|e|i|o|u|y)"
    r"(ch|ng|nh|c|m|n|p|t)?"
)
_WORD = re.compile(r"[^\W\d]+(?:_[^\W\d]+)*")
#: English that looks like a Vietnamese syllable, but stands in no Vietnamese sentence.
_ENGLISH = frozenset({"of", "at", "it", "by", "not", "yet", "me", "my"})
#: Words that Vietnamese offices write as they are.
TAKEN = frozenset(
    {
        "axe", "csv", "docx", "ctrl", "email", "enter", "esc", "excel", "html", "ical", "json", "km", "logo", "logistics", "pdf",
        "ppt", "px", "scan", "sms", "text", "txt", "usd", "web", "website", "word", "xlsx", "zip", "kg", "video", "internet",
        "festival", "marathon", "fax", "online", "iso", "ha", "mw", "kw", "kwh", "ics",
    }
)  # fmt: skip


def foreign(texts: Iterable[str]) -> Iterator[str]:
    """Those of these texts in which a small word is neither Vietnamese nor taken into it."""
    for text in texts:
        plain = text.strip()
        found = [word for word in _WORD.findall(plain) if _is_foreign(word)]
        if found:
            yield f"{plain[:80]} [{', '.join(found[:4])}]"


def _is_foreign(word: str) -> bool:
    """Names begin with a capital and are left alone; a word with any mark is Vietnamese."""
    if not word.isascii() or not word.islower() or word in TAKEN or len(word) < 2:
        return False
    return "_" in word or word in _ENGLISH or _SYLLABLE.fullmatch(word) is None
