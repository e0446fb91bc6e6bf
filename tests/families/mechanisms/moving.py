"""How a test moves a record on, and what it counts as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.kit.services import create, take_step

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record


def enter(draft: Any, actor: User, office: str = "lc-dofa", **more: Any) -> Record:
    return create(draft, family="mechanisms", office_code=office, actor=actor, **more)


def step(record: Record, code: str, on: dt.date, actor: User, note: str = "", **values: Any) -> Record:
    record.refresh_from_db()
    return take_step(
        record, code, on=on, expected_version=record.version, actor=actor, values=values, note=note
    )


def count(indicator: str, period: str, office: str = "lai-chau") -> int:
    return int(figure(FigureRequest(indicator, office, Period.parse(period, Cutoff.CALENDAR))).recorded or 0)


def counts(period: str) -> dict[str, int]:
    names = (
        "sessions.held",
        "inbound.groups",
        "outbound.groups",
        "border.day_contacts",
        "border.day_contact_people",
    )
    return {name: value for name in names if (value := count(name, period))}
