"""The groups of the navigation: only what exists, and for each person only what they may open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.records.registry import families, get_family
from bonphuong.reports.nation.provinces import NATIONAL
from bonphuong.web.desk.addresses import list_url, new_url

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
    #: Only people of offices of these kinds have it, where any are named.
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shelf:
    """A family of records: it is called as it calls itself, and lit by its own pages."""

    family: str
    icon: str


@dataclass(frozen=True)
class Group:
    """Lines under one heading; the first group has none. `folded` ones stay under a line that opens them."""

    label: _StrPromise | str
    items: tuple[Item | Shelf, ...]
    folded: tuple[Item | Shelf, ...] = ()

    @property
    def every(self) -> tuple[Item | Shelf, ...]:
        """All lines, the folded ones last."""
        return (*self.items, *self.folded)


#: Never more than six, the desk among them: what is looked for daily stands open, the rest one click away.
GROUPS = (
    Group(
        "",
        (
            Item("home", _("Desk"), "home", Permission.RECORD_VIEW, ("home", "to-do")),
            Item("calendar", _("Calendar"), "calendar", Permission.RECORD_VIEW, ("calendar",)),
        ),
    ),
    Group(
        _("Records"),
        (
            Item(
                "delegations",
                _("Delegations out and in"),
                "out",
                Permission.RECORD_VIEW,
                ("delegation", "member"),
                family="delegations",
            ),
            Shelf("agreements", "pact"),
            Shelf("mechanisms", "people"),
            Shelf("twinning", "twin"),
            Shelf("aid", "aid"),
            Shelf("scholarships", "student"),
            Shelf("letters", "mail"),
            Shelf("greetings", "gift"),
            Shelf("borders", "gate"),
        ),
        folded=(
            Item("families", _("All records"), "table", Permission.RECORD_VIEW, ("families", "import")),
            Shelf("events", "event"),
            Shelf("support", "support"),
            Shelf("associations", "friends"),
            Shelf("programme", "book"),
            Shelf("activities", "activity"),
            Item("papers", _("Papers"), "file", Permission.PAPER_VIEW, ("paper",)),
            Item("opinions", _("Opinions of bodies"), "bodies", Permission.RECORD_VIEW, ("opinion",)),
            Item("unfiled", _("Trip reports not filed"), "late-paper", Permission.RECORD_VIEW, ("unfiled",)),
            Item("doubles", _("Entered twice"), "copy", Permission.RECORD_CHANGE, ("double",)),
        ),
    ),
    Group(
        _("Partners"),
        (
            Item(
                "partners", _("Places and bodies"), "people", Permission.PARTY_VIEW, ("partner", "briefing")
            ),
            Item("map", _("Map"), "map", Permission.RECORD_VIEW, ("map",)),
        ),
    ),
    Group(
        _("Figures"),
        (
            Item("figures", _("Indicators"), "chart", Permission.FIGURE_VIEW, ("figure",)),
            Item("reports", _("Reports"), "report", Permission.REPORT_VIEW, ("report", "package")),
            Item(
                "nation",
                _("The nation"),
                "map",
                Permission.FIGURE_VIEW,
                ("nation",),
                kinds=frozenset(NATIONAL),
            ),
            Item("calls", _("Contributions"), "inbox", Permission.RECORD_VIEW, ("call",)),
            Item(
                "reader", _("Read documents"), "read", Permission.READER_USE, ("reader", "document", "claim")
            ),
        ),
    ),
    Group(
        _("Administration"),
        (
            Item("trail", _("Trail and ledger"), "trail", Permission.TRAIL_VIEW, ("trail",)),
            Item("styleguide", _("Parts of pages"), "palette", Permission.TEMPLATE_CHANGE, ("styleguide",)),
            Item("settings", _("Settings"), "gear", Permission.PARTY_VIEW, ("settings",)),
        ),
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
    page: str = ""


@dataclass(frozen=True)
class Part:
    """A group as the frame draws it: what stands open, and what opens from one line."""

    label: _StrPromise | str
    links: tuple[Link, ...]
    folded: tuple[Link, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the page being shown is one of the folded ones."""
        return any(link.is_current for link in self.folded)

    @property
    def folded_families(self) -> tuple[str, ...]:
        """Families that are folded away, for pages of records whose address does not say their family."""
        return tuple(link.family for link in self.folded if link.family)


def links_for(user: User, page: str, family: str = "") -> list[Part]:
    """Groups with their lines that `user` may open; `page` is the name of the page being shown.

    `family` is the one whose pages are shown, where the address says so.
    """
    parts = []
    for group in _groups():
        part = Part(
            group.label,
            _links(group.items, user, page, family),
            _links(group.folded, user, page, family),
        )
        if part.links or part.folded:
            parts.append(part)
    return parts


@dataclass(frozen=True)
class Entry:
    """A family in the menu of what one may enter, with its kinds as name and address."""

    label: _StrOrPromise
    icon: str
    kinds: tuple[tuple[_StrOrPromise, str], ...]


def kinds_to_enter(user: User) -> list[Entry]:
    """Every kind of record that the person may enter, family by family as the navigation has them."""
    if not can(user, Permission.RECORD_ADD):
        return []
    icons = {item.family: item.icon for group in GROUPS for item in group.every if item.family}
    return [
        Entry(
            family.plural,
            icons.get(family.code, family.icon),
            tuple((kind.label, new_url(family.code, kind=kind.code)) for kind in family.kinds),
        )
        for family in families_in_order()
    ]


def families_in_order() -> list[Family]:
    """All families in the order in which the navigation has them."""
    placed = _placed()
    return sorted(families(), key=lambda one: placed.index(one.code) if one.code in placed else len(placed))


def _groups() -> list[Group]:
    """Families that nobody has given a place are folded away with the records, and never hidden."""
    placed = _placed()
    found = tuple(Shelf(one.code, one.icon) for one in families() if one.code not in placed)
    return [
        replace(group, folded=(*group.folded, *found)) if found and group.folded else group
        for group in GROUPS
    ]


def _placed() -> list[str]:
    return [item.family for group in GROUPS for item in group.every if item.family]


def _links(items: tuple[Item | Shelf, ...], user: User, page: str, family: str) -> tuple[Link, ...]:
    return tuple(link for item in items if (link := _link_to(item, user, page, family)) is not None)


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
    if not url or (item.kinds and not item.kinds & user.access().kinds):
        return None
    return Link(
        url=url,
        label=item.label,
        icon=item.icon,
        is_current=page.startswith(item.lit_by),
        family=item.family,
        page=item.page,
    )
