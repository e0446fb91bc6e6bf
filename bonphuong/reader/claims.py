"""What the reader gives back: a document in blocks, and claims with the words that they came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

Span = tuple[int, int]
# Kinds of names that are organisations and no places.
BODIES = frozenset({"organisation", "mission", "person_group"})


class Role(StrEnum):
    """What a line of a crawled page is."""

    TITLE = "title"
    DATELINE = "dateline"
    LEAD = "lead"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"
    RELATED = "related"  # links to other articles, their teasers included
    FURNITURE = "furniture"  # menus, most read, multimedia, weather and whatever stands after the article


class Kind(StrEnum):
    """What sort of claim it is."""

    FIGURE = "figure"
    RELATION = "relation"  # lasting ties: a mechanism, friendship, cooperation
    AGREEMENT = "agreement"
    SESSION = "session"
    VISIT = "visit"
    REQUEST = "request"
    STATUS = "status"  # the state of a thing on a day, such as a border gate


class Flag(StrEnum):
    """What a person must look at before the claim can be used."""

    AMBIGUOUS = "ambiguous"
    NO_PERIOD = "no_period"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the text with its role; offsets in characters of the original."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A place or an organisation as the text has it. `code` is empty where no record of it is known."""

    code: str
    name: str
    kind: str
    country: str
    span: Span

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Name:
        """Back from plain data."""
        start, end = data["span"]
        return cls(data["code"], data["name"], data["kind"], data["country"], (start, end))

    @property
    def is_body(self) -> bool:
        """Whether it is an organisation rather than a place."""
        return self.kind in BODIES

    def as_json(self) -> dict[str, Any]:
        """Plain data for the command line and for storage."""
        return {
            "code": self.code,
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "span": [*self.span],
        }


@dataclass(frozen=True, slots=True)
class Period:
    """When a claim holds, both ends included; `text` is the paper's own phrase, where there is one."""

    since: dt.date | None = None
    until: dt.date | None = None
    text: str = ""
    source: str = ""  # where it was found: clause, sentence, paragraph, title, dateline


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the document says, with every place where it says it.

    `subject` is the code of a measure of the ledger or None; `topic` is a finer name that is always there.
    `value` is scaled ("1,8 tỷ đồng" is 1800000000); where the figure is ambiguous it is the proposed reading
    and `alternatives` holds the others.
    """

    kind: Kind
    topic: str
    text: str
    spans: tuple[Span, ...]
    subject: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    bound: str | None = None
    bound_sense: str = ""
    statement: str = "stated"  # stated, estimate or target
    period_kind: str | None = None
    period: Period = field(default_factory=Period)
    places: tuple[Name, ...] = ()
    organisations: tuple[Name, ...] = ()
    flags: frozenset[Flag] = frozenset()
    alternatives: tuple[Decimal, ...] = ()
    derived_from: tuple[str, ...] = ()
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def is_part(self) -> bool:
        """Whether the figure lies inside another one of the text and must not be added to it."""
        return bool(self.attributes.get("part"))

    def with_attributes(self, **more: object) -> Claim:
        """The same claim knowing more."""
        return replace(self, attributes={**self.attributes, **more})

    def as_json(self) -> dict[str, Any]:
        """The published form; the keys up to `derived_from` are fixed, the rest may grow."""
        return {
            "subject": self.subject,
            "value": None if self.value is None else f"{self.value:f}",
            "unit": self.unit,
            "bound": self.bound,
            "period_kind": self.period_kind,
            "since": None if self.period.since is None else self.period.since.isoformat(),
            "until": None if self.period.until is None else self.period.until.isoformat(),
            "places": _names(self.places),
            "organisations": _names(self.organisations),
            "text": self.text,
            "spans": [[*span] for span in self.spans],
            "flags": sorted(self.flags),
            "derived_from": [*self.derived_from],
            "kind": str(self.kind),
            "topic": self.topic,
            "statement": self.statement,
            "bound_sense": self.bound_sense,
            "period_text": self.period.text,
            "period_source": self.period.source,
            "alternatives": [f"{other:f}" for other in self.alternatives],
            "names": [name.as_json() for name in (*self.places, *self.organisations)],
            "attributes": self.attributes,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Claim:
        """Back from the published form."""
        names = [Name.from_json(one) for one in data["names"]]
        return cls(
            kind=Kind(data["kind"]),
            topic=data["topic"],
            text=data["text"],
            spans=tuple((start, end) for start, end in data["spans"]),
            subject=data["subject"],
            value=None if data["value"] is None else Decimal(data["value"]),
            unit=data["unit"],
            bound=data["bound"],
            bound_sense=data["bound_sense"],
            statement=data["statement"],
            period_kind=data["period_kind"],
            period=Period(
                _day(data["since"]), _day(data["until"]), data["period_text"], data["period_source"]
            ),
            places=tuple(one for one in names if not one.is_body),
            organisations=tuple(one for one in names if one.is_body),
            flags=frozenset(map(Flag, data["flags"])),
            alternatives=tuple(map(Decimal, data["alternatives"])),
            derived_from=tuple(data["derived_from"]),
            attributes=data["attributes"],
        )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _names(names: tuple[Name, ...]) -> list[str]:
    return list(dict.fromkeys(name.name for name in names))


@dataclass(frozen=True, slots=True)
class Document:
    """A text told apart, and what it claims."""

    text: str
    blocks: tuple[Block, ...]
    published: dt.date | None
    claims: tuple[Claim, ...] = ()
    people: tuple[dict[str, Any], ...] = ()

    def said(self, role: Role) -> tuple[str, ...]:
        """The text of every block of a role."""
        return tuple(self.text[block.start : block.end] for block in self.blocks if block.role is role)

    @property
    def title(self) -> str:
        """The title, or nothing."""
        return " ".join(self.said(Role.TITLE))

    @property
    def lead(self) -> str:
        """The first paragraph."""
        return " ".join(self.said(Role.LEAD))

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs after the lead."""
        return self.said(Role.BODY)

    def as_json(self) -> dict[str, Any]:
        """The layout as plain data, for storage; claims are kept for themselves."""
        return {
            "title": self.title,
            "published": None if self.published is None else self.published.isoformat(),
            "blocks": [[str(block.role), block.start, block.end] for block in self.blocks],
            "people": list(self.people),
        }
