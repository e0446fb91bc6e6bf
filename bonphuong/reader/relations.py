"""Lasting things that a sentence states: mechanisms, agreements, the state of border gates, cooperation."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.reader.claims import Claim, Flag, Kind
from bonphuong.reader.figures import field_of, items
from bonphuong.reader.lexicon import GATE, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.reader.gazetteer import Mention
    from bonphuong.reader.lexicon import Hit
    from bonphuong.reader.scenes import Scene

_INTO = re.compile(r"\s*(?:thành|lên thành|lên)\s*")
_WAS_RAISED = re.compile(
    r"\s*(?:đã |vừa |chính thức |đang |sẽ |được ){0,4}nâng cấp\s*(?:thành|lên thành|lên)\s*"
)
_NOT_YET = re.compile(r"(?:sẽ|tiến tới|dự kiến|đề nghị|chuẩn bị|hướng tới|xem xét|để)\s*$")
_DONE = re.compile(r"đã(?: được)?\s*$")
_AFTER_TYPE = re.compile(r"\s*(?:biên giới\s+)?")
_PAIR = re.compile(r"\s*(?:\([^()]{1,40}\))?\s*-\s*")
_FIELDS_COLON = re.compile(r"(?:[^.;:,]{0,24}(?::|\bgồm\b:?|\bnhư\b:?))?\s*")
_LONGEST_AGREEMENT = 140


def relations(scene: Scene) -> Iterator[Claim]:
    """All such claims of a sentence."""
    yield from _mechanisms(scene)
    yield from _agreements(scene)
    yield from _gates(scene)
    yield from _cooperation(scene)


# --- mechanisms ------------------------------------------------------------------------------------------


def _mechanisms(scene: Scene) -> Iterator[Claim]:
    for hit in scene.cues("mechanism"):
        listed = scene.first_after(frozenset({"fields_list"}), hit.end, scene.end)
        named = scene.names(scene.start, listed.start if listed is not None else scene.end)
        places = [one for one in named if one.is_place]
        members = [one for one in places if not one.is_foreign and one.kind == "province"]
        others = [one for one in places if one.is_foreign and one.kind != "country"]
        if not others or not members:
            continue
        told = [one for one in (*members, *others) if one.start > hit.start] or members
        start, end = min(hit.start, told[0].start), max(hit.end, *(one.end for one in told))
        claim = scene.claim(Kind.RELATION, "mechanism", start, end, names=places)
        attributes: dict[str, Any] = {
            "mechanism": scene.source.cut(hit.start, hit.end),
            "members": _codes(members),
            "counterparts": _codes(others),
            "fields": _fields(scene, listed),
        }
        yield replace(claim, period_kind="level", period=scene.today(), attributes=attributes)
        return


def _fields(scene: Scene, listed: Hit | None) -> list[dict[str, Any]]:
    if listed is None:
        return []
    colon = _FIELDS_COLON.match(scene.key, listed.end, scene.end)
    return list(items(scene, colon.end() if colon is not None else listed.end, scene.end))


def _codes(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(one.code or one.name for one in mentions))


# --- agreements ------------------------------------------------------------------------------------------


def _agreements(scene: Scene) -> Iterator[Claim]:
    for hit in scene.cues("signed"):
        named = next(
            (one for one in scene.marks.within(UNIT, hit.end, hit.end + 2) if one.value.kind == "agreements"),
            None,
        )
        if (
            named is None
            or _NOT_YET.search(scene.key, max(scene.start, hit.start - 20), hit.start)
            or scene.has("request", scene.start, hit.start)
        ):
            continue
        stop = min(scene.end, named.end + _LONGEST_AGREEMENT)
        semicolon = scene.key.find(";", named.end, stop)
        found = [
            one for one in scene.names(named.end, semicolon if semicolon >= 0 else stop) if one.is_foreign
        ]
        if not found:
            continue
        claim = scene.claim(Kind.AGREEMENT, "agreements.signed", hit.start, found[0].end, names=found)
        when = next((one for one in scene.whens if one.is_exact and not one.compared), None)
        yield replace(
            claim,
            subject="agreements.signed",
            value=Decimal(1),
            unit=named.value.name,
            period_kind="flow",
            period=scene.period(when, "sentence") if when is not None else claim.period,
            flags=frozenset() if when is not None else frozenset({Flag.NO_PERIOD}),
            attributes={"agreement": scene.source.cut(named.start, named.end), "counterparts": _codes(found)},
        )


# --- gates -----------------------------------------------------------------------------------------------


def _gates(scene: Scene) -> Iterator[Claim]:
    hits = scene.marks.within(GATE, scene.start, scene.end)
    for place, hit in enumerate(hits):
        named = _gate_names(scene, hit.end)
        if not named:
            continue
        goal = hits[place + 1] if place + 1 < len(hits) else None
        claim = _upgrade(scene, hit, named, goal) or _state(scene, hit, named)
        if claim is not None:
            yield claim


def _gate_names(scene: Scene, place: int) -> list[Mention]:
    """The gate, and the other one of its pair."""
    named: list[Mention] = []
    gap = _AFTER_TYPE.match(scene.key, place, scene.end)
    while gap is not None and len(named) < 2:
        found = next((one for one in scene.names(gap.end(), gap.end() + 1) if one.start == gap.end()), None)
        if found is None or not found.gate:
            break
        named.append(replace(found, code=found.gate, kind="gate"))
        gap = _PAIR.match(scene.key, found.end, scene.end)
    return named


def _upgrade(scene: Scene, hit: Hit, named: Sequence[Mention], goal: Hit | None) -> Claim | None:
    if goal is None or not goal.value:
        return None
    raised = _WAS_RAISED.fullmatch(scene.key, named[-1].end, goal.start)
    if raised is not None:
        claim = scene.claim(Kind.STATUS, "gate.status", hit.start, goal.end, names=named)
        done = "đã" in raised[0] or "vừa" in raised[0]
        return _status(scene, claim, named, goal.value if done else "upgrading", goal.value)
    started = scene.last_before(frozenset({"upgrading"}), max(scene.start, hit.start - 30), hit.start)
    if started is None or not _INTO.fullmatch(scene.key, named[-1].end, goal.start):
        return None
    claim = scene.claim(Kind.STATUS, "gate.status", started.start, goal.end, names=named)
    done = _DONE.search(scene.key, max(scene.start, started.start - 12), started.start) is not None
    return _status(scene, claim, named, goal.value if done else "upgrading", goal.value)


def _state(scene: Scene, hit: Hit, named: Sequence[Mention]) -> Claim | None:
    if not hit.value:
        return None
    claim = scene.claim(Kind.STATUS, "gate.status", hit.start, named[-1].end, names=named)
    return _status(scene, claim, named, hit.value, "")


def _status(scene: Scene, claim: Claim, named: Sequence[Mention], status: str, target: str) -> Claim:
    period = scene.today()
    attributes = {"gates": _codes(named), "status": status, **({"target": target} if target else {})}
    flags = frozenset() if period.since is not None else frozenset({Flag.NO_PERIOD})
    return replace(claim, period_kind="level", period=period, flags=flags, attributes=attributes)


# --- cooperation -----------------------------------------------------------------------------------------


def _cooperation(scene: Scene) -> Iterator[Claim]:
    for hit in scene.cues("cooperate"):
        stop = min(
            (at for at in (scene.key.find(mark, hit.end, scene.end) for mark in ";,") if at >= 0),
            default=scene.end,
        )
        found = [one for one in scene.names(hit.end, stop) if one.is_foreign and one.is_place]
        if not found:
            continue
        claim = scene.claim(Kind.RELATION, "cooperation", hit.start, found[0].end, names=found)
        field = field_of(scene, hit.start, found[0].start)
        yield replace(
            claim,
            period_kind="level",
            period=scene.today(),
            attributes={"field": field, "counterparts": _codes(found)},
        )
