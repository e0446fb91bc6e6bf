"""Meetings and visits that a text reports: who came, who received, who led, on which day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.reader.claims import Claim, Flag, Kind, Period
from bonphuong.reader.lexicon import UNIT
from bonphuong.reader.people import Person, distinct, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.reader.dates import When
    from bonphuong.reader.gazetteer import Mention
    from bonphuong.reader.lexicon import Hit
    from bonphuong.reader.scenes import Scene

_MEETING = frozenset({"session", "visit"})
_LONGEST = dt.timedelta(days=14)
_DELEGATION = re.compile(r"\bđoàn(?: công tác| đại biểu| cán bộ| khách)?(?: cấp cao)?(?: của)?\b")
_LED = re.compile(r"\bdo\s*$")
_COUNTED = frozenset({"groups", "sessions", "visits", "individuals"})
_COMPARED = 40
_GUEST_ENDS = (" do ", " đã ", " đến ", " sang ", " có ", ",", ";", " làm việc", " thăm ", " chào ")
_DIGIT_BEFORE = re.compile(r"\d\s*$")


@dataclass(slots=True)
class _Meeting:
    """A meeting while more about it is being read."""

    claim: Claim
    guests: tuple[Mention, ...]
    hosts: tuple[Mention, ...]
    heads: dict[str, list[Person]]


def sessions(told: Sequence[Scene]) -> list[Claim]:
    """Meetings and visits, each once however often it is told."""
    meetings: list[_Meeting] = []
    for scene in told:
        made = _meeting(scene)
        if made is not None:
            _keep(meetings, made)
        elif meetings and scene.has("at_session"):
            _add_host(meetings[-1], scene)
    return [_finished(meeting) for meeting in meetings]


def _meeting(scene: Scene) -> _Meeting | None:
    hit = scene.first_after(_MEETING, scene.start, scene.end)
    if hit is None or _is_general(scene):
        return None
    named = people(scene)
    when = _day(scene)
    if when is None and not scene.has("led_by") and not (named and scene.has("past")):
        return None
    guests, hosts = _sides(scene, hit)
    if not guests or not (hosts or named or any(one.is_foreign for one in guests)):
        return None
    start, end = scene.trimmed(scene.start, scene.end)
    claim = scene.claim(Kind.SESSION, "sessions.held", start, end, names=(*guests, *hosts))
    period = scene.period(when, "sentence") if when is not None else Period()
    claim = replace(claim, period=period, value=Decimal(1), period_kind="flow")
    return _Meeting(_classed(claim, scene, guests, hosts), tuple(guests), tuple(hosts), _heads(scene, named))


def _is_general(scene: Scene) -> bool:
    """As in "cử 42 đoàn …", "hàng năm": counts and habits, not one meeting."""
    if scene.has("vague_time") or scene.has("future"):
        return True
    units = scene.marks.within(UNIT, scene.start, scene.end)
    return any(
        one.value.kind in _COUNTED
        and _DIGIT_BEFORE.search(scene.key, max(scene.start, one.start - 8), one.start)
        for one in units
    )


def _day(scene: Scene) -> When | None:
    return next(
        (
            one
            for one in scene.whens
            if one.since is not None and one.until is not None and one.until - one.since <= _LONGEST
        ),
        None,
    )


def _sides(scene: Scene, hit: Hit) -> tuple[list[Mention], list[Mention]]:
    """Guests are those whose delegation it is; the others are hosts."""
    led = {place for one in people(scene) for place in range(one.first, one.last)}
    named = [one for one in scene.names() if one.start not in led and one.kind != "gate"]
    delegation = _DELEGATION.search(scene.key, scene.start, scene.end)
    if delegation is None:
        return [one for one in named if one.start < hit.start], [
            one for one in named if one.start >= hit.start
        ]
    first = next((one for one in named if one.start >= delegation.end()), None)
    if first is None:
        return [], named
    ends = (scene.key.find(mark, first.end, scene.end) for mark in _GUEST_ENDS)
    edge = min((at for at in ends if at >= 0), default=scene.end)
    guests = [one for one in named if delegation.end() <= one.start < edge]
    return guests, [one for one in named if one not in guests]


def _classed(claim: Claim, scene: Scene, guests: Iterable[Mention], hosts: Iterable[Mention]) -> Claim:
    """Online, at the line, or with a domestic guest: a session. A foreign guest is a visit in, ours abroad one out."""
    foreign_guest = any(one.is_foreign for one in guests)
    foreign_host = any(one.is_foreign for one in hosts)
    form = "online" if scene.has("online") else "boundary" if scene.has("at_line") else "place"
    subject, kind, unit = "sessions.held", Kind.SESSION, "cuộc"
    if form == "place" and foreign_guest != foreign_host and not scene.has("conference"):
        subject, kind, unit = ("inbound.groups" if foreign_guest else "outbound.groups"), Kind.VISIT, "đoàn"
    flags = frozenset() if claim.period.since is not None else frozenset({Flag.NO_PERIOD})
    attributes: dict[str, Any] = {"form": form, "domestic": not (foreign_guest or foreign_host)}
    return replace(
        claim, kind=kind, subject=subject, topic=subject, unit=unit, flags=flags, attributes=attributes
    )


def _heads(scene: Scene, named: Sequence[Person]) -> dict[str, list[Person]]:
    """The one "do … làm trưởng đoàn" leads the guests; another one named receives them."""
    heads: dict[str, list[Person]] = {}
    for person in named:
        led = _LED.search(scene.key, max(scene.start, person.first - 4), person.first) or scene.first_after(
            frozenset({"led_by"}), person.last, min(scene.end, person.last + 4)
        )
        side = "guest" if led else "host"
        heads.setdefault(side, []).append(person)
    return heads


def _keep(meetings: list[_Meeting], made: _Meeting) -> None:
    for known in meetings[-_COMPARED:]:
        if _is_same(known, made):
            fuller = known.claim if known.claim.period.since is not None else replace(made.claim, spans=())
            known.claim = replace(
                fuller, text=known.claim.text, spans=(*known.claim.spans, *made.claim.spans)
            )
            for side, persons in made.heads.items():
                known.heads.setdefault(side, []).extend(persons)
            known.guests = known.guests + tuple(
                one for one in made.guests if one.code not in {two.code for two in known.guests}
            )
            return
    meetings.append(made)


def _is_same(known: _Meeting, made: _Meeting) -> bool:
    one, other = known.claim.period, made.claim.period
    if known.claim.kind != made.claim.kind or (
        one.since and other.since and (one.since, one.until) != (other.since, other.until)
    ):
        return False
    guests = {one.code or one.name for one in known.guests} & {one.code or one.name for one in made.guests}
    heads = {one.name for one in known.heads.get("guest", ())} & {
        one.name for one in made.heads.get("guest", ())
    }
    return bool(guests or heads)


def _add_host(meeting: _Meeting, scene: Scene) -> None:
    """As in "Tại buổi làm việc, ông …": the first who is not of the guests speaks for the hosts."""
    guests = {person.name for person in meeting.heads.get("guest", ())}
    for person in people(scene):
        if person.name in guests:
            meeting.heads["guest"].append(person)
        elif "host" not in meeting.heads:
            meeting.heads["host"] = [person]


def _finished(meeting: _Meeting) -> Claim:
    heads = [_head(side, meeting.heads[side]) for side in ("guest", "host") if side in meeting.heads]
    attributes = {
        **meeting.claim.attributes,
        "guests": _codes(meeting.guests),
        "hosts": _codes(meeting.hosts),
        "heads": heads,
    }
    return replace(meeting.claim, attributes=attributes)


def _codes(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(one.code or one.name for one in mentions))


def _head(side: str, told: Sequence[Person]) -> dict[str, Any]:
    first = told[0]
    same = [person for person in told if person.name == first.name]
    return {
        "side": side,
        "name": first.name,
        "posts": distinct([post for person in same for post in person.posts]),
    }
