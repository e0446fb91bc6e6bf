"""The groups of the navigation: only what exists, and for each person only what they may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.records.registry import families, get_family
from bonphuong.web.desk.addresses import list_url

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise, _StrPromise

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Family


@dataclass(frozen=True)
class Item:
    """One line: where it leads, what it is called, and the beginnings of the page names that light it."""

    page: str
    label: _StrPromise
    icon: str
    needs: Permission
    lit_by: tuple[str, ...]
    family: str = ""


@dataclass(frozen=True)
class Shelf:
    """A family of records: it is called as it calls itself, and lit by its own pages."""

    family: str
    icon: str


@dataclass(frozen=True)
class Group:
    """Lines under one heading; the first group has none."""

    label: _StrPromise | str
    items: tuple[Item | Shelf, ...]


GROUPS = (
    Group("", (Item("home", _("Desk"), "home", Permission.RECORD_VIEW, ("home",)),)),
    Group(
        _("Records"),
        (
            Item("families", _("All records"), "table", Permission.RECORD_VIEW, ("families", "import")),
            Item(
                "delegations",
                _("Delegations out and in"),
                "out",
                Permission.RECORD_VIEW,
                ("delegation", "member"),
                family="delegations",
            ),
            Item("unfiled", _("Trip reports not filed"), "clock", Permission.RECORD_VIEW, ("unfiled",)),
            Item("opinions", _("Opinions of bodies"), "ask", Permission.RECORD_VIEW, ("opinion",)),
            Item("papers", _("Papers"), "file", Permission.PAPER_VIEW, ("paper",)),
            Item("doubles", _("Entered twice"), "copy", Permission.RECORD_CHANGE, ("double",)),
        ),
    ),
    Group(
        _("Figures"),
        (
            Item("figures", _("Indicators"), "chart", Permission.FIGURE_VIEW, ("figure",)),
            Item("reports", _("Reports"), "report", Permission.REPORT_VIEW, ("report",)),
            Item("calls", _("Contributions"), "paste", Permission.RECORD_VIEW, ("call",)),
            Item(
                "reader", _("Read documents"), "read", Permission.READER_USE, ("reader", "document", "claim")
            ),
        ),
    ),
    Group(
        _("With partners"),
        (
            Shelf("agreements", "pact"),
            Shelf("mechanisms", "people"),
            Shelf("twinning", "twin"),
            Shelf("borders", "gate"),
            Shelf("letters", "mail"),
            Shelf("greetings", "gift"),
            Shelf("events", "calendar"),
        ),
    ),
    Group(
        _("Aid and training"),
        (Shelf("aid", "aid"), Shelf("support", "promise"), Shelf("scholarships", "student")),
    ),
    Group(
        _("The year's work"),
        (Shelf("programme", "book"), Shelf("associations", "globe"), Shelf("activities", "trail")),
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
    label: _StrOrPromise
    icon: str
    is_current: bool
    family: str = ""


def links_for(user: User, page: str, family: str = "") -> list[tuple[_StrPromise | str, list[Link]]]:
    """Headings with their lines that `user` may open; `page` is the name of the page being shown.

    `family` is the one whose pages are shown, where the address says so.
    """
    groups = []
    for group in [*GROUPS, *_unplaced()]:
        links = [link for item in group.items if (link := _link_to(item, user, page, family)) is not None]
        if links:
            groups.append((group.label, links))
    return groups


def families_in_order() -> list[Family]:
    """All families in the order in which the navigation has them."""
    placed = [item.family for group in GROUPS for item in group.items if item.family]
    return sorted(families(), key=lambda one: placed.index(one.code) if one.code in placed else len(placed))


def _unplaced() -> list[Group]:
    """Families that nobody has given a place: they are shown at the end, and never hidden."""
    placed = {item.family for group in GROUPS for item in group.items}
    found = tuple(Shelf(one.code, one.icon) for one in families() if one.code not in placed)
    return [Group(_("More records"), found)] if found else []


def _link_to(item: Item | Shelf, user: User, page: str, family: str) -> Link | None:
    if isinstance(item, Item):
        return _link(item, user, page)
    if not can(user, Permission.RECORD_VIEW):
        return None
    try:
        label = get_family(item.family).plural
    except KeyError:
        return None
    return Link(list_url(item.family), label, item.icon, item.family == family, item.family)


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
    return Link(
        url=url, label=item.label, icon=item.icon, is_current=page.startswith(item.lit_by), family=item.family
    )
