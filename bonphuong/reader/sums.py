"""Sums of aid, percentages and percentage points: which measure they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.reader.contexts import NEAR, Context, Sense, measured
from bonphuong.reader.lexicon import lexicon

if TYPE_CHECKING:
    from bonphuong.reader.lexicon import Hit
    from bonphuong.reader.scenes import Scene

_MONEY_CUES = frozenset({"commit", "disburse", "approve_aid"})
_ECONOMY = frozenset({"economy", "sector"})
_MOVES = frozenset({"rise", "fall", "growth"})

# --- aid -------------------------------------------------------------------------------------------------


def money(context: Context) -> Sense | None:
    """A sum of money: aid approved, committed or disbursed, where the words say so; never guessed."""
    scene, start = context.scene, context.quantity.start
    if scene.has("outgoing_aid") and any(one.is_foreign and one.is_place for one in scene.names()):
        return Sense(None, "aid.outgoing", "flow")
    if not _speaks_of_aid(scene):
        return None
    attributes: dict[str, Any] = {"emergency": True} if context.has("emergency") else {}
    if _is_equivalent(context) and context.before:
        last = context.before[-1]
        return Sense(last.subject, last.topic, last.shape, {**attributes, "equivalent": True})
    hit = scene.last_before(_MONEY_CUES, context.group.start, start) or scene.last_before(
        _MONEY_CUES, scene.start, start
    )
    code = _stage(scene, hit)
    if code is None:
        return Sense(None, "aid.amount", "flow", attributes)
    return measured(code, attributes)


def _stage(scene: Scene, hit: Hit | None) -> str | None:
    """Pledged, approved and paid out are three things: a bare "tổng giá trị" is none of them."""
    if hit is None:
        return None
    if "disburse" in hit.tags:
        return "aid.disbursed"
    if "commit" in hit.tags:
        return "aid.committed_year"
    return "aid.approved" if scene.has("approve") else None


def _speaks_of_aid(scene: Scene) -> bool:
    donor = any(one.is_donor for one in scene.names())
    return donor or scene.has("aid") or (scene.previous is not None and scene.previous.has("aid"))


def _is_equivalent(context: Context) -> bool:
    """Whether the sum is the one before it in another currency: "(tương đương 29,3 tỷ đồng)", "(khoảng 29 tỷ đồng)"."""
    near = context.scene.key[max(context.group.start, context.quantity.start - 24) : context.quantity.start]
    if any(word in near for word in ("tương đương", "tương ứng", "quy đổi")):
        return True
    return near.rstrip().endswith("(")


def aid_count(context: Context) -> Sense | None:
    """Items, projects and organisations of aid; they have no measure yet."""
    kind = context.quantity.unit.kind
    if not _speaks_of_aid(context.scene) and kind not in {"aid_items", "aid_nonprojects"}:
        return None
    topic, shape = lexicon().topic(kind)
    running = context.scene.has("now") or context.has("in_force")
    return Sense(None, topic, "level" if running else shape)


def countries(context: Context) -> Sense | None:
    """The countries that the organisations come from."""
    from_donors = any(one.topic.startswith("aid.") for one in context.before)
    return Sense(None, "aid.countries", "flow") if from_donors else None


# --- economy ---------------------------------------------------------------------------------------------


def percent(context: Context) -> Sense | None:
    """Growth of the economy, a change, or a share."""
    if _is_compared(context):
        return _change(context)
    if not _is_growth_of_economy(context):
        moved = context.scene.last_before(_MOVES, context.group.start, context.quantity.start)
        return (
            _change(context) if moved is not None and len(context.gap(moved.end)) < NEAR else _share(context)
        )
    planned = context.scene.last_before(frozenset({"plan"}), context.group.start, context.quantity.start)
    if planned is not None:
        return measured("economy.growth_plan")
    return measured("economy.growth")


def points(context: Context) -> Sense | None:
    """Percentage points over or under the plan of growth."""
    scene, start, end = context.scene, context.quantity.start, context.quantity.end
    over = scene.last_before(frozenset({"over_plan", "under_plan"}), context.group.start, start)
    against_plan = scene.has("plan", end, context.group.end) or scene.has("plan", context.group.start, start)
    if over is None or not against_plan or not _is_growth_of_economy(context):
        return None
    return measured("economy.growth_over_plan", sign=-1 if "under_plan" in over.tags else 1)


def _is_growth_of_economy(context: Context) -> bool:
    """Whether the nearest thing named before the figure is the economy as a whole, and that it grows."""
    scene, start = context.scene, context.quantity.start
    nearest = scene.last_before(_ECONOMY, scene.start, start)
    if nearest is None or "economy" not in nearest.tags:
        return False
    growing = scene.has("growth", scene.start, start) or scene.has("growth", start, context.group.end)
    return growing or scene.has("rise", nearest.end, start)


def _is_compared(context: Context) -> bool:
    end = min(context.group.end, context.quantity.end + 40)
    return (
        any(
            context.scene.key[hit.start : hit.end] != "bằng"
            for hit in context.scene.cues("compare", context.quantity.end, end)
        )
        and (context.has_before("rise") or context.has_before("fall"))
        and not context.scene.has("plan", context.quantity.end, end)
    )


def _change(context: Context) -> Sense:
    falls = context.has_before("fall") and not context.has_before("rise")
    of = context.before[-1].topic if context.before and _is_compared(context) else ""
    return Sense(None, "change", None, {"of": of}, value_sign=-1 if falls else 1)


def _share(context: Context) -> Sense | None:
    scene = context.scene
    if scene.has("disburse", scene.start, context.quantity.start) and scene.has(
        "commit", context.quantity.end, scene.end
    ):
        return Sense(None, "aid.disbursed_share", None)
    return None
