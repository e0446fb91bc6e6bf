"""Every shipped report in every sort of world reads as a good officer writes: composed from made-up figures, quickly."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

import pytest

from bonphuong.indicators.enums import FigureStatus
from bonphuong.ledger.enums import Shape
from bonphuong.reports.shipped import shipped_definition, shipped_names
from tests.reports.conftest import plain
from tests.reports.grounds import Case, definition_of, ground_of, told

BY_SPAN = {
    "rise": {"period": 5, "same:period": 1, "to_date": 12, "same:to_date": 10},
    "slight": {"period": 112, "same:period": 100, "to_date": 230, "same:to_date": 200},
    "half_more": {"period": 7, "same:period": 5, "to_date": 19, "same:to_date": 8},
    "fall": {"period": 3, "same:period": 7, "to_date": 9, "same:to_date": 20},
    "first": {"period": 1, "same:period": 0, "to_date": 1, "same:to_date": 0},
    "earlier": {"period": 0, "same:period": 0, "to_date": 2, "same:to_date": 0},
}


def _by_span(name):
    return lambda _figure, span, _shape: BY_SPAN[name].get(span, 4)


def _mixed(name, span, _shape):
    """Any small number, the same each time; since the year began at least as many as in the period."""
    value = zlib.crc32(f"{name}|{span}".encode()) % 6
    return value + _mixed(name, "period", _shape) if span == "to_date" else value


CASES = [
    Case("empty", lambda *_: None),
    Case("none", lambda *_: 0),
    Case("one", lambda *_: 1),
    Case("equal", lambda *_: 4),
    *(Case(name, _by_span(name)) for name in BY_SPAN),
    Case("mixed", _mixed),
    Case("levels", lambda _name, _span, shape: 6 if shape is Shape.LEVEL else 0),
    Case("missing", lambda name, span, shape: _mixed(name, span, shape) if len(name) % 2 else None),
    Case("running", lambda *_: 2, is_running=True),
    Case("estimated", lambda *_: 2, is_running=True, estimate=9),
    Case("stated", lambda *_: 4, status=FigureStatus.STATED),
    Case("over", lambda *_: 12, target=10),
    Case("under", lambda *_: 7, target=10),
    Case("met", lambda *_: 10, target=10),
    Case("unparted", _mixed, is_parted=False),
]
#: What is told in every period that a report may be written for; the other cases in its first period alone.
EVERYWHERE = {"rise", "mixed", "missing", "estimated"}
#: A zero that is told of as if it were something: "0 đoàn", "0 groups"; 10 and 0,5 are no such zero.
ZERO = re.compile(r"(?<![\d.,])0(?![\d.,]) ?[^\W\d]")
DOUBLED_WORD = re.compile(r"\b([^\W\d]+) \1\b", re.IGNORECASE)
#: Words that Vietnamese doubles, and that follow themselves by right.
MAY_DOUBLE = {"luôn", "dần", "ngày", "từng"}
DOUBLED_MARK = re.compile(r"[.,;:]\s*[.,;:](?!/)|\(\s*\)|\s[.,;:)]|\(\s|  ")
SENTENCE = re.compile(r"(?<=[.!?])(?<!est\.) (?=[^\W\d_]|\d)")
OPENING = 2


def texts_of(sections):
    """(section, one paragraph or item of it) for all that is said."""
    for section in sections:
        for block in section["blocks"]:
            match block["kind"]:
                case "paragraph":
                    yield section["code"], plain(block["runs"])
                case "items":
                    yield from ((section["code"], plain(item)) for item in block["items"])
                case "state":
                    yield section["code"], block["text"]


#: Reports that add up those of provinces stand on provinces, not on figures alone.
OWN = [name for name in shipped_names() if not shipped_definition(name)["content"].get("collects")]


@pytest.mark.parametrize("name", OWN)
def test_every_report_reads_well_in_every_world(name):
    row, definition = definition_of(name)
    for kind in definition.periods:
        for case in CASES if kind == definition.periods[0] else [c for c in CASES if c.name in EVERYWHERE]:
            place = f"{name} {kind} {case.name}"
            sections = told(ground_of(name, case, kind, row.office_kind or "province"))
            faults = list(_faults(sections, row.language))
            assert not faults, f"{place}: {faults[:5]}"


def _faults(sections, language):
    title = plain(sections[0]["blocks"][0]["runs"])
    for section in sections:
        if re.search(r"[{}]", section["title"]) or "  " in section["title"]:
            yield section["title"]
    seen = set()
    for code, text in texts_of(sections):
        yield from _marks(text)
        if text != title and not re.search(r"(?:[.!?]|\./\.|:)$", text):
            yield f"{code}: ends without a stop: {text}"
        if text.endswith(":") and code not in ("frame", "relations"):
            yield f"{code}: ends with a colon: {text}"
        for sentence in SENTENCE.split(text):
            is_frame = code == "frame" or text.startswith(
                ("Chưa nhập", "Nothing has", "Trong kỳ không", "Nothing in")
            )
            if sentence in seen and not is_frame:
                yield f"{code}: told twice: {sentence}"
            seen.add(sentence)
            if not re.match(r"[\dA-ZÀ-ỸĐ“(]", sentence):
                yield f"{code}: begins small: {sentence}"
    yield from _neighbours(sections, language)


def _marks(text):
    if re.search(r"[{}$]|None|\bx:", text):
        yield f"a blank left open: {text}"
    if ZERO.search(text):
        yield f"a zero told of: {text}"
    if DOUBLED_MARK.search(text):
        yield f"marks doubled: {text}"
    for match in DOUBLED_WORD.finditer(text):
        if match[1].lower() not in MAY_DOUBLE:
            yield f"word doubled: {text}"


def _neighbours(sections, language):
    """Neighbouring sentences of a section do not begin alike."""
    for section in sections[1:]:
        said = [
            sentence
            for block in section["blocks"]
            if block["kind"] == "paragraph"
            for sentence in SENTENCE.split(plain(block["runs"]))
        ]
        for one, other in pairwise(said):
            starts = [" ".join(sentence.split()[: OPENING + (language == "en")]) for sentence in (one, other)]
            if starts[0] == starts[1]:
                yield f"{section['code']}: begin alike: {one} | {other}"
