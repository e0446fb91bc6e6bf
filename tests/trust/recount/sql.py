"""How a recount is written: plain SQL over the records' own tables, never over facts, never through `facts_of`.

A flow is a statement that gives one line for everything that happened, with its `day`. A level is a statement that
gives one line for everything that is so on `%(day)s`: what is so is asked of the records on that very day, and not
added up from beginnings and ends, as the ledger does. `%(…)s` are the only parameters.
"""

from __future__ import annotations

from django.db import connection

#: What every line tells beside its record, book and value; "" where a measure does not know it.
DIMENSIONS = ("office", "country", "partner", "unit", "field", "channel", "slot1", "slot2", "slot3")
#: A measure and the statements whose lines it is made of.
Recount = dict[str, tuple[str, ...]]

_POSTGRES = connection.vendor == "postgresql"


def lines(
    table: str, where: str, *, value: str = "1", day: str = "NULL", joins: str = "", **columns: str
) -> str:
    """Lines of a family's own table `x`, those entered twice or by mistake left out."""
    told = ", ".join(f"{columns.pop(name, _EMPTY)} AS {name}" for name in DIMENSIONS)
    assert columns == {}, f"no such dimension: {columns}"
    return (
        f"SELECT r.uid AS record, r.book AS book, {value} AS value, {day} AS day, {told} "
        f"FROM {table} x JOIN records_record r ON r.uid = x.record_id {joins} "
        f"WHERE r.duplicate_of_id IS NULL AND NOT x.is_void AND ({where})"
    )


_EMPTY = "''"


def as_day(text: str) -> str:
    """A text such as 2025-07-01 as a day."""
    return f"CAST({text} AS date)" if _POSTGRES else f"({text})"


def day_of_year(year: str, month_and_day: str) -> str:
    """A fixed day of a year."""
    return as_day(f"CAST({year} AS text) || '-{month_and_day}'")


def year_of(day: str) -> str:
    return f"CAST(SUBSTR(CAST({day} AS text), 1, 4) AS integer)"


def turns(column: str, alias: str = "t") -> str:
    """The objects of a list that a row keeps as JSON; read them with `turn`."""
    if _POSTGRES:
        return f"jsonb_array_elements({column}) AS {alias}(value)"
    return f"json_each({column}) AS {alias}"


def turn(name: str, alias: str = "t") -> str:
    return f"({alias}.value ->> '{name}')"


def between(first: str, last: str) -> str:
    """That the asked day lies in a span from its first day up to, not with, its last one, which may be open."""
    return f"({first} <= %(day)s AND ({last} IS NULL OR {last} > %(day)s))"
