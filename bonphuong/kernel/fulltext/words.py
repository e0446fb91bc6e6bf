"""What a person typed, made into words that both databases understand. Nothing of it is ever an operator."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What nobody types by hand is cut: more words never find more.
LONGEST, MOST_WORDS = 200, 16
# A word of so many letters finds all words that begin with it; a shorter one stands for itself.
BEGINNING = 3
# Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana. Each sign is a word of its own, so that
# any part of a run is found as a phrase.
UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"))
UNSPACED_CLASS = "".join(f"{first}-{last}" for first, last in UNSPACED)
_UNSPACED = re.compile(f"([{UNSPACED_CLASS}])")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Phrase:
    """Words that follow one another; with `is_begun` the last of them is only the beginning of a word."""

    words: tuple[str, ...]
    is_begun: bool = False


@dataclass(frozen=True)
class Asked:
    """All groups must be found, each by any of its phrases: the word as typed, or another name of the same thing."""

    groups: tuple[tuple[Phrase, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.groups)


def spaced(folded: str) -> str:
    """Folded text as the index takes it: signs of scripts without spaces stand apart."""
    return folded if folded.isascii() else _UNSPACED.sub(r" \1 ", folded)


def stands_alone(folded: str) -> bool:
    """Whether a sign is a word by itself: Chinese, and those of scripts without spaces."""
    return not folded.isascii() and bool(_HAN.search(folded) or _UNSPACED.search(folded))


def words_in(folded: str) -> list[str]:
    """The words of folded text, as FTS5 parts them with letters, figures and marks for its signs."""
    text = spaced(folded)
    if text.isascii():
        return re.findall("[a-z0-9]+", text)
    return "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in text).split()


def phrases_of(text: str) -> list[Phrase]:
    """The phrases of what was typed: what stands without a space between ("1234/QĐ-UBND", "外事") stays together."""
    found: list[Phrase] = []
    for chunk in text[:LONGEST].split():
        words = tuple(words_in(fold(chunk)))
        if words:
            found.append(Phrase(words, _is_begun(words[-1])))
    return found[:MOST_WORDS]


def _is_begun(word: str) -> bool:
    return len(word) >= BEGINNING and not _HAN.match(word)


def asked(
    text: str, names: Mapping[tuple[str, ...], Iterable[str]] | None = None, *, is_typing: bool = False
) -> Asked:
    """What to look for. `names` maps words that name a thing to all its names, any of which will do.

    While somebody is typing, a last word of a letter or two is not yet asked for: it is on its way to a longer one.
    """
    phrases = phrases_of(text)
    if is_typing and len(phrases) > 1 and not text[-1:].isspace() and phrases[-1].words[-1].isalpha():
        last = phrases[-1].words
        if len(last) == 1 and len(last[0]) < BEGINNING and last[0].isascii():
            phrases = phrases[:-1]
    groups: list[tuple[Phrase, ...]] = []
    at = 0
    while at < len(phrases):
        taken, others = _named(phrases, at, names or {})
        if taken:
            groups.append(others)
            at += taken
        else:
            groups.append((phrases[at],))
            at += 1
    return Asked(tuple(dict.fromkeys(groups)))


def _named(
    phrases: list[Phrase], at: int, names: Mapping[tuple[str, ...], Iterable[str]]
) -> tuple[int, tuple[Phrase, ...]]:
    """How many phrases from `at` on name a thing, the longest name first, and all that it is called."""
    for end in range(len(phrases), at, -1):
        words = tuple(word for phrase in phrases[at:end] for word in phrase.words)
        others = names.get(words)
        if others:
            typed = phrases[at] if end == at + 1 else Phrase(words)
            called = (tuple(words_in(fold(name))) for name in others)
            return end - at, (typed, *(Phrase(name) for name in dict.fromkeys(called) if name != words))
    return 0, ()
