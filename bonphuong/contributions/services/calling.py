"""Preparing a call, sending it, chasing what does not come, closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.accounts.rules import can
from bonphuong.contributions.models import Call, Chase, Invitee, Question
from bonphuong.contributions.schema import errors_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.contributions.schema import CallDraft


def draft_call(draft: CallDraft, *, office_code: str, actor: User, is_demo: bool = False) -> Call:
    """Prepare a call; nobody but the office that asks sees it yet. Raises NotAllowed, BadInput."""
    check_lead(actor, office_code)
    _refuse(draft)
    with acting(actor=actor, verb="contributions.call.draft", office=office_code, obj=draft.title):
        call = Call.objects.create(
            office_code=office_code, book=book_of(office_code), is_demo=is_demo, **_header(draft)
        )
        _fill(call, draft)
        return call


def rewrite_call(call: Call, draft: CallDraft, *, expected_version: int, actor: User) -> Call:
    """Put the draft in the place of a call that was not sent yet. Raises NotAllowed, BadInput, Conflict."""
    check_lead(actor, call.office_code)
    _refuse(draft)
    if call.sent_on is not None:
        raise BadInput({"": [_("It was sent: what was asked stays. Prepare another call.")]})
    with acting(actor=actor, verb="contributions.call.change", office=call.office_code, obj=call):
        _touch(call, expected_version)
        Call.objects.filter(pk=call.pk).update(**_header(draft))
        call.questions.all().delete()
        call.invitees.all().delete()
        _fill(call, draft)
        call.refresh_from_db()
        return call


def send_call(call: Call, *, on: dt.date, expected_version: int, actor: User) -> Call:
    """Send it: from now on the addressees see it and are waited for. Raises NotAllowed, BadInput, Conflict."""
    check_lead(actor, call.office_code)
    if call.sent_on is not None:
        raise BadInput({"": [_("It was sent already.")]})
    if on > clock.today():
        raise BadInput({"on": [_("This day is still to come.")]})
    if call.due_on < on:
        raise BadInput({"due_on": [_("It would be due before it is sent.")]})
    with acting(actor=actor, verb="contributions.call.send", office=call.office_code, obj=call):
        _touch(call, expected_version)
        Call.objects.filter(pk=call.pk).update(sent_on=on)
        call.refresh_from_db()
        return call


def chase(invitees: Sequence[Invitee], *, how: str, actor: User, on: dt.date | None = None) -> list[Chase]:
    """Note a reminder to addressees of one call who have not answered; others are passed over."""
    if not invitees:
        raise BadInput({"": [_("Choose at least one addressee.")]})
    call = invitees[0].call
    check_lead(actor, call.office_code)
    day = on or clock.today()
    waiting = [one for one in invitees if one.call_id == call.pk and one.answered_on is None]
    with acting(actor=actor, verb="contributions.call.chase", office=call.office_code, obj=call, reason=how):
        return [
            Chase.objects.create(invitee=one, on=day, how=how[:200], by_name=actor.get_full_name())
            for one in waiting
        ]


def close_call(call: Call, *, expected_version: int, actor: User) -> Call:
    """Nothing more is taken in. Raises NotAllowed, Conflict."""
    check_lead(actor, call.office_code)
    with acting(actor=actor, verb="contributions.call.close", office=call.office_code, obj=call):
        _touch(call, expected_version)
        Call.objects.filter(pk=call.pk).update(closed_on=clock.today())
        call.refresh_from_db()
        return call


def check_lead(actor: User, office_code: str) -> None:
    """Raise NotAllowed for whoever does not draft reports for that office."""
    if not can(actor, Permission.REPORT_DRAFT, office_code):
        raise NotAllowed(_("You may not call for contributions for that office."))


def _refuse(draft: CallDraft) -> None:
    errors = errors_of(draft)
    if errors:
        raise BadInput(errors)


def _header(draft: CallDraft) -> dict[str, object]:
    return {
        "title": draft.title.strip()[:300],
        "report_code": draft.report_code,
        "period_code": draft.period_code,
        "guidance": draft.guidance.strip(),
        "due_on": draft.due_on,
    }


def _fill(call: Call, draft: CallDraft) -> None:
    Question.objects.bulk_create(
        [Question(call=call, order=order, **vars(one)) for order, one in enumerate(draft.questions, 1)]
    )
    offices = [
        Invitee(call=call, order=order, office_code=code) for order, code in enumerate(draft.offices, 1)
    ]
    names = [name.strip()[:200] for name in draft.names if name.strip()]
    others = [
        Invitee(call=call, order=order, name=name) for order, name in enumerate(names, len(offices) + 1)
    ]
    Invitee.objects.bulk_create([*offices, *others])


def _touch(call: Call, expected_version: int) -> None:
    rows = Call.objects.filter(pk=call.pk, version=expected_version)
    if not rows.update(version=F("version") + 1):
        raise Conflict(_("Somebody else has changed this call since you opened it. Nothing was overwritten."))
