"""Writes: loading the shipped indicators, and making, renewing and ending those of offices."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.accounts.rules import can
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.own import IndicatorDraft, judge, named
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

DATA = Path(__file__).parent / "data"
#: Own indicators stand below the shipped ones.
_ORDER = 30_000


def load_indicators() -> int:
    """Bring the shipped indicators up to date; returns how many rows were written, 0 when nothing changed."""
    shipped = [
        Indicator(**row)
        for path in sorted(DATA.glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]
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


def make_indicator(
    *, actor: User, office: str, name: str, draft: IndicatorDraft, reason: str = ""
) -> Indicator:
    """An office's own indicator, its first version. `name` is the short one in its code.

    Raises NotAllowed; BadInput for a draft that is not right or a name that the office has used before.
    """
    owner = _owner(actor, office)
    code = named(office, name, 1)
    judge(draft, owner.book)
    with acting(actor=actor, verb="indicators.own.make", office=office, reason=reason, obj=code):
        if Indicator.objects.filter(code=code).exists():
            raise BadInput(
                {"name": [_("The office has an indicator of this name: make a new version of it.")]}
            )
        return _written(code, owner, 1, draft)


def renew_indicator(*, actor: User, code: str, draft: IndicatorDraft, reason: str = "") -> Indicator:
    """A new version, valid from its day on; the earlier one ends the day before and is never changed otherwise.

    Raises NotAllowed; Conflict where `code` is not the newest version; BadInput for what is not right.
    """
    row = _own(code)
    owner = _owner(actor, row.office_code)
    judge(draft, owner.book)
    if row.valid_from is not None and draft.valid_from <= row.valid_from:
        message = _("The version before holds from %(day)s: a new one begins later.")
        raise BadInput({"valid_from": [message % {"day": f"{row.valid_from:%d/%m/%Y}"}]})
    verb = "indicators.own.make"
    with acting(actor=actor, verb=verb, office=row.office_code, reason=reason, obj=row.series):
        newest = Indicator.objects.filter(code__startswith=f"{row.series}.", office_code=row.office_code)
        last = newest.aggregate(last=Max("version"))["last"]
        if last != row.version:
            raise Conflict(_("There is a newer version of this indicator: begin from that one."))
        if row.valid_to is None or row.valid_to >= draft.valid_from:
            row.valid_to = draft.valid_from - dt.timedelta(days=1)
            row.save(update_fields=["valid_to"])
        name = row.series.rpartition(".")[2]
        return _written(named(row.office_code, name, last + 1), owner, last + 1, draft)


def end_indicator(*, actor: User, code: str, on: dt.date, reason: str = "") -> Indicator:
    """It is offered until that day. What names it goes on being counted by it. Raises NotAllowed, BadInput."""
    row = _own(code)
    _owner(actor, row.office_code)
    if row.valid_from is not None and on < row.valid_from:
        raise BadInput({"on": [_("It cannot end before it begins.")]})
    with acting(actor=actor, verb="indicators.own.end", office=row.office_code, reason=reason, obj=code):
        row.valid_to = on
        row.save(update_fields=["valid_to"])
    return row


def _owner(actor: User, office: str) -> Office:
    if not can(actor, Permission.SETTINGS_CHANGE, office):
        raise NotAllowed(_("You may not change the settings of this office."))
    return Office.objects.get(pk=office)


def _own(code: str) -> Indicator:
    row = Indicator.objects.filter(code=code).exclude(office_code="").first()
    if row is None:
        raise BadInput({"": [_("This is no indicator of an office.")]})
    return row


def _written(code: str, owner: Office, version: int, draft: IndicatorDraft) -> Indicator:
    return Indicator.objects.create(
        code=code,
        label_vi=draft.label_vi.strip(),
        label_en=draft.label_en.strip(),
        definition_vi=draft.definition_vi.strip(),
        definition_en=draft.definition_en.strip(),
        kind=draft.kind,
        measure=draft.measure if draft.is_base else "",
        filters=draft.stored_filters if draft.is_base else {},
        numerator="" if draft.is_base else draft.numerator,
        denominator="" if draft.is_base else draft.denominator,
        is_additive=draft.is_additive,
        order=_ORDER,
        office_code=owner.code,
        book=owner.book,
        version=version,
        split_by=draft.split_by if draft.is_base else "",
        valid_from=draft.valid_from,
    )
