"""Writes: loading the shipped indicators, and what people declare about figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.accounts.rules import can
from bonphuong.indicators.models import Indicator
from bonphuong.kernel.errors import NotAllowed
from bonphuong.ledger.services import declare_coverage as post_coverage
from bonphuong.ledger.services import post_statement, withdraw_statement
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from typing import Any

    from bonphuong.accounts.models import User
    from bonphuong.ledger.models import Coverage, Statement

DATA = Path(__file__).parent / "data" / "indicators.json"


def load_indicators() -> int:
    """Bring the shipped indicators up to date; returns how many rows were written, 0 when nothing changed."""
    shipped = [Indicator(**row) for row in json.loads(DATA.read_text(encoding="utf-8"))]
    known = Indicator.objects.in_bulk([row.code for row in shipped])
    fields = [field.name for field in Indicator._meta.concrete_fields]
    changed = [
        row
        for row in shipped
        if row.code not in known or any(getattr(row, n) != getattr(known[row.code], n) for n in fields)
    ]
    if changed:
        with acting(actor=None, verb="system.indicators.load"):
            Indicator.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=[name for name in fields if name != "code"],
            )
    return len(changed)


def state_figure(*, actor: User, office: str, reason: str = "", **statement: Any) -> Statement:
    """Enter a figure that a paper gives (see `ledger.services.post_statement` for the parts)."""
    _must(actor, Permission.STATEMENT_ADD, office)
    with acting(
        actor=actor, verb="indicators.statement.add", office=office, reason=reason, obj=statement["measure"]
    ):
        return post_statement(book=book_of(office), office=office, **statement)


def take_back(*, actor: User, statement: Statement, reason: str) -> Statement:
    """Withdraw a stated figure."""
    _must(actor, Permission.STATEMENT_ADD, statement.office)
    verb = "indicators.statement.withdraw"
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
    with acting(actor=actor, verb="indicators.coverage.declare", office=office, reason=reason, obj=office):
        return post_coverage(
            book=book_of(office),
            office=office,
            measures=measures,
            since=since,
            until=until,
            complete=complete,
            declared_by=actor.get_full_name(),
        )


def _must(actor: User, permission: Permission, office: str) -> None:
    if not can(actor, permission, office):
        raise NotAllowed(_("You may not do this for that office."))
