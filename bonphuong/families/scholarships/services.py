"""Acts of scholarships beyond the steps: paying stipends, putting students under a programme, filing a pause."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.scholarships.enums import Kind, Payer
from bonphuong.families.scholarships.queries import students_of
from bonphuong.families.scholarships.rates import due_for
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import change, correct, save_lines
from bonphuong.records.models import Record
from bonphuong.records.rules import check_can_change
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.scholarships.models import Scholarship
    from bonphuong.families.scholarships.rates import Due

_PARTS = re.compile(r"[\s,;]+")


def pay(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Pay an item to every student of a programme for the months of a span, by the rates that held in them.

    `values`: item, since, until (any days of the first and last month), paid_on, payer. Months that were paid, or
    in which a student was away, are left out. Raises BadInput where nothing is due, NotAllowed, LateReasonNeeded.
    """
    since, until, paid_on = values["since"], values["until"], values["paid_on"]
    if until < since:
        raise BadInput({"until": [_("The last month is before the first.")]})
    if paid_on > clock.today():
        raise BadInput({"paid_on": [_("This day is still to come.")]})
    check_can_change(actor, record.office_code)
    scheme: Scholarship = row_of(record)
    rates = list(scheme.rates.all())
    with acting(actor=actor, verb="scholarships.scheme.pay", office=record.office_code, obj=record):
        paid = 0
        for student in students_of(scheme, actor):
            due = due_for(student, rates, values["item"], since, until)
            if due:
                _add_payments(student.record, due, values, actor)
                paid += 1
        if not paid:
            message = _("Nothing is due: no rate holds, nobody was present, or it is paid already.")
            raise BadInput({"item": [message]})


def _add_payments(record: Record, due: Sequence[Due], values: Mapping[str, Any], actor: User) -> None:
    made = [
        LineDraft(
            {
                "item": one.item,
                "school_year": one.school_year,
                "since": one.since,
                "until": one.until,
                "months": one.months or None,
                "rate": one.rate,
                "amount": one.amount,
                "paid_on": values["paid_on"],
                "payer": values.get("payer") or Payer.PROVINCE,
            }
        )
        for one in due
    ]
    lines = [*draft_of(row_of(record)).lines["payments"], *made]
    why = _("Stipends paid together")
    save_lines(record, "payments", lines, expected_version=record.version, actor=actor, reason=why)


def enrol(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Put students under a programme by their record numbers, one a line. Raises BadInput for an unknown one."""
    numbers = list(dict.fromkeys(part for part in _PARTS.split(values["numbers"]) if part))
    seen = Record.objects.visible_to(actor).live()
    rows = seen.filter(family="scholarships", kind=Kind.STUDENT, book=record.book, number__in=numbers)
    found = {one.number: one for one in rows}
    missing = [number for number in numbers if number not in found]
    if missing or not numbers:
        message = _("No student has the record number %(number)s.") % {"number": ", ".join(missing) or "?"}
        raise BadInput({"numbers": [message]})
    verb = "scholarships.scheme.enrol"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        for number in numbers:
            one = found[number]
            new = {"scheme_number": record.number}
            change(one, new, expected_version=one.version, actor=actor, reason=record.number, verb=verb)


def file_pause(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Put a pause that is over among the earlier ones, so that another may begin; figures stay as they are."""
    del values
    row: Scholarship = row_of(record)
    if row.suspended_on is None or row.resumed_on is None:
        raise BadInput({"": [_("There is no pause that is over.")]})
    before = draft_of(row)
    reason = row.leave_reason[:200]
    pause = LineDraft({"since": row.suspended_on, "until": row.resumed_on, "reason": reason})
    after = replace(
        before,
        values={**before.values, "suspended_on": None, "resumed_on": None, "leave_reason": ""},
        lines={**before.lines, "breaks": (*before.lines["breaks"], pause)},
    )
    correct(
        record,
        after,
        expected_version=record.version,
        actor=actor,
        reason=_("An earlier pause of studies is filed"),
        verb="scholarships.student.file_pause",
    )
