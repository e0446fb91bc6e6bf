"""Periods of reports and the estimates signed with them, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.kernel.money import from_scaled
from bonphuong.kit.names import names_of
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Closing
from bonphuong.records.models import Record
from bonphuong.reports.estimates import estimates_of
from bonphuong.reports.periods import late_records, late_rule_of, line_of, periods_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.reports.enums import LateRule
    from bonphuong.reports.estimates import EstimateLine
    from bonphuong.reports.periods import LateRecord, PeriodLine


@dataclass(frozen=True)
class PeriodRow:
    """A period of a report with the name of its office."""

    line: PeriodLine
    office: str


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


def period_rows(user: User, office: str = "", report: str = "") -> tuple[list[PeriodRow], list[PeriodRow]]:
    """Every period that anybody closed in offices whose reports one sees, and those of them that were asked for."""
    lines = periods_of(sorted(office_codes_for(user, Permission.REPORT_VIEW)))
    names = names_of(offices={line.row.office for line in lines})
    rows = [PeriodRow(line, names.office(line.row.office)) for line in lines]
    chosen = [
        row
        for row in rows
        if not (office and row.line.row.office != office) and not (report and row.line.row.report != report)
    ]
    return rows, chosen


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


def title_of_periods(rows: Sequence[PeriodRow]) -> str:
    """One sentence of how the periods stand."""
    closed = sum(row.line.is_closed for row in rows)
    if closed == len(rows):
        return _("Every period that was closed is closed now")
    return _("%(open)s of %(all)s periods were opened again") % {
        "open": len(rows) - closed,
        "all": len(rows),
    }
