"""Rules that an office sets for itself, beside the shipped ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.procedures.models import DeadlineRule, GuardRule, OpinionRule
from bonphuong.procedures.rulebook import RuleBook
from bonphuong.trail.acting import acting
from bonphuong.trail.services import refuse_if_changed

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.kernel.models import DatedQuerySet


@dataclass(frozen=True)
class Since:
    """From which day something holds, and which text says so."""

    valid_from: dt.date
    source: str
    source_url: str = ""
    proved: bool = False


R = TypeVar("R", DeadlineRule, GuardRule, OpinionRule)


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
        _make_room(own, valid_from)
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
        return _kept(rule)


def end_rule(
    rule: DeadlineRule | GuardRule | OpinionRule,
    *,
    on: dt.date,
    actor: User,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Let an office's own rule end with a day: the rule above it holds again. Cases opened before keep theirs.

    Shipped rules and those for everybody are not ended here. Raises NotAllowed, BadInput, Conflict.
    """
    _check_setter(actor, rule.office_code)
    with acting(actor=actor, verb="procedures.rule.end", office=rule.office_code, obj=rule, reason=reason):
        refuse_if_changed(rule, seen)
        if on < rule.valid_from:
            raise BadInput({"on": [_("It ends before it begins.")]})
        if rule.valid_to is not None and rule.valid_to < clock.today():
            raise BadInput({"on": [_("It has ended already.")]})
        rule.valid_to = on
        rule.save(update_fields=["valid_to"])


def set_guard(
    *,
    procedure_code: str,
    code: str,
    office_code: str,
    limit: int,
    since: Since,
    actor: User,
    messages: tuple[str, str],
    level: str = "",
) -> GuardRule:
    """Give an office its own limit of trips from a day on. The one before it ends the day before.

    `code` is also what is limited. `messages` are the warning in Vietnamese and English, with %(value)s and
    %(limit)s. Raises NotAllowed, BadInput.
    """
    _check_setter(actor, office_code)
    with acting(actor=actor, verb="procedures.guard.set", office=office_code, obj=code, reason=since.source):
        own = GuardRule.objects.filter(
            procedure_code=procedure_code, code=code, office_code=office_code, level=level
        )
        _make_room(own, since.valid_from)
        return _kept(
            GuardRule(
                procedure_code=procedure_code,
                code=code,
                kind=code,
                office_code=office_code,
                level=level,
                limit=limit,
                message_vi=messages[0],
                message_en=messages[1],
                **asdict(since),
            )
        )


def set_opinion_rule(
    *,
    office_code: str,
    days: int,
    unit: str,
    since: Since,
    actor: User,
    procedure_code: str = "",
    body_kind: str = "",
) -> OpinionRule:
    """Say within how many days an office wants an opinion, from a day on. Raises NotAllowed, BadInput."""
    _check_setter(actor, office_code)
    with acting(
        actor=actor,
        verb="procedures.opinion_rule.set",
        office=office_code,
        obj=procedure_code,
        reason=since.source,
    ):
        own = OpinionRule.objects.filter(
            procedure_code=procedure_code, body_kind=body_kind, office_code=office_code
        )
        _make_room(own, since.valid_from)
        return _kept(
            OpinionRule(
                procedure_code=procedure_code,
                body_kind=body_kind,
                office_code=office_code,
                days=days,
                unit=unit,
                **asdict(since),
            )
        )


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


def _make_room(own: DatedQuerySet[Any], valid_from: dt.date) -> None:
    """Let the rule that holds so far end the day before the new one begins."""
    if own.filter(valid_from__gte=valid_from).exists():
        raise BadInput({"valid_from": [_("A rule that begins on this day or later is already there.")]})
    own.on(valid_from).update(valid_to=valid_from - dt.timedelta(days=1))


def _kept(rule: R) -> R:
    try:
        rule.full_clean()
    except ValidationError as error:
        found = {("" if name == "__all__" else name): texts for name, texts in error.message_dict.items()}
        raise BadInput(found) from error
    rule.save()
    return rule


def _check_setter(actor: User, office_code: str) -> None:
    if not can(actor, Permission.SETTINGS_CHANGE, office_code):
        raise NotAllowed(_("You may not change the settings of this office."))
