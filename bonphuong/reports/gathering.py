"""Reads all that a report stands on: every figure in one call, the rows under them in one statement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.indicators.evidence import facts_under
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.own import measures_known
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.ledger.queries import heads
from bonphuong.reports import particulars
from bonphuong.reports.enums import LateRule
from bonphuong.reports.ground import BEFORE, RESTATED, SAME, YEAR, Counted, Ground, Heads, Key, Spans
from bonphuong.reports.nation.ground import count as count_of_nations
from bonphuong.reports.nation.ground import nations_of
from bonphuong.reports.queries import earlier_editions
from bonphuong.reports.schema import Definition, read_definition

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from bonphuong.reports.models import Edition, ReportDefinition
    from bonphuong.reports.nation.provinces import Nation
    from bonphuong.reports.schema import FigureSpec

#: Reading again after somebody posted in between; more than that and the book is simply busy.
_ATTEMPTS = 5


def gather(row: ReportDefinition, office_code: str, period: Period, edition: Edition | None = None) -> Ground:
    """Everything that the report of the office for the period stands on, as things are now.

    Texts and estimates come from `edition`, none without one. Raises BadInput for an unknown office, a period
    that has not begun, a definition with mistakes.
    """
    office = Office.objects.filter(pk=office_code).first()
    if office is None:
        raise BadInput({"office": [_("Unknown office: %(code)s.") % {"code": office_code}]})
    day = clock.today()
    if period.since > day:
        raise BadInput({"period": [_("The period has not begun.")]})
    with translation.override(row.language):
        definition = read_definition(row.content, measures_known(office.book))
        spans = spans_of(row, definition, office_code, period)
        # A span that this period does not have is told of nowhere.
        definition = replace(
            definition, spans=tuple(span for span in definition.spans if span in spans.by_name)
        )
        nations = nations_of(definition, spans, office, row.language) if definition.collects else {}
        counted = count(definition, spans, office, nations)
        return particulars.complete(
            Ground(
                row=row,
                definition=definition,
                office=office,
                language=row.language,
                spans=spans,
                day=day,
                counted=counted,
                nations=nations,
            ),
            edition,
        )


def spans_of(row: ReportDefinition, definition: Definition, office_code: str, period: Period) -> Spans:
    """The report's own periods, those they are compared with, and those that late figures fall into."""
    restates = row.late_rule == LateRule.RESTATE and "to_date" in definition.spans
    earlier = earlier_editions(row.code, office_code, period, row.language, with_year=restates)
    found = own_periods(definition, period)
    if earlier.last is not None and "to_date" in definition.spans:
        before = earlier.last.span("to_date")
        if before is not None:
            found[BEFORE] = before
    restated = {RESTATED + told.edition.period_code: told for told in earlier.this_year}
    found |= {name: told.edition.period for name, told in restated.items()}
    return Spans(found, earlier, restated)


def own_periods(definition: Definition, period: Period) -> dict[str, Period]:
    """The periods that the report tells of by themselves: its own, those beside them, its years that have begun."""
    found = {"period": period}
    if "to_date" in definition.spans:
        found["to_date"] = period.year_to_date()
    found |= {SAME + name: span.compared_with() for name, span in list(found.items())}
    if "since" in definition.spans and definition.since_year < period.first_year:
        first = Period.named(PeriodKind.YEAR, definition.since_year, cutoff=period.cutoff)
        found["since"] = Period.between(first.since, period.until, period.cutoff)
    if definition.yearly and len(period.years()) > 1:
        found |= {f"{YEAR}{year.year}": year for year in period.years() if year.since <= clock.today()}
    return found


def keys_of(definition: Definition, spans: Spans) -> list[Key]:
    """The figures to count: all for the report's own spans, the main ones for earlier periods, some year by year."""
    return [
        (name, span)
        for name, spec in definition.figures.items()
        for span in spans.by_name
        if (name in definition.yearly if span.startswith(YEAR) else _is_counted(spec, span, definition))
    ]


def _is_counted(spec: FigureSpec, span: str, definition: Definition) -> bool:
    return spec.headline or span.removeprefix(SAME) in definition.spans


def requests_of(
    definition: Definition, spans: Spans, office_code: str, as_of: dt.datetime | None = None
) -> list[FigureRequest]:
    """One request for each key, in their order."""
    specs = definition.figures
    return [
        FigureRequest(
            specs[name].indicator, office_code, spans[span], as_of=as_of, filters=specs[name].filters
        )
        for name, span in keys_of(definition, spans)
    ]


def count(
    definition: Definition, spans: Spans, office: Office, nations: Mapping[str, Nation] | None = None
) -> Counted:
    """Figures and the rows under them from one and the same state of the book.

    No lock is taken, so that a reader never keeps anybody waiting: where a posting came in between, all is read
    again. Who signs holds the book's lock already.
    """
    counted = _read(definition, spans, office, nations or {})
    for _attempt in range(_ATTEMPTS):
        if positions(counted.heads) == counted.heads:
            break
        counted = _read(definition, spans, office, nations or {})
    return counted


def _read(definition: Definition, spans: Spans, office: Office, nations: Mapping[str, Nation]) -> Counted:
    keys = keys_of(definition, spans)
    if nations:
        return count_of_nations(keys, requests_of(definition, spans, office.code), nations)
    position = positions([office.book])
    found = figures(requests_of(definition, spans, office.code))
    rows = facts_under([figure.where for figure in found])
    return Counted(dict(zip(keys, found, strict=True)), dict(zip(keys, rows, strict=True)), position)


def positions(books: Iterable[str]) -> Heads:
    """Where each of the books stands now; a book in which nothing was posted stands at nought."""
    found = heads(books)
    return {book: found.get(book, (0, "")) for book in books}
