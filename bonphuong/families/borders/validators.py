"""What cannot be in a border record, and what is only unusual. Pure, over a draft."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.borders.enums import PASSAGES, TYPES_OF, Kind
from bonphuong.families.borders.rules import code_of, month_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bonphuong.kit.drafts import Draft, LineDraft

Finding = tuple[str, str]
_LONG_ROAD = (
    "proposed_on", "surveyed_on", "dossier_on", "opinion_on", "vn_decided_on", "announced_on", "operating_on",
)  # fmt: skip
FIGURES = (
    "people_out", "people_in", "vehicles_out", "vehicles_in", "export_amount", "import_amount", "cases", "case_people",
)  # fmt: skip
#: A month holds at most so many days, by whatever cut-off.
_MONTH_DAYS = 31
_SPEED = 12  # kilometres an hour: no patrol on foot or by car on the line is faster


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """Findings that refuse the draft."""
    return [*_ERRORS[Kind(draft.kind)](draft, today)]


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """Findings that a person may leave as they are."""
    check = _WARNINGS.get(Kind(draft.kind))
    return [*check(draft, today)] if check else []


def _section(draft: Draft, today: dt.date) -> Iterator[Finding]:
    seen: set[tuple[object, str]] = set()
    for line in draft.lines.get("markers", ()):
        key = (line.get("number"), str(line.get("sub_number") or ""))
        if key in seen:
            yield "markers", _("The marker %(marker)s stands here twice.") % {"marker": _marker(line)}
        seen.add(key)
        checked = line.get("checked_on")
        if checked and checked > today:
            yield "markers", _("A check is still to come.")
    if any(
        not (line.get("partner_code") or line.get("partner_text")) for line in draft.lines.get("counties", ())
    ):
        yield "counties", _("Name the county.")


def _marker(line: LineDraft) -> str:
    sub = line.get("sub_number")
    return f"{line.get('number')}({sub})" if sub else str(line.get("number"))


def _gate(draft: Draft, today: dt.date) -> Iterator[Finding]:
    gate_type = draft.get("gate_type")
    if gate_type and gate_type not in TYPES_OF[Kind(draft.kind)]:
        yield (
            "gate_type",
            _(
                "International and main gates go the Government's road; auxiliary gates, openings and market pairs the province's."
            ),
        )
    if not code_of(str(draft.get("gate_code") or draft.title)):
        yield "title", _("Name the gate, ours first.")
    operating, closed = draft.get("operating_on"), draft.get("closed_on")
    if closed and operating and closed < operating:
        yield "closed_on", _("It was closed before it was opened.")
    yield from _grades(draft, today)
    yield from _pauses(draft, today)
    if any((on := line.get("on")) and on > today for line in draft.lines.get("events", ())):
        yield "events", _("Only what has happened is written here; this day is still to come.")


def _grades(draft: Draft, today: dt.date) -> Iterator[Finding]:
    spans = sorted(
        (since, line.get("until") or dt.date.max)
        for line in draft.lines.get("grades", ())
        if (since := line.get("since"))
    )
    if any(since > today for since, _until in spans):
        yield "grades", _("Only what has happened is written here; this day is still to come.")
    if any(until < since for since, until in spans):
        yield "grades", _("It ends before it begins.")
    # One without an end lasts until the next begins.
    if any(after[0] < before[1] < dt.date.max for before, after in pairwise(spans)):
        yield "grades", _("The gate cannot be of two types at once.")


def _pauses(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for line in draft.lines.get("pauses", ()):
        since, until = line.get("since"), line.get("until")
        if since and max(since, until or since) > today:
            yield "pauses", _("Only what has happened is written here; this day is still to come.")
        if since and until and until < since:
            yield "pauses", _("It was open again before it was shut.")


def _joint(draft: Draft, today: dt.date) -> Iterator[Finding]:
    del today
    held, until = draft.get("held_on"), draft.get("held_until")
    if not (held or draft.get("planned_on")):
        yield "held_on", _("Say when it was held, or for when it is planned.")
    if held and until and until < held:
        yield "held_until", _("It ends before it begins.")
    ours, theirs, both = (draft.get(f"officers_{side}") for side in ("ours", "theirs", "all"))
    if both is not None and (ours or theirs) and both < (ours or 0) + (theirs or 0):
        yield "officers_all", _("Both sides together are fewer than the two sides.")


def _traffic(draft: Draft, today: dt.date) -> Iterator[Finding]:
    since, until = draft.get("since_on"), draft.get("until_on")
    if not (since and until):
        found = month_of(str(draft.get("month") or ""))
        if found is None:
            yield "month", _("Write the month as 10/2026, or give its first and last day.")
            return
        since, until = since or found[0], until or found[1]
    if until < since:
        yield "until_on", _("It ends before it begins.")
    if until > today:
        yield "month", _("The month is not over: a force states it when it is.")
    if all(draft.get(name) is None for name in FIGURES):
        yield "", _("Give at least one figure of the month.")
    if draft.get("stated_on") and draft.get("stated_on") > today:
        yield "stated_on", _("This day is still to come.")


def _odd_gate(draft: Draft, today: dt.date) -> Iterator[Finding]:
    known = [(name, day) for name in _LONG_ROAD if (day := draft.get(name))]
    for (_before, first), (name, second) in pairwise(known):
        if second < first:
            yield name, _("This day is before the step that should come first.")
    ours, theirs = draft.get("vn_decided_on"), draft.get("partner_decided_on")
    if draft.get("announced_on") and not (ours and theirs):
        yield "announced_on", _("It is announced, and the decision of one side is missing.")
    if draft.get("operating_on") and draft.get("vn_decided_on") and not draft.get("announced_on"):
        yield "operating_on", _("It works before both sides have announced it.")
    del today


def _odd_joint(draft: Draft, today: dt.date) -> Iterator[Finding]:
    km, hours = draft.get("km"), draft.get("hours")
    days = (
        (draft.get("held_until") or draft.get("held_on") or today) - (draft.get("held_on") or today)
    ).days + 1
    teams = draft.get("teams") or 1
    # Teams go at the same time: what they cover together is not what one of them walks.
    if km and hours and days == 1 and km > hours * _SPEED * teams:
        yield "km", _("%(km)s km in %(hours)s hours is a lot. Look again.") % {"km": km, "hours": hours}
    planned = draft.get("planned_on")
    if planned and planned < today and not (draft.get("held_on") or draft.get("cancelled_on")):
        yield "planned_on", _("Its day is over, and nobody has said that it was held.")


def _odd_traffic(draft: Draft, today: dt.date) -> Iterator[Finding]:
    del today
    if not (draft.get("stated_by") or draft.get("stated_paper")):
        yield "stated_by", _("Say who stated it, and in which paper.")
    since, until = draft.get("since_on"), draft.get("until_on")
    if since and until and (until - since).days >= _MONTH_DAYS:
        yield "until_on", _("This is longer than a month.")
    people, cases = draft.get("case_people"), draft.get("cases")
    if people and not cases:
        yield "cases", _("People are named without any case.")


_ERRORS: dict[Kind, Callable[[Draft, dt.date], Iterator[Finding]]] = {
    Kind.SECTION: _section,
    Kind.GATE: _gate,
    Kind.OPENING: _gate,
    Kind.JOINT: _joint,
    Kind.TRAFFIC: _traffic,
}
_WARNINGS: dict[Kind, Callable[[Draft, dt.date], Iterator[Finding]]] = {
    **dict.fromkeys(PASSAGES, _odd_gate),
    Kind.JOINT: _odd_joint,
    Kind.TRAFFIC: _odd_traffic,
}
