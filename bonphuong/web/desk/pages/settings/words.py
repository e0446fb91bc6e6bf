"""Phrases of the settings: how a practice is done, where a rule holds, what a procedure is called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import SettingKey
from bonphuong.procedures.models import Procedure


def practice_words(key: str, value: object) -> str:
    """How a practice is done: "Một người đi riêng tính là cá nhân"."""
    if key == SettingKey.ONE_IS_A_GROUP:
        return (
            _("One person alone counts as a group of one")
            if value
            else _("One person alone counts as an individual")
        )
    return {
        "calendar": _("Calendar months, from the first to the last day"),
        "statutory": _("From the 15th of the month before to the 14th"),
        "free": _("Two dates that somebody chooses"),
    }.get(str(value), str(value))


def everywhere(code: str, name: str) -> str:
    """Where a rule holds."""
    return name if code else _("everywhere")


def procedure_names() -> dict[str, str]:
    """Code → what the newest version of each procedure is called."""
    return {row.code: row.label for row in Procedure.objects.order_by("code", "version")}
