"""Sentences with what is known about them: words, names, dates, and what was said before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bonphuong.reader.claims import Claim, Kind, Name, Period, Role, Span
from bonphuong.reader.dates import Frame, When, whens
from bonphuong.reader.lexicon import CUE, Hit, Marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bonphuong.reader.gazetteer import Mention, Mentions
    from bonphuong.reader.layout import Line
    from bonphuong.reader.source import Source

# No sentence is longer: everything that looks at a sentence as a whole then costs a bounded time.
_LONGEST = 1500
_BREAK = re.compile(r"[.!?…]+[\"”’)\]]*\s+")
_ABBREVIATIONS = frozenset(
    {
        "tp",
        "ts",
        "ths",
        "pgs",
        "gs",
        "đ/c",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "tr",
        "v.v",
        "no",
        "ks",
        "bs",
        "cn",
        "tx",
        "p",
    }
)
_OPENERS = '"“‘(-+*•'


@dataclass(slots=True)
class Scene:
    """One sentence. Offsets are those of the plain twin."""

    source: Source
    marks: Marks
    mentions: Mentions
    start: int
    end: int
    role: Role
    frame: Frame
    whens: list[When] = field(default_factory=list)
    previous: Scene | None = None  # the sentence before it in its paragraph
    carried: When | None = None  # the date that opened an earlier sentence of the paragraph and still holds
    direction: str = ""  # of the delegations that it speaks of, for sentences that lean on it
    named: list[Any] | None = None  # the people in it, once they were looked for

    @property
    def key(self) -> str:
        """The plain lower-case text as a whole."""
        return self.source.key

    def cues(self, tag: str, start: int | None = None, end: int | None = None) -> Iterator[Hit]:
        """Cue words of a tag between two offsets (the sentence when none are given)."""
        first = self.start if start is None else start
        last = self.end if end is None else end
        return (hit for hit in self.marks.within(CUE, first, last) if tag in hit.tags)

    def has(self, tag: str, start: int | None = None, end: int | None = None) -> bool:
        """Whether such a cue stands there."""
        return next(self.cues(tag, start, end), None) is not None

    def last_before(self, tags: frozenset[str], start: int, end: int) -> Hit | None:
        """The cue of these tags nearest before an offset."""
        return next((hit for hit in reversed(self.marks.within(CUE, start, end)) if hit.tags & tags), None)

    def first_after(self, tags: frozenset[str], start: int, end: int) -> Hit | None:
        """The cue of these tags nearest after an offset."""
        return next((hit for hit in self.marks.within(CUE, start, end) if hit.tags & tags), None)

    def names(self, start: int | None = None, end: int | None = None) -> Sequence[Mention]:
        """Names between two offsets (the sentence when none are given)."""
        return self.mentions.within(self.start if start is None else start, self.end if end is None else end)

    def name(self, mention: Mention) -> Name:
        """A mention as it goes into a claim."""
        span = (self.source.spot(mention.start), self.source.spot(mention.end))
        return Name(mention.code, mention.name, mention.kind, mention.country, span)

    def split(self, mentions: Iterable[Mention]) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
        """Places and organisations among mentions, each once."""
        places: dict[str, Name] = {}
        organisations: dict[str, Name] = {}
        for mention in mentions:
            held = places if mention.is_place else organisations
            held.setdefault(mention.code or mention.name, self.name(mention))
        return tuple(places.values()), tuple(organisations.values())

    def span(self, start: int, end: int) -> Span:
        """Offsets in the original text."""
        return self.source.spot(start), self.source.spot(end)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch without spaces and punctuation at its ends."""
        key = self.key
        while start < end and key[start] in " \n.,;:…-":
            start += 1
        while end > start and key[end - 1] in " \n.,;:…-":
            end -= 1
        return start, end

    def claim(self, kind: Kind, topic: str, start: int, end: int, *, names: Iterable[Mention] = ()) -> Claim:
        """A claim whose words stand between two offsets."""
        places, organisations = self.split(names)
        return Claim(
            kind=kind,
            topic=topic,
            text=self.source.cut(start, end),
            spans=(self.span(start, end),),
            places=places,
            organisations=organisations,
        )

    def period(self, when: When, where: str) -> Period:
        """A date of the sentence as the period of a claim."""
        return Period(when.since, when.until, self.source.cut(when.start, when.end), where)

    def today(self) -> Period:
        """The day of the paper, for what simply is."""
        day = self.frame.published
        return Period(day, day, "", "dateline") if day is not None else Period()

    @property
    def leading_when(self) -> When | None:
        """The date that opens the sentence ("Năm 2022, …"): it holds for the sentences after it too."""
        first = next(iter(self.whens), None)
        if first is None or first.compared:
            return None
        return (
            first if not self.key[self.start : first.start].strip(' -+*•"“(') or self._opens(first) else None
        )

    def _opens(self, when: When) -> bool:
        return self.key[self.start : when.start].strip() in {
            "trong",
            "tính",
            "tính chung",
            "trong giai đoạn",
            "lũy kế",
            "trong các",
        }


def scenes(
    source: Source, lines: Iterable[Line], marks: Marks, mentions: Mentions, frame: Frame
) -> list[Scene]:
    """The sentences of the article, in order; those of one paragraph know one another."""
    made: list[Scene] = []
    for line in lines:
        if line.role is None:
            continue
        previous: Scene | None = None
        for start, end in sentences(source.exact, line.start, line.end):
            scene = Scene(source, marks, mentions, start, end, line.role, frame, previous=previous)
            scene.frame = Frame(frame.published, frame.titled, is_future=scene.has("future"))
            scene.whens = whens(source.key, start, end, scene.frame)
            scene.carried = _carried(scene)
            made.append(scene)
            previous = scene
    return made


def _carried(scene: Scene) -> When | None:
    """The opening date of the sentence before, or what it carried; nothing once the talk turns to other times."""
    before = scene.previous
    if before is None or scene.has("vague_time", scene.start, scene.start + 3):
        return None
    return before.leading_when or before.carried


def sentences(exact: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end."""
    begin = start
    for found in _BREAK.finditer(exact, start, end):
        if found.end() < end and _is_break(exact, found):
            yield from _pieces(exact, begin, found.end())
            begin = found.end()
    yield from _pieces(exact, begin, end)


def _is_break(exact: str, found: re.Match[str]) -> bool:
    following = exact[found.end()]
    if not (following.isupper() or following.isdigit() or following in _OPENERS):
        return False
    word = exact[max(0, found.start() - 8) : found.start()].rpartition(" ")[2].lower()
    return word not in _ABBREVIATIONS


def _pieces(exact: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = exact.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = start + _LONGEST if cut < 0 else cut + 1
        yield start, cut
        start = cut
    while end > start and exact[end - 1] == " ":
        end -= 1
    if start < end:
        yield start, end
