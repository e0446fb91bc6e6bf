"""A record as one side of a comparison: how it stands and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel import clock
from bonphuong.procedures.queries import cases_of
from bonphuong.web.desk.pages.delegation import delegation_page
from bonphuong.web.desk.pages.delegation import lines_of as delegation_lines
from bonphuong.web.desk.pages.record import said_of
from bonphuong.web.desk.pages.standing import StateView, head_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record


@dataclass(frozen=True)
class Side:
    """One of two records; `lines` are label, value and the language of the value where it is another."""

    record: Record
    state: StateView
    lines: Sequence[tuple[str, str, str]]


def side_of(user: User, record: Record) -> Side:
    """A record that the person may see, made ready to be compared."""
    case = cases_of([record.pk]).get(record.pk)
    if record.family == "delegations":
        lines = delegation_lines(delegation_page(user, record.pk))
    else:
        lines = [(str(label), value, "") for label, value in said_of(record)]
    return Side(record, head_view(record, case, clock.today()), lines)
