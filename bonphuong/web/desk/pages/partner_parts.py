"""What stands on each tab of a partner's dossier: lists taken sheet by sheet, what families add drawn beside."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.indicators.relation import relation_figures, told
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.kit.names import names_of
from bonphuong.parties.models import Post
from bonphuong.procedures.queries import cases_of
from bonphuong.records.dossier import (
    families_on,
    headers_of,
    latest,
    promises_with,
    records_with,
    struck_out,
)
from bonphuong.records.enums import CommitmentStatus
from bonphuong.records.pieces import Shelf
from bonphuong.records.registry import families, kind_label
from bonphuong.records.rules import can_change
from bonphuong.reports.queries import briefings_of
from bonphuong.web.desk.pages import partner as tabs
from bonphuong.web.desk.pages.paging import Sheet, page_number, sheet_of
from bonphuong.web.desk.pages.standing import StateView, state_view
from bonphuong.web.desk.pages.terms import terms_of
from bonphuong.web.desk.pages.words import figure_text, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from uuid import UUID

    from django.utils.functional import _StrOrPromise

    from bonphuong.parties.models import Person
    from bonphuong.records.models import Commitment, Record, RecordQuerySet
    from bonphuong.records.pieces import Gift, Met, Standing
    from bonphuong.web.desk.pages.partner import PartnerPage

_SHOWN, _TIMELINE, _TERMS, _MET = 5, 10, 6, 5
#: Whom one often meets shows in so many of the newest records of each family.
_LATELY = 40
_SHELVES = {tabs.AGREEMENTS: Shelf.AGREEMENTS, tabs.COURTESY: Shelf.COURTESY, tabs.AID: Shelf.AID}


# --- one list of everything ------------------------------------------------------------------------------


@dataclass(frozen=True)
class DoneLine:
    """A record on the timeline; `others` are bodies below the partner that it is about."""

    record: Record
    kind: _StrOrPromise
    office: str
    state: StateView
    is_ahead: bool
    is_struck: bool


def done_lines(rows: Sequence[Record]) -> list[DoneLine]:
    """Records as a timeline shows them."""
    today = clock.today()
    cases, gone = cases_of([row.pk for row in rows]), struck_out(rows)
    names = names_of(offices={row.office_code for row in rows})
    return [
        DoneLine(
            record=row,
            kind=kind_label(row.family, row.kind),
            office=names.office(row.office_code),
            state=state_view(row, cases.get(row.pk), today),
            is_ahead=row.begins_on is not None and row.begins_on > today,
            is_struck=row.pk in gone,
        )
        for row in rows
    ]


def done_sheet(rows: RecordQuerySet, asked: Mapping[str, str]) -> Sheet[DoneLine]:
    """One sheet of records, what lies ahead first."""
    sheet = sheet_of(lambda first, last: latest(rows, first, last), page_number(asked))
    return Sheet(done_lines(sheet.rows), sheet.number, sheet.has_next, sheet.size)


# --- promises --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PromiseLine:
    """Something promised, owed or asked for, and how it stands."""

    row: Commitment
    office: str
    state: str
    word: str
    may_change: bool


def promise_lines(page: PartnerPage, rows: Sequence[Commitment]) -> list[PromiseLine]:
    """Promises with the offices that follow them up and how they stand today."""
    names = names_of(offices={row.lead_office_code for row in rows})
    today = clock.today()
    return [
        PromiseLine(
            row,
            names.office(row.lead_office_code),
            *promise_state(row, today),
            can_change(page.user, row.lead_office_code),
        )
        for row in rows
    ]


def promise_state(row: Commitment, today: dt.date) -> tuple[str, str]:
    """The badge of a promise: its state and its word."""
    word = str(row.get_status_display()).capitalize()
    if row.status == CommitmentStatus.DONE:
        late = row.due_on is not None and row.settled_on is not None and row.settled_on > row.due_on
        return ("done", _("Kept late")) if late else ("done", _("Kept"))
    if row.status == CommitmentStatus.DROPPED:
        return "gone", word
    if row.due_on is None:
        return "doing", word
    if row.due_on < today:
        days = (today - row.due_on).days
        return "late", ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": days}
    return ("soon", _("Due soon")) if (row.due_on - today).days <= 14 else ("doing", word)


def _promises(page: PartnerPage, asked: Mapping[str, str]) -> dict[str, Any]:
    rank = Case(
        When(status=CommitmentStatus.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = promises_with(page.user, page.scope).select_related("record")
    side = asked.get("side", "")
    if side in {"ours", "theirs"}:
        rows = rows.filter(side=side)
    ordered = rows.annotate(rank=rank).order_by("rank", "due_on", "pk")
    sheet = sheet_of(lambda first, last: list(ordered[first:last]), page_number(asked))
    lines = promise_lines(page, sheet.rows)
    return {"sheet": Sheet(lines, sheet.number, sheet.has_next, sheet.size), "side": side}


# --- people ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """A person with the posts held there now and before."""

    person: Person
    now: Sequence[Post]
    before: Sequence[Post]


@dataclass(frozen=True)
class MetLine:
    """Somebody whom we met: when last, how often, with which post then."""

    met: Met
    times: int
    record: Record
    is_head: bool = False


def met_lines(found: Sequence[Met], headers: Mapping[UUID, Record]) -> list[MetLine]:
    """Each person once, heads first and those met most often, with the post of the last time."""
    by_name: dict[object, list[Met]] = defaultdict(list)
    for one in found:
        if one.record in headers:
            by_name[one.person or one.name_native or one.full_name].append(one)
    lines = []
    for several in by_name.values():
        last = max(several, key=lambda one: one.on or dt.date.min)
        times, heads = len({one.record for one in several}), any(one.is_head for one in several)
        lines.append(MetLine(last, times, headers[last.record], heads))
    return sorted(lines, key=lambda one: (one.is_head, one.times, one.met.on or dt.date.min), reverse=True)


def holders_of(page: PartnerPage, people: Sequence[Person]) -> list[Holder]:
    """Persons with their posts there, those of persons entered twice as one's own."""
    today = clock.today()
    ids = [person.pk for person in people]
    posts = Post.objects.filter(party__in=page.scope.codes).select_related("person", "party")
    rows = posts.filter(person__in=ids) | posts.filter(person__merged_into__in=ids)
    now: dict[UUID, list[Post]] = defaultdict(list)
    before: dict[UUID, list[Post]] = defaultdict(list)
    for post in rows.order_by("-valid_from", "pk"):
        head = post.person.merged_into_id or post.person_id
        running = (post.valid_from is None or post.valid_from <= today) and (
            post.valid_to is None or post.valid_to >= today
        )
        (now if running else before)[head].append(post)
    return [Holder(person, now[person.pk], before[person.pk]) for person in people]


