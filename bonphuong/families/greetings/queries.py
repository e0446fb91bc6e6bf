"""Reads of greetings: which occasions come, and when their letters must be begun."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of, office_subtree
from bonphuong.families.greetings.enums import PROMPT, Kind, OccasionKind
from bonphuong.families.greetings.models import Greeting, Occasion
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.text import fold
from bonphuong.kit.names import names_of
from bonphuong.parties.enums import TieKind
from bonphuong.parties.models import Post
from bonphuong.parties.queries import holders_on, ties_on
from bonphuong.procedures.rulebook import RuleBook
from bonphuong.records.entries import Entry
from bonphuong.records.enums import CalendarSort
from bonphuong.records.models import Record
from bonphuong.reference.calendars import feasts_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.names import Names
    from bonphuong.parties.models import Party
    from bonphuong.reference.calendars import FeastDay

HOME = "VN"
#: How long after its first day a new post is still congratulated on.
NEWS_DAYS = 15
_RULE, _PROCEDURE = "prepare", "greetings.campaign"


@dataclass(frozen=True, order=True)
class OccasionDay:
    """An occasion on its day, and the day by which its letters should be begun (its own day for news).

    `usual` is what most offices greet on; the rest of the calendar is offered and left out. `years` since the event.
    """

    on: dt.date
    name: str
    occasion: str
    prepare_by: dt.date
    country_code: str = ""
    feast_code: str = ""
    party_code: str = ""
    party_text: str = ""
    level: str = ""
    usual: bool = True
    years: int | None = None


def occasions_due(
    user: User, office_code: str, *, today: dt.date | None = None, within: int = 30
) -> list[OccasionDay]:
    """Occasions still ahead whose preparing begins within so many days, and news just come; nearest first.

    Those of the office's own calendar of the year where there is one, else the usual ones of its partners' feasts and
    anniversaries. The days of preparing come from the deadline rules of the office.
    """
    day = today or clock.today()
    lead = prepare_days(office_code, day)
    until = day + dt.timedelta(days=within + lead)
    found = [one for one in _planned(user, office_code, day, until, lead) if one.on >= day]
    found += [one for one in news(user, office_code, day) if one not in found]
    return sorted(one for one in found if (one.prepare_by - day).days <= within)


def prepare_days(office_code: str, day: dt.date) -> int:
    """How many days before an occasion its greetings are begun, in the office's own rule; 0 where none says."""
    rules = RuleBook().deadline_rules(_PROCEDURE, office_code, day)
    return next((rule.days for rule in rules if rule.code == _RULE), 0)


def _planned(user: User, office_code: str, since: dt.date, until: dt.date, lead: int) -> list[OccasionDay]:
    found: list[OccasionDay] = []
    for year in range(since.year, until.year + 1):
        own = _own(user, office_code, year, lead)
        listed = own if own is not None else [o for o in yearly(office_code, year, lead) if o.usual]
        found += [one for one in listed if since <= one.on <= until]
    return found


def _own(user: User, office_code: str, year: int, lead: int) -> list[OccasionDay] | None:
    seen = Record.objects.visible_to(user).filter(family="greetings", book=book_of(office_code))
    calendars = Greeting.objects.filter(
        record__in=seen, kind=Kind.CALENDAR, year=year, is_void=False, cancelled_on__isnull=True
    )
    if not calendars.exists():
        return None
    lines = Occasion.objects.filter(row__in=calendars, left_out=False, campaign="")
    return [day_of_line(line, lead) for line in lines]


def day_of_line(line: Occasion, lead: int) -> OccasionDay:
    """A line of a calendar as an occasion."""
    return OccasionDay(
        on=line.on,
        name=line.name,
        occasion=line.occasion,
        prepare_by=_begin(line.on, line.occasion, lead),
        country_code=line.country_code,
        feast_code=line.feast_code,
        party_code=line.party_code,
        party_text=line.party_text,
        level=line.level,
    )


