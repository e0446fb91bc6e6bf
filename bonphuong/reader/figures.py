"""Figures of a sentence as claims: subject, value, period, places."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bonphuong.reader.claims import Claim, Flag, Kind, Period
from bonphuong.reader.contexts import Context, Sense
from bonphuong.reader.lexicon import FIELD
from bonphuong.reader.listings import Listing, listing
from bonphuong.reader.quantities import groups, quantities
from bonphuong.reader.subjects import plausible, sense

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from bonphuong.reader.dates import When
    from bonphuong.reader.gazetteer import Mention
    from bonphuong.reader.quantities import Quantity
    from bonphuong.reader.scenes import Scene

_LISTED = frozenset({"provinces", "counties", "communes", "ethnic", "countries", "gates"})
# The plan is in the words of these by nature.
_PLANNED = {"economy.growth_plan": "target", "economy.growth_over_plan": "stated"}
_LEADING = ("với", "đối với", "tại", "ở", "về phía", "phía", "riêng")
_MARKS = re.compile(r"[,;]")
_STUDIES = re.compile(r"(?:các\s+)?(?:chuyên ngành|ngành học|ngành)\s*(?::|gồm|là)?\s*")


def figures(scene: Scene) -> Iterator[Claim]:
    """Every figure of a sentence that claims something."""
    dated = [(when.start, when.end) for when in scene.whens]
    found = [
        one
        for one in quantities(scene.key, scene.start, scene.end, scene.marks)
        if not any(start < one.end and one.figure < end for start, end in dated)
    ]
    before: list[Sense] = []
    earlier: list[Quantity] = []
    last: Claim | None = None
    for group in groups(found, scene.key, scene.start, scene.end):
        for quantity in group.quantities:
            listed = listing(scene, quantity.end) if quantity.unit.kind in _LISTED else None
            context = Context(scene, group, quantity, listed, tuple(before), tuple(earlier))
            made = sense(context)
            if made is not None:
                before.append(made)
                earlier.append(quantity)
                claim = _claim(context, made)
                if claim.is_part and last is not None:
                    # The parts of a target are targets, those of an estimate are estimated.
                    claim = replace(claim, statement=last.statement)
                last = claim
                yield claim


def _claim(context: Context, made: Sense) -> Claim:
    scene, quantity = context.scene, plausible(context.quantity, made)
    listed = context.listing
    end = listed.end if listed is not None and listed.is_direct else quantity.end
    claim = scene.claim(Kind.FIGURE, made.topic, quantity.start, end, names=_names(context))
    statement, bound = _statement(context, made)
    flags = {Flag.AMBIGUOUS} if quantity.is_ambiguous else set()
    period = _period(context, made)
    if made.shape != "timeless" and (period.since is None or period.until is None):
        flags.add(Flag.NO_PERIOD)
    return replace(
        claim,
        subject=made.subject,
        value=quantity.value * made.value_sign,
        unit=quantity.unit.name,
        bound=bound or None,
        bound_sense=quantity.bound_sense or ("estimated" if statement == "estimate" else ""),
        statement=statement,
        period_kind=made.shape,
        period=period,
        flags=frozenset(flags),
        alternatives=quantity.alternatives if quantity.is_ambiguous else (),
        attributes=_attributes(context, made, listed),
    )


# --- what surrounds the figure ---------------------------------------------------------------------------


def _names(context: Context) -> list[Mention]:
    scene, group = context.scene, context.group
    found = list(scene.names(group.start, group.end))
    if group.start > scene.start:
        comma = scene.key.find(",", scene.start, group.start)
        opening = scene.key[scene.start : max(comma, scene.start)].lstrip("-+*• ")
        if opening.startswith(_LEADING):
            found = [*scene.names(scene.start, comma), *found]
    return found


def _attributes(context: Context, made: Sense, listed: Listing | None) -> dict[str, Any]:
    attributes = dict(made.attributes)
    if listed is not None:
        attributes["names"] = [*listed.names]
    if context.quantity.is_range:
        attributes["range"] = [f"{one:f}" for one in (*context.quantity.alternatives, context.quantity.value)]
    if made.topic == "students.present":
        studies = _studies(context)
        if studies:
            attributes["study_fields"] = studies
    return attributes


def _studies(context: Context) -> list[dict[str, Any]]:
    """As in "các chuyên ngành: giáo viên mầm non, giáo dục thể chất, y sỹ đa khoa"."""
    scene = context.scene
    opened = _STUDIES.search(scene.key, context.quantity.end, context.group.end)
    if opened is None:
        return []
    stop = min(
        (at for at in (scene.key.find(mark, opened.end(), context.group.end) for mark in ".;)") if at >= 0),
        default=context.group.end,
    )
    return list(items(scene, opened.end(), stop))


def items(scene: Scene, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Things in a row, each with its cooperation field; parted by semicolons and commas."""
    for first, last in _parted(scene, start, end):
        first, last = scene.trimmed(first, last)  # noqa: PLW2901 - the same stretch without its punctuation
        if scene.key.startswith("và ", first):
            first += 3  # noqa: PLW2901 - nor the word that joins it
        if first < last:
            text, span = scene.source.cut(first, last), [*scene.span(first, last)]
            yield {"text": text, "span": span, "field": field_of(scene, first, last)}


