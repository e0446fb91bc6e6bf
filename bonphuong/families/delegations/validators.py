"""Checks that need no database: which combinations cannot be, and which are only worth a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.delegations.enums import Kind, SessionForm

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.families.delegations.schema.drafts import DelegationDraft

MANY = 50
LONG = 60


Finding = tuple[str, str]


def errors_of(row: DelegationDraft, *, today: dt.date) -> list[Finding]:
    """(field, message) for everything that cannot be."""
    return [*_days(row, today), *_sense(row)]


def _days(row: DelegationDraft, today: dt.date) -> Iterator[Finding]:
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        yield "ends_on", _("The last day is before the first.")
    if row.started_on and row.ended_on and row.ended_on < row.started_on:
        yield "ended_on", _("The last day is before the first.")
    if row.ended_on and not row.started_on:
        yield "started_on", _("Say when it began.")
    names = ("started_on", "ended_on", "decided_on", "report_received_on")
    for name in names:
        value: dt.date | None = getattr(row, name)
        if value is not None and value > today:
            yield name, _("This day is still to come.")
    if row.report_received_on and row.started_on and row.report_received_on < row.started_on:
        yield "report_received_on", _("The report cannot come before the trip.")


def _sense(row: DelegationDraft) -> Iterator[Finding]:
    session = row.kind == Kind.SESSION
    if session and not row.session_form:
        yield "session_form", _("Say how the two sides meet.")
    if not session and row.session_form in {SessionForm.ONLINE, SessionForm.BOUNDARY}:
        yield "kind", _("A meeting online or at the boundary line is a session, never a delegation.")
    if row.is_domestic and not session:
        yield "kind", _("A domestic guest is received in a session, never as an inbound delegation.")
    if row.main_country == "VN" and not session:
        yield (
            "places",
            _("A delegation goes to, or comes from, another country. For a domestic guest enter a session."),
        )
    if row.crossers and row.session_form == SessionForm.ONLINE:
        yield "crossers", _("Nobody crosses the line for a meeting online.")
    if not session and not row.main_country:
        yield "places", _("Give at least one country.")
    if not session and not (row.approved_heads or row.actual_heads):
        yield "approved_heads", _("Give the number of people.")
    if not session and row.started_on and row.actual_heads == 0:
        yield "actual_heads", _("Give the number of people who actually took part.")


def warnings_of(row: DelegationDraft, *, members: Sequence[object] = ()) -> list[Finding]:
    """(field, message) for what is possible but unusual; stops nothing."""
    return list(_warnings(row, members))


def _warnings(row: DelegationDraft, members: Sequence[object]) -> Iterator[Finding]:
    heads = row.actual_heads if row.actual_heads is not None else row.approved_heads
    if heads and heads > MANY:
        yield "approved_heads", _("%(number)s people is many for one delegation.") % {"number": heads}
    first, last = row.started_on or row.starts_on, row.ended_on or row.ends_on
    if first and last and (last - first).days > LONG:
        yield "ends_on", _("It lasts %(number)s days.") % {"number": (last - first).days + 1}
    if row.decided_on and first and row.decided_on > first:
        yield "decided_on", _("The decision is later than the departure.")
    if members and heads and len(members) != heads:
        yield (
            "approved_heads",
            _("The list has %(listed)s members, the head count is %(heads)s.")
            % {
                "listed": len(members),
                "heads": heads,
            },
        )
    if row.kind == Kind.OUTBOUND and heads == 1:
        yield "kind", _("One person is usually entered as an individual on duty.")
