"""Estimates that were signed with reports: what each came to, and which report said so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.ledger.enums import StatementKind
from bonphuong.ledger.models import Statement
from bonphuong.reports.enums import Basis
from bonphuong.reports.models import Edition, EditionContent
from bonphuong.reports.queries import Told

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

_QUOTED = ":estimate"


@dataclass(frozen=True)
class EstimateLine:
    """An estimate of an edition beside what it came to. `final` is None while the period runs or nothing is there."""

    edition: Edition
    identifier: str
    label: str
    unit: str
    period: Period
    reported: Decimal
    signer: str
    is_over: bool
    final: Decimal | None
    told_in: Edition | None

    @property
    def difference(self) -> Decimal | None:
        """What it came to less what was reported."""
        return None if self.final is None else self.final - self.reported


def estimates_of(offices: Collection[str]) -> list[EstimateLine]:
    """Every estimate that editions of these offices told, the latest period first.

    The final figures are asked in one call; an estimate of a superseded edition is listed with that edition.
    """
    told = _told(offices)
    entries = [(one, entry) for one in told for entry in _entries(one)]
    found = figures([_request(one, entry) for one, entry in entries])
    today = clock.today()
    quoted = _quoted(offices, {one.edition.pk for one in told}) if told else []
    lines = []
    for (one, entry), figure in zip(entries, found, strict=True):
        period = _period(entry)
        is_over = period.until < today
        lines.append(
            EstimateLine(
                edition=one.edition,
                identifier=entry["id"],
                label=entry["label"],
                unit=entry["unit"],
                period=period,
                reported=Decimal(entry["value"]),
                signer=one.frozen.signed_name,
                is_over=is_over,
                final=figure.value if is_over else None,
                told_in=_told_in(entry, one, quoted),
            )
        )
    return sorted(lines, key=lambda line: (line.period.until, line.edition.number), reverse=True)


def _told(offices: Collection[str]) -> list[Told]:
    """The signed editions that estimates were entered for, read back whole."""
    rows = Statement.objects.filter(
        office__in=offices, kind=StatementKind.ESTIMATE, edition_uid__isnull=False, withdrawn=False
    )
    return _read(set(rows.values_list("edition_uid", flat=True)))


def _read(uids: Collection[Any]) -> list[Told]:
    rows = EditionContent.objects.filter(edition__in=uids).select_related("edition", "edition__definition")
    return [Told(row.edition, row) for row in rows.order_by("edition__until", "edition__number")]


def _entries(told: Told) -> list[Mapping[str, Any]]:
    return [
        entry
        for entry in told.content["figures"]
        if entry["basis"] == Basis.ESTIMATE and not entry["key"].endswith(_QUOTED)
    ]


def _period(entry: Mapping[str, Any]) -> Period:
    return Period.parse(entry["period"]["code"], Cutoff(entry["period"]["cutoff"]))


def _request(told: Told, entry: Mapping[str, Any]) -> FigureRequest:
    given = told.content["filters"].get(entry["name"], {})
    filters = {name: tuple(codes) for name, codes in given.items()}
    return FigureRequest(entry["code"], entry["office"], _period(entry), filters=filters)


def _quoted(offices: Collection[str], estimating: Collection[Any]) -> list[tuple[Told, set[tuple[str, str]]]]:
    """Later editions of the same series that set an estimate against its count: (name of the figure, period)."""
    series = Edition.objects.filter(pk__in=estimating).values_list("code", "office_code")
    wanted = set(series)
    later = Edition.objects.told().filter(
        office_code__in=offices, code__in={code for code, _office in wanted}
    )
    quoting = later.filter(frozen__content__contains=f'{_QUOTED}"').order_by("until", "number")
    return [(one, _names(one)) for one in _read(set(quoting.values_list("pk", flat=True)))]


def _names(told: Told) -> set[tuple[str, str]]:
    return {
        (entry["name"], entry["period"]["code"])
        for entry in told.content["figures"]
        if entry["key"].endswith(_QUOTED)
    }


def _told_in(
    entry: Mapping[str, Any], told: Told, quoted: Sequence[tuple[Told, set[tuple[str, str]]]]
) -> Edition | None:
    """The first later edition that sets this estimate against what it came to."""
    for later, names in quoted:
        edition = later.edition
        is_same = (edition.code, edition.office_code) == (told.edition.code, told.edition.office_code)
        if is_same and edition.pk != told.edition.pk and (entry["name"], entry["period"]["code"]) in names:
            return edition
    return None