def _parted(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The comma in a name of a field ("phòng, chống cháy rừng") parts nothing."""
    named = scene.marks.within(FIELD, start, end)
    for mark in _MARKS.finditer(scene.key, start, end):
        if mark[0] == ";" or not any(hit.start < mark.start() < hit.end for hit in named):
            yield start, mark.start()
            start = mark.end()
    yield start, end


def field_of(scene: Scene, start: int, end: int) -> str:
    """The code of the cooperation field that some words speak of: the longest phrase decides."""
    hits = scene.marks.within(FIELD, start, end)
    best = max(hits, key=lambda hit: hit.end - hit.start, default=None)
    return str(best.value) if best is not None else ""


def _statement(context: Context, made: Sense) -> tuple[str, str]:
    """Whether the figure is stated, an estimate or a target; and its bound word."""
    scene, quantity = context.scene, context.quantity
    first = context.group.first.start
    if quantity.bound_sense == "estimated" or scene.has("estimate", context.group.start, first):
        return "estimate", quantity.bound or "ước"
    if made.subject in _PLANNED:
        return _PLANNED[made.subject], quantity.bound
    # "so với kế hoạch" compares; "đạt 95% kế hoạch" comes after the figure.
    aims = [
        hit
        for hit in scene.cues("target", context.group.start, first)
        if not scene.key[: hit.start].rstrip().endswith("so với")
    ]
    return ("target" if aims else "stated"), quantity.bound


# --- when ------------------------------------------------------------------------------------------------


def _period(context: Context, made: Sense) -> Period:
    if made.shape == "timeless":
        return Period()
    when, where = _when(context, made)
    scene = context.scene
    if made.shape == "level":
        return _level_period(scene, when, where)
    if when is None:
        titled = scene.frame.titled
        return Period(*titled, "", "title") if titled is not None else Period()
    return scene.period(when, where)


def _level_period(scene: Scene, when: When | None, where: str) -> Period:
    """A level holds on one day: the end of the period given, the paper's day when it says nothing else."""
    today = scene.frame.published
    if when is None:
        return scene.today()
    day = when.until
    if day is not None and today is not None and when.since is not None and when.since <= today < day:
        day = today
    return Period(day, day, scene.source.cut(when.start, when.end), where)


def _when(context: Context, made: Sense) -> tuple[When | None, str]:
    scene, group, first = context.scene, context.group, context.group.first.start
    usable = [when for when in scene.whens if not when.compared]
    inside = [when for when in usable if group.start <= when.start < group.end]
    if inside and (made.shape is not None or inside[0].start < first):
        before = [when for when in inside if when.start < first]
        return (before[-1] if before else inside[0]), "clause"
    if made.shape is None and made.subject is None:
        # What adds up in no known way is dated only by words that come before it.
        usable = [when for when in usable if when.start < context.quantity.start]
    earlier = [when for when in usable if when.start < group.start]
    if earlier:
        return earlier[-1], "sentence"
    if len(usable) == 1 and not scene.has("compare", group.end, usable[0].start):
        return usable[0], "sentence"
    carried = scene.carried
    if carried is not None and (made.shape != "level" or carried.open_start):
        return carried, "paragraph"
    against = [when for when in scene.whens if when.compared and group.start <= when.start < group.end]
    if made.topic == "economy.growth_over_plan" and against:
        return against[-1], "clause"
    return None, ""


def derived(claims: list[Claim]) -> Iterator[Claim]:
    """The plan that follows from the growth reached and its distance to the plan."""
    planned = {claim.period for claim in claims if claim.subject == "economy.growth_plan"}
    reached = [claim for claim in claims if claim.subject == "economy.growth"]
    for over in claims:
        if over.subject != "economy.growth_over_plan" or over.value is None:
            continue
        growth = next((one for one in reached if _same_period(one.period, over.period)), None)
        if growth is None or growth.value is None or growth.period in planned:
            continue
        yield _plan(growth, over, growth.value - over.value)


def _same_period(one: Period, other: Period) -> bool:
    return (one.since, one.until) == (other.since, other.until)


def _plan(growth: Claim, over: Claim, value: Decimal) -> Claim:
    bounds = {claim.bound for claim in (growth, over) if claim.bound}
    return replace(
        growth,
        topic="economy.growth_plan",
        subject="economy.growth_plan",
        value=value,
        spans=(*growth.spans, *over.spans),
        bound=bounds.pop() if len(bounds) == 1 else None,
        statement="target",
        flags=(growth.flags | over.flags | {Flag.DERIVED}),
        derived_from=("economy.growth", "economy.growth_over_plan"),
        attributes={"formula": "economy.growth - economy.growth_over_plan", "from": [growth.text, over.text]},
    )