def yearly(office_code: str, year: int, lead: int) -> list[OccasionDay]:
    """What a year brings by the calendars of the partners' countries, and the anniversaries of our own ties."""
    ties = ties_on(office_subtree(book_of(office_code)), dt.date(year, 12, 31))
    countries = {tie.party.country_id for tie in ties if tie.party.country_id} - {HOME}
    found = [_of_feast(feast, lead) for feast in feasts_on(year, sorted(countries))]
    found += [
        _of_tie(tie.party, tie.valid_from, year, lead)
        for tie in ties
        if tie.kind != TieKind.NEIGHBOUR and tie.valid_from is not None and tie.valid_from.year < year
    ]
    return sorted(set(found))


def _of_feast(found: FeastDay, lead: int) -> OccasionDay:
    feast = found.feast
    usual = feast.kind in {OccasionKind.NATIONAL_DAY, OccasionKind.TIES} or feast.days > 1
    return OccasionDay(
        on=found.on,
        name=feast.name(get_language() or "vi"),
        occasion=feast.kind,
        prepare_by=_begin(found.on, feast.kind, lead),
        country_code=feast.country_id,
        feast_code=feast.code,
        usual=usual,
        years=found.years,
    )


def _of_tie(party: Party, since: dt.date, year: int, lead: int) -> OccasionDay:
    on = same_day(since, year)
    return OccasionDay(
        on=on,
        name=_("%(years)s years of ties with %(partner)s")
        % {"years": year - since.year, "partner": party.name(get_language() or "vi")},
        occasion=OccasionKind.TIES,
        prepare_by=_begin(on, OccasionKind.TIES, lead),
        country_code=party.country_id or "",
        party_code=party.code,
        party_text=party.name("vi"),
        years=year - since.year,
    )


def same_day(day: dt.date, year: int) -> dt.date:
    """The same day of another year; 29 February falls on the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _begin(on: dt.date, occasion: str, lead: int) -> dt.date:
    return on if occasion in PROMPT else on - dt.timedelta(days=lead)


def news(user: User, office_code: str, day: dt.date) -> list[OccasionDay]:
    """Partners' leaders whose posts began in the days just past: to be congratulated at once."""
    parties = [tie.party_id for tie in ties_on(office_subtree(book_of(office_code)), day)]
    posts = Post.objects.visible_to(user).filter(
        party__in=parties, valid_from__gt=day - dt.timedelta(days=NEWS_DAYS), valid_from__lte=day
    )
    return [
        OccasionDay(
            on=post.valid_from,
            name=_("%(name)s takes office as %(title)s")
            % {"name": post.person.full_name, "title": post.title(get_language() or "vi")},
            occasion=OccasionKind.APPOINTMENT,
            prepare_by=post.valid_from,
            country_code=post.party.country_id or "" if post.party else "",
            party_code=post.party_id or "",
            party_text=post.party.name("vi") if post.party else "",
        )
        for post in posts.select_related("person", "party")
        if post.valid_from is not None
    ]


def days_of(user: User, since: dt.date, until: dt.date) -> Iterator[Entry]:
    """For calendars: the day on which the letters of an occasion are begun, and anniversaries of one's own ties."""
    writes = user.access().codes_for(Permission.RECORD_ADD)
    reads = user.access().codes_for(Permission.RECORD_VIEW)
    office = next((h.office for h in user.access().holdings if h.office in (writes or reads)), "")
    if not office:
        return
    lead = prepare_days(office, since)
    found = _planned(user, office, since, until + dt.timedelta(days=lead), lead)
    names = names_of(countries={one.country_code for one in found})
    for one in found:
        if since <= one.prepare_by <= until and one.prepare_by < one.on:
            yield _to_begin(one, names, may_write=bool(writes))
        if since <= one.on <= until and not one.feast_code:
            yield _entry(one, CalendarSort.FEAST, one.on)


def _to_begin(one: OccasionDay, names: Names, *, may_write: bool) -> Entry:
    """The letters to be begun, with the form that begins them for whoever may write."""
    entry = _entry(one, CalendarSort.GREETING, one.prepare_by)
    note = _("greetings to be prepared for %(day)s") % {"day": f"{one.on:%d/%m/%Y}"}
    if not may_write:
        return entry._replace(note=note)
    asked = {
        "kind": Kind.CAMPAIGN.value,
        "title": one.name,
        "occasion": one.occasion,
        "occasion_name": one.name,
        "occasion_on": f"{one.on:%d/%m/%Y}",
        "country": names.country(one.country_code) if one.country_code else "",
        "feast_code": one.feast_code,
        "partner": one.party_text,
        "level": one.level,
    }
    query = tuple((name, value) for name, value in asked.items() if value)
    return entry._replace(note=note, page="desk:record-new", args=("greetings",), query=query)


