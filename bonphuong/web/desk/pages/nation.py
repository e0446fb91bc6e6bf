"""The nation on its page: who has reported, the sums, and each figure province by province."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.indicators.figures import FigureRequest
from bonphuong.reports.models import Edition
from bonphuong.reports.nation.blocks import reporting_words, source_words, state_words, timeliness
from bonphuong.reports.nation.counting import count_nation
from bonphuong.reports.nation.practice import differing
from bonphuong.reports.nation.provinces import Reported, nation_of
from bonphuong.reports.schema import read_definition
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from bonphuong.accounts.models import Office, User
    from bonphuong.exchange.models import ReceivedPackage
    from bonphuong.kernel.periods import Period
    from bonphuong.reports.models import ReportDefinition
    from bonphuong.reports.nation.counting import Cell, NationFigure
    from bonphuong.reports.nation.practice import Practice
    from bonphuong.reports.nation.provinces import Due, Nation, Province

TONES = {
    Reported.MISSING: "next",
    Reported.SIGNED: "done",
    Reported.RECEIVED: "doing",
    Reported.RETURNED: "soon",
    Reported.ACCEPTED: "done",
}


@dataclass(frozen=True)
class ProvinceLine:
    """A province in the list: how far its report has come, and where its figures come from."""

    province: Province
    state: str
    tone: str
    source: str
    timeliness: str
    is_late: bool
    url: str
    edition: UUID | None
    package: ReceivedPackage | None


@dataclass(frozen=True)
class FigureLine:
    """A figure of the nation in the list; `is_open` for the one whose provinces are shown."""

    name: str
    label: str
    unit: str
    figure: NationFigure
    url: str
    is_open: bool = False


@dataclass(frozen=True)
class CellLine:
    """What one province has of the figure that is shown, and where it leads."""

    province: Province
    cell: Cell
    url: str
    records_url: str


@dataclass(frozen=True)
class PracticeLine:
    """How one province counts, where provinces differ."""

    name: str
    said: tuple[Practice, ...]


@dataclass(frozen=True)
class NationPage:
    """Everything on the page."""

    office: Office
    period: Period
    nation: Nation
    words: Sequence[str]
    provinces: Sequence[ProvinceLine]
    figures: Sequence[FigureLine]
    shown: FigureLine | None
    cells: Sequence[CellLine]
    practices: Sequence[PracticeLine]
    query: str

    @property
    def due(self) -> Due | None:
        """The day by which the report was due."""
        return self.nation.due

    @property
    def total(self) -> Decimal | None:
        """The shown figure's sum."""
        return self.shown.figure.value if self.shown else None


def nation_page(
    user: User, office: Office, definition: ReportDefinition, period: Period, *, asked: str = ""
) -> NationPage:
    """Gather the page; `asked` names the figure whose provinces are shown (the first by default)."""
    lang = language()
    nation = nation_of(office, definition.code, period, lang)
    query = _query(office, period)
    found = _figures(definition, nation)
    chosen = asked if asked in found else next(iter(found), "")
    lines = [
        FigureLine(
            name,
            figure.indicator.label(lang),
            figure.indicator.get_measure().unit(lang),
            figure,
            f"{reverse('desk:nation')}?{query}&figure={name}#by-province",
            is_open=name == chosen,
        )
        for name, figure in found.items()
    ]
    shown = next((line for line in lines if line.is_open), None)
    return NationPage(
        office=office,
        period=period,
        nation=nation,
        words=reporting_words(nation, lang),
        provinces=_province_lines(user, nation, query),
        figures=lines,
        shown=shown,
        cells=[] if shown is None else _cells(user, shown, period, query),
        practices=_practices(nation),
        query=query,
    )


@dataclass(frozen=True)
class OwnLine:
    """A figure of one province beside the nation's."""

    label: str
    unit: str
    cell: Cell
    nation: Decimal | None
    records_url: str


