"""Which measure a figure speaks of, judged by its counting word and the words around it. No rule, no subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bonphuong.reader import sums
from bonphuong.reader.contexts import Context, Sense, is_part, measured
from bonphuong.reader.lexicon import UNIT, lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from bonphuong.reader.quantities import Group, Quantity
    from bonphuong.reader.scenes import Scene

_DIRECTIONS = frozenset({"out", "in"})
_GAINED = frozenset({"new", "trained", "present", "graduated"})
_LEANING = (
    "trong đó",
    "trong số",
    "lũy kế",
    "tính chung",
    "từ đầu năm",
    "cụ thể",
    "tổng số",
    "trong tháng",
    "cộng dồn",
)
# Whole borders of the country are shorter: a longer one is a figure misread.
_LONGEST_BORDER = 5000
_FEW = 2
_MOVES = frozenset({"rise", "fall"})
_EACH = re.compile(r"\bmỗi \w+(?: \w+)?(?: trị giá)?\s*$")
# So few of these are named rather than counted: "hai nước", "2 tỉnh", "hai cột mốc".
_PLACE_LIKE = frozenset(
    {
        "provinces",
        "countries",
        "counties",
        "communes",
        "ethnic",
        "ngos",
        "gates",
        "markers",
        "conferences",
        "events",
        "people",
    }
)


def sense(context: Context) -> Sense | None:
    """What the figure stands for; None when it is no claim at all ("hai nước")."""
    kind = context.quantity.unit.kind
    rule = _RULES.get(kind)
    moved = _moved(context)
    if moved is not None:
        return moved
    made = rule(context) if rule is not None else None
    if made is not None and (context.has("average") or _is_each(context)):
        made = Sense(None, f"{made.topic}.average", made.shape, {**made.attributes, "average": True})
    if made is None:
        if _is_definite(context):
            return None
        topic, shape = lexicon().topic(kind)
        made = Sense(None, topic, shape)
    if "part" not in made.attributes and is_part(context):
        made.attributes["part"] = True
    return made


def _moved(context: Context) -> Sense | None:
    """As in "tăng 5 đoàn so với cùng kỳ": by how much it moved, not how many there were."""
    if context.quantity.unit.kind in {"percent", "points"}:
        return None
    hit = context.scene.last_before(_MOVES, context.group.start, context.quantity.start)
    if hit is None or context.gap(hit.end).strip():
        return None
    kind = context.quantity.unit.kind
    told = zip(context.before, context.earlier, strict=True)
    of = [one.topic for one, quantity in told if quantity.unit.kind == kind and one.topic != "change"]
    return Sense(
        None, "change", None, {"of": of[-1] if of else ""}, value_sign=-1 if "fall" in hit.tags else 1
    )


def _is_each(context: Context) -> bool:
    """As in "mỗi suất 2 triệu đồng"."""
    start = context.quantity.start
    return _EACH.search(context.scene.key, max(context.scene.start, start - 24), start) is not None


def direction(scene: Scene, group: Group) -> str:
    """Which way ("out", "in" or nothing) the delegations of a group go."""
    worded = next((one.unit.direction for one in group.quantities if one.unit.direction), "")
    if worded:
        return worded
    first, last = group.first.start, group.last.end
    for hit in (
        scene.last_before(_DIRECTIONS, group.start, first),
        scene.first_after(_DIRECTIONS, last, group.end),
        scene.last_before(_DIRECTIONS, scene.start, first),
    ):
        if hit is not None:
            return "out" if "out" in hit.tags else "in"
    leaning = scene.key[scene.start : scene.end].lstrip("-+*• ").startswith(_LEANING)
    return scene.previous.direction if leaning and scene.previous is not None else ""


# --- delegations -----------------------------------------------------------------------------------------

_DELEGATIONS = {
    ("groups", "out"): "outbound.groups",
    ("visits", "out"): "outbound.person_visits",
    ("individuals", "out"): "outbound.individuals",
    ("groups", "in"): "inbound.groups",
    ("visits", "in"): "inbound.person_visits",
}
_APPROVED = {
    "outbound.groups": "outbound.approved_groups",
    "outbound.person_visits": "outbound.approved_person_visits",
    "outbound.individuals": "outbound.approved_individuals",
    "inbound.groups": "inbound.approved_groups",
    "inbound.person_visits": "inbound.approved_person_visits",
}


def _delegation(context: Context) -> Sense | None:
    scene, group = context.scene, context.group
    way = direction(scene, group)
    scene.direction = way or scene.direction
    kind = _role_in_group(context, way)
    if context.has("personal") and way != "in":
        return measured("outbound.personal_trips")
    if group.has("contacts"):
        return measured("border.day_contacts" if kind == "groups" else "border.day_contact_people")
    subject = _DELEGATIONS.get((kind, way))
    if subject is None or context.has("domestic"):
        return None
    attributes = {"cohost": True} if context.has_before("cohost") else {}
    if scene.has("approve", group.start, group.first.start) or (
        is_part(context) and ".approved_" in context.before[-1].topic
    ):
        subject = _APPROVED[subject]
    return measured(subject, attributes)


def _role_in_group(context: Context, way: str) -> str:
    """People beside groups are their members; people sent inside another's delegation are individuals."""
    kind, group = context.quantity.unit.kind, context.group
    if kind in {"people", "tourists"}:
        if group.has("groups") or (way and _names_group(context)):
            return "visits"
        return "individuals" if way == "out" and context.has("inside") and kind == "people" else kind
    return kind


