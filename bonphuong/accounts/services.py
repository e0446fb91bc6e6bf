"""Writes: offices and their ties, accounts, dated roles, dated practice.

`actor` is the person who acts; None is the system itself and needs an open "system.…" action around the call.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission, ReportKind, Role, SettingKey
from bonphuong.accounts.models import Assignment, FocalAgency, Office, OfficeSetting, ReportsTo, User
from bonphuong.accounts.rules import can, can_manage
from bonphuong.accounts.validators import check_follows, check_setting, checked
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import StartedRow

# Where an office stands and what it is called for ever is not edited: it is closed, and another one opened.
OFFICE_FIXED = {"code", "path", "belongs_to", "belongs_to_id", "is_demo"}
REPORTS_KEY = ("office", "to_office", "report_kind")


def create_office(
    *, actor: User | None, code: str, belongs_to: Office | None = None, reason: str = "", **fields: Any
) -> Office:
    """A new office: a root begins a book, any other joins the book of the office above it.

    Raises NotAllowed (a root is opened by the system alone) and BadInput.
    """
    _require(actor, Permission.SETTINGS_CHANGE, belongs_to.code if belongs_to else "")
    above = belongs_to.path if belongs_to else ""
    office = Office(code=code, belongs_to=belongs_to, path=f"{above}{code}/", **fields)
    with acting(actor=actor, verb="accounts.office.add", reason=reason, office=code, obj=code):
        checked(office).save(force_insert=True)
    _forget(actor)
    return office


def change_office(*, actor: User | None, office: Office, reason: str = "", **fields: Any) -> Office:
    """Change names, letterhead or dates of an office. Raises NotAllowed and BadInput."""
    _require(actor, Permission.SETTINGS_CHANGE, office.code)
    if OFFICE_FIXED & fields.keys():
        raise BadInput({"": [_("An office keeps its code and its place; close it and open another one.")]})
    with acting(actor=actor, verb="accounts.office.change", reason=reason, office=office.code, obj=office):
        for name, value in fields.items():
            setattr(office, name, value)
        checked(office).save(update_fields=list(fields))
    return office


def create_user(
    *,
    actor: User | None,
    username: str,
    full_name: str,
    password: str | None = None,
    reason: str = "",
    **fields: Any,
) -> User:
    """A new account, without any role yet. Raises NotAllowed, and BadInput by field (a weak password too)."""
    if actor is not None and not can(actor, Permission.USER_MANAGE):
        raise NotAllowed(_("You may not manage people here."))
    user = User(username=username.strip().lower(), full_name=full_name, **fields)
    _set_password(user, password)
    with acting(actor=actor, verb="accounts.user.add", reason=reason, obj=username):
        checked(user).save(force_insert=True)
    return user


def change_user(*, actor: User | None, user: User, reason: str = "", **fields: Any) -> User:
    """Change the name, mail or language of an account: one's own, or of people whom one manages."""
    allowed = {"full_name", "email", "language"}
    if fields.keys() - allowed:
        raise BadInput({name: [_("This cannot be changed here.")] for name in fields.keys() - allowed})
    _require_manage(actor, user)
    with acting(actor=actor, verb="accounts.user.change", reason=reason, obj=user):
        for name, value in fields.items():
            setattr(user, name, value)
        checked(user).save(update_fields=list(fields))
    return user


def set_password(*, actor: User | None, user: User, password: str, reason: str = "") -> None:
    """Give an account a new password: one's own, or of people whom one manages. Raises NotAllowed, BadInput."""
    _require_manage(actor, user)
    _set_password(user, password)
    with acting(actor=actor, verb="accounts.user.password", reason=reason, obj=user):
        user.save(update_fields=["password"])


def set_active(*, actor: User | None, user: User, is_active: bool, reason: str = "") -> None:
    """Close an account, or open it again; nobody closes their own."""
    if actor is not None and actor.pk == user.pk:
        raise NotAllowed(_("Nobody may close their own account."))
    _require_manage(actor, user)
    with acting(actor=actor, verb="accounts.user.activate", reason=reason, obj=user):
        user.is_active = is_active
        user.save(update_fields=["is_active"])
    user.forget_access()


