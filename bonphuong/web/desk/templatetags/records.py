"""Where a record belongs, and its values as a page writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html

from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.records.registry import kind_label
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.record_parts import kind_word, list_of
from bonphuong.web.desk.pages.words import due_words, language

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.utils.functional import _StrOrPromise

    from bonphuong.records.models import Record
    from bonphuong.records.waiting import Waiting

register = template.Library()


@register.simple_tag
def record_list_url(record: Record) -> str:
    """The list in which a record stands."""
    return list_of(record)


@register.inclusion_tag("desk/parts/deadline.html")
def due_day(item: Waiting) -> dict[str, Any]:
    """What is left of something that waits."""
    words = due_words(item.due_on, clock.today()) if item.due_on else ""
    return {"standing": item.standing, "words": words, "rule": None, "rule_words": ""}


@register.filter
def kind_plural(record: Record) -> _StrOrPromise:
    """What records of its kind are called together."""
    return kind_word(record)


@register.filter
def kind_of(record: Record) -> _StrOrPromise:
    """What a record is called by its kind."""
    return kind_label(record.family, record.kind)


@register.filter
def is_number(value: object) -> bool:
    """Whether it stands in a column of figures."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


@register.simple_tag
def panel_cell(value: object) -> str:
    """A cell of a panel: plain, or text that leads somewhere."""
    if isinstance(value, tuple) and len(value) == 2:
        text, address = value
        return format_html('<a href="{}">{}</a>', address, plain(text)) if address else plain(text)
    return plain(value)


@register.filter
def cell_width(bound: BoundField) -> str:
    """How wide a column of a table that is typed in must be for what it holds."""
    widget = bound.field.widget
    if getattr(widget, "input_type", "") == "checkbox":
        return "tick"
    if isinstance(bound.field, DayField) or "inputmode" in widget.attrs:
        return "is-short"
    if getattr(widget, "input_type", "") == "select":
        return "is-choice"
    return "is-long" if (getattr(bound.field, "max_length", None) or 0) > 100 else "is-text"


@register.filter
def plain(value: object) -> str:
    """A value of a column as the page's language writes it; nothing for none."""
    if isinstance(value, bool) or value is None:
        return "✓" if value else ""
    if isinstance(value, dt.date):
        return format_date(value, language())
    if isinstance(value, int | Decimal):
        return format_number(value, language())
    return str(value)
