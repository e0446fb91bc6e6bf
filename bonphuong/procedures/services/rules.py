"""Rules that an office sets for itself, beside the shipped ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.procedures.models import DeadlineRule, GuardRule
from bonphuong.procedures.rulebook import RuleBook
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def set_deadline(
    *,
    procedure_code: str,
    code: str,
    office_code: str,
    days: int,
    unit: str,
    valid_from: dt.date,
    source: str,
    actor: User,
    source_url: str = "",
    proved: bool = False,
) -> DeadlineRule:
    """Give an office its own number of days from a day on. The rule before it ends the day before.

    What the days are counted from and what fulfils them stays as in the rule that held so far. Cases that were
    opened earlier keep theirs. Raises NotAllowed, BadInput (no such deadline, a later rule is already there).
    """
    _check_setter(actor, office_code)
    with acting(actor=actor, verb="procedures.deadline.set", office=office_code, obj=code, reason=source):
        held = [
            r for r in RuleBook().deadline_rules(procedure_code, office_code, valid_from) if r.code == code
        ]
        if not held:
            raise BadInput({"code": [_("This procedure has no such deadline.")]})
        base = held[0]
        own = DeadlineRule.objects.filter(procedure_code=procedure_code, code=code, office_code=office_code)
        if own.filter(valid_from__gte=valid_from).exists():
            raise BadInput({"valid_from": [_("A rule that begins on this day or later is already there.")]})
        own.on(valid_from).update(valid_to=valid_from - dt.timedelta(days=1))
        rule = DeadlineRule(
            procedure_code=procedure_code,
            code=code,
            office_code=office_code,
            label_vi=base.label_vi,
            label_en=base.label_en,
            starts_from=base.starts_from,
            starts_at=base.starts_at,
            once_reached=base.once_reached,
            until_state=base.until_state,
            direction=base.direction,
            soon_days=base.soon_days,
            days=days,
            unit=unit,
            valid_from=valid_from,
            source=source,
            source_url=source_url,
            proved=proved,
        )
        rule.full_clean()
        rule.save()
        return rule


def copy_guards(
    *, from_office: str, to_office: str, valid_from: dt.date, source: str, actor: User, proved: bool = False
) -> list[GuardRule]:
    """Take over another office's limits from a day on, under one's own source. Raises NotAllowed, BadInput."""
    _check_setter(actor, to_office)
    with acting(actor=actor, verb="procedures.guard.set", office=to_office, obj=from_office, reason=source):
        taken = set(
            GuardRule.objects.filter(office_code=to_office).values_list("procedure_code", "code", "level")
        )
        rules = [
            GuardRule(
                procedure_code=rule.procedure_code,
                code=rule.code,
                office_code=to_office,
                level=rule.level,
                kind=rule.kind,
                limit=rule.limit,
                message_vi=rule.message_vi,
                message_en=rule.message_en,
                valid_from=valid_from,
                source=source,
                proved=proved,
            )
            for rule in GuardRule.objects.filter(office_code=from_office).on(valid_from)
            if (rule.procedure_code, rule.code, rule.level) not in taken
        ]
        if not rules:
            raise BadInput({"from_office": [_("That office has no limits that are not yours already.")]})
        return GuardRule.objects.bulk_create(rules)


def _check_setter(actor: User, office_code: str) -> None:
    if not can(actor, Permission.SETTINGS_CHANGE, office_code):
        raise NotAllowed(_("You may not change the settings of this office."))
