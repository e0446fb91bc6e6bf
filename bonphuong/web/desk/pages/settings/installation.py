"""What an installation is made of, and whether it is well: nothing here is stored, all is looked at."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong import __version__
from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_moment
from bonphuong.kernel.numbers import format_number
from bonphuong.ledger.checks import check_guards
from bonphuong.notices.queries import mails_given_up, mails_to_send
from bonphuong.trail.queries import last_check
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEGABYTE = 1024 * 1024
_GIGABYTE = 1024 * _MEGABYTE
_KEPT_S = 600
# Beyond so many files the walk stops: the page must not wait for a disk.
_FILES_MOST = 20_000
_BACKUP_OLD = dt.timedelta(days=2)
_CHECK_OLD = dt.timedelta(days=31)
_ROOM_LEAST = 0.1


@dataclass(frozen=True)
class Fact:
    """One thing that is known: what, how it is, and whether it is well."""

    label: str
    text: str
    state: str = ""
    word: str = ""
    note: str = ""


@dataclass(frozen=True)
class InstallationPage:
    """All that is known, under what it is about."""

    groups: Sequence[tuple[str, Sequence[Fact]]]
    is_well: bool


def installation_page() -> InstallationPage:
    """Look at everything. Sizes of folders are kept for ten minutes."""
    groups = [
        (_("The product"), [_version(), _database(), _demonstration()]),
        (_("Trust"), [_guards(), _check(), _backup()]),
        (_("Mail"), _mail()),
        (_("Disk"), _disk()),
    ]
    is_well = all(fact.state not in {"late", "soon"} for _label, facts in groups for fact in facts)
    return InstallationPage(groups=groups, is_well=is_well)


def _version() -> Fact:
    made_of = f"Python {platform.python_version()}, Django {django.get_version()}"
    return Fact(_("Version"), f"Bốn Phương {__version__}", note=made_of)


def _database() -> Fact:
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)
    number = ".".join(str(part) for part in connection.get_database_version())
    note = _("one file in the data folder") if connection.vendor == "sqlite" else _("a server of its own")
    return Fact(_("Database"), f"{name} {number}", note=note)


def _demonstration() -> Fact:
    demo = Office.objects.filter(is_demo=True).exists()
    said = _("Offices of the demonstration are loaded") if demo else _("No data of the demonstration")
    note = _("Their people are fictional; their records are marked as illustration.") if demo else ""
    return Fact(_("Demonstration"), said, note=note)


def _guards() -> Fact:
    missing = check_guards()
    if not missing:
        return Fact(_("Guards of the database"), _("all in place"), "done", _("well"))
    said = ngettext("%(n)s is missing or changed", "%(n)s are missing or changed", len(missing))
    return Fact(
        _("Guards of the database"),
        said % {"n": len(missing)},
        "late",
        _("act"),
        note=", ".join(problem.place for problem in missing[:5]),
    )


def _check() -> Fact:
    found = last_check()
    label = _("Last check of the ledger")
    if found is None:
        return Fact(label, _("never yet"), "soon", _("look"), note=_("Run it on the page of the trail."))
    who = found.actor_name or _("The system")
    said = _("%(at)s, by %(who)s") % {"at": format_moment(found.at, language()), "who": who}
    if found.object_uid != "0":
        return Fact(label, said, "late", _("act"), note=_("It found something wrong."))
    old = clock.now() - found.at > _CHECK_OLD
    return Fact(label, said, "soon" if old else "done", _("look") if old else _("well"))


def _backup() -> Fact:
    label, folder = _("Last backup"), str(settings.BACKUP_DIR or "")
    if not folder:
        note = _("Name the folder in BONPHUONG_BACKUPS, and its newest file is told here.")
        return Fact(label, _("not known"), "soon", _("look"), note=note)
    newest = _newest(Path(folder))
    if newest is None:
        return Fact(label, _("none in %(folder)s") % {"folder": folder}, "late", _("act"))
    old = clock.now() - newest > _BACKUP_OLD
    said = format_moment(newest, language())
    return Fact(label, said, "late" if old else "done", _("act") if old else _("well"), note=folder)


def _newest(folder: Path) -> dt.datetime | None:
    try:
        stamps = [entry.stat().st_mtime for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return None
    return dt.datetime.fromtimestamp(max(stamps), tz=dt.UTC) if stamps else None


def _mail() -> list[Fact]:
    to_files = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    how = _("written as files into the data folder") if to_files else settings.EMAIL_HOST
    note = _("Nobody gets them: name a server in BONPHUONG_MAIL_URL.") if to_files else ""
    waiting, given_up = mails_to_send().count(), mails_given_up().count()
    number = {"n": format_number(waiting, language()), "lost": format_number(given_up, language())}
    return [
        Fact(
            _("How mail goes"),
            how,
            "soon" if to_files else "done",
            _("look") if to_files else _("well"),
            note,
        ),
        Fact(
            _("Outbox"),
            _("%(n)s waiting, %(lost)s given up") % number,
            "late" if given_up else "done",
            _("act") if given_up else _("well"),
        ),
    ]


def _disk() -> list[Fact]:
    folder = Path(settings.DATA_DIR)
    size = cache.get_or_set("settings.size", lambda: _size(folder), _KEPT_S) or 0
    free = shutil.disk_usage(folder if folder.exists() else Path("/"))
    tight = free.free < free.total * _ROOM_LEAST
    return [
        Fact(_("Data folder"), _megabytes(size), note=str(folder)),
        Fact(
            _("Room on the disk"),
            _megabytes(free.free),
            "late" if tight else "done",
            _("act") if tight else _("well"),
        ),
    ]


def _size(folder: Path) -> int:
    """Bytes of all files below a folder, as far as the walk goes."""
    total = seen = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            seen += 1
            if seen > _FILES_MOST:
                return total
            try:
                total += (Path(place) / name).stat().st_size
            except OSError:
                # Gone between the list and the look.
                continue
    return total


def _megabytes(size: int) -> str:
    if size >= _GIGABYTE:
        return f"{format_number(round(size / _GIGABYTE), language())} GB"
    return f"{format_number(round(size / _MEGABYTE), language())} MB"
