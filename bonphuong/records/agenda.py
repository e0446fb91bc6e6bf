"""What stands in a person's calendar: days of records, deadlines, promises, and what other parts add to it.

No family is known here: each says by its `Mark`s which of its days belong in a calendar.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.parties.queries import codes_as_one
from bonphuong.procedures.models import DeadlineRule
from bonphuong.records.entries import FIELDS, HIDDEN, WORDS, Entry, Head, Wanted
from bonphuong.records.enums import CalendarSort, CommitmentStatus, TieKind
from bonphuong.records.models import Commitment, Record, RecordTie
from bonphuong.records.registry import ENDS, SPAN, Mark, families, get_family, more_days
from bonphuong.reference.calendars import feasts_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.records.models import RecordQuerySet
    from bonphuong.records.registry import Family
    from bonphuong.reference.calendars import FeastDay

#: Bars of more than a year are shown where they begin only: an index then finds all that runs on a day.
LONGEST = dt.timedelta(days=366)
#: More than this nobody reads in one calendar; a year of a large province has about a third of it.
MOST = 12_000


@dataclass(frozen=True)
class _Window:
    """The days asked for, whose calendar it is, and what of it. `rows` are the records narrowed by what is asked."""

    user: User
    since: dt.date
    until: dt.date
    asked: Wanted
    bare: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """What is read of a header."""
        return FIELDS if self.bare else (*FIELDS, *WORDS)

    def heads(self, rows: RecordQuerySet) -> Iterator[Head]:
        """The headers of these records."""
        return (Head(*row) for row in rows.values_list(*self.fields)[:MOST])

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Both ends, as a lookup by range takes them."""
        return self.since, self.until

    @cached_property
    def books(self) -> frozenset[str]:
        """The books in which the person sees records: the indexes begin with them."""
        return self.user.access().books_for(Permission.RECORD_VIEW)

    @cached_property
    def visible(self) -> RecordQuerySet:
        """Live records of one's own books."""
        rows = Record.objects.visible_to(self.user).live().filter(book__in=self.books)
        return rows if self.asked.masked else rows.exclude(visibility__in=HIDDEN)

    @cached_property
    def rows(self) -> RecordQuerySet:
        """Of these what is asked for."""
        rows = self.visible
        if self.asked.offices:
            rows = rows.filter(office_code__in=self.asked.offices)
        if self.asked.tie:
            kind, code = self.asked.tie
            codes = codes_as_one([code]) if kind == TieKind.PARTY else [code]
            rows = rows.filter(pk__in=RecordTie.objects.filter(kind=kind, code__in=codes).values("record"))
        return rows


def entries_between(
    user: User,
    since: dt.date,
    until: dt.date,
    wanted: Wanted | None = None,
    *,
    ties: bool = False,
    bare: bool = False,
) -> list[Entry]:
    """All that the person may see on these days, both included, in their order; a bounded number of queries.

    With `ties` each record's entries know the countries and partners that it is tied to; `bare` ones of records have
    no words, for who only counts them. Entries whose record was
    struck out are not there, those called off are marked.
    """
    window = _Window(user, since, until, wanted or Wanted(), bare)
    of_headers = list(_of_headers(window))
    known = {entry.head.pk: entry.head for entry in of_headers if entry.head is not None}
    found = _standing([*of_headers, *_of_own_days(window, known)])
    if window.asked.takes(CalendarSort.DEADLINE):
        found += _deadlines(window)
    if window.asked.takes(CalendarSort.PROMISE):
        found += _promises(window)
    found += _beside(window)
    if ties:
        found = _tied(found)
    return sorted(found, key=lambda entry: (entry.since, entry.sort in _POINTS, entry.title, entry.key))


#: Single days stand below what people travel for.
_POINTS = {CalendarSort.DEADLINE, CalendarSort.PROMISE, CalendarSort.REPORT, CalendarSort.ENDS}


# --- days of records ------------------------------------------------------------------------------


def _of_headers(window: _Window) -> Iterator[Entry]:
    """Days of headers: what begins or runs then, and what ends then however long ago it began."""
    marks = _header_marks(window.asked)
    if not marks:
        return
    named = Q(family__in={family for family, _kind in marks}, kind__in={kind for _family, kind in marks})
    early = window.since - LONGEST
    running = Q(begins_on__range=(early, window.until))
    running &= Q(ends_on__gte=window.since) | Q(begins_on__gte=window.since)
    ending = Q(ends_on__range=window.days) & (Q(begins_on__lt=early) | Q(begins_on__isnull=True))
    wants_ends = any(mark.day == ENDS for found in marks.values() for mark in found)
    for where in [running, ending] if wants_ends else [running]:
        for head in window.heads(window.rows.filter(named & where).order_by("begins_on", "pk")):
            for mark in marks.get((head.family, head.kind), ()):
                entry = _of_header(head, mark, window.since, window.until)
                if entry is not None:
                    yield entry