def _people(page: PartnerPage, asked: Mapping[str, str]) -> dict[str, Any]:
    rows = tabs.people_of(page.user, page.scope).order_by("sort", "pk")
    sheet = sheet_of(lambda first, last: list(rows[first:last]), page_number(asked))
    holders = holders_of(page, sheet.rows)
    holders.sort(key=lambda one: not one.now)
    pieces = tabs.pieces_of(page, "met")
    headers = headers_of(page.user, (one.record for one in pieces.met))
    return {
        "sheet": Sheet(holders, sheet.number, sheet.has_next, sheet.size),
        "met": met_lines(pieces.met, headers)[:100],
    }


# --- tabs ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GiftLine:
    """A gift with its record."""

    gift: Gift
    record: Record


def gift_lines(gifts: Sequence[Gift], headers: Mapping[UUID, Record]) -> list[GiftLine]:
    """Gifts that one may see, the latest first."""
    seen = [GiftLine(one, headers[one.record]) for one in gifts if one.record in headers]
    return sorted(seen, key=lambda line: line.gift.on or dt.date.min, reverse=True)


def _overview(page: PartnerPage, _asked: Mapping[str, str]) -> dict[str, Any]:
    pieces = tabs.pieces_of(page, "terms", "standings")
    pieces.met = tabs.pieces_of(page, "met", newest=_LATELY).met
    headers = headers_of(page.user, (one.record for one in (*pieces.terms, *pieces.met, *pieces.standings)))
    still = promises_with(page.user, page.scope).filter(status=CommitmentStatus.OPEN)
    rows = list(still.select_related("record").order_by("due_on", "pk")[:_SHOWN])
    done = latest(records_with(page.user, page.scope), 0, _TIMELINE)
    return {
        "promises": promise_lines(page, rows),
        "terms": terms_of(pieces.terms, headers, shown=_TERMS),
        "timeline": done_lines(done),
        "met": met_lines(pieces.met, headers)[:_MET],
        "standings": _standings(pieces.standings, headers),
        "notes": tabs.notes_of(page.user, page.party),
        "books": briefings_of(page.user, page.party.code),
    }


