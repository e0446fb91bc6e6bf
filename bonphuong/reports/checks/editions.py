"""A report beside those signed before it: nothing falls, nothing is told twice otherwise, none is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.reports.checks.base import Check
from bonphuong.reports.enums import Basis, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from bonphuong.reports.checks.base import Matter
    from bonphuong.reports.queries import Told

#: Kinds of periods that follow one another within a year.
_IN_A_ROW = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF})
_Filters = frozenset[tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class _Pair:
    """A figure of this report beside what a signed one counted: over days that begin alike."""

    name: str
    span: str
    now: Decimal
    then: Decimal
    until: dt.date
    told: Told


def _pairs(matter: Matter) -> Iterator[_Pair]:
    """Every figure counted from the beginning of the same days in the last edition, or in a report beside this one."""
    ground = matter.ground
    ours: dict[tuple[str, _Filters, dt.date], list[tuple[str, str]]] = {}
    for name, spec in ground.definition.figures.items():
        for span in ground.definition.spans:
            key = (spec.indicator, _frozen(spec.filters), ground.spans[span].since)
            ours.setdefault(key, []).append((name, span))
    last = ground.spans.earlier.last
    for told in (*((last,) if last else ()), *ground.spans.earlier.beside):
        for entry in _counted(told):
            filters = _frozen(told.content["filters"].get(entry["name"], {}))
            since = dt.date.fromisoformat(entry["period"]["since"])
            until = dt.date.fromisoformat(entry["period"]["until"])
            for name, span in ours.get((entry["code"], filters, since), ()):
                now = matter.book.figure(name, span).value
                if now is not None and not matter.book.estimated(name, span):
                    yield _Pair(name, span, now, Decimal(entry["value"]), until, told)


def _counted(told: Told) -> Iterator[Mapping[str, Any]]:
    for entry in told.content["figures"]:
        if entry["basis"] == Basis.COUNTED and ":" not in entry["key"] and entry["value"] is not None:
            yield entry


def _frozen(filters: Mapping[str, Any]) -> _Filters:
    return frozenset((key, frozenset(codes)) for key, codes in filters.items())


def year_grows(matter: Matter) -> Iterator[Check]:
    """What has been counted since the year began is not below what an earlier report told: nine months hold six."""
    seen: set[tuple[str, dt.date, dt.date]] = set()
    for pair in _pairs(matter):
        days = matter.ground.spans[pair.span]
        key = (pair.name, days.since, days.until)
        is_longer = pair.until < days.until and matter.is_flow(pair.name)
        if not is_longer or pair.now >= pair.then or key in seen:
            continue
        seen.add(key)
        message = _("%(label)s: %(now)s, while the report for %(period)s told %(then)s of fewer days.") % {
            "label": matter.label(pair.name, pair.span),
            "now": matter.book.number(pair.now),
            "period": _period(matter, pair.told),
            "then": matter.book.number(pair.then),
        }
        yield Check("year_grows", Severity.WARNING, message, (f"{pair.name}@{pair.span}",), told=pair.told)


def told_alike(matter: Matter) -> Iterator[Check]:
    """A figure for the very days that another signed report told is the same in both.

    Reports that were signed while their days still ran are left out: they told fewer days.
    """
    if matter.ground.is_open:
        return
    different: dict[Told, dict[str, _Pair]] = {}
    for pair in _pairs(matter):
        same_days = pair.until == matter.ground.spans[pair.span].until
        if same_days and pair.now != pair.then and not pair.told.content["is_open"]:
            different.setdefault(pair.told, {}).setdefault(pair.name, pair)
    for told, pairs in different.items():
        message = _("The report for %(period)s has told other figures for the same days: %(labels)s.") % {
            "period": _period(matter, told),
            "labels": "; ".join(_beside(matter, pair) for pair in pairs.values()),
        }
        names = tuple(f"{pair.name}@{pair.span}" for pair in pairs.values())
        yield Check("told_alike", Severity.WARNING, message, names, told=told)


def _beside(matter: Matter, pair: _Pair) -> str:
    return _("%(label)s %(then)s there, %(now)s here") % {
        "label": matter.label(pair.name),
        "then": matter.book.number(pair.then),
        "now": matter.book.number(pair.now),
    }


def _period(matter: Matter, told: Told) -> str:
    return told.edition.period.label(matter.ground.language)


def late_told(matter: Matter) -> Iterator[Check]:
    """What came into a period after its report was signed is told by this one."""
    last = matter.ground.spans.earlier.last
    names = [
        name
        for name, spec in matter.ground.definition.figures.items()
        if spec.headline and matter.book.value(name, "period", "late") is not None
    ]
    if last is None or not names:
        return
    entries = [entry for name in names if (entry := matter.book.get(name, "period", "late")) is not None]
    uids: dict[UUID, None] = {uid: None for entry in entries for uid in entry.rows}
    is_told = any(
        block.get("special") in ("late", "restated") for s in matter.sections for block in s["blocks"]
    )
    words = {
        "period": _period(matter, last),
        "labels": "; ".join(f"{e.label} {matter.book.number(e.value)}" for e in entries),
    }
    message = (
        _("Late figures after the report for %(period)s are told in this one: %(labels)s.")
        if is_told
        else _("Figures changed after the report for %(period)s, and this one does not tell it: %(labels)s.")
    )
    severity = Severity.PASSED if is_told else Severity.WARNING
    keys = tuple(entry.key for entry in entries)
    yield Check("late_told", severity, message % words, keys, tuple(uids), told=last)


def no_gap(matter: Matter) -> Iterator[Check]:
    """Between the first report of the year and this one each period has its own."""
    period = matter.ground.spans["period"]
    if period.kind not in _IN_A_ROW:
        return
    told = {one for one in matter.ground.spans.earlier.periods if one.kind == period.kind}
    start = max(
        [period.year_to_date().since, *([min(one.since for one in told)] if told else [period.since])]
    )
    missing: list[Period] = []
    one = period
    while one.since > start:
        one = Period.of(one.since - dt.timedelta(days=1), period.kind, period.cutoff)
        if one not in told:
            missing.append(one)
    if missing:
        labels = ", ".join(one.label(matter.ground.language) for one in reversed(missing))
        message = ngettext(
            "One period before this has no signed report: %(labels)s.",
            "%(number)s periods before this have no signed report: %(labels)s.",
            len(missing),
        ) % {"number": len(missing), "labels": labels}
        yield Check("no_gap", Severity.WARNING, message)
