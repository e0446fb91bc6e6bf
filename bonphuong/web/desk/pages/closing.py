"""Periods of reports and the estimates signed with them, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.kernel.money import from_scaled
from bonphuong.kit.names import names_of
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Closing
from bonphuong.records.models import Record
from bonphuong.reports.estimates import estimates_of
from bonphuong.reports.periods import PeriodLine, late_records, late_rule_of, line_of, periods_of
from bonphuong.web.desk.pages.by_years import LINES, YearList, by_years
from bonphuong.web.desk.pages.narrowing import Facet, Narrowing
from bonphuong.web.desk.pages.paging import page_number, sheet_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.reports.enums import LateRule
    from bonphuong.reports.estimates import EstimateLine
    from bonphuong.reports.periods import LateRecord


@dataclass(frozen=True)
class PeriodRow:
    """A period of a report with the name of its office."""

    line: PeriodLine
    office: str


@dataclass(frozen=True)
class PeriodList(YearList[PeriodLine, PeriodRow]):
    """The list as its page shows it. `opened` of those left were opened again."""

    opened: int

    @property
    def title(self) -> str:
        """One sentence of how the periods that are left stand."""
        if not self.total:
            return _("No period was closed")
        if not self.opened:
            return _("Every period that was closed is closed now")
        return _("%(open)s of %(all)s periods were opened again") % {
            "open": self.opened,
            "all": self.narrowing.count,
        }

    @property
    def summary(self) -> str:
        """Which lines these are."""
        return _("Periods %(first)s to %(last)s of %(all)s") % self.span


@dataclass(frozen=True)
class LateRow:
    """What a record added late; `record` is None where the person may not open it."""

    late: LateRecord
    record: Record | None
    adds: Sequence[tuple[str, Decimal]]


@dataclass(frozen=True)
class PeriodPage:
    """A period with every word on it and everything that came late into it."""

    line: PeriodLine
    office: str
    rule: LateRule | None
    late: Sequence[LateRow]
    may_close: bool


@dataclass(frozen=True)
class EstimateRow:
    """An estimate with the name of its office."""

    line: EstimateLine
    office: str


def period_list(user: User, given: Mapping[str, str], name_of: Callable[[str], str]) -> PeriodList:
    """Every period that anybody closed in offices whose reports one sees, the latest first, and the filters asked for.

    `name_of` says what a report is called by its code.
    """
    lines = periods_of(sorted(office_codes_for(user, Permission.REPORT_VIEW)))
    names = names_of(offices={line.row.office for line in lines})
    narrowing = Narrowing(
        address=reverse("desk:report-periods"),
        facets=(
            Facet("in", gettext_lazy("Year"), str, is_ranked=True),
            Facet("late", gettext_lazy("Came late"), _lateness),
            Facet("kind", gettext_lazy("Report"), name_of),
            Facet("state", gettext_lazy("State"), _state),
            Facet("of", gettext_lazy("Office"), names.office),
        ),
        counted=[(_values(line), 1) for line in lines],
        given=given,
    )
    left = [line for line in lines if narrowing.keeps(_values(line))]
    sheet = sheet_of(lambda first, end: left[first:end], page_number(given), LINES)
    return PeriodList(
        groups=by_years(
            sheet.rows,
            lambda line: line.row.until,
            lambda line: PeriodRow(line, names.office(line.row.office)),
        ),
        sheet=sheet,
        narrowing=narrowing,
        total=len(lines),
        opened=sum(not line.is_closed for line in left),
    )


def _values(line: PeriodLine) -> dict[str, str]:
    return {
        "in": str(line.row.until.year),
        "late": "yes" if line.late else "no",
        "kind": line.row.report,
        "state": "closed" if line.is_closed else "open",
        "of": line.row.office,
    }


def _lateness(value: str) -> str:
    return _("Something came late") if value == "yes" else _("Nothing came late")


def _state(value: str) -> str:
    return pgettext("period", "Closed") if value == "closed" else _("Opened again")


def period_page(user: User, pk: int) -> PeriodPage:
    """Gather the page of a period. Raises Closing.DoesNotExist for one of an office whose reports one does not see."""
    seen = office_codes_for(user, Permission.REPORT_VIEW)
    line = line_of(Closing.objects.get(pk=pk, office__in=seen))
    late = late_records(line)
    records = Record.objects.visible_to(user).in_bulk([one.source for one in late])
    return PeriodPage(
        line=line,
        office=names_of(offices={line.row.office}).office(line.row.office),
        rule=late_rule_of(line.row),
        late=[LateRow(one, records.get(one.source), _adds(one)) for one in late],
        may_close=can(user, Permission.PERIOD_CLOSE, line.row.office),
    )


def _adds(late: LateRecord) -> list[tuple[str, Decimal]]:
    """What was added, in words of the language of the page."""
    found = []
    for code, value in late.adds.items():
        measure = MEASURES.get(code)
        label = measure.label(language()) if measure else code
        found.append((label, from_scaled(value, measure.exponent if measure else 0)))
    return found


def estimate_rows(user: User) -> list[EstimateRow]:
    """Every estimate of offices whose reports one sees."""
    lines = estimates_of(sorted(office_codes_for(user, Permission.REPORT_VIEW)))
    names = names_of(offices={line.edition.office_code for line in lines})
    return [EstimateRow(line, names.office(line.edition.office_code)) for line in lines]
