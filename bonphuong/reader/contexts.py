"""What a figure may stand for, and the words that decide it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bonphuong.ledger.measures import MEASURES
from bonphuong.reader.lexicon import CUE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.reader.listings import Listing
    from bonphuong.reader.quantities import Group, Quantity
    from bonphuong.reader.scenes import Scene

# A cue this near to its figure speaks of it.
NEAR = 20
# "gồm" before these names the members of a group, before others the parts of a sum.
_MEMBERS = frozenset({"visits", "people", "tourists", "individuals"})
_OF_WHOM = frozenset({"ngos", "countries"})
_TURNING = frozenset({"in", "approve", "disburse", "commit", "approve_aid", "session", "signed"})


@dataclass(frozen=True, slots=True)
class Sense:
    """What a figure stands for. `shape` is "flow", "level", "timeless" or None where nothing tells."""

    subject: str | None
    topic: str
    shape: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    value_sign: int = 1


@dataclass(frozen=True, slots=True)
class Context:
    """A figure among its neighbours."""

    scene: Scene
    group: Group
    quantity: Quantity
    listing: Listing | None
    before: tuple[Sense, ...]  # of the figures before it in the sentence
    earlier: tuple[Quantity, ...] = ()  # those figures themselves

    def has(self, tag: str) -> bool:
        """Whether a cue stands in the segment of the sentence that speaks of the figure."""
        return self.scene.has(tag, self.group.start, self.group.end)

    def has_before(self, tag: str) -> bool:
        """Whether a cue stands in the segment before the figure."""
        return self.scene.has(tag, self.group.start, self.quantity.start)

    def gap(self, end_of_cue: int) -> str:
        """The words between a cue and the figure."""
        return self.scene.key[end_of_cue : self.quantity.start]


def measured(code: str, attributes: Mapping[str, Any] | None = None, *, sign: int = 1) -> Sense:
    """A measure of the ledger, with its own shape."""
    return Sense(code, code, str(MEASURES[code].shape), dict(attributes or {}), sign)


def is_part(context: Context) -> bool:
    """Whether the figure lies inside another one: "trong đó", "gồm 9 dự án và 19 phi dự án"."""
    scene = context.scene
    opening = scene.key[scene.start : scene.start + 12].lstrip("-+*• ")
    if not context.before:
        return opening.startswith(("trong đó", "trong số đó"))
    here = context.quantity.unit.kind
    since = max(
        (one.end for one in context.group.quantities if one.end <= context.quantity.start),
        default=context.group.start,
    )
    hit = scene.last_before(frozenset({"part"}), since, context.quantity.start)
    if hit is not None:
        members = scene.key[hit.start : hit.end] in {"gồm", "bao gồm", "cụ thể"}
        return not members or (len(context.gap(hit.end)) < NEAR and here not in _MEMBERS)
    if _in_brackets(context) and _repeats(context):
        return True
    # "trong đó A 30 đoàn/ 210 lượt người, B 15 đoàn/ 90 lượt người": parts go on until the clause ends.
    goes_on = bool(context.before[-1].attributes.get("part")) and here not in _OF_WHOM
    return goes_on and not _turns(context)


def _turns(context: Context) -> bool:
    """Whether the talk has come to something new since the last figure."""
    scene, group = context.scene, context.group
    if context.quantity is not group.first:
        return False
    if group.start == scene.start:
        return True
    if _in_brackets(context):
        return False
    between = scene.key[max(scene.start, group.start - 2) : group.first.start]
    return (
        ";" in between
        or scene.has("total", group.start, group.first.start)
        or any(hit.tags & _TURNING for hit in scene.marks.within(CUE, group.start, group.first.start))
    )


def _in_brackets(context: Context) -> bool:
    """Whether the figure stands inside brackets that were opened after the one before it."""
    scene, start = context.scene, context.quantity.start
    opened = scene.key.rfind("(", scene.start, start)
    return opened > scene.key.rfind(")", scene.start, start)


def _repeats(context: Context) -> bool:
    """Whether the brackets count the same things again, of no other time: "05 đoàn (03 đoàn do … dẫn đầu)"."""
    scene, group = context.scene, context.group
    opened = scene.key.rfind("(", scene.start, context.quantity.start)
    dated = any(opened < when.start < group.end for when in scene.whens)
    kind = context.quantity.unit.kind
    # A sum of money in brackets is the same one in another currency.
    return not dated and kind != "money" and kind in {one.unit.kind for one in context.earlier}
