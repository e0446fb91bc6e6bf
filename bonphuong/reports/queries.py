"""Reads of reports: the definition in force, editions that one may see, what earlier editions told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.parties.models import Person
from bonphuong.parties.queries import codes_as_one
from bonphuong.records.models import Commitment, Record
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import BriefingBook, Edition, EditionContent, ReportDefinition

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from bonphuong.accounts.models import User


#: The periodic report of each kind of period.
PERIODIC = {
    PeriodKind.MONTH: "monthly",
    PeriodKind.QUARTER: "quarterly",
    PeriodKind.HALF: "half_year",
    PeriodKind.NINE_MONTHS: "nine_months",
    PeriodKind.YEAR: "annual",
}
#: Where a report without a place in the catalogue stands.
_LAST = 100
#: Kinds of periods with how they are written.
KIND_WORDS = {
    PeriodKind.DAY: gettext_lazy("one day (2025-06-11)"),
    PeriodKind.MONTH: gettext_lazy("a month (2025-06)"),
    PeriodKind.QUARTER: gettext_lazy("a quarter (2025-Q3)"),
    PeriodKind.HALF: gettext_lazy("half a year (2025-H1)"),
    PeriodKind.NINE_MONTHS: gettext_lazy("nine months (2025-9M)"),
    PeriodKind.YEAR: gettext_lazy("a year (2025)"),
    PeriodKind.TERM: gettext_lazy("several years (2021-2025)"),
    PeriodKind.RANGE: gettext_lazy("any two days (2025-01-05..2025-03-07)"),
}


def definition_on(code: str, office_code: str, day: dt.date, language: str = "vi") -> ReportDefinition:
    """The definition in force on a day: the office's own before that of its kind, and that before everybody's.

    Of several the newest version. Raises BadInput where there is none.
    """
    found = definitions_for(office_code, day, language).filter(code=code).first()
    if found is None:
        raise BadInput({"definition": [_("There is no report “%(code)s”.") % {"code": code}]})
    return found


def definitions_for(office_code: str, day: dt.date, language: str = "vi") -> QuerySet[ReportDefinition]:
    """All that may be in force for an office on a day; of each report the one that is in force comes first."""
    kind = Office.objects.filter(pk=office_code).values("kind")
    return (
        ReportDefinition.objects.on(day)
        .filter(Q(office_kind="") | Q(office_kind__in=kind), language=language)
        .filter(office_code__in=("", office_code))
        .order_by("code", "-office_code", "-office_kind", "-version")
    )


@dataclass(frozen=True)
class Offered:
    """A report that may be begun: what it is called, what it tells, the kinds of periods that it is written for."""

    code: str
    name: str
    about: str
    group: str
    periods: tuple[str, ...]


def catalogue(office_codes: Iterable[str], day: dt.date, language: str = "vi") -> list[Offered]:
    """Every report that one of the offices may write on a day, in the order of the catalogue; one query."""
    parts = ("name", "about", "group", "order", "periods")
    rows = (
        ReportDefinition.objects.on(day)
        .filter(language=language, office_code__in=("", *office_codes))
        .order_by("office_kind", "-office_code", "-version")
        .values_list("code", *(f"content__{part}" for part in parts))
    )
    found: dict[str, tuple[int, Offered]] = {}
    for code, name, about, group, order, periods in rows:
        offered = Offered(code, name or code, about or "", group or "", tuple(periods or ()))
        found.setdefault(code, (order or _LAST, offered))
    return [one for _order, one in sorted(found.values(), key=lambda pair: (pair[0], pair[1].name))]


def definition_and_period(
    code: str, office_code: str, period_code: str, language: str = "vi"
) -> tuple[ReportDefinition, Period]:
    """The definition for a period, and the period under the cut-off that the definition chooses.

    Raises BadInput for an unknown report or a period that it is not written for, BadValue for a text that is none.
    """
    rough = Period.parse(period_code)
    definition = definition_on(code, office_code, rough.until, language)
    kinds = definition.content.get("periods", ())
    if kinds and rough.kind not in kinds:
        message = _("“%(name)s” is not written for “%(period)s”, but for: %(kinds)s.") % {
            "name": definition.content.get("name") or code,
            "period": rough.label(language),
            "kinds": "; ".join(str(KIND_WORDS[PeriodKind(kind)]) for kind in kinds),
        }
        raise BadInput({"period": [message]})
    return definition, Period.parse(period_code, Cutoff(definition.cutoff))


def visible_edition(user: User | AnonymousUser, uid: UUID) -> Edition:
    """The edition, if the person may see it. Raises Edition.DoesNotExist, as for one that is not there."""
    return Edition.objects.visible_to(user).select_related("definition").get(pk=uid)


def signed_edition(
    code: str, office_code: str, period: Period, language: str = "vi"
) -> EditionContent | None:
    """The signed edition of exactly this period, with its content."""
    return (
        EditionContent.objects.select_related("edition")
        .filter(
            edition__code=code,
            edition__office_code=office_code,
            edition__language=language,
            edition__period_code=period.code,
            edition__cutoff=period.cutoff,
            edition__status=EditionStatus.SIGNED,
        )
        .first()
    )


def replaced_by(edition: Edition) -> Told | None:
    """The signed edition of the very same period that an edition takes the place of; None for a first one."""
    twins = EditionContent.objects.filter(
        edition__code=edition.code,
        edition__office_code=edition.office_code,
        edition__language=edition.language,
        edition__period_code=edition.period_code,
        edition__cutoff=edition.cutoff,
        edition__number__lt=edition.number,
    )
    row = twins.select_related("edition__definition").order_by("edition__number").last()
    return None if row is None else Told(row.edition, row)


#: So many briefing books of a partner are listed.
_BOOKS = 20


def visible_briefing(user: User, uid: UUID) -> BriefingBook:
    """The briefing book, if the person may read all of it. Raises BriefingBook.DoesNotExist, as for none."""
    row = BriefingBook.objects.visible_to(user).get(pk=uid)
    if not readable(user, [row]):
        raise BriefingBook.DoesNotExist
    return row


def briefings_of(user: User, party_code: str) -> list[BriefingBook]:
    """The latest briefing books about a partner that the person may read whole, without their contents."""
    rows = BriefingBook.objects.visible_to(user).filter(party_code__in=codes_as_one([party_code]))
    return readable(user, list(rows.defer("content")[:_BOOKS]))


def readable(user: User, books: Sequence[BriefingBook]) -> list[BriefingBook]:
    """Of these books those in which nothing stands that the person may not see; three queries for all."""
    if not books:
        return []
    visible: dict[str, QuerySet[Any]] = {
        "records": Record.objects.visible_to(user),
        "promises": Commitment.objects.visible_to(user),
        "people": Person.objects.visible_to(user),
    }
    seen = {
        name: _seen(rows, {key for book in books for key in book.holds[name]})
        for name, rows in visible.items()
    }
    offices = user.access().codes_for(Permission.PARTY_VIEW)
    figures = user.access().codes_for(Permission.FIGURE_VIEW)
    return [
        book
        for book in books
        if set(book.holds["offices"]) <= offices
        and set(book.holds["figures"]) <= figures
        and all(set(book.holds[name]) <= seen[name] for name in visible)
    ]


def _seen(rows: QuerySet[Any], keys: set[str]) -> set[str]:
    return {str(key) for key in rows.filter(pk__in=keys).values_list("pk", flat=True)} if keys else set()


@dataclass(frozen=True)
class Told:
    """What a signed edition told, read back from its frozen content alone."""

    edition: Edition
    frozen: EditionContent

    @cached_property
    def content(self) -> Mapping[str, Any]:
        """The frozen content."""
        found: Mapping[str, Any] = json.loads(self.frozen.content)
        return found

    @cached_property
    def _by_key(self) -> Mapping[str, Mapping[str, Any]]:
        return {entry["key"]: entry for entry in self.content["figures"]}

    def entry(self, key: str) -> Mapping[str, Any] | None:
        """A figure by its key ("out.groups@period"); None where the edition had none."""
        return self._by_key.get(key)

    def value(self, key: str) -> Decimal | None:
        """The value that it gave, None where it gave none."""
        entry = self._by_key.get(key)
        return None if entry is None or entry["value"] is None else Decimal(entry["value"])

    @property
    def heads(self) -> Mapping[str, tuple[int, str]]:
        """Book → sequence number and digest that it read up to."""
        return {book: (seq, digest) for book, (seq, digest) in self.frozen.heads.items()}

    def span(self, name: str) -> Period | None:
        """One of its periods, None where it had no such span."""
        found = self.content["spans"].get(name)
        return None if found is None else Period.parse(found["code"], Cutoff(found["cutoff"]))

    @property
    def reference(self) -> str:
        """Number and day of its paper as later reports cite it; empty while none were typed back."""
        return self.edition.paper_number


@dataclass(frozen=True)
class Earlier:
    """The editions that a report stands on: of the same period a year before, the last one, those of this year.

    `beside` are the latest of each other report of the office within the same year, `periods` all that were told.
    """

    same: Told | None = None
    last: Told | None = None
    this_year: tuple[Told, ...] = ()
    beside: tuple[Told, ...] = ()
    periods: tuple[Period, ...] = ()


def earlier_editions(
    code: str, office_code: str, period: Period, language: str = "vi", *, with_year: bool = False
) -> Earlier:
    """What signed editions told before `period`, in three queries. `with_year` reads all earlier ones of its year.

    The same period counts only at the same cut-off and with the same days. What was told in another language was
    told too; where a period was told in both, the edition in `language` speaks.
    """
    series = Edition.objects.of(code, office_code).filter(status=EditionStatus.SIGNED, until__lt=period.since)
    by_period: dict[tuple[str, str], Edition] = {}
    for row in series.select_related("definition"):
        key = (row.period_code, row.cutoff)
        if key not in by_period or row.language == language:
            by_period[key] = row
    past = list(by_period.values())
    same = period.compared_with()
    wanted = {row.pk: row for row in past[-1:]}
    year = [row for row in past if row.since >= period.year_to_date().since] if with_year else []
    wanted |= {row.pk: row for row in year}
    twin = next(
        (r for r in past if (r.cutoff, r.since, r.until) == (same.cutoff, same.since, same.until)), None
    )
    if twin is not None:
        wanted[twin.pk] = twin
    beside = _beside(code, office_code, period, language)
    wanted |= {row.pk: row for row in beside}
    told = {
        frozen.edition_id: Told(wanted[frozen.edition_id], frozen)
        for frozen in EditionContent.objects.filter(edition__in=wanted)
    }
    return Earlier(
        same=told.get(twin.pk) if twin is not None else None,
        last=told.get(past[-1].pk) if past else None,
        this_year=tuple(told[row.pk] for row in year if row.pk in told),
        beside=tuple(told[row.pk] for row in beside if row.pk in told),
        periods=tuple(row.period for row in past),
    )


def _beside(code: str, office_code: str, period: Period, language: str) -> list[Edition]:
    """The latest signed edition of each other report of the office whose days end within the year until now."""
    rows = Edition.objects.filter(
        office_code=office_code,
        language=language,
        cutoff=period.cutoff,
        status=EditionStatus.SIGNED,
        until__lte=period.until,
        until__gt=period.year_to_date().since,
    )
    latest = {row.code: row for row in rows.exclude(code=code).select_related("definition").order_by("until")}
    return list(latest.values())
