"""Writes of offices: their names through time, their two ties, their dated practice."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission, ReportKind, SettingKey
from bonphuong.accounts.models import (
    Assignment,
    FocalAgency,
    Office,
    OfficeName,
    OfficeSetting,
    ReportsTo,
)
from bonphuong.accounts.services.ground import close_before, end, forget, meet, must
from bonphuong.accounts.validators import check_follows, check_setting, checked
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.trail.acting import acting
from bonphuong.trail.services import refuse_if_changed

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

# Where an office stands and what it is called for ever is not edited: it is closed, and another one opened.
OFFICE_FIXED = {"code", "path", "belongs_to", "belongs_to_id", "is_demo"}


@dataclass(frozen=True)
class Names:
    """All that an office is called, on pages and on papers."""

    name_vi: str
    name_en: str
    short_vi: str
    letterhead_parent: str = ""
    letterhead_name: str = ""
    symbol: str = ""
    place_name: str = ""

    @classmethod
    def of(cls, office: Office) -> Names:
        """What it is called now."""
        return cls(**{name: getattr(office, name) for name in cls.__dataclass_fields__})


def create_office(
    *, actor: User | None, code: str, belongs_to: Office | None = None, reason: str = "", **fields: Any
) -> Office:
    """A new office: a root begins a book, any other joins the book of the office above it.

    Raises NotAllowed (a root is opened by the system alone) and BadInput.
    """
    must(actor, Permission.SETTINGS_CHANGE, belongs_to.code if belongs_to else "")
    # The system also enters offices of the past, below others of the past.
    if actor is not None and belongs_to is not None and belongs_to.valid_to is not None:
        raise BadInput({"belongs_to": [_("That office is closed: nothing can be put below it.")]})
    above = belongs_to.path if belongs_to else ""
    office = Office(code=code, belongs_to=belongs_to, path=f"{above}{code}/", **fields)
    with acting(actor=actor, verb="accounts.office.add", reason=reason, office=code, obj=code):
        checked(office).save(force_insert=True)
    forget(actor)
    return office


def change_office(*, actor: User | None, office: Office, reason: str = "", **fields: Any) -> Office:
    """Correct names, letterhead or dates of an office that were never right. Raises NotAllowed and BadInput."""
    must(actor, Permission.SETTINGS_CHANGE, office.code)
    if OFFICE_FIXED & fields.keys():
        raise BadInput({"": [_("An office keeps its code and its place; close it and open another one.")]})
    with acting(actor=actor, verb="accounts.office.change", reason=reason, office=office.code, obj=office):
        for name, value in fields.items():
            setattr(office, name, value)
        checked(office).save(update_fields=list(fields))
    return office


def rename_office(
    *,
    actor: User | None,
    office: Office,
    names: Names,
    valid_from: dt.date,
    source: str,
    seen: int | None = None,
    **fields: Any,
) -> OfficeName:
    """Call an office otherwise from a day on, with the letterhead that goes with it; the old names are kept.

    The day may not lie ahead: until then pages and papers bear the old name. Raises NotAllowed, BadInput, Conflict.
    """
    must(actor, Permission.SETTINGS_CHANGE, office.code)
    if valid_from > clock.today():
        raise BadInput({"valid_from": [_("A name is changed on the day from which it holds, not before.")]})
    if names == Names.of(office):
        raise BadInput({"name_vi": [_("Nothing is different from what it is called now.")]})
    with acting(actor=actor, verb="accounts.office.rename", reason=source, office=office.code, obj=office):
        refuse_if_changed(office, seen)
        last = office.names.order_by(F("valid_from").desc(nulls_last=True)).first() or _first_name(office)
        check_follows(last.valid_from, valid_from)
        last.valid_to = valid_from - dt.timedelta(days=1)
        checked(last).save(update_fields=["valid_to"])
        row = OfficeName(office=office, valid_from=valid_from, source=source, **asdict(names), **fields)
        checked(row).save(force_insert=True)
        for name, value in asdict(names).items():
            setattr(office, name, value)
        checked(office).save(update_fields=list(asdict(names)))
    return row


def end_office(
    *, actor: User | None, office: Office, on: dt.date, reason: str = "", seen: int | None = None
) -> Office:
    """Close an office; `on` is its last day. Its records stay. Raises NotAllowed, BadInput, Conflict.

    Not a root, which only the system closes; not one with offices or people in it after that day.
    """
    must(actor, Permission.SETTINGS_CHANGE, office.belongs_to_id or "")
    with acting(actor=actor, verb="accounts.office.end", reason=reason, office=office.code, obj=office):
        refuse_if_changed(office, seen)
        if office.valid_from is not None and on < office.valid_from:
            raise BadInput({"on": [_("It ends before it begins.")]})
        _refuse_while_in_use(office, on)
        office.valid_to = on
        checked(office).save(update_fields=["valid_to"])
    forget(actor)
    return office


def appoint_focal_agency(
    *, actor: User | None, office: Office, valid_from: dt.date, reason: str = "", **fields: Any
) -> FocalAgency:
    """Name the focal agency of the office's book from a day; the one before it ends the day before."""
    book = Office.objects.get(pk=office.book)
    must(actor, Permission.SETTINGS_CHANGE, book.code)
    with acting(
        actor=actor, verb="accounts.focal_agency.appoint", reason=reason, office=book.code, obj=office
    ):
        close_before(FocalAgency.objects.filter(book=book).order_by("-valid_from").first(), valid_from)
        row = FocalAgency(book=book, office=office, valid_from=valid_from, **fields)
        checked(row).save(force_insert=True)
    forget(actor)
    return row


