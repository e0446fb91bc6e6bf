"""The parts that pages are made of. Each answers to one name in the reference mock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import BaseForm, BoundField

register = template.Library()

# A state has one colour, one icon and one word everywhere: the colour never stands alone.
STATE_ICONS = {
    "done": "okay",
    "doing": "doing",
    "soon": "clock",
    "late": "alert",
    "next": "circle",
    "gone": "stop",
    "differ": "differ",
    "match": "okay",
    "unsure": "alert",
    "undated": "calendar",
    "unknown": "ask",
}
STATE_COLOURS = {
    "match": "done",
    "differ": "late",
    "unsure": "soon",
    "undated": "soon",
    "unknown": "",
    "next": "",
    "gone": "",
}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One drawing of the sprite; silent to screen readers, as a word always stands beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        static("desk/icons.svg"),
        name,
    )


@register.simple_tag
def badge(state: str, word: str, *, solid: bool = False) -> SafeString:
    """A state as colour, icon and one word."""
    colour = STATE_COLOURS.get(state, state)
    return format_html(
        '<span class="badge{}{}">{}{}</span>',
        " badge--solid" if solid else "",
        f" is-{colour}" if colour else "",
        icon(STATE_ICONS.get(state, "circle")),
        word,
    )


@register.inclusion_tag("desk/parts/field.html")
def field(bound: BoundField, css: str = "") -> dict[str, Any]:
    """A labelled field with its help and its error, tied together for screen readers."""
    kind = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "css": css,
        "is_tick": kind == "checkbox" and not getattr(bound.field.widget, "allow_multiple_selected", False),
        "is_group": bound.field.widget.use_fieldset,
    }


@register.inclusion_tag("desk/parts/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """All that is wrong, on top, each line leading to its field."""
    problems: list[tuple[str, str]] = []
    for form in forms:
        if form is not None and form.is_bound:
            problems.extend(_problems(form))
    return {"problems": problems}


def _problems(form: BaseForm) -> list[tuple[str, str]]:
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        found.extend((bound.id_for_label or bound.auto_id or "", str(error)) for error in bound.errors)
    return found


@register.simple_tag
def sparkline(now: Sequence[float], then: Sequence[float], label: str) -> SafeString:
    """A line of this year over a dashed one of the year before, drawn here so that no script is needed."""
    top = max([*now, *then, 1])
    return format_html(
        '<svg class="spark" viewBox="0 0 100 28" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<polyline class="then" points="{}"/><polyline class="now" points="{}"/>{}</svg>',
        label,
        _points(then, top, len(then)),
        _points(now, top, len(then) or len(now)),
        _end(now, top, len(then) or len(now)),
    )


def _place(index: int, value: float, top: float, count: int) -> tuple[str, str]:
    """Inside a 100 × 28 box with 3 units of air above and below."""
    across = 100 * index / max(count - 1, 1)
    return f"{across:.1f}", f"{25 - 22 * value / top:.1f}"


def _points(values: Sequence[float], top: float, count: int) -> str:
    return " ".join(",".join(_place(i, value, top, count)) for i, value in enumerate(values))


def _end(values: Sequence[float], top: float, count: int) -> SafeString:
    if not values:
        return SafeString("")
    across, down = _place(len(values) - 1, values[-1], top, count)
    return format_html('<path class="end" d="M{} {}h.01"/>', across, down)


@register.filter
def initial_capital(text: object) -> str:
    """The first letter large, the rest as it is (Django's own `capfirst` under a plain name)."""
    written = str(text)
    return written[:1].upper() + written[1:]
