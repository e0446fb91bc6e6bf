"""Offices and people of the demonstration."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from bonphuong.accounts.enums import Role, SettingKey
from bonphuong.accounts.models import FocalAgency, Office, OfficeSetting, ReportsTo, User
from bonphuong.accounts.services.offices import (
    add_reports_to,
    appoint_focal_agency,
    change_setting,
    create_office,
)
from bonphuong.accounts.services.people import assign, create_user
from bonphuong.trail.acting import acting

REPORTS_KEY = ("office", "to_office", "report_kind")


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
    path = Path(__file__).parent.parent / "data" / name
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
