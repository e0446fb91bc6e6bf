"""The map as a part of other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from bonphuong.web.desk.pages.maps import map_of_party

if TYPE_CHECKING:
    from django.template import Context

    from bonphuong.parties.models import Party

register = template.Library()


@register.inclusion_tag("desk/parts/party_map.html", takes_context=True)
def map_of(context: Context, party: Party) -> dict[str, Any]:
    """The sketch of the region with one partner set apart; nothing for a partner that is not on it."""
    return {"map": map_of_party(party, context["request"].user)}
