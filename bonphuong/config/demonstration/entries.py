"""Delegations of the register: each line of the data becomes what was entered, and the steps that followed."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.models import Office
from bonphuong.config.demonstration.names import members
from bonphuong.config.demonstration.stage import CLERK, HEALTH, LEADER, NEIGHBOUR, OFFICER, Act, Stage, moment
from bonphuong.families.delegations.enums import DECIDED, OUTWARD, Kind, Purpose
from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.schema import DelegationDraft, PlaceDraft
from bonphuong.families.delegations.services import (
    StepValues,
    correct,
    create_many,
    draft_of,
    link_same_visit,
    merge,
    take_step,
)
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.reports.services import shipped_definition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bonphuong.accounts.models import User

DATA = Path(__file__).parent / "data"
#: So many days after its end the figures of a month are closed.
CLOSING_DAYS = 4
#: Months are those of the monthly report that is shipped.
CUTOFF = Cutoff(shipped_definition("monthly")["cutoff"])
_DAY = dt.timedelta(days=1)
_FRIDAY = 4
# The road before the decision, one working day for each step.
_BEFORE = {
    Kind.OUTBOUND: ("submit", "take_in", "send_up"),
    Kind.INDIVIDUAL: ("submit", "take_in", "send_up"),
    Kind.INBOUND: ("submit", "consult", "send_up"),
}
_START = {Kind.INBOUND: "receive", Kind.DAY_CONTACT: "hold", Kind.SESSION: "hold"}
_END = {Kind.INBOUND: "leave", Kind.PERSONAL: "declare_return"}
# What the data says under the names of the draft itself.
_PLAIN = {
    "purpose", "channel", "plan_status", "funding", "head_level", "field_code", "session_form", "cost_vnd", "content",
    "crossers", "is_domestic",
}  # fmt: skip
# Steps of the focal agency's own desk, whoever owns the record.
_FOCAL_STEPS = {"take_in", "consult", "send_up", "ask_party", "ask_police", "close", "return_for_revision"}


@dataclass(frozen=True)
class Entry:
    """One line of the register. `people` are allowed and actual heads; `to` are codes of partners and countries."""

    key: str
    kind: str
    office: str
    title: str
    to: tuple[str, ...]
    starts: dt.date
    ends: dt.date
    people: tuple[int, int] = (0, 0)
    head: str = ""
    head_title: str = ""
    decided: dt.date | None = None
    decision: str = ""
    report: dt.date | None = None
    entered: dt.date | None = None
    late: str = ""
    steps: tuple[tuple[str, ...], ...] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def read_register(name: str, today: dt.date | None = None) -> list[Entry]:
    """The entries of a file; days such as "-12" or "+4" are counted from `today`."""
    rows = json.loads((DATA / name).read_text(encoding="utf-8"))["delegations"]
    return [_entry(row, today) for row in rows]


def day_of(text: str | None, today: dt.date | None) -> dt.date | None:
    """A day in ISO form, or so many days before or after today."""
    if not text:
        return None
    if today is not None and text[0] in "+-":
        return today + dt.timedelta(days=int(text))
    return dt.date.fromisoformat(text)


def _entry(row: dict[str, Any], today: dt.date | None) -> Entry:
    starts, ends = (day_of(text, today) for text in row.pop("days"))
    if starts is None or ends is None:
        raise ValueError(row["key"])
    steps = row.pop("steps", None)
    plain = {name: row.pop(name, "") for name in ("key", "kind", "office", "title", "head", "head_title")}
    return Entry(
        **plain,
        decided=day_of(row.pop("decided", None), today),
        report=day_of(row.pop("report", None), today),
        entered=day_of(row.pop("entered", None), today),
        to=tuple(row.pop("to")),
        starts=starts,
        ends=ends,
        people=tuple(row.pop("people", (0, 0))),
        decision=row.pop("decision", ""),
        late=row.pop("late", ""),
        steps=None if steps is None else tuple(_dated(step, today) for step in steps),
        more=row,
    )


def _dated(step: list[str], today: dt.date | None) -> tuple[str, ...]:
    day = day_of(step[1], today)
    return (step[0], day.isoformat() if day else "", *step[2:])


def acts_of(entry: Entry) -> Iterator[Act]:
    """Everything that happened with an entry, from its first line to its last correction."""
    entered = entry.entered or _usual_day(entry)
    minute = zlib.crc32(entry.key.encode()) % 60
    yield Act(moment(entered, 9, minute), partial(enter, entry=entry, entered=entered))
    steps = _steps(entry, entered) if entry.steps is None else _given(entry)
    for number, (code, at, on, note) in enumerate(steps):
        at_hour = moment(at, 10 + number % 7, minute)
        yield Act(at_hour, partial(step, entry=entry, code=code, on=on, note=note))
    for name, change in (("correct", amend), ("merge", join), ("same_visit", tie)):
        if name in entry.more:
            on = dt.date.fromisoformat(entry.more[name]["at"])
            yield Act(moment(on, 15), partial(change, entry=entry))


def _usual_day(entry: Entry) -> dt.date:
    """Registers are kept up at leisure, but before the first month that they touch is closed."""
    first = min(entry.decided or entry.starts, entry.starts)
    closed = Period.of(first, PeriodKind.MONTH, CUTOFF).until + CLOSING_DAYS * _DAY
    wanted = entry.ends + 3 * _DAY
    while wanted.weekday() > _FRIDAY:
        wanted += _DAY
    return wanted if wanted < closed else first + _DAY


def _given(entry: Entry) -> Iterator[tuple[str, dt.date, dt.date, str]]:
    for code, day, *note in entry.steps or ():
        on = dt.date.fromisoformat(day)
        yield code, on, on, note[0] if note else ""


def _steps(entry: Entry, entered: dt.date) -> Iterator[tuple[str, dt.date, dt.date, str]]:
    """(step, day on which it was noted, day on which it happened, note) for all that came after the entering."""
    kind = Kind(entry.kind)
    if entry.decided and entry.decided > entered:
        for number, code in enumerate(_BEFORE[kind]):
            on = min(entered + number * _DAY, entry.decided)
            yield code, on, on, ""
        yield "approve", entry.decided, entry.decided, ""
    cancel = entry.more.get("cancel")
    if cancel:
        on = dt.date.fromisoformat(cancel["on"])
        yield "cancel", on, on, cancel["why"]
        return
    if entry.starts > entered:
        yield _START.get(kind, "depart"), entry.starts, entry.starts, ""
    if entry.ends > entered and kind not in {Kind.DAY_CONTACT, Kind.SESSION}:
        yield _END.get(kind, "come_back"), entry.ends + _DAY, entry.ends, ""
    if entry.report and entry.report > entered:
        # The short form of a courtesy call asks for no report.
        if entry.more.get("purpose") != Purpose.COURTESY:
            yield "receive_report", entry.report, entry.report, ""
        yield "close", entry.report + _DAY, entry.report + _DAY, ""
    elif kind is Kind.PERSONAL or (entry.report and kind in {Kind.DAY_CONTACT, Kind.SESSION}):
        # Nothing more is to come in; only the case is still open.
        on = max(entered, entry.ends) + 2 * _DAY
        yield "close", on, on, ""


def enter(stage: Stage, *, entry: Entry, entered: dt.date) -> None:
    """Somebody enters the delegation as far as it has come."""
    draft = draft_on(stage, entry, entered)
    actor = stage.officer_of(entry.office)
    if entry.office == HEALTH and draft.decided_on is None and draft.started_on is None:
        actor = stage.person(CLERK)
    made = create_many(
        [draft],
        office_code=entry.office,
        actor=actor,
        late_reason=entry.late,
        is_demo=entry.more.get("is_demo", True),
    )
    stage.records[entry.key] = made[0].pk


def draft_on(stage: Stage, entry: Entry, day: dt.date) -> DelegationDraft:
    """What is known of the delegation on a day."""
    decided = entry.decided if entry.decided and entry.decided <= day else None
    started = entry.starts if entry.starts <= day and (decided or entry.kind not in DECIDED) else None
    ended = entry.ends if started and entry.ends <= day else None
    allowed, actual = entry.people
    places = tuple(_place(stage, code) for code in entry.to)
    organiser = _organiser(stage, entry.more.get("organiser", ""))
    return DelegationDraft(
        kind=entry.kind,
        title=entry.title,
        lead_office_code=entry.office,
        head_name=entry.head,
        head_title=entry.head_title,
        partner_code=places[0].party_code,
        partner_text=places[0].text if places[0].party_code else "",
        approved_heads=allowed or None,
        actual_heads=(actual or None) if started else None,
        decided_on=decided,
        decision_number=entry.decision if decided else "",
        starts_on=entry.starts,
        ends_on=entry.ends,
        started_on=started,
        ended_on=ended,
        report_received_on=entry.report if ended and entry.report and entry.report <= day else None,
        places=places,
        members=_members(stage, entry, places[0].country_code),
        cohosts=tuple(entry.more.get("cohosts", ())),
        organiser_code=organiser[0],
        organiser_text=organiser[1],
        **{name: entry.more[name] for name in _PLAIN & entry.more.keys()},
    )


def _organiser(stage: Stage, name: str) -> tuple[str, str]:
    return (name, stage.parties[name].name_vi) if name in stage.parties else ("", name)


def _place(stage: Stage, code: str) -> PlaceDraft:
    # Units first: a province of ours is a party to others too, and a place here.
    if code in stage.units:
        return PlaceDraft("VN", unit_code=code, text=stage.units[code])
    if code in stage.parties:
        party = stage.parties[code]
        return PlaceDraft(party.country_id or "VN", party_code=code, text=party.name_vi)
    return PlaceDraft(code, text=stage.countries[code])


def _members(stage: Stage, entry: Entry, country: str) -> tuple[Any, ...]:
    if entry.kind not in DECIDED or not entry.people[0]:
        return ()
    ours = entry.kind in OUTWARD
    unit = Office.objects.get(pk=entry.office).name_vi if ours else _place(stage, entry.to[0]).text
    allowed, actual = entry.people
    return members(
        entry.key,
        allowed,
        country="VN" if ours else country,
        head=(entry.head, entry.head_title),
        unit=unit,
        withdrew=max(allowed - actual, 0),
    )


def step(stage: Stage, *, entry: Entry, code: str, on: dt.date, note: str = "") -> None:
    """Somebody takes a step of the case."""
    record = stage.record(entry.key)
    values = StepValues(
        actual_heads=entry.people[1] or None,
        decision_number=entry.decision,
        note=note,
    )
    take_step(
        record,
        code,
        on=on,
        expected_version=record.version,
        actor=_actor(stage, entry, code),
        values=values,
        late_reason=entry.late,
    )


def _actor(stage: Stage, entry: Entry, code: str) -> User:
    if code in {"approve", "reject"}:
        return stage.person(LEADER)
    if code in _FOCAL_STEPS and entry.office != NEIGHBOUR:
        return stage.person(OFFICER)
    if entry.office == HEALTH and code in {"submit", "resubmit"}:
        return stage.person(CLERK)
    return stage.officer_of(entry.office)


def amend(stage: Stage, *, entry: Entry) -> None:
    """The number of people was never what was entered."""
    record, change = stage.record(entry.key), entry.more["correct"]
    draft = draft_of(Delegation.objects.select_related("record").get(pk=record.pk))
    last = len(draft.members) - 1
    listed = tuple(replace(one, withdrew=one.withdrew or n == last) for n, one in enumerate(draft.members))
    correct(
        record,
        replace(draft, actual_heads=change["heads"], members=listed),
        expected_version=record.version,
        actor=stage.person(OFFICER),
        reason=change["why"],
    )


def join(stage: Stage, *, entry: Entry) -> None:
    """The same delegation, entered by a second office, is found and counted once."""
    how = entry.more["merge"]
    double = stage.record(entry.key)
    merge(
        stage.record(how["into"]),
        double,
        expected_version=double.version,
        actor=stage.person(OFFICER),
        reason=how["why"],
    )


def tie(stage: Stage, *, entry: Entry) -> None:
    """The same guests went on to another province: the nation counts their visit once."""
    ours = stage.record(entry.more["same_visit"]["with"])
    link_same_visit(ours, stage.record(entry.key), actor=stage.person(OFFICER), note=entry.title)
