"""Places of a report that a remark is bound to: a section, a written part, a figure, a sentence. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bonphuong.reports.enums import PlaceKind
from bonphuong.reports.rendering.reading import written_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.reports.models import ReviewComment
    from bonphuong.reports.sentences import Run

#: Where a sentence may end: what follows decides, for "1.234" and "tr. 5" hold no end.
_GAP = re.compile(r"(?<=[.!?])\s+|\s*\n\s*")
_MARK = 16
MOST_QUOTED = 1000


@dataclass(frozen=True)
class Place:
    """One place. `ref` is the slot or the key of the figure, `quote` what stands there, `label` what it is called."""

    kind: PlaceKind
    section: str = ""
    ref: str = ""
    quote: str = ""
    label: str = ""

    @property
    def token(self) -> str:
        """What forms name it by; a sentence goes by its words, so that a changed one is another place."""
        if self.kind is PlaceKind.SENTENCE:
            mark = hashlib.sha256(self.quote.encode()).hexdigest()[:_MARK]
            return f"{self.kind}:{self.section}:{mark}"
        return f"{self.kind}:{self.section}:{self.ref}"


WHOLE = Place(PlaceKind.WHOLE)


def places_of(content: Mapping[str, Any], section: Mapping[str, Any]) -> list[Place]:
    """The places of a section: itself, its written parts, its figures in the order told, its sentences."""
    code = str(section["code"])
    figures = {figure["id"]: figure for figure in content["figures"]}
    slots = [Place(PlaceKind.SLOT, code, slot, _written(section, slot), slot) for slot in section["slots"]]
    told = dict.fromkeys(name for block in section["blocks"] for name in _figures(block))
    counted = [
        Place(
            PlaceKind.FIGURE,
            code,
            figures[name]["key"],
            figures[name]["text"],
            f"{figures[name]['label']}, {figures[name]['period']['label']}",
        )
        for name in told
        if name in figures
    ]
    said = [Place(PlaceKind.SENTENCE, code, "", text, text) for text in sentences_of(section)]
    return [Place(PlaceKind.SECTION, code, "", "", str(section["title"])), *slots, *counted, *said]


def find_place(content: Mapping[str, Any], token: str) -> Place | None:
    """The place of that token in a content; None where it is not, or no longer, there."""
    if token == WHOLE.token:
        return WHOLE
    kind, _colon, rest = token.partition(":")
    code = rest.partition(":")[0]
    section = next((one for one in content["sections"] if one["code"] == code), None)
    if section is None or kind not in PlaceKind.values:
        return None
    return next((place for place in places_of(content, section) if place.token == token), None)


def place_now(content: Mapping[str, Any], comment: ReviewComment) -> Place | None:
    """The place of a remark as it stands in a content; None where it is gone from it."""
    kind = PlaceKind(comment.kind)
    quote = comment.quote if kind is PlaceKind.SENTENCE else ""
    return find_place(content, Place(kind, comment.section, comment.ref, quote).token)


def sections_of_figures(content: Mapping[str, Any]) -> dict[str, str]:
    """Identifier of a figure → title of the first section that tells it, with its number."""
    found: dict[str, str] = {}
    for section in content["sections"]:
        for block in section["blocks"]:
            for name in _figures(block):
                found.setdefault(name, f"{section['number']}. {section['title']}")
    return found


def sentences_of(section: Mapping[str, Any]) -> list[str]:
    """What a section says, sentence by sentence; tables have none."""
    texts = [text for block in section["blocks"] for text in _texts(block)]
    parts = (part.strip() for text in texts for part in _parted(text))
    return list(dict.fromkeys(part[:MOST_QUOTED] for part in parts if len(part) > 1))


def _parted(text: str) -> Iterator[str]:
    start = 0
    for gap in _GAP.finditer(text):
        following = text[gap.end() : gap.end() + 1]
        if "\n" in gap.group() or following.isupper() or following == "-":
            yield text[start : gap.start()]
            start = gap.end()
    yield text[start:]


def _texts(block: Mapping[str, Any]) -> Iterator[str]:
    match block["kind"]:
        case "paragraph":
            yield _plain(block["runs"])
        case "items":
            yield from (_plain(item) for item in block["items"])
        case "written":
            yield from (_plain(runs) for runs in written_runs(block))


def _plain(runs: Sequence[Run]) -> str:
    return "".join(run if isinstance(run, str) else run["t"] for run in runs)


def _written(section: Mapping[str, Any], slot: str) -> str:
    blocks = (block for block in section["blocks"] if block["kind"] == "written" and block["slot"] == slot)
    lines = (_plain(runs) for block in blocks for runs in written_runs(block))
    return "\n".join(lines)[:MOST_QUOTED]


def _figures(block: Any) -> Iterator[str]:
    """The names of all figures inside a block, in the order in which they stand there."""
    if isinstance(block, dict):
        if isinstance(block.get("f"), str):
            yield block["f"]
        else:
            for value in block.values():
                yield from _figures(value)
    elif isinstance(block, list):
        for value in block:
            yield from _figures(value)
