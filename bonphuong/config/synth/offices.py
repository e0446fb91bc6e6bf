"""Provinces of the made-up nation: the real units of Viet Nam as they are now, with made-up offices and people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import OfficeKind, Role
from bonphuong.accounts.models import Office, User
from bonphuong.accounts.services import appoint_focal_agency, assign, create_office, create_user
from bonphuong.kernel import clock
from bonphuong.reference.models import AdminUnit, Succession
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The last day of the provinces as they were before they were merged.
MERGED = dt.date(2025, 7, 1)
_SHORT = (
    ("dofa", "Sở Ngoại vụ", OfficeKind.DEPARTMENT),
    ("health", "Sở Y tế", OfficeKind.DEPARTMENT),
    ("edu", "Sở Giáo dục và Đào tạo", OfficeKind.DEPARTMENT),
    ("trade", "Sở Công Thương", OfficeKind.DEPARTMENT),
    ("guard", "Bộ đội Biên phòng", OfficeKind.FORCE),
    ("union", "Liên hiệp các tổ chức hữu nghị", OfficeKind.UNION),
)


@dataclass(frozen=True)
class Province:
    """A book of the made-up nation: its root, its focal agency, its other offices, who enters, old units in it."""

    unit: str
    root: str
    focal: str
    offices: Sequence[str]
    officer: User
    before: Sequence[str]

    def unit_on(self, day: dt.date) -> str:
        """The code that one of its parts had on a day: before the mergers another than after."""
        return self.before[day.day % len(self.before)] if day < MERGED else self.unit


def open_provinces(number: int, since: dt.date) -> list[Province]:
    """So many provinces with offices and an officer each; those that are there already are taken as they are."""
    units = list(AdminUnit.objects.filter(kind="province", valid_to__isnull=True).order_by("code")[:number])
    heirs = dict[str, list[str]]()
    for one in Succession.objects.filter(to_unit__in=units, on=MERGED).order_by("from_unit"):
        heirs.setdefault(one.to_unit_id, []).append(one.from_unit_id)
    with acting(actor=None, verb="system.synth"), clock.fixed(since):
        return [_province(unit, since, heirs.get(unit.code, [unit.code])) for unit in units]


def _province(unit: AdminUnit, since: dt.date, before: Sequence[str]) -> Province:
    code = f"m-{unit.code.removeprefix('vn-')}"
    known = Office.objects.filter(pk=code).first()
    root = known or _office(code, f"Ủy ban nhân dân tỉnh {unit.name_vi}", OfficeKind.PROVINCE, unit, None)
    codes = []
    for short, name, kind in _SHORT:
        codes.append(f"{code}-{short}")
        if known is None:
            _office(codes[-1], f"{name} {unit.name_vi}", kind, unit, root)
    if known is None:
        focal = Office.objects.get(pk=codes[0])
        appoint_focal_agency(actor=None, office=focal, valid_from=since)
        user = create_user(actor=None, username=f"{code}-officer", full_name="Nguyễn Thị Mẫu", is_demo=True)
        assign(actor=None, user=user, office=focal, role=Role.OFFICER, valid_from=since)
        assign(actor=None, user=user, office=focal, role=Role.HEAD, valid_from=since)
    officer = User.objects.get(username=f"{code}-officer")
    return Province(unit.code, code, codes[0], codes, officer, before)


def _office(code: str, name: str, kind: OfficeKind, unit: AdminUnit, root: Office | None) -> Office:
    short = "".join(word[0] for word in name.split() if word[0].isupper())
    return create_office(
        actor=None,
        code=code,
        belongs_to=root,
        name_vi=name,
        name_en=name,
        short_vi=name.split(" tỉnh ", maxsplit=1)[0][:60],
        kind=kind,
        place=unit,
        symbol=short,
        is_demo=True,
    )
