"""What the pages of programmes and of the profile show beside fields and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from bonphuong.families.programme.enums import Figure, Funding, Kind, Standing, Work
from bonphuong.families.programme.queries import (
    aims_of,
    doings_of,
    off_plan_of,
    profile_figures,
    tallies_of,
    work_of,
)
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.money import from_scaled
from bonphuong.kernel.numbers import format_number, format_percent
from bonphuong.kernel.periods import Period
from bonphuong.kit.names import names_of
from bonphuong.kit.specs import Panel
from bonphuong.ledger.enums import Bound, StatementKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.papers.models import Paper
from bonphuong.records.registry import get_family, kind_label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.programme.models import Programme
    from bonphuong.families.programme.queries import Doing
    from bonphuong.ledger.models import Statement
    from bonphuong.records.models import Record

_MOST = 100


def panels_of(row: Programme, user: User) -> Sequence[Panel]:
    """Of a programme: planned against done, lines, what no line foresaw, targets, annex; of the profile: its figures."""
    if row.kind == Kind.PROFILE:
        return _profile(row)
    doings = doings_of(row, user, clock.today())
    off_plan = list(off_plan_of(row, user))
    tallies = [
        [
            tally.work.label,
            *map(
                _number,
                (tally.planned, tally.done, tally.doing, tally.ahead, tally.dropped, tally.off_plan),
            ),
        ]
        for tally in tallies_of(doings, off_plan)
    ]
    heads = [
        _("Kind of work"), _("Planned"), _("Done"), _("Under way"), _("Not begun"), _("Given up"), _("Off the plan"),
    ]  # fmt: skip
    return [
        Panel(_("Planned against done"), heads, tallies),
        *_lines(doings),
        *_off_plan(off_plan),
        *_aims(row),
        *_annex(row),
    ]


def _number(value: int | Decimal | None) -> str:
    if value is None:
        return ""
    whole = int(value)
    return format_number(
        whole if isinstance(value, int) or whole == value else value.normalize(), reader_language()
    )


def _day(day: dt.date | None) -> str:
    return format_date(day, reader_language()) if day else ""


def _linked(record: Record) -> object:
    text = f"{record.number} {record.title}"
    try:
        return (text, reverse(get_family(record.family).url_name, args=[record.pk]))
    except (KeyError, NoReverseMatch):
        return text


def _lines(doings: Sequence[Doing]) -> list[Panel]:
    rows: list[list[object]] = [
        [
            doing.line.number,
            doing.line.title,
            doing.line.time or (_number(doing.line.month) if doing.line.month else ""),
            doing.standing.label,
            *([_linked(doing.records[0])] if doing.records else [""]),
        ]
        for doing in doings
    ]
    late = any(doing.standing is Standing.LATE for doing in doings)
    heads = [_("Plan number"), _("Name"), _("Time"), _("Where it stands"), _("Record")]
    return [Panel(_("Lines and what was done"), heads, rows, tone="warn" if late else "")] if rows else []


def _off_plan(records: Sequence[Record]) -> list[Panel]:
    rows: list[list[object]] = [
        [
            _linked(one),
            kind_label(one.family, one.kind),
            _day(one.counts_on or one.begins_on),
            work_of(one).label,
        ]
        for one in records[:_MOST]
    ]
    heads = [_("Record"), _("Kind"), _("Day"), _("Kind of work")]
    return [Panel(_("Off the plan, or not yet linked to a line"), heads, rows)] if rows else []


def _aims(row: Programme) -> list[Panel]:
    rows: list[list[object]] = []
    missing = False
    for aim in aims_of(row):
        share = aim.reached / aim.target.value * 100 if aim.target.value else None
        differs = aim.declared != aim.target.value
        missing = missing or differs
        rows.append(
            [
                aim.measure.label(reader_language()),
                aim.target.country_code,
                _number(aim.target.value),
                _number(aim.reached),
                "" if share is None else format_percent(share, reader_language(), 1),
                _("not yet") if differs else _("yes"),
            ]
        )
    heads = [
        _("What is counted"), _("Country"), _("Target"), _("Reached, as recorded"), _("Per cent"), _("Declared"),
    ]  # fmt: skip
    return [Panel(_("Targets against figures"), heads, rows, tone="warn" if missing else "")] if rows else []


def _annex(row: Programme) -> list[Panel]:
    works = list(row.works.all())
    offices = names_of(offices={line.lead_office_code for line in works})
    rows: list[list[object]] = []
    for work in Work:
        some = [line for line in works if line.work == work]
        if some:
            rows.append([work.label, "", "", "", "", "", "", ""])
        rows += [
            [
                _number(number),
                line.title,
                line.purpose,
                line.time,
                _number(line.heads),
                _number(line.cost),
                Funding(line.funding).label if line.funding else "",
                offices.office(line.lead_office_code),
            ]
            for number, line in enumerate(some, 1)
        ]
    heads = [
        _("No."), _("Name"), _("Purpose"), _("Time"), _("People"), _("Cost (VND)"), _("Source of funds"),
        _("Lead office"),
    ]  # fmt: skip
    return [Panel(_("For the annex on the plan"), heads, rows)] if rows else []


def _profile(row: Programme) -> list[Panel]:
    figures = profile_figures(row.record.book)
    papers = Paper.objects.in_bulk([one.paper_uid for one in figures if one.paper_uid])
    rows: list[list[object]] = [
        [
            Figure(one.measure).label,
            _period(one),
            _value(one),
            StatementKind(one.kind).label,
            _source(one, papers),
        ]
        for one in figures
    ]
    heads = [_("Figure"), _("Period"), _("Value"), _("How it is stated"), _("Source")]
    text = "" if rows else _("Nothing is stated yet. Use “State a figure”.")
    return [Panel(_("Figures of the province"), heads, rows, text=text), *_growth(figures)]


def _period(one: Statement) -> str:
    if one.since is None or one.until is None:
        return ""
    return Period.between(one.since, one.until).label(reader_language())


def _value(one: Statement) -> str:
    measure = MEASURES[one.measure]
    number = _number(from_scaled(one.value, measure.exponent))
    bound = str(Bound(one.bound).label) if one.bound else ""
    return " ".join(text for text in (bound, number, measure.unit(reader_language())) if text)


def _source(one: Statement, papers: Mapping[UUID, Paper]) -> str:
    paper = papers.get(one.paper_uid) if one.paper_uid else None
    parts = [str(paper) if paper else "", one.text]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _growth(figures: Sequence[Statement]) -> list[Panel]:
    by_year: dict[dt.date, dict[str, Decimal]] = {}
    for one in figures:
        if one.until is not None and one.measure in _GROWTH:
            exponent = MEASURES[one.measure].exponent
            by_year.setdefault(one.until, {})[one.measure] = from_scaled(one.value, exponent)
    rows: list[list[object]] = []
    for until, found in sorted(by_year.items(), reverse=True):
        reached, planned, over = (found.get(code) for code in _GROWTH)
        computed = reached - planned if reached is not None and planned is not None else None
        rows.append([str(until.year), *(_number(n) for n in (reached, planned, over, computed))])
    heads = [
        _("Year"),
        _("Growth (%)"),
        _("Planned (%)"),
        _("Over plan, as stated"),
        _("Over plan, computed"),
    ]
    return [Panel(_("Growth against plan"), heads, rows)] if rows else []


_GROWTH = (Figure.GROWTH, Figure.GROWTH_PLAN, Figure.GROWTH_OVER_PLAN)
