"""Records of families made of the kit, played from data: entered through the gate, then step by step on their days.

A line of the data: `key`, `family`, `kind`, `entered` (the day it was typed in), `row` (names of specs, as an officer
writes them), `steps` ({"code", "on", "by", "values", "papers", "note"}), `later` ({"on", "row"}: what was added then), `source` ({"issuer", "abstract", "on"}) for
public facts, `office`. What has no source is marked as illustration.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.stage import FOCAL, LEADER, PROVINCE, Act, Stage, moment
from bonphuong.kit.services import correct, create, take_step
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.records.registry import get_family
from bonphuong.records.services import attach_papers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LATE = "Vào sổ muộn"


def played(rows: Iterable[Mapping[str, Any]]) -> Iterator[Act]:
    """The acts of all rows, in no order."""
    for row in rows:
        yield Act(moment(_day(row["entered"]), 8, 30), partial(enter, row=row))
        for number, step in enumerate(row.get("steps", ())):
            at = moment(_day(step.get("typed") or step["on"]), 9 + number)
            yield Act(at, partial(walk, key=row["key"], step=step))
        for later in row.get("later", ()):
            yield Act(moment(_day(later["on"]), 16), partial(add, key=row["key"], later=later))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def enter(stage: Stage, *, row: Mapping[str, Any]) -> None:
    """Type a row in, as a form or a sheet would."""
    family, office = row["family"], row.get("office", FOCAL)
    actor = stage.officer_of(office)
    given = [{"lead_office": office, **row["row"]}]
    (cleaned,) = get_family(family).get_clean_many()(given, kind=row["kind"], office_code=office, actor=actor)
    if not cleaned.is_good or cleaned.draft is None:
        raise ValueError(f"{row['key']}: {cleaned.errors}")
    draft: Any = cleaned.draft
    record = create(
        draft,
        family=family,
        office_code=office,
        actor=actor,
        late_reason=LATE,
        is_demo="source" not in row,
    )
    stage.records[row["key"]] = record.pk
    if "source" in row:
        source = row["source"]
        note = PaperNote(
            kind="news_article",
            office_code=PROVINCE,
            on=_day(source["on"]),
            abstract=source["abstract"],
            issuer=source["issuer"],
            direction="in",
        )
        attach_papers(record, [note_papers([note], actor=actor)[0].pk], actor=actor)


def add(stage: Stage, *, key: str, later: Mapping[str, Any]) -> None:
    """Lay more over a row: what was known on a later day."""
    record = stage.record(key)
    actor, office = stage.officer_of(record.office_code), record.office_code
    given = [{"record_uid": record.pk, **later["row"]}]
    (cleaned,) = get_family(record.family).get_clean_many()(
        given, kind=record.kind, office_code=office, actor=actor
    )
    if not cleaned.is_good or cleaned.draft is None:
        raise ValueError(f"{key}: {cleaned.errors}")
    draft: Any = cleaned.draft
    correct(record, draft, expected_version=record.version, actor=actor, reason=LATE)


def walk(stage: Stage, *, key: str, step: Mapping[str, Any]) -> None:
    """Take a step of a row on its day; who decides is the leader where nobody is named."""
    record = stage.record(key)
    deciding = step["code"] in {"approve", "reject", "sign"}
    who = step.get("by") or (LEADER if deciding else "")
    actor = stage.person(who) if who else stage.officer_of(record.office_code)
    take_step(
        record,
        step["code"],
        on=_day(step["on"]),
        expected_version=record.version,
        actor=actor,
        values=step.get("values"),
        paper_numbers=step.get("papers"),
        note=step.get("note", ""),
        late_reason=LATE,
    )
