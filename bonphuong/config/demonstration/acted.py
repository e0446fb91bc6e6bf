"""What is played beside entering and steps: acts of families, and days that are counted from the day of loading.

In the data a day "@-8" is eight days before the day of loading. `acts` of a row are {"act", "on", "values", "by",
"makes"}: the code of the family's act, its day, what its form is given, who does it, and the key by which the record
that it makes is known from then on. `walks` are steps of such records: {"key", "steps"}.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import walk
from bonphuong.config.demonstration.stage import Act, Stage, moment
from bonphuong.kit.queries import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_COUNTED = re.compile(r"@([+-]\d+)")


def read(name: str, today: dt.date) -> dict[str, Any]:
    """A file of the data, its counted days turned into days."""
    found: dict[str, Any] = _dated(json.loads((DATA / name).read_text(encoding="utf-8")), today)
    return found


def acted(rows: Iterable[Mapping[str, Any]]) -> Iterator[Act]:
    """The acts of all rows and the steps of what they made, in no order."""
    for row in rows:
        for one in row.get("acts", ()):
            yield Act(moment(dt.date.fromisoformat(one["on"]), 15), partial(do, key=row["key"], one=one))
        for made in row.get("walks", ()):
            for number, step in enumerate(made["steps"]):
                at = moment(dt.date.fromisoformat(step.get("typed") or step["on"]), 16, 5 * number)
                yield Act(at, partial(walk, key=made["key"], step=step))


def do(stage: Stage, *, key: str, one: Mapping[str, Any]) -> None:
    """Somebody does what the family offers on the record's page."""
    record = stage.record(key)
    act = next(act for act in scheme_of(record.family).acts if act.code == one["act"])
    actor = stage.person(one["by"]) if "by" in one else stage.officer_of(record.office_code)
    values = {name: _value(name, value) for name, value in one.get("values", {}).items()}
    made = act.run(record, values, actor=actor)
    if "makes" in one and made is not None:
        stage.records[one["makes"]] = made.pk


def _value(name: str, value: Any) -> Any:
    return dt.date.fromisoformat(value) if name.endswith("_on") else value


def _dated(value: Any, today: dt.date) -> Any:
    if isinstance(value, dict):
        return {name: _dated(one, today) for name, one in value.items()}
    if isinstance(value, list):
        return [_dated(one, today) for one in value]
    found = _COUNTED.fullmatch(value) if isinstance(value, str) else None
    return (today + dt.timedelta(days=int(found[1]))).isoformat() if found else value