def _entry(one: OccasionDay, sort: CalendarSort, on: dt.date) -> Entry:
    what = one.feast_code or one.party_code or fold(one.name).replace(" ", "-")[:60]
    return Entry(
        key=".".join(filter(None, ("greet", what, str(one.on.year), one.level, sort.value))),
        sort=sort,
        since=on,
        until=on,
        title=one.name,
        country_code=one.country_code,
    )


def last_campaign(office_code: str, occasion: OccasionDay) -> Greeting | None:
    """The office's own greetings of the same occasion and level the last time; None for the first."""
    same = Q(feast_code=occasion.feast_code) if occasion.feast_code else Q(occasion_name=occasion.name)
    if occasion.party_code:
        same = Q(occasion=occasion.occasion, partner_code=occasion.party_code)
    rows = Greeting.objects.filter(
        same,
        kind=Kind.CAMPAIGN,
        record__office_code=office_code,
        occasion_on__lt=occasion.on,
        is_void=False,
        cancelled_on__isnull=True,
        record__duplicate_of__isnull=True,
    )
    if occasion.level:
        rows = rows.filter(level=occasion.level)
    return rows.select_related("record").prefetch_related("addressees").order_by("-occasion_on").first()


def leaders_on(user: User, office_code: str, *, country: str, party: str, day: dt.date) -> list[Post]:
    """Who holds posts on that day with the partner, or with all partners tied to the book in a country."""
    codes: Iterable[str] = [party]
    if not party:
        ties = ties_on(office_subtree(book_of(office_code)), day)
        codes = dict.fromkeys(tie.party_id for tie in ties if tie.party.country_id == country)
    return [post for code in codes for post in holders_on(user, code, day)]


def numbered(user: User, book: str, number: str) -> Record:
    """The record of that number in the book, as far as the person sees it. Raises BadInput."""
    found = Record.objects.visible_to(user).live().filter(book=book, number__iexact=number.strip()).first()
    if found is None:
        message = _("No record has the number “%(number)s”.") % {"number": number.strip()[:40]}
        raise BadInput({"answer_record": [message]})
    return found


def campaigns_of(user: User, lines: Sequence[Occasion]) -> dict[str, Record]:
    """Number → record of the greetings that lines of a calendar name, as far as the person sees them."""
    numbers = {line.campaign for line in lines if line.campaign}
    rows = Record.objects.visible_to(user).filter(family="greetings", number__in=numbers)
    return {record.number: record for record in rows}


_LIVE = Q(greeting__cancelled_on__isnull=True, greeting__is_void=False, is_closed=False)


def to_send(today: dt.date) -> Q:
    """Greetings whose occasion is near or past and that have not gone."""
    near = today + dt.timedelta(days=NEWS_DAYS)
    return _LIVE & Q(
        greeting__kind=Kind.CAMPAIGN, greeting__sent_on__isnull=True, greeting__occasion_on__lte=near
    )


def not_acknowledged(today: dt.date) -> Q:
    """Greetings that went and of which nobody has said that they came."""
    del today
    silent = Q(
        greeting__addressees__left_out=False,
        greeting__addressees__acknowledged_on__isnull=True,
        greeting__addressees__replied_on__isnull=True,
    )
    # By the key: a join to lines would show a record once for each of them.
    uids = Record.objects.filter(_LIVE, silent, greeting__sent_on__isnull=False).values("pk")
    return Q(pk__in=uids)


def not_answered(today: dt.date) -> Q:
    """Greetings received that wait for our answer."""
    del today
    return _LIVE & Q(
        greeting__kind=Kind.RECEIVED, greeting__needs_answer=True, greeting__answered_on__isnull=True
    )
