"""The stage on which the demonstration is played: who acts, what was entered so far, and acts in order of time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.parties.models import Party
from bonphuong.records.models import Commitment, Record
from bonphuong.reference.models import AdminUnit, Country

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

PROVINCE, FOCAL, UNION, BORDER, HEALTH = "lai-chau", "lc-dofa", "lc-union", "lc-border-guard", "lc-health"
# The focal agency of another province: it keeps a book of its own.
NEIGHBOUR = "lcai-dofa"
OFFICER, HEAD, LEADER, AUDITOR = "canbo", "truongphong", "lanhdao", "kiemtra"
CLERK, UNION_OFFICER, BORDER_OFFICER, ELSEWHERE = (
    "vanthu.yte",
    "canbo.hunghi",
    "canbo.bienphong",
    "canbo.laocai",
)
#: The day on which the product was taken into use; older facts are entered on it.
FIRST_DAY = dt.date(2024, 1, 2)
# Who enters for an office; the focal agency works for every other one.
_DESKS = {UNION: UNION_OFFICER, BORDER: BORDER_OFFICER, NEIGHBOUR: ELSEWHERE}


@dataclass(frozen=True)
class Act:
    """Something that somebody did at a moment."""

    at: dt.datetime
    do: Callable[[Stage], None]


@dataclass
class Stage:
    """What acts share. `records` and `papers` are kept by the names that the data gives them, promises by their text."""

    records: dict[str, UUID] = field(default_factory=dict)
    papers: dict[str, UUID] = field(default_factory=dict)
    promises: dict[str, Commitment] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, User]:
        """The accounts of the demonstration by user name."""
        return {user.username: user for user in User.objects.filter(is_demo=True)}

    def person(self, username: str) -> User:
        """Somebody of the demonstration, with the rights of the day that it is on stage."""
        user = self.people[username]
        user.forget_access()
        return user

    def officer_of(self, office: str) -> User:
        """Who enters for an office."""
        desk = BORDER if office.startswith("lc-post-") else office
        return self.person(_DESKS.get(desk, OFFICER))

    def record(self, key: str) -> Record:
        """A record entered before, as it stands now."""
        return Record.objects.get(pk=self.records[key])

    @cached_property
    def parties(self) -> dict[str, Party]:
        """All parties by code."""
        return {party.code: party for party in Party.objects.all()}

    @cached_property
    def countries(self) -> dict[str, str]:
        """Country code → Vietnamese name."""
        return {country.code: country.name_vi for country in Country.objects.all()}

    @cached_property
    def units(self) -> dict[str, str]:
        """Code of an administrative unit → Vietnamese name."""
        return dict(AdminUnit.objects.filter(kind="province").values_list("code", "name_vi"))


def moment(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment of a day where the offices are."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=clock.LOCAL)


def play(acts: Iterable[Act], stage: Stage) -> int:
    """Let all acts happen that lie in the past, in order of time; gives how many did."""
    now = clock.now()
    past = sorted((act for act in acts if act.at < now), key=lambda act: act.at)
    for act in past:
        with clock.fixed(act.at):
            act.do(stage)
    return len(past)