def assign(
    *,
    actor: User | None,
    user: User,
    office: Office,
    role: Role,
    valid_from: dt.date | None = None,
    reason: str = "",
    **fields: Any,
) -> Assignment:
    """Give another person a role in an office from a day (today by default). Raises NotAllowed and BadInput."""
    _require(actor, Permission.USER_MANAGE, office.code)
    if actor is not None and actor.pk == user.pk:
        raise NotAllowed(_("Nobody may give themselves a role."))
    first = valid_from or clock.today()
    assignment = Assignment(user=user, office=office, role=role, valid_from=first, **fields)
    _refuse_overlap(assignment)
    with acting(actor=actor, verb="accounts.assignment.add", reason=reason, office=office.code, obj=user):
        checked(assignment).save(force_insert=True)
    user.forget_access()
    _forget(actor)
    return assignment


def end_assignment(
    *, actor: User | None, assignment: Assignment, on: dt.date | None = None, reason: str = ""
) -> Assignment:
    """End a role; `on` (today by default) is its last day. Raises NotAllowed and BadInput."""
    _require(actor, Permission.USER_MANAGE, assignment.office_id)
    verb, office = "accounts.assignment.end", assignment.office_id
    with acting(actor=actor, verb=verb, reason=reason, office=office, obj=assignment.user):
        _end(assignment, on or clock.today())
    assignment.user.forget_access()
    _forget(actor)
    return assignment


def appoint_focal_agency(
    *, actor: User | None, office: Office, valid_from: dt.date, reason: str = "", **fields: Any
) -> FocalAgency:
    """Name the focal agency of the office's book from a day; the one before it ends the day before."""
    book = Office.objects.get(pk=office.book)
    _require(actor, Permission.SETTINGS_CHANGE, book.code)
    with acting(
        actor=actor, verb="accounts.focal_agency.appoint", reason=reason, office=book.code, obj=office
    ):
        _close_before(FocalAgency.objects.filter(book=book).order_by("-valid_from").first(), valid_from)
        row = FocalAgency(book=book, office=office, valid_from=valid_from, **fields)
        checked(row).save(force_insert=True)
    _forget(actor)
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
    _require(actor, Permission.SETTINGS_CHANGE, office.code)
    tie = ReportsTo(
        office=office, to_office=to_office, report_kind=report_kind, valid_from=valid_from, **fields
    )
    with acting(actor=actor, verb="accounts.reports_to.add", reason=reason, office=office.code, obj=office):
        checked(tie).save(force_insert=True)
    return tie


def end_reports_to(*, actor: User | None, tie: ReportsTo, on: dt.date, reason: str = "") -> ReportsTo:
    """End a tie of reports; `on` is its last day. Raises NotAllowed and BadInput."""
    _require(actor, Permission.SETTINGS_CHANGE, tie.office_id)
    with acting(
        actor=actor, verb="accounts.reports_to.end", reason=reason, office=tie.office_id, obj=tie.office
    ):
        _end(tie, on)
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
    _require(actor, Permission.SETTINGS_CHANGE, office.code)
    check_setting(key, value)
    with acting(actor=actor, verb="accounts.setting.change", reason=reason, office=office.code, obj=office):
        last = OfficeSetting.objects.filter(office=office, key=key).order_by("-valid_from").first()
        _close_before(last, valid_from)
        row = OfficeSetting(office=office, key=key, value=value, valid_from=valid_from, **fields)
        checked(row).save(force_insert=True)
    return row


def load_demo_offices() -> int:
    """Offices of the demonstration with their ties and practice; what is there already stays as it is.

    Returns how many offices were new. Needs the administrative units of `reference` to be loaded.
    """
    data = _data("demo_offices.json")
    there = set(Office.objects.values_list("code", flat=True))
    with acting(actor=None, verb="system.accounts.load"):
        new = [row for row in data["offices"] if row["code"] not in there]
        for row in new:
            _load_office(row)
        offices = Office.objects.in_bulk()
        for row in data["focal_agencies"]:
            if not FocalAgency.objects.filter(office=row["office"]).exists():
                appoint_focal_agency(actor=None, **_dated(row, offices))
        for row in data["reports_to"]:
            if not ReportsTo.objects.filter(**{name: row[name] for name in REPORTS_KEY}).exists():
                add_reports_to(actor=None, **_dated(row, offices))
        for row in data["settings"]:
            if not OfficeSetting.objects.filter(office=row["office"], key=row["key"]).exists():
                change_setting(actor=None, **_dated(row, offices))
    return len(new)