def add_reports_to(
    *,
    actor: User | None,
    office: Office,
    to_office: Office,
    valid_from: dt.date,
    report_kind: ReportKind = ReportKind.ALL,
    reason: str = "",
    **fields: Any,
) -> ReportsTo:
    """Say who receives which report of an office, from a day. Raises NotAllowed and BadInput."""
    must(actor, Permission.SETTINGS_CHANGE, office.code)
    tie = ReportsTo(
        office=office, to_office=to_office, report_kind=report_kind, valid_from=valid_from, **fields
    )
    same = ReportsTo.objects.filter(office=office, to_office=to_office, report_kind=report_kind)
    if any(meet(tie, old) for old in same):
        raise BadInput({"valid_from": [_("It receives that report in that time already.")]})
    with acting(actor=actor, verb="accounts.reports_to.add", reason=reason, office=office.code, obj=office):
        checked(tie).save(force_insert=True)
    return tie


def end_reports_to(
    *, actor: User | None, tie: ReportsTo, on: dt.date, reason: str = "", seen: int | None = None
) -> ReportsTo:
    """End a tie of reports; `on` is its last day. Raises NotAllowed, BadInput, Conflict."""
    must(actor, Permission.SETTINGS_CHANGE, tie.office_id)
    _end(tie, on, seen, actor=actor, verb="accounts.reports_to.end", reason=reason)
    return tie


def change_setting(
    *,
    actor: User | None,
    office: Office,
    key: SettingKey,
    value: object,
    valid_from: dt.date,
    reason: str = "",
    **fields: Any,
) -> OfficeSetting:
    """State an office's practice from a day; what held before ends the day before. Raises NotAllowed, BadInput."""
    must(actor, Permission.SETTINGS_CHANGE, office.code)
    check_setting(key, value)
    with acting(actor=actor, verb="accounts.setting.change", reason=reason, office=office.code, obj=office):
        last = OfficeSetting.objects.filter(office=office, key=key).order_by("-valid_from").first()
        close_before(last, valid_from)
        row = OfficeSetting(office=office, key=key, value=value, valid_from=valid_from, **fields)
        checked(row).save(force_insert=True)
    return row


def end_setting(
    *, actor: User | None, setting: OfficeSetting, on: dt.date, reason: str = "", seen: int | None = None
) -> OfficeSetting:
    """Let an office's own practice end: what the office above holds applies again. Raises as `end_reports_to`."""
    must(actor, Permission.SETTINGS_CHANGE, setting.office_id)
    _end(setting, on, seen, actor=actor, verb="accounts.setting.end", reason=reason)
    return setting


def _end(row: ReportsTo | OfficeSetting, on: dt.date, seen: int | None, **act: Any) -> None:
    with acting(**act, office=row.office_id, obj=row.office):
        refuse_if_changed(row, seen)
        end(row, on)


def _first_name(office: Office) -> OfficeName:
    """What it was called from its beginning, kept before it is called otherwise."""
    row = OfficeName(
        office=office,
        valid_from=office.valid_from,
        source=office.source,
        source_url=office.source_url,
        proved=office.proved,
        **asdict(Names.of(office)),
    )
    checked(row).save(force_insert=True)
    return row


def _refuse_while_in_use(office: Office, on: dt.date) -> None:
    after = on + dt.timedelta(days=1)
    below = Office.objects.filter(belongs_to=office).on(after).count()
    if below:
        said = ngettext(
            "%(n)s office still stands below it: close that first.",
            "%(n)s offices still stand below it: close those first.",
            below,
        )
        raise BadInput({"on": [said % {"n": below}]})
    people = Assignment.objects.filter(office=office).on(after).values("user").distinct().count()
    if people:
        said = ngettext(
            "%(n)s person still has a role in it after that day: end that first.",
            "%(n)s people still have a role in it after that day: end those first.",
            people,
        )
        raise BadInput({"on": [said % {"n": people}]})
