"""The views of a list as its tabs show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from bonphuong.accounts.models import SavedView
from bonphuong.web.desk.addresses import list_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User

#: What of an address a view keeps.
KEPT = ("kind", "q", "period", "country", "state", "flag", "sort")


@dataclass(frozen=True)
class View:
    """A view: where it leads, whether the list stands so now, whether it is one's own."""

    kept: SavedView
    url: str
    is_on: bool
    is_own: bool


def own_views(user: User, family: str, asked: Mapping[str, str] | None = None) -> list[View]:
    """The views that the person may open, their own first."""
    rows = SavedView.objects.visible_to(user).filter(family=family)
    now = {name: asked[name] for name in KEPT if asked.get(name)} if asked else {}
    views = [
        View(
            kept,
            url=f"{list_url(family)}?{kept.query or 'period=all'}",
            is_on=dict(parse_qsl(kept.query)) == now and bool(now),
            is_own=kept.owner_id == user.pk,
        )
        for kept in rows
    ]
    return sorted(views, key=lambda view: not view.is_own)


def first_view(user: User, family: str, asked: Mapping[str, str]) -> str:
    """Where the list opens for this person when nothing is asked for; empty where it opens as it is."""
    if asked:
        return ""
    kept = SavedView.objects.filter(owner=user, family=family, is_first=True).first()
    return f"{list_url(family)}?{kept.query or 'period=all'}" if kept is not None else ""
