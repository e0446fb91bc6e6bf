"""What is only looked at: series of internal numbers, and which definition of a report is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.kernel.numbers import format_number
from bonphuong.kit.names import names_of
from bonphuong.records.models import NumberSeries
from bonphuong.records.registry import families
from bonphuong.reports.models import ReportDefinition
from bonphuong.web.desk.pages.settings.kit import Column, Table
from bonphuong.web.desk.pages.settings.procedures import chain_of
from bonphuong.web.desk.pages.settings.report_forms import name_of
from bonphuong.web.desk.pages.settings.rights import keeps_any
from bonphuong.web.desk.pages.settings.words import practice_words
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User


def _prefixes() -> dict[str, str]:
    return {kind.prefix: str(kind.label) for family in families() for kind in family.kinds}


def _label_series(_user: User, rows: Sequence[Any]) -> None:
    names = names_of(offices={row.book for row in rows})
    prefixes = _prefixes()
    for row in rows:
        row.book_said, row.kind_said = names.office(row.book), prefixes.get(row.prefix, "")


def _series(user: User) -> Any:
    books = {holding.book for holding in user.access().holdings}
    return NumberSeries.objects.filter(book__in=books).order_by("-year", "prefix")


NUMBERS = Table(
    code="numbers",
    model=NumberSeries,
    title=gettext_lazy("Internal numbers"),
    lead=gettext_lazy(
        "One series for each kind of record, year and book, without gaps. Numbers of official papers are typed "
        "back from the document system and never made here."
    ),
    one=gettext_lazy("number series"),
    icon="copy",
    may_see=keeps_any,
    rows=_series,
    name=lambda row: f"{row.prefix}-{row.year}",
    prepare=_label_series,
    columns=(
        Column(gettext_lazy("Kind"), lambda row: getattr(row, "kind_said", "")),
        Column(gettext_lazy("Last number"), lambda row: format_number(row.last, language()), kind="number"),
        Column(gettext_lazy("Book"), lambda row: getattr(row, "book_said", row.book)),
    ),
    is_dated=False,
)


def _label_definitions(_user: User, rows: Sequence[Any]) -> None:
    names = names_of(offices={row.office_code for row in rows})
    for row in rows:
        row.office_said = names.office(row.office_code) if row.office_code else str(_("everybody's"))


REPORTS = Table(
    code="reports",
    model=ReportDefinition,
    title=gettext_lazy("Definitions of reports"),
    lead=gettext_lazy(
        "What each report holds, where its periods are cut, what becomes of late figures. "
        "An office's own goes before everybody's; a signed report keeps the one it was written by."
    ),
    one=gettext_lazy("definition of a report"),
    icon="report",
    may_see=keeps_any,
    rows=lambda user: ReportDefinition.objects.filter(office_code__in=chain_of(user)),
    name=lambda row: name_of(row.content, row.code),
    prepare=_label_definitions,
    columns=(
        Column(
            gettext_lazy("Whose"), lambda row: getattr(row, "office_said", ""), under=lambda row: row.code
        ),
        Column(
            gettext_lazy("Periods"),
            lambda row: practice_words("report.cutoff", row.cutoff),
            under=lambda row: _("version %(n)s, %(language)s") % {"n": row.version, "language": row.language},
        ),
    ),
    details=(Column(gettext_lazy("Late figures"), lambda row: row.get_late_rule_display()),),
)
