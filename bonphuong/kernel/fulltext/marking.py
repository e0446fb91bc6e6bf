"""Where in a text the words stand that found it: the text keeps its marks, the words have none."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.fulltext.words import stands_alone, words_in
from bonphuong.kernel.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.kernel.fulltext.words import Asked, Phrase

Span = tuple[int, int]
# What is shown of a long text, in signs.
EXCERPT = 160
LONGEST_LINE = 4000


@dataclass(frozen=True)
class _Word:
    """A folded word and, for each of its signs, which sign of the text it came from."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Marked:
    """A text in pieces, each with whether it is a hit. `groups` says which of the groups asked for were found."""

    pieces: tuple[tuple[str, bool], ...]
    groups: frozenset[int]


def mark(text: str, wanted: Asked, *, length: int = 0) -> Marked:
    """The text with its hits marked; with a `length` only so much of it, around the first hit."""
    plain = nfc(text)
    words = _words(plain)
    spans: list[Span] = []
    groups = set()
    for number, group in enumerate(wanted.groups):
        found = [span for phrase in group for span in _spans(words, phrase)]
        if found:
            groups.add(number)
            spans += found
    merged = _merged(spans)
    start, end = _window(plain, merged, length)
    return Marked(tuple(_pieces(plain, merged, start, end)), frozenset(groups))


def excerpt(text: str, wanted: Asked, *, length: int = EXCERPT) -> Marked:
    """The line of a long text that holds most of what is asked, shortened, with its hits marked.

    Looking at every sign of a long text takes long; whole lines are compared first.
    """
    firsts = [{phrase.words[0] for phrase in group} for group in wanted.groups]
    best, most = "", 0
    for line in text.splitlines():
        folded = fold(line)
        held = sum(any(word in folded for word in words) for words in firsts)
        if held > most:
            best, most = line, held
        if most == len(firsts):
            break
    return mark(best.strip()[:LONGEST_LINE], wanted, length=length)


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    signs: list[str] = []
    places: list[int] = []

    def close() -> None:
        if signs:
            found.append(_Word("".join(signs), tuple(places)))
            signs.clear()
            places.clear()

    for place, char in enumerate(text):
        folded = fold(char)
        if not folded:
            # A mark by itself belongs to the letter before it; a blank ends the word.
            if unicodedata.category(char)[0] not in "MC":
                close()
            continue
        parts = words_in(folded)
        alone = not parts or len(parts) > 1 or stands_alone(folded)
        if alone:
            close()
        for part in parts:
            signs += part
            places += [place] * len(part)
            if alone:
                close()
    close()
    return found


def _spans(words: Sequence[_Word], phrase: Phrase) -> list[Span]:
    wanted = phrase.words
    found = []
    for at in range(len(words) - len(wanted) + 1):
        held = words[at : at + len(wanted)]
        if any(word.text != asked for word, asked in zip(held[:-1], wanted, strict=False)):
            continue
        last, asked = held[-1], wanted[-1]
        if last.text == asked or (phrase.is_begun and last.text.startswith(asked)):
            found.append((held[0].places[0], last.places[len(asked) - 1] + 1))
    return found


def _merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _window(text: str, spans: list[Span], length: int) -> Span:
    if not length or len(text) <= length:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - length // 3, len(text) - length))
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = start + length
    return start, text.rfind(" ", first + 1, end) if end < len(text) and " " in text[first + 1 : end] else end


def _pieces(text: str, spans: list[Span], start: int, end: int) -> list[tuple[str, bool]]:
    pieces = [("…", False)] if start else []
    at = start
    for first, last in spans:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)  # noqa: PLW2901 - what of it is shown
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("…", False))
    return [piece for piece in pieces if piece[0]]
