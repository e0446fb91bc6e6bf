"""What waits for a person as lines of a page: what it is called, where it leads, what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.contributions.queries import waiting_invitees
from bonphuong.families.greetings.enums import Kind as GreetingKind
from bonphuong.families.greetings.queries import occasions_due
from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.records.enums import WaitingKind
from bonphuong.records.registry import get_family, kind_label
from bonphuong.records.waiting import first_waiting
from bonphuong.reports.reviews import reviews_waiting
from bonphuong.trail.queries import mark_of_state
from bonphuong.web.desk.addresses import new_url, record_url, step_page
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from bonphuong.accounts.models import User
    from bonphuong.families.greetings.queries import OccasionDay
    from bonphuong.kit.names import Names
    from bonphuong.records.models import Record
    from bonphuong.records.waiting import Waiting

GREETINGS = "greetings"
# So long the number beside the desk may lag behind what another person did; one's own acts are seen at once.
_COUNTED_SECONDS = 60
_LONG = 160
_KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Task:
    """One thing to do: `act` is what its button says, `meta` what stands under its title."""

    item: Waiting
    title: str
    url: str
    meta: str
    act: str
    act_url: str
    first: bool = False

    @property
    def record(self) -> Record | None:
        """What it is about, where the person may see it."""
        return self.item.record


@dataclass(frozen=True)
class Asked:
    """A call for contributions that waits for one of the person's offices."""

    title: str
    office: str
    due_on: dt.date
    is_late: bool
    is_returned: bool
    url: str


@dataclass(frozen=True)
class Greeting:
    """An occasion to greet on: its day, the day on which preparing begins, where it is begun."""

    on: dt.date
    name: str
    who: str
    prepare_by: dt.date
    is_late: bool
    url: str


def tasks_of(items: Iterable[Waiting]) -> list[Task]:
    """Lines for what waits; nothing is read for them."""
    return [_task(item) for item in items]


def _task(item: Waiting) -> Task:
    if item.asked is not None:
        return _of_opinion(item)
    record = item.record
    url = record_url(record) if record is not None else ""
    if item.commitment is not None:
        text = Truncator(item.commitment.text).chars(_LONG)
        return Task(item, text, url, record.number if record else "", _("Open") if url else "", url)
    if record is None:  # Everything else hangs on a record that the person sees.
        return Task(item, "", "", "", "", "")
    state = item.case.state.label if item.case is not None else ""
    meta = ", ".join(filter(None, (_capital(str(kind_label(record.family, record.kind))), record.number,
                                   state[:1].lower() + state[1:])))  # fmt: skip
    if item.way is None or item.way.automatic:
        return Task(item, record.title, url, meta, _("Open"), url)
    step = reverse(step_page(record.family), args=[record.pk, item.way.code])
    return Task(item, record.title, url, meta, item.way.label, step, first=True)


def _of_opinion(item: Waiting) -> Task:
    """A question put to one's office, or one of one's own that nobody answered in time."""
    record = item.record
    opinion = item.asked.opinion if item.asked is not None else None
    url = reverse("desk:opinion", args=[opinion.pk]) if opinion is not None else ""
    question = Truncator(opinion.question).chars(_LONG) if opinion is not None else ""
    title = record.title if record is not None else question
    meta = ", ".join(filter(None, (record.number if record is not None else "", question if record else "")))
    act = _("Give the opinion") if item.kind == WaitingKind.OPINION else _("Open")
    return Task(item, title, url, meta, act, url, first=item.kind == WaitingKind.OPINION)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def calls_waiting(user: User) -> list[Asked]:
    """Calls for contributions that wait for one's own offices, the nearest due first."""
    rows = list(waiting_invitees(user))
    names = names_of(offices={row.office_code for row in rows})
    today = clock.today()
    return [
        Asked(
            title=row.call.title,
            office=names.office(row.office_code),
            due_on=row.due,
            is_late=row.due < today,
            is_returned=row.returned_on is not None,
            url=reverse("desk:call-answer", args=[row.pk]),
        )
        for row in rows
    ]


def greetings_due(user: User) -> list[Greeting]:
    """Occasions whose greetings are to be prepared now, for whoever enters records where greetings are kept."""
    try:
        get_family(GREETINGS)
    except KeyError:
        return []
    mine = office_codes_for(user, Permission.RECORD_ADD)
    office = next((h.office for h in user.access().holdings if h.office in mine), "")
    if not office:
        return []
    today = clock.today()
    key = f"desk-greetings:{user.pk}:{office}:{today}:{language()}:{mark_of_state()}"
    kept: list[Greeting] | None = cache.get(key)
    if kept is None:
        kept = _greetings(user, office, today)
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def _greetings(user: User, office: str, today: dt.date) -> list[Greeting]:
    due = occasions_due(user, office, today=today)
    names = names_of(countries={one.country_code for one in due})
    return [
        Greeting(
            on=one.on,
            name=one.name,
            who=one.party_text or names.country(one.country_code),
            prepare_by=one.prepare_by,
            is_late=one.prepare_by < today,
            url=_greet(one, names),
        )
        for one in due
    ]


def waiting_count(user: User) -> int:
    """How many things wait for a person, for the number beside the desk on every page: kept for a minute."""
    if not can(user, Permission.RECORD_VIEW):
        return 0
    kept: int | None = cache.get(_counted(user))
    if kept is None:
        kept = first_waiting(user, 0).total + waiting_invitees(user).count() + reviews_waiting(user).count()
        keep_count(user, kept)
    return kept


def keep_count(user: User, count: int) -> None:
    """Note the number that a page has just found out."""
    cache.set(_counted(user), count, _COUNTED_SECONDS)


def forget_count(user: User) -> None:
    """Ask anew: the person did something."""
    cache.delete(_counted(user))


def _counted(user: User) -> str:
    return f"desk-waiting:{user.pk}:{clock.today()}"


def _greet(one: OccasionDay, names: Names) -> str:
    """The form of a new letter of greetings, with what is known of the occasion."""
    return new_url(
        GREETINGS,
        kind=GreetingKind.CAMPAIGN,
        title=one.name,
        occasion=one.occasion,
        occasion_name=one.name,
        occasion_on=one.on.strftime("%d/%m/%Y"),
        country=names.country(one.country_code) if one.country_code else "",
        feast_code=one.feast_code,
        partner=one.party_text,
        level=one.level,
    )
