"""Which provinces report to a national office, by when, and what each has done about it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from bonphuong.accounts.enums import OfficeKind, Permission
from bonphuong.accounts.models import Office, ReportsTo
from bonphuong.accounts.queries import office_codes_for
from bonphuong.exchange.enums import ReceivedState
from bonphuong.exchange.models import ReceivedPackage, ReportDeadline
from bonphuong.kernel import clock
from bonphuong.kernel.text import sort_key
from bonphuong.ledger.models import BookHead
from bonphuong.reference.calendars import add_working_days
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition, EditionContent
from bonphuong.reports.nation.practice import Practice, practices, received_practices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.kernel.periods import Period

NATIONAL = (OfficeKind.NATIONAL, OfficeKind.MINISTRY)


class Reported(StrEnum):
    """What a province has done about a report that is due."""

    MISSING = "missing"  # nothing is signed here and nothing came
    SIGNED = "signed"  # signed in this installation
    RECEIVED = "received"  # a package came and is not decided
    RETURNED = "returned"  # a package came and was sent back
    ACCEPTED = "accepted"  # a package came and its figures count


@dataclass(frozen=True)
class Due:
    """The day by which a report is due, and which text says so."""

    on: dt.date
    source: str
    proved: bool


@dataclass(frozen=True)
class Province:
    """A province as a national office sees it for one period.

    `is_live`: its book is kept in this installation, and then its own figures count, whatever package came too.
    `package` is the newest version that came, `accepted` the one whose figures count. `on` is the day of the state.
    """

    book: str
    name: str
    is_live: bool
    state: Reported
    on: dt.date | None = None
    edition: UUID | None = None
    package: ReceivedPackage | None = None
    accepted: ReceivedPackage | None = None
    practice: tuple[Practice, ...] = ()
    is_demo: bool = False

    @property
    def has_reported(self) -> bool:
        """Whether a report of it stands: signed here, or come and not sent back."""
        return self.state not in {Reported.MISSING, Reported.RETURNED}


@dataclass(frozen=True)
class Nation:
    """The provinces of a national office for one period of one report, in the order of their names."""

    office: Office
    report: str
    period: Period
    due: Due | None
    provinces: tuple[Province, ...] = field(default=())

    @property
    def reported(self) -> tuple[Province, ...]:
        """Those of which a report stands."""
        return tuple(one for one in self.provinces if one.has_reported)

    @property
    def missing(self) -> tuple[Province, ...]:
        """The others."""
        return tuple(one for one in self.provinces if not one.has_reported)

    def is_late(self, province: Province) -> bool:
        """Whether its report came after the day, or has not come and the day is over."""
        if self.due is None:
            return False
        if province.has_reported and province.on is not None:
            return province.on > self.due.on
        return clock.today() > self.due.on

    def live_books(self) -> list[str]:
        """The books that are kept here."""
        return [one.book for one in self.provinces if one.is_live]


def national_offices(user: User, permission: Permission = Permission.FIGURE_VIEW) -> list[Office]:
    """The national offices for which the person has the permission: unions of the nation and ministries."""
    if not user.access().kinds & set(NATIONAL):
        return []
    codes = office_codes_for(user, permission)
    rows = Office.objects.filter(pk__in=codes, kind__in=NATIONAL, belongs_to__isnull=True)
    return list(rows.on(clock.today()))


def nation_of(office: Office, report: str, period: Period, language: str = "vi") -> Nation:
    """The provinces that report to the office in the period, and how far each has come.

    A province is one whose book has any office with a tie to this one, or to one below it. Ten statements or so,
    however many provinces there are.
    """
    senders = _senders(office, period)
    roots = _roots(senders, period)
    kept = set(BookHead.objects.filter(pk__in=[root.code for root in roots]).values_list("pk", flat=True))
    editions = _editions(senders, report, period)
    packages = _packages(office, report, period)
    live = practices([root.code for root in roots], min(period.until, clock.today()))
    found = []
    for root in roots:
        came = packages.get(root.code, [])
        found.append(
            _province(
                root,
                root.code in kept,
                editions.get(root.code),
                came,
                live[root.code],
                place_name(root, language),
            )
        )
    return Nation(
        office,
        report,
        period,
        due_of(office.code, report, period),
        tuple(sorted(found, key=lambda one: sort_key(one.name))),
    )


def due_of(office: str, report: str, period: Period) -> Due | None:
    """By when the report of the period is due at the office; None where nothing says so."""
    rows = ReportDeadline.objects.on(period.until).filter(
        to_office__in=("", office), report=report, period_kind=str(period.kind)
    )
    row = rows.order_by("-to_office", "-valid_from").first()
    if row is None:
        return None
    on = period.until + dt.timedelta(days=row.days)
    if row.working:
        on = add_working_days(period.until, row.days)
    return Due(on, row.source, row.proved)


def place_name(office: Office, language: str) -> str:
    """A province by its place where it has one ("Lai Châu"), else by its office's name."""
    if office.place is not None:
        return str(office.place.name(language))
    return office.place_name or office.name(language)


