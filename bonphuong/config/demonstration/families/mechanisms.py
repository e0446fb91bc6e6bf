"""Mechanisms and their meetings: public facts with their sources, one invented series.

Every meeting that was held stands among the delegations of the demonstration too: it is entered as counted there.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.acted import acted, read
from bonphuong.config.demonstration.played import add, enter, walk
from bonphuong.config.demonstration.stage import Act, Stage, moment
from bonphuong.records.enums import LinkKind
from bonphuong.records.services import link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def acts(today: dt.date) -> Iterator[Act]:
    """Series, then meetings with what was promised, then the next ones."""
    rows = read("mechanisms.json", today)["mechanisms"]
    for row in rows:
        # After the delegations of the same day, which these meetings name.
        at = moment(dt.date.fromisoformat(row["entered"]), 14, 10 if "series" in row else 0)
        yield Act(at, partial(_enter, row=row))
        for number, step in enumerate(row.get("steps", ())):
            day = dt.date.fromisoformat(step.get("typed") or step["on"])
            yield Act(moment(day, 16, 5 * number), partial(walk, key=row["key"], step=step))
        for later in row.get("later", ()):
            yield Act(
                moment(dt.date.fromisoformat(later["on"]), 16), partial(add, key=row["key"], later=later)
            )
    yield from acted(rows)


def _enter(stage: Stage, *, row: Mapping[str, Any]) -> None:
    given = dict(row["row"])
    if "series" in row:
        given["series_number"] = stage.record(row["series"]).number
    session = stage.record(row["session"]) if "session" in row else None
    if session is not None:
        given["counted_by"] = session.number
    enter(stage, row={**row, "row": given})
    if session is not None:
        record = stage.record(row["key"])
        actor = stage.officer_of(record.office_code)
        link(record, session, LinkKind.RELATED, actor=actor, note="cùng một cuộc họp")
