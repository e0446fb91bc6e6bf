"""The same figure in the lead and in the body is one claim with two spans."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bonphuong.reader.claims import Claim, Flag, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOME = "VN"
# Like claims are compared with so many before them: a text of one sentence repeated for ever stays cheap.
_COMPARED = 40


def merged(told: Iterable[tuple[int, Claim]]) -> list[Claim]:
    """Join claims of different sentences that say the same; `told` pairs each with its sentence's number."""
    kept: list[tuple[set[int], Claim]] = []
    known: dict[object, list[int]] = {}
    for sentence, claim in told:
        key = _key(claim)
        place = next(
            (one for one in known.get(key, [])[-_COMPARED:] if _fits(kept[one], sentence, claim)), None
        )
        if place is None:
            known.setdefault(key, []).append(len(kept))
            kept.append(({sentence}, claim))
        else:
            sentences, other = kept[place]
            kept[place] = (sentences | {sentence}, _joined(other, claim))
    return [claim for _, claim in kept]


def _key(claim: Claim) -> object:
    status = claim.attributes.get("status", ""), tuple(claim.attributes.get("gates", ()))
    return claim.kind, claim.topic, claim.value, claim.unit, claim.is_part, claim.statement, status


def _fits(kept: tuple[set[int], Claim], sentence: int, claim: Claim) -> bool:
    sentences, other = kept
    if sentence in sentences or (claim.value is None and claim.topic not in {"gate.status", "mechanism"}):
        return False
    return _periods_fit(other, claim) and _places_fit(other, claim)


def _periods_fit(one: Claim, other: Claim) -> bool:
    first, second = one.period, other.period
    unknown = (first.since is None and first.until is None) or (second.since is None and second.until is None)
    return unknown or (first.since, first.until) == (second.since, second.until)


def _places_fit(one: Claim, other: Claim) -> bool:
    """Without a subject only the same places make the same thing; with one, it is enough that none disagree."""
    first, second = _abroad(one.places), _abroad(other.places)
    return first <= second or second <= first


def _abroad(places: Iterable[Name]) -> set[str]:
    """Foreign places, a country only where no place inside it is named."""
    foreign = [place for place in places if place.country != _HOME]
    inside = {place.country for place in foreign if place.kind != "country"}
    return {
        place.code or place.name
        for place in foreign
        if place.kind != "country" or place.country not in inside
    }


def _joined(one: Claim, other: Claim) -> Claim:
    dated = one if one.period.since is not None or other.period.since is None else other
    flags = one.flags | other.flags
    if dated.period.since is not None and dated.period.until is not None:
        flags -= {Flag.NO_PERIOD}
    return replace(
        one,
        spans=(*one.spans, *other.spans),
        bound=one.bound or other.bound,
        bound_sense=one.bound_sense or other.bound_sense,
        period=dated.period,
        period_kind=one.period_kind or other.period_kind,
        places=joined_names(one.places, other.places),
        organisations=joined_names(one.organisations, other.organisations),
        flags=flags,
        attributes={**other.attributes, **one.attributes},
    )


def joined_names(one: tuple[Name, ...], other: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names of both, each once, those of the first before the others."""
    held = {name.code or name.name: name for name in (*other, *one)}
    return tuple({name.code or name.name: held[name.code or name.name] for name in (*one, *other)}.values())