def _header_marks(asked: Wanted) -> dict[tuple[str, str], list[Mark]]:
    """(family, kind) → marks on days of the header that are asked for."""
    found: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for family in families():
        for mark in family.calendar.marks:
            if not mark.is_own and asked.takes(mark.sort):
                for kind in _kinds(family, mark):
                    found[family.code, kind].append(mark)
    return dict(found)


def _kinds(family: Family, mark: Mark) -> Iterable[str]:
    return mark.kinds or [kind.code for kind in family.kinds]


def _of_header(head: Head, mark: Mark, since: dt.date, until: dt.date) -> Entry | None:
    first = head.ends_on if mark.day == ENDS else head.begins_on
    last = head.ends_on if mark.day == SPAN else first
    if first is None or first > until or (last or first) < since:
        return None
    return _entry(head, mark.day, mark, first, last or first)


def _entry(head: Head, code: str, mark: Mark, since: dt.date, until: dt.date) -> Entry:
    return Entry(
        key=f"{head.pk}.{code}",
        sort=mark.sort,
        since=since,
        until=until,
        title=head.number if head.is_masked else head.title,
        note=str(mark.label),
        head=head,
        office_code=head.office_code,
        version=head.version,
        changed_at=head.updated_at,
    )


def _of_own_days(window: _Window, known: Mapping[UUID, Head]) -> list[Entry]:
    """Days that only a family's own rows know, all families in one query."""
    marks = {
        (family.code, mark.day): mark
        for family in families()
        for mark in family.calendar.marks
        if mark.is_own and window.asked.takes(mark.sort)
    }
    parts = [_own_days(get_family(code), mark, window) for (code, _day), mark in marks.items()]
    if not parts:
        return []
    found = list(parts[0].union(*parts[1:], all=True))
    missing = {uid for uid, *_rest in found} - known.keys()
    heads = {**known, **{head.pk: head for head in window.heads(window.rows.filter(pk__in=missing))}}
    return [_entry(heads[uid], day, marks[code, day], on, on) for uid, code, day, on in found if uid in heads]


def _own_days(family: Family, mark: Mark, window: _Window) -> QuerySet[Any, Any]:
    # By the index of that day alone, without the header: whose they are is asked of the few that are found.
    where = Q(**{f"{mark.day}__range": window.days}, **{f"{name}__isnull": True for name in mark.unless})
    if mark.kinds:
        where &= Q(kind__in=mark.kinds)
    rows = family.get_model()._default_manager.filter(where).order_by()
    named = (Value(text, output_field=CharField()) for text in (family.code, mark.day))
    return rows.values_list("pk", *named, F(mark.day))


def _standing(found: Sequence[Entry]) -> list[Entry]:
    """Without what was struck out; what was called off is marked. One query for all families."""
    by_family: dict[str, set[UUID]] = defaultdict(set)
    for entry in found:
        if entry.head is not None:
            by_family[entry.head.family].add(entry.head.pk)
    parts = [part for family in families() if (part := _struck(family, by_family[family.code])) is not None]
    struck: Mapping[UUID, bool] = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    standing = []
    for entry in found:
        was_mistake = struck.get(entry.head.pk) if entry.head is not None else None
        if not was_mistake:
            standing.append(entry if was_mistake is None else entry._replace(is_off=True))
    return standing


def _struck(family: Family, uids: Collection[UUID]) -> QuerySet[Any, Any] | None:
    """(record, whether it was a mistake) of those that no longer stand."""
    model = family.get_model()
    columns = {column.name for column in model._meta.concrete_fields}
    if not uids or not {"is_void", "cancelled_on"} <= columns:
        return None
    rows = model._default_manager.filter(pk__in=uids).order_by()
    return rows.filter(Q(is_void=True) | Q(cancelled_on__isnull=False)).values_list("pk", "is_void")


# --- deadlines and promises -----------------------------------------------------------------------


def _deadlines(window: _Window) -> list[Entry]:
    """The nearest deadline of each open record, with the rule that sets it."""
    due = window.rows.filter(due_on__range=window.days, is_closed=False).order_by("due_on", "pk")
    found = list(due.values_list("due_on", "due_rule_id", *window.fields)[:MOST])
    rules = DeadlineRule.objects.in_bulk({rule for _on, rule, *_head in found if rule})
    return [_deadline(Head(*head), on, rules.get(rule)) for on, rule, *head in found]


def _deadline(head: Head, on: dt.date, rule: DeadlineRule | None) -> Entry:
    mark = Mark(CalendarSort.DEADLINE, label=rule.label if rule else _("deadline"))
    entry = _entry(head, "due", mark, on, on)
    return entry._replace(rule=rule, source=rule.source if rule and rule.proved else "")


