"""What a record stands for, and the canonical line that a posting hashes. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from bonphuong.ledger.measures import MEASURES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

FORMAT = 1
DIMENSIONS = ("country", "partner", "unit", "field", "channel", "slot1", "slot2", "slot3", "currency")


@dataclass(frozen=True, order=True)
class FactDraft:
    """A signed quantity that a record stands for.

    `value` is an integer scaled by the measure's exponent; `vnd` and `usd` are integers in đồng and in cents.
    Dimensions hold permanent text codes; an empty text means "not stated".
    """

    measure: str
    on: dt.date
    value: int
    office: str
    country: str = ""
    partner: str = ""
    unit: str = ""
    field: str = ""
    channel: str = ""
    slot1: str = ""
    slot2: str = ""
    slot3: str = ""
    currency: str = ""
    vnd: int = 0
    usd: int = 0

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise ValueError(f"unknown measure {self.measure}")

    @property
    def key(self) -> FactDraft:
        """The same fact without its amounts: facts of one key add up."""
        return replace(self, value=0, vnd=0, usd=0)


@dataclass(frozen=True)
class Standing:
    """What one record stands for now: all its facts, none for one that counts for nothing."""

    source_uid: UUID
    family: str
    book: str
    version: int
    facts: Sequence[FactDraft]


Amounts = tuple[int, int, int]
_AMOUNTS = ("value", "vnd", "usd")
_ORDER = attrgetter(*(f.name for f in fields(FactDraft)))
# A key as a plain tuple: imports compare facts by the hundred thousand.
_KEY = attrgetter(*(f.name for f in fields(FactDraft) if f.name not in _AMOUNTS))


def total(facts: Iterable[FactDraft]) -> dict[FactDraft, Amounts]:
    """Key → (value, vnd, usd), keys that come to nothing left out."""
    return {first.key: amounts for first, amounts in _sums(facts, ())}


def _sums(wanted: Iterable[FactDraft], live: Iterable[FactDraft]) -> list[tuple[FactDraft, Amounts]]:
    """A fact of each key with what `wanted` without `live` comes to; keys that come to nothing left out."""
    sums: dict[object, tuple[FactDraft, list[int]]] = {}
    for sign, facts in ((1, wanted), (-1, live)):
        for fact in facts:
            amounts = sums.setdefault(_KEY(fact), (fact, [0, 0, 0]))[1]
            amounts[0] += sign * fact.value
            amounts[1] += sign * fact.vnd
            amounts[2] += sign * fact.usd
    return [(fact, (a[0], a[1], a[2])) for fact, a in sums.values() if any(a)]


def difference(wanted: Iterable[FactDraft], live: Iterable[FactDraft]) -> list[FactDraft]:
    """The facts that turn `live` into `wanted`, reversals first, in a stable order."""
    found = [
        fact if amounts == (fact.value, fact.vnd, fact.usd) else _with_amounts(fact, amounts)
        for fact, amounts in _sums(wanted, live)
    ]
    return sorted(found, key=lambda fact: (fact.value > 0, _ORDER(fact)))


def _with_amounts(fact: FactDraft, amounts: Amounts) -> FactDraft:
    return replace(fact, value=amounts[0], vnd=amounts[1], usd=amounts[2])


def counted(facts: Iterable[FactDraft]) -> Counter[str]:
    """Measure → value: what a page says that a record counts as."""
    found: Counter[str] = Counter()
    for fact in facts:
        found[fact.measure] += fact.value
    return found


def dimensions_text(dimensions: Mapping[str, str]) -> str:
    """A filter in canonical form: "" for none."""
    chosen = {name: code for name, code in sorted(dimensions.items()) if code}
    return json.dumps(chosen, ensure_ascii=False, separators=(",", ":")) if chosen else ""


Atom = str | int
Row = tuple[Atom, ...]


@dataclass(frozen=True)
class Line:
    """The content of a posting in the form that is hashed and exported."""

    book: str
    seq: int
    posted_at: int
    action: str
    kind: str
    facts: Sequence[Row] = ()
    statements: Sequence[Row] = ()
    coverage: Sequence[Row] = ()
    closings: Sequence[Row] = ()
    fmt: int = FORMAT

    def text(self) -> str:
        """One line of canonical JSON: integers, ISO dates and codes in NFC, nothing else."""
        content = [self.fmt, self.book, self.seq, self.posted_at, self.action, self.kind]
        parts = [self.facts, self.statements, self.coverage, self.closings]
        line = json.dumps(
            [*content, *(list(map(list, part)) for part in parts)], ensure_ascii=False, separators=(",", ":")
        )
        return unicodedata.normalize("NFC", line)

    def digest(self, prev: str) -> str:
        """SHA-256 over the digest before it and this line."""
        return hashlib.sha256((prev + self.text()).encode()).hexdigest()
