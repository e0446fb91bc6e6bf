"""A line of the month's sheet. Written here and not by a template: a month has hundreds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from bonphuong.web.desk.templatetags.desk import icon

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from bonphuong.web.desk.pages.calendar_sheet import Placed

register = template.Library()


@register.simple_tag
def calendar_item(one: Placed) -> SafeString:
    """The item with its look, its words and, where it has a page, the way to it."""
    item = one.item
    css = " ".join(filter(None, (item.css, "came" if one.came else "", "goes-on" if one.goes_on else "")))
    line = f"{item.line} ({_('called off')})" if item.entry.is_off else item.line
    days = format_html('<span class="cal__span">, {}</span>', item.words) if item.words else ""
    text = format_html('{}<span class="cal__text">{}{}</span>', icon(item.icon), line, days)
    if not item.url:
        return format_html('<span class="cal__item {}" title="{}">{}</span>', css, item.whole, text)
    return format_html('<a class="cal__item {}" href="{}" title="{}">{}</a>', css, item.url, item.whole, text)