@dataclass(frozen=True)
class ProvincePage:
    """One province as the national office sees it."""

    office: Office
    period: Period
    line: ProvinceLine
    practice: tuple[Practice, ...]
    figures: Sequence[OwnLine]
    query: str


def province_page(
    user: User, office: Office, definition: ReportDefinition, period: Period, book: str
) -> ProvincePage | None:
    """Gather the page of a province; None where it does not report to the office."""
    lang = language()
    nation = nation_of(office, definition.code, period, lang)
    province = next((one for one in nation.provinces if one.book == book), None)
    if province is None:
        return None
    query = _query(office, period)
    lines = [
        OwnLine(
            figure.indicator.label(lang),
            figure.indicator.get_measure().unit(lang),
            cell,
            figure.value,
            _records_url(user, figure, cell, period),
        )
        for figure in _figures(definition, nation).values()
        for cell in figure.cells
        if cell.province.book == book
    ]
    [line] = [one for one in _province_lines(user, nation, query) if one.province.book == book]
    return ProvincePage(office, period, line, province.practice, lines, query)


def _figures(definition: ReportDefinition, nation: Nation) -> dict[str, NationFigure]:
    """The figures that the office's report tells, by their names there."""
    specs = read_definition(definition.content).figures
    requests = [
        FigureRequest(one.indicator, None, nation.period, filters=one.filters) for one in specs.values()
    ]
    return dict(zip(specs, count_nation(requests, nation), strict=True))


def _province_lines(user: User, nation: Nation, query: str) -> list[ProvinceLine]:
    uids = [one.edition for one in nation.provinces if one.edition is not None]
    readable = set(Edition.objects.visible_to(user).filter(pk__in=uids).values_list("pk", flat=True))
    return [
        ProvinceLine(
            province=one,
            state=state_words(one),
            tone="late" if nation.is_late(one) and not one.has_reported else TONES[one.state],
            source=source_words(one),
            timeliness=timeliness(nation, one),
            is_late=nation.is_late(one),
            url=f"{reverse('desk:nation-province', args=[one.book])}?{query}",
            edition=one.edition if one.edition in readable else None,
            package=one.package,
        )
        for one in nation.provinces
    ]


def _cells(user: User, shown: FigureLine, period: Period, query: str) -> list[CellLine]:
    return [
        CellLine(
            cell.province,
            cell,
            f"{reverse('desk:nation-province', args=[cell.province.book])}?{query}",
            _records_url(user, shown.figure, cell, period),
        )
        for cell in shown.figure.cells
    ]


def _query(office: Office, period: Period) -> str:
    """What leads back to the same nation and period."""
    return urlencode({"office": office.code, "year": period.code[:4], "part": period.code[4:]})


def _records_url(user: User, figure: NationFigure, cell: Cell, period: Period) -> str:
    """Where the records under it stand, for whoever may see figures and records of that province."""
    if cell.live is None or not can(user, Permission.FIGURE_VIEW, cell.province.book):
        return ""
    asked = {
        "indicator": figure.indicator.code,
        "office": cell.province.book,
        "period": period.code,
        "cutoff": str(period.cutoff),
    }
    return f"{reverse('desk:figures')}?{urlencode(asked)}"


def _practices(nation: Nation) -> list[PracticeLine]:
    """How provinces in the sum count, where they differ; none where all count alike."""
    known = {one.name: one.practice for one in nation.provinces if one.is_live or one.accepted is not None}
    keys = differing(known)
    return [
        PracticeLine(name, tuple(one for one in some if one.key in keys))
        for name, some in known.items()
        if keys
    ]


def title_of(page: NationPage) -> str:
    """The finding."""
    count, whole = len(page.nation.reported), len(page.nation.provinces)
    if not whole:
        return _("No province reports to this office yet")
    return _("%(count)s of %(whole)s provinces have reported") % {"count": count, "whole": whole}
