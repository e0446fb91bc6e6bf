"""A national edition asked again: with the provinces, packages and linked visits that it was made of, or as things are now."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.models import Office
from bonphuong.exchange.models import ReceivedPackage
from bonphuong.reports.nation.counting import count_nation
from bonphuong.reports.nation.ground import LINKED, as_figure, rows_of
from bonphuong.reports.nation.provinces import Nation, Province, Reported, nation_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.indicators.evidence import FactRow
    from bonphuong.indicators.figures import Figure, FigureRequest
    from bonphuong.kernel.periods import Period


def frozen_nations(nations: Mapping[str, Nation]) -> dict[str, Any]:
    """What a content keeps of who was in the sum: for each span the books that were live, and the packages."""
    return {
        span: {
            "live": nation.live_books(),
            "packages": sorted(
                str(one.accepted.pk)
                for one in nation.provinces
                if one.accepted is not None and not one.is_live
            ),
        }
        for span, nation in nations.items()
    }


def figures_again(
    content: Mapping[str, Any], requests: Sequence[FigureRequest], as_of: dt.datetime | None
) -> tuple[list[Figure], list[list[FactRow]]]:
    """The figures of a national content with their rows by province, in the order of the requests.

    With `as_of` those who were in the sum then, and what was linked then; without it everything as it is now.
    """
    office = Office.objects.get(pk=content["edition"]["office"])
    found: dict[FigureRequest, tuple[Figure, list[FactRow]]] = {}
    for period in dict.fromkeys(request.period for request in requests):
        some = [request for request in requests if request.period == period]
        then = _then(content, office, period) if as_of is not None else None
        nation = then or nation_of(office, content["collects"], period, content["language"])
        for figure in count_nation(some, nation):
            told = figure if as_of is None else replace(figure, twice=_twice(content, figure.request))
            found[figure.request] = as_figure(told), rows_of(told)
    answers = [found[request] for request in requests]
    return [figure for figure, _rows in answers], [rows for _figure, rows in answers]


def _then(content: Mapping[str, Any], office: Office, period: Period) -> Nation | None:
    span = next((name for name, one in content["spans"].items() if _is_of(one, period)), None)
    if span is None:
        return None
    kept = content["nations"][span]
    packages = ReceivedPackage.objects.in_bulk(kept["packages"])
    provinces = [Province(book, book, is_live=True, state=Reported.SIGNED) for book in kept["live"]]
    provinces += [
        Province(row.book, row.book, is_live=False, state=Reported.ACCEPTED, package=row, accepted=row)
        for row in packages.values()
    ]
    return Nation(office, content["collects"], period, None, tuple(provinces))


def _twice(content: Mapping[str, Any], request: FigureRequest) -> Decimal:
    linked = {record["n"] for record in content["records"] if record["uid"] == str(LINKED)}
    wanted = {name: list(codes) for name, codes in request.filters.items()}
    for entry in content["figures"]:
        same = entry["code"] == request.indicator and _is_of(entry["period"], request.period)
        if same and entry["basis"] == "counted" and content["filters"].get(entry["name"], {}) == wanted:
            return -sum((Decimal(adds) for n, adds in entry["rows"] if n in linked), Decimal(0))
    return Decimal(0)


def _is_of(told: Mapping[str, str], period: Period) -> bool:
    return (told["since"], told["until"]) == (period.since.isoformat(), period.until.isoformat())
