"""The groups of the navigation: only what exists, and for each person only what they may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Item:
    """One line: where it leads, what it is called, and the beginnings of the page names that light it."""

    page: str
    label: _StrPromise
    icon: str
    needs: Permission
    lit_by: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Lines under one heading; the first group has none."""

    label: _StrPromise | str
    items: tuple[Item, ...]


GROUPS = (
    Group("", (Item("home", _("Desk"), "home", Permission.RECORD_VIEW, ("home",)),)),
    Group(
        _("Records"),
        (
            Item(
                "delegations",
                _("Delegations out and in"),
                "out",
                Permission.RECORD_VIEW,
                ("delegation", "member", "import"),
            ),
            Item("unfiled", _("Trip reports not filed"), "clock", Permission.RECORD_VIEW, ("unfiled",)),
            Item("papers", _("Papers"), "pact", Permission.PAPER_VIEW, ("paper",)),
        ),
    ),
    Group(
        _("Figures"),
        (
            Item("figures", _("Indicators"), "chart", Permission.FIGURE_VIEW, ("figure",)),
            Item("reports", _("Reports"), "report", Permission.REPORT_VIEW, ("report",)),
            Item(
                "reader", _("Read documents"), "read", Permission.READER_USE, ("reader", "document", "claim")
            ),
        ),
    ),
    Group(
        _("Administration"),
        (Item("trail", _("Trail and ledger"), "trail", Permission.TRAIL_VIEW, ("trail",)),),
    ),
)


@dataclass(frozen=True)
class Link:
    """A line as the frame draws it."""

    url: str
    label: _StrPromise
    icon: str
    is_current: bool


def links_for(user: User, page: str) -> list[tuple[_StrPromise | str, list[Link]]]:
    """Headings with their lines that `user` may open; `page` is the name of the page being shown."""
    groups = []
    for group in GROUPS:
        links = [link for item in group.items if (link := _link(item, user, page)) is not None]
        if links:
            groups.append((group.label, links))
    return groups


def url_if_any(page: str, user: User, needed: Permission) -> str:
    """The address of a page that takes no argument, empty where it is not for `user` or not built in."""
    if not can(user, needed):
        return ""
    try:
        return reverse(f"desk:{page}")
    except NoReverseMatch:
        return ""


def _link(item: Item, user: User, page: str) -> Link | None:
    url = url_if_any(item.page, user, item.needs)
    if not url:
        return None
    return Link(url=url, label=item.label, icon=item.icon, is_current=page.startswith(item.lit_by))
