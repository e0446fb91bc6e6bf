"""Reads: the directory of offices, what a role reaches, the focal agency, the practice in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.accounts.enums import ReportKind, SettingKey
from bonphuong.accounts.models import Assignment, FocalAgency, Office, OfficeSetting, ReportsTo, User
from bonphuong.accounts.rules import MATRIX
from bonphuong.kernel import clock
from bonphuong.kernel.memo import remembered

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.enums import Permission
    from bonphuong.kernel.models import DatedQuerySet

# What holds where an office has said nothing.
SETTING_DEFAULTS: dict[SettingKey, object] = {
    SettingKey.ONE_IS_A_GROUP: False,
    SettingKey.REPORT_CUTOFF: "calendar",
}


def office_codes_for(user: User | AnonymousUser, permission: Permission) -> set[str]:
    """Codes of the offices for which `user` has `permission` today; the base of every `visible_to`."""
    return set(user.access().codes_for(permission)) if user.is_authenticated else set()


def books_of(user: User | AnonymousUser) -> set[str]:
    """Codes of the books (root offices) in which `user` has any role today."""
    return set(user.access().books) if user.is_authenticated else set()


def office_subtree(code: str) -> list[str]:
    """The office's code and the codes of all offices below it, closed ones too; empty if there is none such."""
    return list(Office.objects.under(code).values_list("code", flat=True))


def book_of(office_code: str) -> str:
    """Code of the root of the office's chain.

    Raises `Office.DoesNotExist` for an unknown code: a fact must never land in a book that nobody keeps.
    """
    path: str = Office.objects.values_list("path", flat=True).get(pk=office_code)
    return path.split("/", 1)[0]


def offices_by_code(codes: set[str] | None = None) -> dict[str, Office]:
    """Offices keyed by code, in one query; all of them when no codes are given. For names in lists."""
    offices = Office.objects.all() if codes is None else Office.objects.filter(pk__in=codes)
    return {office.code: office for office in offices}


def focal_agency(book: str, day: dt.date | None = None) -> Office | None:
    """The external-affairs focal agency of a book on `day` (today by default)."""
    rows = FocalAgency.objects.filter(book=book).on(day or clock.today()).select_related("office")
    row = rows.order_by("-valid_from").first()
    return row.office if row else None


def focal_books(office_codes: Collection[str], day: dt.date | None = None) -> list[str]:
    """The books whose focal agency on `day` (today by default) is one of these offices."""
    codes, on = sorted(office_codes), day or clock.today()

    def read() -> list[str]:
        rows = FocalAgency.objects.filter(office__in=codes).on(on)
        return list(rows.order_by("book_id").values_list("book_id", flat=True).distinct())

    return remembered(("accounts.focal_books", tuple(codes), on), read)


def assignments_of(user: User, day: dt.date | None = None) -> DatedQuerySet[Assignment]:
    """The person's roles in force on `day` (today by default), with their offices."""
    rows = Assignment.objects.filter(user=user).order_by("office__path", "role").select_related("office")
    return rows.on(day or clock.today())


def people_at(office_codes: Collection[str], permission: Permission) -> list[User]:
    """Open accounts that sit today in one of these offices with `permission`, in the order of their names."""
    roles = [role for role, held in MATRIX.items() if permission in held]
    held = Assignment.objects.filter(office__in=office_codes, role__in=roles).on(clock.today())
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("full_name", "pk"))


def report_receivers(office_code: str, kind: ReportKind, day: dt.date | None = None) -> list[Office]:
    """Who receives the office's reports of `kind` on `day` (today by default), in the order of their paths."""
    rows = ReportsTo.objects.filter(office=office_code, report_kind__in=(kind, ReportKind.ALL))
    codes = rows.on(day or clock.today()).values("to_office")
    return list(Office.objects.filter(pk__in=codes))


def setting_on(office_code: str, key: SettingKey, day: dt.date | None = None) -> Any:
    """The value in force on `day` (today by default) for the office, else for the nearest office above it.

    The product's own default where nobody has said anything. Two queries at most.
    """
    found = setting_row(office_code, key, day)
    return SETTING_DEFAULTS[key] if found is None else found.value


def setting_row(office_code: str, key: SettingKey, day: dt.date | None = None) -> OfficeSetting | None:
    """As `setting_on`, but the row with its source and office, for the note under a figure."""
    path = Office.objects.values_list("path", flat=True).filter(pk=office_code).first()
    if path is None:
        return None
    chain = path.strip("/").split("/")
    rows = OfficeSetting.objects.filter(office__in=chain, key=key).on(day or clock.today())
    return max(rows, key=lambda row: (chain.index(row.office_id), row.valid_from), default=None)
