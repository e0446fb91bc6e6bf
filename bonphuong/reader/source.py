"""A text and its plain twin: same meaning, simpler letters, and every offset leads back to the original."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Sequence

# Only Latin letters are composed: a run of marks is cut after four, so that a text made of nothing but
# marks costs no more than any other.
_DECOMPOSED = re.compile(r"[A-Za-z\u00c0-\u1ef9][\u0300-\u036f]{1,4}")
_MARK = re.compile(r"[\u0300-\u036f]")

# Control characters and what a decoder puts for bytes that it cannot read.
_NOT_WRITING = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MOST_NOISE = 0.02

# One character for one character: the twin must keep the length.
_PLAIN = (
    ("\r\n", " \n"),
    ("\r", "\n"),
    ("\u2028", "\n"),
    ("\u2029", "\n"),
    ("\x85", "\n"),
    ("\x0b", "\n"),
    ("\x0c", "\n"),
    ("\t", " "),
    ("\u00a0", " "),
    ("\u2009", " "),
    ("\u202f", " "),
    ("\u3000", " "),
    ("\u200b", " "),
    ("\ufeff", " "),
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u2012", "-"),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u2212", "-"),
    ("\uff05", "%"),
    ("\u00f0", "đ"),
    ("\u00d0", "Đ"),
    ("\u0130", "I"),
)
# "hoà" and "hòa", "thuỷ" and "thủy" are one word: where the syllable ends, the mark is moved to the first
# vowel, in texts and in patterns alike, so that both spellings meet. In "quý" there is but one vowel.
_LATE_TONE = re.compile(r"o[àáảãạèéẻẽẹ](?!\w)|(?<![qQ])u[ỳýỷỹỵ](?!\w)")
_EARLY_TONE = {
    f"{first}{late}": f"{early}{second}"
    for first, lates, earlies, second in (
        ("o", "àáảãạ", "òóỏõọ", "a"),
        ("o", "èéẻẽẹ", "òóỏõọ", "e"),
        ("u", "ỳýỷỹỵ", "ùúủũụ", "y"),
    )
    for late, early in zip(lates, earlies, strict=True)
}


@dataclass(frozen=True, slots=True)
class Source:
    """`exact` keeps capitals, `key` does not; both have one length, and `spot` leads back into `text`."""

    text: str
    exact: str
    key: str
    spots: Sequence[int] | None

    def spot(self, place: int) -> int:
        """The offset in the original text of an offset in the twin."""
        return place if self.spots is None else self.spots[place]

    def cut(self, start: int, end: int) -> str:
        """The original words between two offsets of the twin."""
        return self.text[self.spot(start) : self.spot(end)]


def decode(data: bytes) -> str:
    """The characters of a file: UTF-8 (a byte order mark stays and counts as one character), or UTF-16 with a mark.

    BadValue in plain words for anything else; nothing is guessed.
    """
    wide = data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    try:
        text = data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError:
        text = ""
    if not text and data:
        raise BadValue(_("This file is not UTF-8 text. Save it as plain text in UTF-8 and try again."))
    if not is_text(text):
        raise BadValue(_("This file holds no readable text."))
    return text


def is_text(text: str) -> bool:
    """Whether a string is writing rather than the bytes of something else."""
    return len(_NOT_WRITING.findall(text)) <= _MOST_NOISE * len(text)


def source(text: str) -> Source:
    """Make the twin of a text. Linear in its length."""
    composed, spots = _compose(text)
    exact = plain(composed)
    return Source(text, exact, lower(exact), spots)


def plain(text: str) -> str:
    """Spaces, dashes, line ends and tone marks in their one plain form; the length stays."""
    for old, new in _PLAIN:
        if old in text:
            text = text.replace(old, new)
    return _LATE_TONE.sub(_early_tone, text)


def _early_tone(found: re.Match[str]) -> str:
    return _EARLY_TONE[found[0]]


def pattern(phrase: str, *, exact: bool = False) -> str:
    """A phrase written as it would stand in `Source.exact` or `Source.key`."""
    composed = plain(unicodedata.normalize("NFC", phrase))
    return composed if exact else lower(composed)


def lower(text: str) -> str:
    """Lower case that keeps the length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _compose(text: str) -> tuple[str, Sequence[int] | None]:
    if not _MARK.search(text):
        return text, None
    pieces: list[str] = []
    spots: list[int] = []
    last = 0
    for match in _DECOMPOSED.finditer(text):
        start, end = match.span()
        pieces.append(text[last:start])
        spots.extend(range(last, start))
        letter = unicodedata.normalize("NFC", match[0])
        pieces.append(letter)
        # Everything after the first letter of a cluster points at its end: a span never cuts a cluster.
        spots.append(start)
        spots.extend([end] * (len(letter) - 1))
        last = end
    pieces.append(text[last:])
    spots.extend(range(last, len(text) + 1))
    return "".join(pieces), spots