def _senders(office: Office, period: Period) -> dict[str, set[str]]:
    """Book → its offices that report to this one at some day of the period."""
    rows = ReportsTo.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=period.since),
        to_office__path__startswith=office.path,
        valid_from__lte=period.until,
    )
    found: dict[str, set[str]] = defaultdict(set)
    for code, path in rows.values_list("office_id", "office__path"):
        found[path.split("/", 1)[0]].add(code)
    return found


def _roots(senders: Mapping[str, Iterable[str]], period: Period) -> list[Office]:
    rows = Office.objects.filter(pk__in=senders, kind=OfficeKind.PROVINCE).select_related("place")
    within = Q(valid_to__isnull=True) | Q(valid_to__gte=period.since)
    return list(rows.filter(within).exclude(valid_from__gt=period.until))


def _editions(
    senders: Mapping[str, set[str]], report: str, period: Period
) -> dict[str, tuple[UUID, dt.datetime]]:
    """Book → the signed edition of exactly these days by an office that reports, and when it was first signed."""
    offices = {code for some in senders.values() for code in some}
    rows = Edition.objects.filter(
        office_code__in=offices,
        code=report,
        since=period.since,
        until=period.until,
        status=EditionStatus.SIGNED,
    )
    signed = dict(rows.values_list("pk", "book"))
    moments = EditionContent.objects.filter(edition__in=signed).values_list("edition_id", "signed_at")
    found: dict[str, tuple[UUID, dt.datetime]] = {}
    for uid, moment in sorted(moments, key=lambda pair: pair[1], reverse=True):
        found[signed[uid]] = (uid, moment)
    return found


def _packages(office: Office, report: str, period: Period) -> dict[str, list[ReceivedPackage]]:
    """Book → the versions of its report that came, the newest first."""
    found: dict[str, list[ReceivedPackage]] = defaultdict(list)
    for row in ReceivedPackage.objects.of_period(office.code, report, period):
        found[row.book].append(row)
    return found


_STATES = {
    ReceivedState.ACCEPTED: Reported.ACCEPTED,
    ReceivedState.RETURNED: Reported.RETURNED,
    ReceivedState.RECEIVED: Reported.RECEIVED,
    ReceivedState.QUERIED: Reported.RECEIVED,
    ReceivedState.SUPERSEDED: Reported.RECEIVED,
}


def _province(  # noqa: PLR0917 - what is known of one province, each from a read of its own
    root: Office,
    is_live: bool,  # noqa: FBT001
    edition: tuple[UUID, dt.datetime] | None,
    came: Sequence[ReceivedPackage],
    practice: tuple[Practice, ...],
    name: str,
) -> Province:
    newest = came[0] if came else None
    accepted = next((row for row in came if row.state == ReceivedState.ACCEPTED), None)
    if edition is not None:
        state, on = Reported.SIGNED, clock.local(edition[1]).date()
    elif newest is not None:
        # A report is in time by the day on which its first version came.
        state, on = _STATES[ReceivedState(newest.state)], clock.local(came[-1].received_at).date()
    else:
        state, on = Reported.MISSING, None
    counted = accepted or newest
    if not is_live and counted is not None and counted.practice:
        practice = received_practices(counted.practice)
    return Province(
        book=root.code,
        name=name,
        is_live=is_live,
        state=state,
        on=on,
        edition=edition[0] if edition else None,
        package=newest,
        accepted=accepted,
        practice=practice,
        is_demo=root.is_demo,
    )
