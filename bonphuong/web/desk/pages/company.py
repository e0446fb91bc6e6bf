"""Who else has a page open, and who saved what it shows since it was opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.contributions.models import Call
from bonphuong.records.models import Record
from bonphuong.reports.models import DraftText, Edition
from bonphuong.together.queries import company
from bonphuong.trail.queries import actions_on

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.together.queries import Company

PART = "part-"


@dataclass(frozen=True)
class Sight:
    """Something that a person may see, in the version that stands now; `saver` as far as it is known already."""

    about: UUID
    place: str
    version: int
    saver: str = ""
    saved_at: dt.datetime | None = None


@dataclass(frozen=True)
class Around:
    """What a page tells of others: who has it open too, and who saved it since it was opened."""

    others: Sequence[Company]
    saver: str = ""
    saved_at: dt.datetime | None = None

    @property
    def writers(self) -> list[Company]:
        """Others with a form of it open."""
        return [one for one in self.others if one.is_writing]

    @property
    def readers(self) -> list[Company]:
        """Others who only look at it."""
        return [one for one in self.others if not one.is_writing]


def sight_of(user: User, about: UUID, place: str) -> Sight | None:
    """What stands under this uid for this person; None where they may not see it, or it is nothing."""
    version = Record.objects.visible_to(user).filter(pk=about).values_list("version", flat=True).first()
    if version is None and can(user, Permission.REPORT_VIEW):
        return _report(user, about, place) or _call(user, about, place)
    return None if version is None else Sight(about, place, version)


def _report(user: User, about: UUID, place: str) -> Sight | None:
    if not Edition.objects.visible_to(user).filter(pk=about).exists():
        return None
    text = DraftText.objects.filter(edition=about, slot=place.removeprefix(PART)).first()
    if text is None or not place.startswith(PART):
        return Sight(about, place, 0)
    return Sight(about, place, text.version, text.updated_by, text.updated_at)


def _call(user: User, about: UUID, place: str) -> Sight | None:
    version = Call.objects.visible_to(user).filter(pk=about).values_list("version", flat=True).first()
    return None if version is None else Sight(about, place, version)


def company_at(user: User, sight: Sight, *, seen: str = "") -> Around:
    """Who is there beside the person; with the version that their page shows, who saved since then."""
    others = company(user, sight.about)
    if not (seen.isascii() and seen.isdigit()) or int(seen) >= sight.version:
        return Around(others)
    if sight.saver:
        return Around(others, "" if sight.saver == str(user) else sight.saver, sight.saved_at)
    last = actions_on(sight.about).first()
    if last is None or last.actor_id == str(user.pk):
        return Around(others)
    return Around(others, last.actor_name, last.at)
