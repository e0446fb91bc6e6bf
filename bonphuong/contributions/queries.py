"""Reads of calls. Every one for a page begins at what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.accounts.rules import can
from bonphuong.contributions.enums import Standing
from bonphuong.contributions.models import Answer, Call, Invitee, Merged, Question
from bonphuong.kernel import clock
from bonphuong.records.entries import Entry
from bonphuong.records.enums import CalendarSort

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Counted:
    """How far a call has come."""

    invited: int
    received: int
    late: int

    @property
    def is_whole(self) -> bool:
        """Whether everybody has answered."""
        return self.received == self.invited


def call_for(user: User, uid: UUID) -> Call:
    """A call with its questions and addressees. Raises Call.DoesNotExist, also to a stranger."""
    return (
        Call.objects.visible_to(user)
        .prefetch_related(
            Prefetch("questions", Question.objects.order_by("order")),
            Prefetch("invitees", Invitee.objects.order_by("order")),
        )
        .get(pk=uid)
    )


def may_lead(user: User, call: Call) -> bool:
    """Whether the person works for the office that asks."""
    return can(user, Permission.REPORT_DRAFT, call.office_code)


def may_answer(user: User, invitee: Invitee) -> bool:
    """Whether the person may answer for an addressee in the desk."""
    open_now = invitee.call.sent_on is not None and invitee.call.closed_on is None
    return open_now and bool(invitee.office_code) and can(user, Permission.RECORD_ADD, invitee.office_code)


def invitees_for(user: User, call: Call) -> list[Invitee]:
    """Whom the person may see of a call's addressees: all of them for who asks, their own offices for the asked."""
    rows = list(call.invitees.order_by("order"))
    if not may_lead(user, call):
        own = office_codes_for(user, Permission.RECORD_ADD)
        rows = [row for row in rows if row.office_code in own]
    for row in rows:
        row.call = call
    return rows


def waiting_invitees(user: User) -> QuerySet[Invitee]:
    """Calls that wait for an answer of one's own offices, the nearest due first."""
    own = office_codes_for(user, Permission.RECORD_ADD)
    open_now = Q(call__sent_on__isnull=False, call__closed_on__isnull=True)
    unanswered = Q(answered_on__isnull=True) | Q(returned_on__isnull=False)
    rows = Invitee.objects.filter(open_now, unanswered, office_code__in=own, accepted_on__isnull=True)
    return rows.select_related("call").order_by("call__due_on", "pk")


def days_of(user: User, since: dt.date, until: dt.date) -> list[Entry]:
    """For calendars: answers that wait for one's own offices, and the due days of calls that one asked."""
    waiting = [row for row in waiting_invitees(user) if since <= row.due <= until]
    asked = Call.objects.filter(
        office_code__in=office_codes_for(user, Permission.REPORT_DRAFT),
        sent_on__isnull=False,
        closed_on__isnull=True,
        due_on__range=(since, until),
    )
    ours = [_day(call, call.due_on, "desk:call", call.pk, _("answers are due")) for call in asked]
    return ours + [
        _day(row.call, row.due, "desk:call-answer", row.pk, _("your answer is due")) for row in waiting
    ]


def _day(call: Call, on: dt.date, page: str, uid: UUID, note: str) -> Entry:
    return Entry(
        key=f"{uid}.call",
        sort=CalendarSort.REPORT,
        since=on,
        until=on,
        title=call.title,
        note=note,
        page=page,
        args=(uid,),
        office_code=call.office_code if page == "desk:call" else "",
        version=call.version,
    )


def answers_of(invitees: Sequence[Invitee]) -> dict[tuple[UUID, UUID], Answer]:
    """(addressee, question) → answer."""
    rows = Answer.objects.filter(invitee__in=invitees).select_related("source")
    return {(row.invitee_id, row.question_id): row for row in rows}


def counted(invitees: Sequence[Invitee], today: dt.date | None = None) -> Counted:
    """How many of these have answered, and how many are overdue."""
    day = today or clock.today()
    standings = [row.standing(day) for row in invitees]
    there = sum(standing in {Standing.ANSWERED, Standing.ACCEPTED} for standing in standings)
    return Counted(len(standings), there, standings.count(Standing.LATE))


def names_of_invitees(invitees: Sequence[Invitee], lang: str = "vi") -> dict[UUID, str]:
    """What each addressee is called."""
    offices = offices_by_code({row.office_code for row in invitees if row.office_code})
    return {
        row.pk: offices[row.office_code].name(lang)
        if row.office_code in offices
        else row.name or row.office_code
        for row in invitees
    }


def merged_for(user: User, *, report_code: str, period_code: str, slot: str) -> list[Merged]:
    """What was merged for a written part of a report of a period, as far as the person leads the call."""
    own = office_codes_for(user, Permission.REPORT_DRAFT)
    return list(
        Merged.objects.filter(
            question__slot=slot,
            question__call__report_code=report_code,
            question__call__period_code=period_code,
            question__call__office_code__in=own,
        )
        .exclude(body="")
        .select_related("question__call")
        .order_by("question__call__created_at", "question__order")
    )
