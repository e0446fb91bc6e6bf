"""What stands beside a record's way on its page: opinions, rounds, signatures. And how many notices are unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from bonphuong.notices.queries import unread_count
from bonphuong.web.desk.pages.opinions import case_side

if TYPE_CHECKING:
    from django.template.context import Context

    from bonphuong.records.models import Record

register = template.Library()


@register.inclusion_tag("desk/parts/opinions.html", takes_context=True)
def case_side_of(context: Context, record: Record) -> dict[str, Any]:
    """The opinions asked about a record, how often it came back, and who signed."""
    return {"side": case_side(context["request"].user, record)}


@register.simple_tag(takes_context=True)
def unread_notices(context: Context) -> int:
    """How many notices the person has not read."""
    user = context.get("user")
    return unread_count(user) if user is not None else 0
