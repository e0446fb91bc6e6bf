"""An old edition asked again: does it come out as it was signed, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bonphuong.indicators.evidence import by_source, facts_under, parts_of
from bonphuong.indicators.figures import FigureRequest, unscaled
from bonphuong.indicators.queries import figures
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.reports.enums import Basis
from bonphuong.reports.figurebook import COUNTED
from bonphuong.reports.nation.again import figures_again
from bonphuong.reports.particulars import records_of
from bonphuong.reports.queries import Told
from bonphuong.reports.schema import dimension_field

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.indicators.evidence import FactRow
    from bonphuong.indicators.figures import Figure
    from bonphuong.reports.models import Edition

#: What is found in the ledger again; the rest of a content is computed from it or quoted from other editions.
_ASKED = (Basis.COUNTED, Basis.PART, Basis.ESTIMATE)


@dataclass(frozen=True)
class RowChange:
    """What a record added then and adds now."""

    uid: UUID
    number: str
    title: str
    then: Decimal
    now: Decimal

    @property
    def difference(self) -> Decimal:
        """Now less then."""
        return self.now - self.then


@dataclass(frozen=True)
class Change:
    """A figure of an edition that is not what it was. `now` is None where there is no figure any more."""

    identifier: str
    key: str
    label: str
    unit: str
    period: str
    then: Decimal
    now: Decimal | None
    rows: tuple[RowChange, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """Now less then."""
        return None if self.now is None else self.now - self.then


@dataclass(frozen=True)
class Reproduction:
    """An edition asked again as of its own moment: how many figures were asked, and those that differ."""

    asked: int
    differences: tuple[Change, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether it comes out digit for digit."""
        return not self.differences


@dataclass(frozen=True)
class _Again:
    """A figure of the content asked again: its value and what each record adds."""

    value: Decimal | None
    rows: Mapping[UUID, Decimal] = field(default_factory=dict)


def reproduce(edition: Edition) -> Reproduction:
    """Ask every counted figure of a signed edition again, as of the moment that it stands at."""
    told = Told(edition, edition.frozen)
    asked = _asked(told)
    again = _ask(told, asked, edition.frozen.as_of)
    return Reproduction(len(asked), tuple(_changes(told, asked, again)))


def changes_since(edition: Edition) -> list[Change]:
    """Figures of a signed edition that are different today, with the records that make the difference."""
    told = Told(edition, edition.frozen)
    asked = _asked(told)
    return list(_changes(told, asked, _ask(told, asked, None)))


def _asked(told: Told) -> list[Mapping[str, Any]]:
    # An earlier estimate, quoted beside the count that came of it, is asked through that count.
    return [
        entry
        for entry in told.content["figures"]
        if Basis(entry["basis"]) in _ASKED and not entry["key"].endswith(":estimate")
    ]


def _ask(told: Told, asked: Sequence[Mapping[str, Any]], as_of: dt.datetime | None) -> list[_Again]:
    requests: dict[tuple[str, ...], FigureRequest] = {}
    keys = []
    for entry in asked:
        period = entry["period"]
        key = (entry["code"], period["code"], period["cutoff"], _filter_key(told, entry))
        keys.append(key)
        if key not in requests:
            span = Period.parse(period["code"], Cutoff(period["cutoff"]))
            filters = {name: tuple(codes) for name, codes in _filters(told, entry).items()}
            requests[key] = FigureRequest(entry["code"], entry["office"], span, as_of=as_of, filters=filters)
    found, rows = _found(told, list(requests.values()), as_of)
    at = {key: (figure, some) for key, figure, some in zip(requests, found, rows, strict=True)}
    return [_again(entry, *at[key]) for entry, key in zip(asked, keys, strict=True)]


def _found(
    told: Told, requests: list[FigureRequest], as_of: dt.datetime | None
) -> tuple[Sequence[Figure], Sequence[Sequence[FactRow]]]:
    """The figures and the rows under them; under those of a national report stand provinces."""
    if told.content.get("collects"):
        return figures_again(told.content, requests, as_of)
    found = figures(requests)
    return found, facts_under([figure.where for figure in found])


def _filters(told: Told, entry: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    filters: Mapping[str, Sequence[str]] = told.content["filters"].get(entry["name"], {})
    return filters


def _filter_key(told: Told, entry: Mapping[str, Any]) -> str:
    return str(sorted(_filters(told, entry).items()))


def _again(entry: Mapping[str, Any], figure: Figure, rows: Sequence[FactRow]) -> _Again:
    scope = entry.get("scope")
    if scope is not None:
        if figure.status not in COUNTED:
            return _Again(None)
        parts = parts_of(rows, dimension_field(figure.indicator.measure, scope["dimension"]))
        rows = [row for code in scope["codes"] for row in parts.get(code, ())]
        value: Decimal | None = unscaled(sum(row.value for row in rows), figure.indicator)
    elif Basis(entry["basis"]) == Basis.ESTIMATE or ":recorded@" in entry["key"]:
        value = figure.recorded
    else:
        value = figure.value
    adds = by_source(rows)
    return _Again(value, {uid: unscaled(amount, figure.indicator) for uid, amount in adds.items()})


def _changes(told: Told, asked: Sequence[Mapping[str, Any]], again: Sequence[_Again]) -> Sequence[Change]:
    uids = {record["n"]: record["uid"] for record in told.content["records"]}
    different = []
    for entry, found in zip(asked, again, strict=True):
        then = Decimal(entry["recorded"] if Basis(entry["basis"]) == Basis.ESTIMATE else entry["value"])
        rows = {uids[number]: Decimal(amount) for number, amount in entry["rows"]}
        now_rows = {str(uid): amount for uid, amount in found.rows.items()}
        if found.value != then or now_rows != rows:
            different.append((entry, then, found.value, rows, now_rows))
    records = {str(uid): r for uid, r in records_of(_uids(different)).items()}
    names = {record["uid"]: (record["number"], record["title"]) for record in told.content["records"]}
    names |= {uid: (record.number, record.title) for uid, record in records.items() if uid not in names}
    return [
        Change(
            identifier=entry["id"],
            key=entry["key"],
            label=entry["label"],
            unit=entry["unit"],
            period=entry["period"]["label"],
            then=then,
            now=now,
            rows=tuple(_row_changes(rows, now_rows, names)),
        )
        for entry, then, now, rows, now_rows in different
    ]


def _uids(different: Sequence[tuple[Any, ...]]) -> set[UUID]:
    return {UUID(uid) for *_entry, rows, now_rows in different for uid in {*rows, *now_rows}}


def _row_changes(
    then: Mapping[str, Decimal], now: Mapping[str, Decimal], names: Mapping[str, tuple[str, str]]
) -> list[RowChange]:
    zero = Decimal(0)
    return [
        RowChange(UUID(uid), *names.get(uid, ("", "")), then=then.get(uid, zero), now=now.get(uid, zero))
        for uid in sorted({*then, *now})
        if then.get(uid, zero) != now.get(uid, zero)
    ]
