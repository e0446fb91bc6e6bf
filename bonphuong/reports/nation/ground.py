"""What a national report stands on: for each figure one row for each province instead of its records.

A national office sees what provinces count and not what they counted it from. So a row under a national figure is a
province: with its own book, or with the package that was accepted. What linked visits would count twice is a row too,
and the rows of a figure add up to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.evidence import FactRow
from bonphuong.indicators.figures import Figure
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.money import to_scaled
from bonphuong.ledger.queries import heads
from bonphuong.reports.ground import Counted, RecordView
from bonphuong.reports.nation.counting import count_nation
from bonphuong.reports.nation.provinces import nation_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import Office
    from bonphuong.indicators.figures import FigureRequest
    from bonphuong.reports.ground import Heads, Key, Spans
    from bonphuong.reports.nation.counting import NationFigure
    from bonphuong.reports.nation.provinces import Nation, Province
    from bonphuong.reports.schema import Definition

#: Under this name a province's row stands in every national report: the same province has the same.
_SPACE = UUID("5b0c2f7e-6d1a-5e55-9a30-b0a9f0c1d2e3")
#: The row of what linked visits would count more than once. It belongs to no book.
LINKED = uuid5(_SPACE, "linked")


def row_of(province: Province) -> UUID:
    """The name of a province's row: one for its own book, another for each package."""
    source = "live" if province.is_live else str(province.accepted.pk if province.accepted else "")
    return uuid5(_SPACE, f"{province.book} {source}")


def nations_of(definition: Definition, spans: Spans, office: Office, language: str) -> dict[str, Nation]:
    """The nation for each span of a report: who reports may differ from year to year."""
    return {
        name: nation_of(office, definition.collects, span, language) for name, span in spans.by_name.items()
    }


def count(keys: Sequence[Key], requests: Sequence[FigureRequest], nations: Mapping[str, Nation]) -> Counted:
    """The national figures with their rows by province, and the heads of all books that were read."""
    found_heads = heads({book for nation in nations.values() for book in nation.live_books()})
    read_heads: Heads = dict(sorted(found_heads.items()))
    found: dict[Key, Figure] = {}
    rows: dict[Key, Sequence[FactRow]] = {}
    national: dict[Key, NationFigure] = {}
    for span, nation in nations.items():
        chosen = [(key, request) for key, request in zip(keys, requests, strict=True) if key[1] == span]
        counted = count_nation([request for _key, request in chosen], nation)
        for (key, _request), figure in zip(chosen, counted, strict=True):
            found[key], rows[key], national[key] = as_figure(figure), rows_of(figure), figure
    return Counted(found, rows, read_heads, national)


def as_figure(found: NationFigure) -> Figure:
    """A national figure as reports tell figures: counted from what provinces told, or nothing told by anybody."""
    value = found.value
    status = FigureStatus.NOT_ENTERED
    if value is not None:
        statuses = {cell.live.status for cell in found.told if cell.live is not None}
        is_zero = not value and statuses <= {FigureStatus.ZERO} and len(found.told) == len(found.cells)
        status = FigureStatus.ZERO if is_zero else FigureStatus.RECORDED
    return Figure(
        request=found.request,
        indicator=found.indicator,
        status=status,
        value=value,
        recorded=value,
        facts=len(found.told),
        is_covered=all(cell.live is not None and cell.live.is_covered for cell in found.cells),
    )


def rows_of(found: NationFigure) -> list[FactRow]:
    """What each province adds, in the order of the provinces, and what linked visits take away."""
    exponent = found.indicator.get_measure().exponent
    on = found.request.period.until
    rows = [
        _row(found, on, to_scaled(cell.value, exponent), row_of(cell.province), cell.province.book)
        for cell in found.told
        if cell.value
    ]
    if found.twice:
        rows.append(_row(found, on, -to_scaled(found.twice, exponent), LINKED, ""))
    return rows


def _row(found: NationFigure, on: dt.date, value: int, source: UUID, book: str) -> FactRow:
    return FactRow(
        book=book, seq=0, measure=found.indicator.measure, on=on, value=value, office=book, source=source, family="",
        country="", partner="", unit="", field="", channel="", slot1="", slot2="", slot3="",
    )  # fmt: skip


def views(nations: Mapping[str, Nation], language: str) -> dict[UUID, RecordView]:
    """The rows as evidence shows them, by province."""
    found = {
        LINKED: RecordView(
            LINKED, "", _("Linked visits of one guest, counted once"), "", "", "", "", has_paper=True
        )
    }
    for nation in nations.values():
        for province in nation.provinces:
            if province.is_live or province.accepted is not None:
                found[row_of(province)] = _view(province, language)
    return found


def _view(province: Province, language: str) -> RecordView:
    package = province.accepted
    if province.is_live or package is None:
        title, number = (
            _("%(province)s: its own book, kept here") % {"province": province.name},
            province.book,
        )
    else:
        title = _(
            "%(province)s: package accepted, version %(version)s, figures of %(day)s, SHA-256 %(digest)s"
        ) % {
            "province": province.name,
            "version": package.version,
            "day": format_date(package.as_of.date(), language),
            "digest": package.content_digest[:16],
        }
        number = package.paper_number or province.book
    return RecordView(
        uid=row_of(province), number=number, title=title, family="", kind="", kind_label="", office=province.name,
        is_demo=province.is_demo or (package is not None and package.is_demo),
    )  # fmt: skip


def names(nations: Mapping[str, Nation]) -> dict[str, dict[str, str]]:
    """The names of provinces by book, for tables that part a figure by province."""
    found = {one.book: one.name for nation in nations.values() for one in nation.provinces}
    return {"book": {**found, "": _("Linked visits, counted once")}}
