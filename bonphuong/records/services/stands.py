"""Where a record's case stands, for its header to repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.procedures.queries import deadlines, next_deadline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.procedures.graph import Graph
    from bonphuong.procedures.models import Case
    from bonphuong.procedures.queries import Passed
    from bonphuong.procedures.rulebook import RuleBook
    from bonphuong.records.models import Record
    from bonphuong.records.schema import HeaderChanges, Stand


def stand_of(
    case: Case,
    dates: Mapping[str, dt.date | None],
    *,
    rules: RuleBook | None = None,
    graph: Graph | None = None,
    passed: Sequence[Passed] | None = None,
) -> Stand:
    """The case's state and its nearest open deadline; see `procedures.queries.deadlines` for the rest.

    Nothing is awaited of a case that is over.
    """
    over = case.state.is_end
    open_ones = () if over else deadlines(case, dates, rules=rules, graph=graph, passed=passed)
    nearest = next_deadline(open_ones)
    return {
        "state": case.state.code,
        "is_closed": over,
        "due_on": nearest.due_on if nearest else None,
        "due_rule": nearest.rule if nearest else None,
    }


def dates_of(record: Record, more: Mapping[str, dt.date | None] | None = None) -> dict[str, dt.date | None]:
    """The dates of a header that deadlines may count from, and `more` of the family's own."""
    own = {"begins_on": record.begins_on, "ends_on": record.ends_on, "counts_on": record.counts_on}
    return {**own, **(more or {})}


def new_dates(
    record: Record, changes: HeaderChanges, more: Mapping[str, dt.date | None] | None = None
) -> dict[str, dt.date | None]:
    """As `dates_of`, after a change that is about to be written."""
    own = {
        "begins_on": changes.get("begins_on", record.begins_on),
        "ends_on": changes.get("ends_on", record.ends_on),
        "counts_on": changes.get("counts_on", record.counts_on),
    }
    return {**own, **(more or {})}
