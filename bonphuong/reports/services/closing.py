"""Closing a period of a report by hand, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.ledger.enums import ClosingState
from bonphuong.ledger.models import BookHead, Closing
from bonphuong.ledger.services import close_books, reopen_books
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.rules import must
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.accounts.models import User


def close_report_period(
    *, actor: User, office: str, code: str, period: str, language: str = "vi", reason: str = ""
) -> Closing:
    """Close a period that is over for one report of an office, under the cut-off of its definition.

    Raises NotAllowed, BadInput, Conflict where it is closed already.
    """
    must(actor, Permission.PERIOD_CLOSE, office)
    _definition, span = definition_and_period(code, office, period, language)
    if span.until >= clock.today():
        raise BadInput({"period": [_("The period is not over.")]})
    with acting(actor=actor, verb="ledger.period.close", office=office, reason=reason, obj=span.code):
        latest = _latest(book_of(office), office, code, (span.since, span.until))
        if latest is not None and latest.state == ClosingState.CLOSED:
            raise Conflict(_("The period is closed already."))
        return close_books(actor=actor, office=office, report=code, period=span, reason=reason)


def reopen_report_period(*, actor: User, closing: Closing, reason: str) -> Closing:
    """Open a closed period again; what comes then is not late. Raises NotAllowed, BadInput, Conflict."""
    must(actor, Permission.PERIOD_CLOSE, closing.office)
    if not reason.strip():
        raise BadInput({"reason": [_("Say why the period is opened again.")]})
    with acting(
        actor=actor, verb="ledger.period.reopen", office=closing.office, reason=reason, obj=closing.period
    ):
        latest = _latest(closing.book, closing.office, closing.report, (closing.since, closing.until))
        if latest is None or latest.state != ClosingState.CLOSED:
            raise Conflict(_("The period has been opened meanwhile."))
        return reopen_books(actor=actor, closing=latest, reason=reason.strip()[:500])


def _latest(book: str, office: str, report: str, days: tuple[dt.date, dt.date]) -> Closing | None:
    """The word that holds on a period, under the lock of its book: nobody says another until this act is over."""
    list(BookHead.objects.select_for_update().filter(pk=book))
    rows = Closing.objects.filter(book=book, office=office, report=report, since=days[0], until=days[1])
    return rows.order_by("seq", "line").last()