def _standings(found: Iterable[Standing], headers: Mapping[UUID, Record]) -> list[tuple[Record, str]]:
    return [(headers[one.record], one.text) for one in found if one.record in headers]


def _done(page: PartnerPage, asked: Mapping[str, str]) -> dict[str, Any]:
    rows = records_with(page.user, page.scope)
    chosen = asked.get("family", "")
    known = {family.code: family.plural for family in families() if page.counts[family.code]}
    if chosen in known:
        rows = rows.filter(family=chosen)
    year = asked.get("year", "")
    if year.isascii() and year.isdigit() and 1900 < int(year) < 2200:
        rows = rows.filter(begins_on__year=int(year))
    chips = [(code, label, page.counts[code]) for code, label in known.items()]
    return {"sheet": done_sheet(rows, asked), "chips": chips, "family": chosen, "year": year}


def _shelf(page: PartnerPage, asked: Mapping[str, str]) -> dict[str, Any]:
    rows = records_with(page.user, page.scope).filter(family__in=families_on(_SHELVES[page.tab]))
    found: dict[str, Any] = {"sheet": done_sheet(rows, asked)}
    if page.tab == tabs.AID:
        found["relation"] = relation(page)
        return found
    pieces = tabs.pieces_of(page, "terms" if page.tab == tabs.AGREEMENTS else "gifts")
    headers = headers_of(page.user, (one.record for one in (*pieces.terms, *pieces.gifts)))
    found["terms"] = terms_of(pieces.terms, headers)
    found["gifts"] = gift_lines(pieces.gifts, headers)
    return found


def relation(page: PartnerPage) -> list[tuple[str, str]]:
    """The figures of the relation this year that have something to tell."""
    office = tabs.figures_office(page.user)
    if not office:
        return []
    found = relation_figures(page.scope.codes, office, Period.of(clock.today(), PeriodKind.YEAR))
    return [(one.indicator.label(language()), figure_text(one)) for one in told(found)]


def _papers(page: PartnerPage, asked: Mapping[str, str]) -> dict[str, Any]:
    rows = tabs.papers_with(page.user, page.scope).order_by("-on", "-pk")
    return {"sheet": sheet_of(lambda first, last: list(rows[first:last]), page_number(asked))}


_TABS: Mapping[str, Callable[[PartnerPage, Mapping[str, str]], dict[str, Any]]] = {
    tabs.OVERVIEW: _overview,
    tabs.PEOPLE: _people,
    tabs.DONE: _done,
    tabs.PROMISES: _promises,
    tabs.AGREEMENTS: _shelf,
    tabs.COURTESY: _shelf,
    tabs.AID: _shelf,
    tabs.PAPERS: _papers,
}


def part_of(page: PartnerPage, asked: Mapping[str, str]) -> dict[str, Any]:
    """What stands on the tab that is open."""
    return _TABS[page.tab](page, asked)