def _names_group(context: Context) -> bool:
    """As in "đoàn công tác 8 người": the head count of one group."""
    start = context.quantity.start
    units = context.scene.marks.within(UNIT, max(context.scene.start, start - 30), start)
    return any(one.value.kind == "groups" and not context.gap(one.end).strip(" (gồmcó") for one in units)


def _contacts(_context: Context) -> Sense:
    return measured("border.day_contacts")


# --- students --------------------------------------------------------------------------------------------


def _students(context: Context) -> Sense | None:
    scene, start = context.scene, context.quantity.start
    foreign = context.quantity.unit.kind == "students" or any(one.country == "LA" for one in scene.names())
    if not foreign:
        return None
    hit = scene.last_before(_GAINED, context.group.start, start)
    tags = hit.tags if hit is not None else frozenset()
    attributes: dict[str, Any] = {"funding": "full"} if context.has("full_funding") else {}
    if context.has("graduated"):
        return Sense(None, "students.graduated", "flow", attributes)
    long_time = any(when.since and when.until and when.since.year < when.until.year for when in scene.whens)
    taught = "trained" in tags and "funding" not in attributes and (long_time or scene.has("past"))
    if "present" in tags or not ("new" in tags or taught):
        return measured("students.present", attributes)
    return measured("students.new", {**attributes, "cumulative": True} if long_time else attributes)


def _women(context: Context) -> Sense:
    inside = bool(context.before) and context.before[-1].topic.startswith("students")
    return Sense(None, "students.women" if inside else "women", "level" if inside else None, {"part": True})


# --- agreements, sessions --------------------------------------------------------------------------------


def _agreements(context: Context) -> Sense | None:
    if context.has_before("signed"):
        return measured("agreements.signed")
    return measured("agreements.in_force") if context.has("in_force") else None


def _sessions(_context: Context) -> Sense:
    return measured("sessions.held")


# --- places and peoples ----------------------------------------------------------------------------------


def _length(context: Context) -> Sense | None:
    scene, quantity = context.scene, context.quantity
    before = scene.last_before(frozenset({"border_line"}), context.group.start, quantity.start)
    near = before is not None and (
        "dài" in context.gap(before.end).split() or len(context.gap(before.end)) <= 6
    )
    after = scene.first_after(frozenset({"border_line"}), quantity.end, min(scene.end, quantity.end + 4))
    return measured("border.length") if near or (after is not None and not scene.has("patrol")) else None


def _counties(context: Context) -> Sense | None:
    foreign = any(one.is_foreign for one in context.scene.names(context.quantity.end, context.group.end))
    return measured("border.neighbour_counties") if foreign and context.has_before("adjoins") else None


def _provinces(context: Context) -> Sense | None:
    scene, quantity = context.scene, context.quantity
    listed = context.listing.mentions if context.listing is not None else ()
    lao = [one for one in listed if one.country == "LA"] or [
        one for one in scene.names(quantity.start, context.group.end) if one.country == "LA"
    ]
    if not lao or not scene.has("friendly"):
        return None
    if context.listing is None and quantity.value <= _FEW:
        return None
    return measured("partners.lao_provinces", {"relation": "friendly"})


def _ethnic(context: Context) -> Sense | None:
    if is_part(context) or context.has("distinctive"):
        return Sense(None, "population.distinctive_groups", "timeless", {"part": True})
    return measured("population.ethnic_groups") if context.scene.has("live_here") else None


def _is_definite(context: Context) -> bool:
    """As in "hai nước", "giữa 2 tỉnh": a way of naming what is known, not a count."""
    place_like = context.quantity.unit.kind in _PLACE_LIKE
    alone = context.quantity.value <= _FEW and context.listing is None and place_like
    return alone or (context.quantity.value == 1 and not context.quantity.written[0].isdigit())


_RULES: dict[str, Callable[[Context], Sense | None]] = {
    "groups": _delegation,
    "visits": _delegation,
    "individuals": _delegation,
    "people": _delegation,
    "trips": _delegation,
    "tourists": _delegation,
    "contacts": _contacts,
    "students": _students,
    "pupils": _students,
    "women": _women,
    "agreements": _agreements,
    "sessions": _sessions,
    "money": sums.money,
    "aid_items": sums.aid_count,
    "aid_projects": sums.aid_count,
    "aid_nonprojects": sums.aid_count,
    "aid_programmes": sums.aid_count,
    "ngos": sums.aid_count,
    "percent": sums.percent,
    "points": sums.points,
    "length": _length,
    "countries": sums.countries,
    "counties": _counties,
    "provinces": _provinces,
    "ethnic": _ethnic,
}


def plausible(quantity: Quantity, made: Sense) -> Quantity:
    """Where a figure can be read in two ways, the reading that its subject allows."""
    if made.subject == "border.length" and quantity.alternatives and quantity.value > _LONGEST_BORDER:
        return quantity.meaning(quantity.alternatives[0])
    return quantity
