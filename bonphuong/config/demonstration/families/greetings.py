"""Greetings of two years: calendars filled, letters prepared from them, sent and answered; greetings that came."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import LATE, played, walk
from bonphuong.config.demonstration.stage import FOCAL, OFFICER, Act, Stage, moment
from bonphuong.families.greetings.services import (
    answer_received,
    fill_calendar,
    note_reply,
    prepare_from_calendar,
)
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import change, save_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bonphuong.families.greetings.models import Greeting

# Days before the occasion on which each thing is done; the translation is there two days after the draft.
_STEPS = (("draft", 14), ("translate", 12), ("approve", 9), ("send", 5))


def acts(today: dt.date) -> Iterator[Act]:
    """Calendars, campaigns, what came."""
    del today
    data: dict[str, list[dict[str, Any]]] = json.loads((DATA / "greetings.json").read_text(encoding="utf-8"))
    for row in data["calendars"]:
        yield from played([row])
        entered = dt.date.fromisoformat(row["entered"])
        yield Act(moment(entered, 9), partial(_fill, key=row["key"]))
    for row in data["campaigns"]:
        yield from _campaign(row)
    yield from played(data["received"])
    for row in data["received"]:
        if "answer" in row:
            on = dt.date.fromisoformat(row["answer"]["on"])
            yield Act(moment(on, 15), partial(_answer, key=row["key"], answer=row["answer"], on=on))


def _fill(stage: Stage, *, key: str) -> None:
    fill_calendar(stage.record(key), {}, actor=stage.person(OFFICER))


def _campaign(row: dict[str, Any]) -> Iterator[Act]:
    day = dt.date.fromisoformat(row["on"])
    prepared = day - dt.timedelta(days=row.get("before", 17))
    yield Act(moment(prepared, 8), partial(_prepare, row=row))
    yield Act(moment(prepared, 10), partial(_write, row=row))
    for code, before in _STEPS:
        on = day - dt.timedelta(days=before)
        step = {"code": code, "on": on.isoformat(), "values": row.get("values", {}).get(code, {})}
        if code != "translate" or row.get("translation"):
            yield Act(moment(on, 11), partial(walk, key=row["key"], step=step))
    for number, after, reply in row.get("replies", ()):
        on = day + dt.timedelta(days=after)
        yield Act(moment(on, 14, number), partial(_reply, key=row["key"], number=number, on=on, reply=reply))


def _prepare(stage: Stage, *, row: dict[str, Any]) -> None:
    calendar = stage.record(row["calendar"])
    lines = list(row_of(calendar).occasions.all())
    number = next(place for place, line in enumerate(lines, 1) if line.feast_code == row["feast"])
    made = prepare_from_calendar(calendar, {"number": number}, actor=stage.person(OFFICER))
    if made is None:
        raise ValueError(row["key"])
    stage.records[row["key"]] = made.pk


def _write(stage: Stage, *, row: dict[str, Any]) -> None:
    """The words, and who signs to whom; those of a lower rank than the signer are left out."""
    record, actor = stage.record(row["key"]), stage.person(OFFICER)
    words = {name: row[name] for name in ("text", "translation", "translation_language") if row.get(name)}
    change(record, words, expected_version=record.version, actor=actor, reason=LATE)
    greeting: Greeting = row_of(record)
    signer, title = row["signer"]
    lines = []
    for line in draft_of(greeting).lines["addressees"]:
        chosen = str(line.get("title_then")) in row["titles"]
        more = {"signer": signer, "signer_title": title, "address": row["address"], "left_out": not chosen}
        lines.append(replace(line, values={**line.values, **more}))
    save_lines(record, "addressees", lines, expected_version=record.version, actor=actor)


def _reply(stage: Stage, *, key: str, number: int, on: dt.date, reply: str) -> None:
    values = {"number": number, "acknowledged_on": on, "late_reason": LATE}
    if reply:
        values |= {"replied_on": on, "reply": reply}
    note_reply(stage.record(key), values, actor=stage.person(OFFICER))


def _answer(stage: Stage, *, key: str, answer: dict[str, str], on: dt.date) -> None:
    values = {"answered_on": on, "answer_symbol": answer["symbol"], "late_reason": LATE}
    answer_received(stage.record(key), values, actor=stage.officer_of(FOCAL))