def _promises(window: _Window) -> list[Entry]:
    """Commitments still open. One whose record is out of sight is told without it; never where it might be hidden."""
    asked = window.asked
    due = Commitment.objects.visible_to(window.user).filter(
        book__in=window.books, status=CommitmentStatus.OPEN, due_on__range=window.days
    )
    if asked.offices:
        due = due.filter(lead_office_code__in=asked.offices)
    if asked.tie:
        kind, code = asked.tie
        of_tie = Q(record__in=window.rows.values("pk"))
        due = due.filter(of_tie | Q(party_code__in=codes_as_one([code])) if kind == TieKind.PARTY else of_tie)
    found = list(due.order_by("due_on", "pk")[:MOST])
    uids = {row.record_id for row in found if row.record_id is not None}
    heads = {head.pk: head for head in window.heads(window.visible.filter(pk__in=uids))}
    return [
        _promise(row, heads.get(row.record_id) if row.record_id else None)
        for row in found
        if asked.masked or row.record_id is None or row.record_id in heads
    ]


def _promise(row: Commitment, head: Head | None) -> Entry:
    on = row.due_on or dt.date.max
    return Entry(
        key=f"{row.pk}.promise",
        sort=CalendarSort.PROMISE,
        since=on,
        until=on,
        title=head.number if head is not None and head.is_masked else row.text,
        note=row.get_kind_display(),
        head=head,
        office_code=row.lead_office_code,
        version=row.version,
    )


# --- feasts, and what other parts add -------------------------------------------------------------


def _beside(window: _Window) -> list[Entry]:
    """What belongs to no record: of a country where one is asked for, and never of a partner."""
    asked = window.asked
    if asked.tie is not None and asked.tie[0] != TieKind.COUNTRY:
        return []
    found = feasts_between(window.since, window.until) if asked.takes(CalendarSort.FEAST) else []
    if asked.takes(CalendarSort.REPORT, CalendarSort.GREETING, CalendarSort.FEAST):
        for days_of in more_days():
            found += days_of(window.user, window.since, window.until)
    country = asked.tie[1] if asked.tie else ""
    return [
        entry
        for entry in found
        if asked.takes(entry.sort)
        and (not country or entry.country_code == country)
        and (not asked.offices or not entry.office_code or entry.office_code in asked.offices)
    ]


def feasts_between(since: dt.date, until: dt.date) -> list[Entry]:
    """Feasts, national days and anniversaries of the countries that are kept, each year's day by itself."""
    found = [day for year in range(since.year, until.year + 1) for day in feasts_on(year)]
    return [_feast(day) for day in found if day.on <= until and day.until >= since]


def _feast(day: FeastDay) -> Entry:
    feast = day.feast
    is_round = bool(day.years) and (day.years or 0) % 5 == 0
    return Entry(
        key=f"{feast.code}.{day.on.year}",
        sort=CalendarSort.FEAST,
        since=day.on,
        until=day.until,
        title=feast.name(get_language() or "vi"),
        note=_("%(years)s years") % {"years": day.years} if is_round else "",
        country_code=feast.country_id,
    )


def _tied(found: list[Entry]) -> list[Entry]:
    """Entries that know the countries and partners of their records, the main ones first."""
    uids = {entry.head.pk for entry in found if entry.head is not None}
    rows = RecordTie.objects.filter(record__in=uids, kind__in=(TieKind.COUNTRY, TieKind.PARTY))
    ties: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for record, kind, code in rows.values_list("record_id", "kind", "code"):
        ties[record].add((kind, code))
    return [
        entry._replace(ties=frozenset(ties[entry.head.pk])) if entry.head is not None else entry
        for entry in found
    ]


def entries_of(record: Record) -> list[Entry]:
    """What one record puts in a calendar, its deadline included; nothing where it was struck out."""
    family = next((one for one in families() if one.code == record.family), None)
    if family is None:
        return []
    head = Head(*(getattr(record, name) for name in (*FIELDS, *WORDS)))
    marks = [mark for mark in family.calendar.marks if record.kind in _kinds(family, mark)]
    own = {mark.day for mark in marks if mark.is_own}
    row = family.get_model()._default_manager.filter(pk=record.pk).values(*own).first() if own else None
    found = [_of_record(head, mark, (row or {}).get(mark.day)) for mark in marks]
    if record.due_on is not None and not record.is_closed:
        found.append(_deadline(head, record.due_on, record.due_rule))
    return _standing([entry for entry in found if entry is not None])


def _of_record(head: Head, mark: Mark, own: dt.date | None) -> Entry | None:
    if not mark.is_own:
        return _of_header(head, mark, dt.date.min, dt.date.max)
    return _entry(head, mark.day, mark, own, own) if own else None
