"""How a test moves a record on, and what it counts as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure, national_total, split
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.kit.services import create, take_step

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record

PAPER = {"decision": "99/QĐ-UBND"}


def enter(draft: Any, actor: User, office: str = "lc-dofa", **more: Any) -> Record:
    return create(draft, family="agreements", office_code=office, actor=actor, **more)


def step(
    record: Record, code: str, on: dt.date, actor: User, note: str = "", *, papers: bool = True, **values: Any
) -> Record:
    record.refresh_from_db()
    return take_step(
        record,
        code,
        on=on,
        expected_version=record.version,
        actor=actor,
        values=values,
        note=note,
        paper_numbers=PAPER if papers else {},
    )


def count(indicator: str, period: str, office: str | None = "lai-chau", **filters: str) -> int:
    asked = {name: (code,) for name, code in filters.items()}
    request = FigureRequest(indicator, office, Period.parse(period, Cutoff.CALENDAR), filters=asked)
    return int(figure(request).recorded or 0)


def nation(indicator: str, period: str) -> int:
    return int(national_total(FigureRequest(indicator, None, Period.parse(period, Cutoff.CALENDAR)))[0])


def by_unit(indicator: str, day: str, office: str = "lai-chau") -> dict[str, int]:
    request = FigureRequest(indicator, office, Period.parse(day, Cutoff.CALENDAR))
    return {code: int(value) for code, value in split(request, "unit").items() if value}