def load_demo_people(*, password: str) -> list[User]:
    """Accounts of the demonstration, all with the one password; those there already keep theirs.

    Returns every one of them in the order of the data. Needs `load_demo_offices` first.
    """
    rows = _data("demo_people.json")["people"]
    with acting(actor=None, verb="system.accounts.load"):
        there = set(User.objects.values_list("username", flat=True))
        for row in rows:
            if row["username"] not in there:
                _load_person(row, password)
    people = {user.username: user for user in User.objects.filter(is_demo=True)}
    return [people[row["username"]] for row in rows if row["username"] in people]


def _data(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / "data" / name
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _load_office(row: dict[str, Any]) -> None:
    fields = {name: value for name, value in row.items() if name != "belongs_to"}
    above = row["belongs_to"]
    for name in ("valid_from", "valid_to"):
        fields[name] = dt.date.fromisoformat(row[name]) if row.get(name) else None
    belongs_to = Office.objects.get(pk=above) if above else None
    create_office(actor=None, belongs_to=belongs_to, is_demo=True, **fields)


def _load_person(row: dict[str, Any], password: str) -> None:
    user = create_user(
        actor=None, username=row["username"], full_name=row["full_name"], password=password, is_demo=True
    )
    for role in row["roles"]:
        assign(
            actor=None,
            user=user,
            office=Office.objects.get(pk=role["office"]),
            role=Role(role["role"]),
            valid_from=dt.date.fromisoformat(role["valid_from"]),
            title_vi=role["title_vi"],
            title_en=role["title_en"],
        )


def _dated(row: dict[str, Any], offices: dict[Any, Office]) -> dict[str, Any]:
    """A row of the data with its offices, day and key as the services take them."""
    fields = dict(row)
    for name in {"office", "to_office"} & row.keys():
        fields[name] = offices[row[name]]
    if "key" in row:
        fields["key"] = SettingKey(row["key"])
    fields["valid_from"] = dt.date.fromisoformat(row["valid_from"])
    return fields


def _require(actor: User | None, permission: Permission, office_code: str) -> None:
    if actor is not None and not can(actor, permission, office_code):
        raise NotAllowed(_("You may not do this for that office."))


def _require_manage(actor: User | None, user: User) -> None:
    if actor is None or actor.pk == user.pk:
        return
    if not can_manage(actor, _ties_of(user)):
        raise NotAllowed(_("You may not manage people here."))


def _ties_of(user: User) -> set[str]:
    """Offices of the roles that have not ended (later ones too), else of all that the person ever held."""
    rows = Assignment.objects.filter(user=user).values_list("office_id", "valid_to")
    today = clock.today()
    live = {office for office, valid_to in rows if valid_to is None or valid_to >= today}
    return live or {office for office, _valid_to in rows}


def _set_password(user: User, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise BadInput({"password": error.messages}) from error
    user.set_password(password)


def _refuse_overlap(new: Assignment) -> None:
    same = Assignment.objects.filter(user=new.user, office=new.office, role=new.role)
    if any(_meet(new, old) for old in same):
        raise BadInput({"role": [_("This person already has that role there in that time.")]})


def _meet(new: StartedRow, old: StartedRow) -> bool:
    begins_before_end = new.valid_to is None or old.valid_from <= new.valid_to
    return begins_before_end and (old.valid_to is None or old.valid_to >= new.valid_from)


def _close_before(last: StartedRow | None, valid_from: dt.date) -> None:
    if last is None:
        return
    check_follows(last.valid_from, valid_from)
    if last.valid_to is None or last.valid_to >= valid_from:
        _end(last, valid_from - dt.timedelta(days=1))


def _end(row: StartedRow, on: dt.date) -> None:
    row.valid_to = on
    checked(row).save(update_fields=["valid_to"])


def _forget(actor: User | None) -> None:
    if actor is not None:
        actor.forget_access()
