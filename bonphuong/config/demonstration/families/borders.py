"""The border: public facts of the line, its gates and joint work with their sources; the rest is illustration."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import played
from bonphuong.config.demonstration.stage import OFFICER, Act, Stage, moment
from bonphuong.records.enums import LinkKind
from bonphuong.records.services import link

if TYPE_CHECKING:
    from collections.abc import Iterator


def acts(today: dt.date) -> Iterator[Act]:
    """Records of the border on their days; what is a session of its own too is linked to it."""
    del today
    data: dict[str, list[dict[str, Any]]] = json.loads((DATA / "borders.json").read_text(encoding="utf-8"))
    yield from played([*data["facts"], *data["illustration"], *_months(data["months"])])
    for row in data["links"]:
        on = dt.date.fromisoformat(row["on"])
        yield Act(moment(on, 15), partial(_link, row=row))


def _months(series: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A record for each month of a series: typed in on the fifth of the next month, checked four days later."""
    for one in series:
        for text, figures in one["months"].items():
            year, month = (int(part) for part in text.split("-"))
            first = dt.date(year + month // 12, month % 12 + 1, 1)
            entered = first + dt.timedelta(days=one.get("after", 4))
            row = dict(zip(one["columns"], figures, strict=True))
            yield {
                "key": f"{one['key']}-{text}",
                "family": "borders",
                "kind": "traffic",
                "office": one["office"],
                "entered": entered.isoformat(),
                "row": {
                    "title": one["gate"],
                    "month": text,
                    "stated_by": one["stated_by"],
                    "stated_on": (first + dt.timedelta(days=one.get("after", 4) - 1)).isoformat(),
                    "remark": one["remark"],
                    **{name: value for name, value in row.items() if value is not None},
                },
                "steps": [
                    {"code": "check", "on": (entered + dt.timedelta(days=4)).isoformat(), "by": OFFICER}
                ]
                if one.get("checked", True)
                else [],
            }


def _link(stage: Stage, *, row: dict[str, Any]) -> None:
    actor = stage.person(OFFICER)
    link(
        stage.record(row["from"]),
        stage.record(row["to"]),
        LinkKind.RELATED,
        actor=actor,
        note=row.get("note", ""),
    )
