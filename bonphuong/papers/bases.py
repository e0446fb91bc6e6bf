"""Legal bases that papers name, as dated data: what held on the day, for a family or one kind of it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent / "data" / "bases.json"


@dataclass(frozen=True)
class Basis:
    """A text as a paper names it, in force from a day to a day. `proved` is False where its days were not checked."""

    text: str
    covers: frozenset[str]
    valid_from: dt.date
    valid_to: dt.date | None
    proved: bool
    source: str

    def holds(self, family: str, kind: str, day: dt.date) -> bool:
        """Whether a paper of that day about a record of that kind names it."""
        about = bool(self.covers & {"*", family, f"{family}.{kind}"})
        return about and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def bases_of(family: str, kind: str, day: dt.date) -> list[str]:
    """The bases of a paper, the general ones first. Officers change the list in Word, or in a template of theirs."""
    return [basis.text for basis in known_bases() if basis.holds(family, kind, day)]


@cache
def known_bases() -> tuple[Basis, ...]:
    """All of them, in the order of the file."""
    return tuple(
        Basis(
            text=row["text"],
            covers=frozenset(row["for"]),
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_to=dt.date.fromisoformat(row["valid_to"]) if "valid_to" in row else None,
            proved=row["proved"],
            source=row["source"],
        )
        for row in json.loads(_DATA.read_text(encoding="utf-8"))
    )
