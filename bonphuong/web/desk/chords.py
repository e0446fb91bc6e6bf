"""Keys that go to pages: g, then a letter. The letters stand in the list of keys, which is also what obeys them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.web.desk.navigation import url_if_any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from bonphuong.accounts.models import User

# By letter: the page, what it is called, who may open it. A page that is not built in has no key.
_PAGES: dict[str, tuple[str, _StrPromise, Permission]] = {
    "d": ("home", _("Desk"), Permission.RECORD_VIEW),
    "l": ("families", _("All records"), Permission.RECORD_VIEW),
    "o": ("delegations", _("Delegations out and in"), Permission.RECORD_VIEW),
    "t": ("partners", _("Partners"), Permission.PARTY_VIEW),
    "c": ("calendar", _("Calendar"), Permission.RECORD_VIEW),
    "y": ("opinions", _("Opinions of bodies"), Permission.RECORD_VIEW),
    "p": ("papers", _("Papers"), Permission.PAPER_VIEW),
    "s": ("figures", _("Indicators"), Permission.FIGURE_VIEW),
    "r": ("reports", _("Reports"), Permission.REPORT_VIEW),
    "i": ("imports", _("Import from a sheet"), Permission.RECORD_IMPORT),
    "n": ("notices", _("Notices"), Permission.PARTY_VIEW),
    "b": ("begun", _("My drafts"), Permission.PARTY_VIEW),
    "v": ("trail", _("Trail and ledger"), Permission.TRAIL_VIEW),
    "h": ("help", _("Help"), Permission.PARTY_VIEW),
}


@dataclass(frozen=True)
class Chord:
    """A letter after g, and where it leads."""

    letter: str
    url: str
    label: _StrPromise


def chords_for(user: User) -> list[Chord]:
    """The keys that lead somewhere for this person, in the order of the list."""
    found = [
        Chord(letter, url_if_any(page, user, needed), label)
        for letter, (page, label, needed) in _PAGES.items()
    ]
    return [one for one in found if one.url]
