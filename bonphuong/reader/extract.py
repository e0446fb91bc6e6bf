"""Text to document: the one door of the reader. Pure, deterministic, offline, linear in the length of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bonphuong.reader.claims import Block, Claim, Document, Role
from bonphuong.reader.dates import Frame, whens
from bonphuong.reader.figures import derived, figures
from bonphuong.reader.gazetteer import Gazetteer, shipped
from bonphuong.reader.layout import Layout, lay_out
from bonphuong.reader.lexicon import lexicon
from bonphuong.reader.merging import merged
from bonphuong.reader.people import distinct, people
from bonphuong.reader.relations import relations
from bonphuong.reader.requests import requests
from bonphuong.reader.scenes import Scene, scenes
from bonphuong.reader.sessions import sessions
from bonphuong.reader.source import Source, is_text, source

if TYPE_CHECKING:
    import datetime as dt

# Rises when the same text gives other claims: stored documents are then read again.
VERSION = 1
_READ = frozenset({Role.TITLE, Role.LEAD, Role.BODY})
_REPORT = "báo cáo"


def read(text: str, *, gazetteer: Gazetteer | None = None) -> Document:
    """Tell a text apart and say what it claims. Offsets are characters of `text` as given, [start, end)."""
    words = source(text)
    layout = lay_out(words.exact, words.key)
    blocks = tuple(
        Block(line.role or Role.FURNITURE, words.spot(line.start), words.spot(line.end))
        for line in layout.lines
    )
    if not is_text(text) or not any(line.role in _READ for line in layout.lines):
        return Document(text, blocks, layout.published)
    told = _scenes(words, layout, gazetteer or shipped())
    persons, claims = _claims(told)
    return Document(text, blocks, layout.published, tuple(claims), persons)


def _scenes(words: Source, layout: Layout, gazetteer: Gazetteer) -> list[Scene]:
    article = [line for line in layout.lines if line.role in _READ]
    start, end = article[0].start, max(line.end for line in article)
    marks = lexicon().marks(words.key, start, end)
    mentions = gazetteer.find(words.exact, layout.published, first=start, stop=end)
    return scenes(words, article, marks, mentions, _frame(words, layout))


def _frame(words: Source, layout: Layout) -> Frame:
    """The title of a report names its period; that of a news article proves nothing."""
    untitled = Frame(layout.published)
    title = next((line for line in layout.lines if line.role is Role.TITLE), None)
    if title is None or _REPORT not in words.key[max(0, title.start - 40) : title.start + len(_REPORT) + 1]:
        return untitled
    found = [when for when in whens(words.key, title.start, title.end, untitled) if when.is_exact]
    periods: list[tuple[dt.date, dt.date]] = [
        (one.since, one.until) for one in found if one.since and one.until
    ]
    return Frame(layout.published, periods[0]) if len(periods) == 1 else untitled


def _claims(told: list[Scene]) -> tuple[tuple[dict[str, Any], ...], list[Claim]]:
    running = [scene for scene in told if scene.role is not Role.TITLE]
    found = [(number, claim) for number, scene in enumerate(running) for claim in figures(scene)]
    found += [(number, claim) for number, scene in enumerate(running) for claim in relations(scene)]
    claims = merged(found)
    claims += _only_in_title(told, claims)
    claims += derived(claims)
    claims += sessions(running)
    claims += requests(running)
    ordered = sorted(
        (replace(claim, spans=_spans(claim)) for claim in claims), key=lambda claim: claim.spans[0]
    )
    return _people(running), [replace(claim, text=_text(claim, told)) for claim in ordered]


def _only_in_title(told: list[Scene], claims: list[Claim]) -> list[Claim]:
    """A headline rounds and repeats: it is heard only where the text below does not speak of the thing."""
    known = {claim.subject for claim in claims}
    titles = [claim for scene in told if scene.role is Role.TITLE for claim in figures(scene)]
    return [claim for claim in titles if claim.subject is not None and claim.subject not in known]


def _spans(claim: Claim) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(set(claim.spans)))


def _text(claim: Claim, told: list[Scene]) -> str:
    start, end = claim.spans[0]
    return told[0].source.text[start:end]


def _people(told: list[Scene]) -> tuple[dict[str, Any], ...]:
    """Everybody named, once, with all the posts that the text gives them."""
    known: dict[str, dict[str, Any]] = {}
    for scene in told:
        for person in people(scene):
            held = known.setdefault(person.name, {"name": person.name, "posts": [], "spans": []})
            held["posts"] = distinct([*held["posts"], *person.posts])
            held["spans"].append([*scene.span(person.start, person.end)])
    return tuple(known.values())
