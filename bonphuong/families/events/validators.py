"""Checks of an event that need no database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.events.enums import FORMS, Kind, Mode, Part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft, LineDraft

Finding = tuple[str, str]
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PAST = ("submitted_on", "decided_on", "started_on", "ended_on", "report_received_on", "permit_on")
MANY = 1000


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What cannot be."""
    return [*_sense(draft), *_days(draft, today), *_programme(draft), *_lines(draft, today)]


def _sense(draft: Draft) -> Iterator[Finding]:
    form = draft.get("form")
    if not form:
        yield "form", _("Say what sort it is.")
    elif form not in FORMS[Kind(draft.kind)].values:
        yield "form", _("This form does not go with this kind.")
    conference = draft.kind == Kind.CONFERENCE
    attended = draft.get("part") == Part.ATTENDED
    if conference and not draft.get("authority"):
        yield "authority", _("Say who permits the conference.")
    if conference and attended:
        yield "part", _("A conference elsewhere in which we only take part is entered as an event.")
    if draft.get("mode") == Mode.ONLINE and draft.get("venue") and not draft.lines.get("endpoints"):
        yield "endpoints", _("Name the places from which people take part online.")


def _days(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name in _PAST:
        day = draft.get(name)
        if day is not None and day > today:
            yield name, _("This day is still to come.")
    for first, last in (("starts_on", "ends_on"), ("started_on", "ended_on")):
        one, other = draft.get(first), draft.get(last)
        if one and other and other < one:
            yield last, _("The last day is before the first.")
    if draft.get("ended_on") and not draft.get("started_on"):
        yield "started_on", _("Say when it began.")
    started, reported = draft.get("started_on"), draft.get("report_received_on")
    if started and reported and reported < started:
        yield "report_received_on", _("The report cannot come before the event.")
    if not draft.get("starts_on") and not started:
        yield "starts_on", _("Give the first day.")


def _programme(draft: Draft) -> Iterator[Finding]:
    for number, line in enumerate(draft.lines.get("programme", ()), start=1):
        begins, ends = str(line.get("begins_at") or ""), str(line.get("ends_at") or "")
        if any(text and not _CLOCK.fullmatch(text) for text in (begins, ends)):
            yield "programme", _("Line %(number)s: write the time as 08:30.") % {"number": number}
        elif begins and ends and ends < begins:
            yield "programme", _("Line %(number)s ends before it begins.") % {"number": number}


def _lines(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name, field in (("gifts", "on"), ("products", "published_on")):
        if any(_ahead(line, field, today) for line in draft.lines.get(name, ())):
            yield name, _("A day in these lines is still to come.")
    places = [line.get("precedence") for line in draft.lines.get("guests", ()) if line.get("precedence")]
    sides = [(line.get("side"), line.get("precedence")) for line in draft.lines.get("guests", ())]
    ranked = [pair for pair in sides if pair[1]]
    if places and len(set(ranked)) < len(ranked):
        yield "guests", _("Two people of one side have the same precedence.")


def _ahead(line: LineDraft, field: str, today: dt.date) -> bool:
    day = line.get(field)
    return day is not None and day > today


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What is possible but unusual."""
    del today
    return list(_warnings(draft))


def _warnings(draft: Draft) -> Iterator[Finding]:
    if draft.kind == Kind.CONFERENCE and draft.get("started_on") and not draft.get("decided_on"):
        yield "decided_on", _("It was held, and no permission is noted.")
    if (draft.get("foreign_actual") or 0) > MANY:
        yield (
            "foreign_actual",
            _("%(number)s foreign participants is many.") % {"number": draft.get("foreign_actual")},
        )
    gifts = [line for line in draft.lines.get("gifts", ()) if line.get("value_vnd") is None]
    if gifts:
        yield "gifts", _("%(count)s gifts have no assessed value.") % {"count": len(gifts)}
