"""Longest terms of certificates: dated facts of law as shipped, never numbers in code."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data" / "certificate_terms.json"


@dataclass(frozen=True)
class Term:
    """The most years for which a kind of certificate is given, by which text, from when to when."""

    kind: str
    years: int
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    proved: bool


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """All that are shipped."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["terms"]
    return tuple(
        Term(
            kind=row["kind"],
            years=row["years"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
            proved=row["proved"],
        )
        for row in rows
    )


def term_on(kind: str, day: dt.date) -> Term | None:
    """The longest term of a kind of certificate given on the day; None where no text says so."""
    for term in terms():
        if term.kind == kind and term.valid_from <= day and (term.valid_to is None or day <= term.valid_to):
            return term
    return None
