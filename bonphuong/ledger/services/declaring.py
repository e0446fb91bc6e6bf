"""What people declare of figures: what a paper states, that a register is complete, that a period is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed
from bonphuong.ledger.services.posting import (
    close_period,
    declare_coverage,
    post_statement,
    reopen_period,
    withdraw_statement,
)
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.periods import Period
    from bonphuong.ledger.models import Closing, Coverage, Statement


def state_figure(*, actor: User, office: str, reason: str = "", **statement: Any) -> Statement:
    """Enter a figure that a paper gives (see `ledger.services.post_statement` for the parts)."""
    _must(actor, Permission.STATEMENT_ADD, office)
    with acting(
        actor=actor, verb="ledger.statement.add", office=office, reason=reason, obj=statement["measure"]
    ):
        return post_statement(book=book_of(office), office=office, **statement)


def take_back(*, actor: User, statement: Statement, reason: str) -> Statement:
    """Withdraw a stated figure."""
    _must(actor, Permission.STATEMENT_ADD, statement.office)
    verb = "ledger.statement.withdraw"
    with acting(actor=actor, verb=verb, office=statement.office, reason=reason, obj=statement.measure):
        return withdraw_statement(statement=statement)


def declare_complete(
    *,
    actor: User,
    office: str,
    measures: Sequence[str],
    since: dt.date,
    until: dt.date,
    complete: bool = True,
    reason: str = "",
) -> list[Coverage]:
    """Declare that the register of an office is complete for these measures, or take such a word back."""
    _must(actor, Permission.COVERAGE_DECLARE, office)
    with acting(actor=actor, verb="ledger.coverage.declare", office=office, reason=reason, obj=office):
        return declare_coverage(
            book=book_of(office),
            office=office,
            measures=measures,
            since=since,
            until=until,
            complete=complete,
            declared_by=actor.get_full_name(),
        )


def close_books(*, actor: User, office: str, report: str, period: Period, reason: str = "") -> Closing:
    """Close a period of a report ("chốt kỳ"): what comes into it later is late and needs a reason."""
    _must(actor, Permission.PERIOD_CLOSE, office)
    with acting(actor=actor, verb="ledger.period.close", office=office, reason=reason, obj=period.code):
        return close_period(
            book=book_of(office),
            office=office,
            report=report,
            period=period.code,
            since=period.since,
            until=period.until,
            by=actor.get_full_name(),
            reason=reason,
        )


def reopen_books(*, actor: User, closing: Closing, reason: str) -> Closing:
    """Open a closed period again; a reason is needed."""
    _must(actor, Permission.PERIOD_CLOSE, closing.office)
    verb = "ledger.period.reopen"
    with acting(actor=actor, verb=verb, office=closing.office, reason=reason, obj=closing.period):
        return reopen_period(closing=closing, by=actor.get_full_name(), reason=reason)


def _must(actor: User, permission: Permission, office: str) -> None:
    if not can(actor, permission, office):
        raise NotAllowed(_("You may not do this for that office."))
