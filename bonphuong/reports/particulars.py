"""What stands beside the figures of a report: records, names of codes, papers, annex rows, what people wrote."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import ReportKind, SettingKey
from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import report_receivers, setting_row
from bonphuong.indicators.evidence import by_source, carried_out
from bonphuong.kernel.dates import format_date
from bonphuong.papers.models import Paper
from bonphuong.parties.enums import PartyKind
from bonphuong.parties.models import Party
from bonphuong.procedures.queries import cases_of
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record, RecordPaper
from bonphuong.records.registry import get_family, kind_label
from bonphuong.reference.models import AdminUnit, CooperationField, Country
from bonphuong.reports.ground import AnnexRows, Cell, PaperView, RecordView, TextView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from bonphuong.indicators.evidence import FactRow
    from bonphuong.records.registry import Column, Family
    from bonphuong.reports.ground import Ground
    from bonphuong.reports.models import Edition
    from bonphuong.reports.schema import AnnexSpec

CHUNK = 500
#: Who may be told of on paper: trips on personal business and restricted records are counted, never named.
_NAMED = {Visibility.BOOK, Visibility.OFFICE}
_STATE = "state"


def complete(ground: Ground, edition: Edition | None) -> Ground:
    """The ground with everything beside its figures."""
    facts = [row for rows in ground.counted.rows.values() for row in rows]
    records = records_of({row.source for row in facts})
    missing = _not_carried_out(ground)
    views = _views(records, ground.language)
    texts = (
        {}
        if edition is None
        else {t.slot: TextView(t.body, t.state, t.is_carried) for t in edition.texts.all()}
    )
    estimates = {} if edition is None else dict(edition.estimates.values_list("figure", "value"))
    annexes = [_annex(spec, ground, views, missing) for spec in ground.definition.annexes]
    return replace(
        ground,
        records=views,
        names=names_of(facts, ground.language),
        papers=_papers(ground),
        texts=texts,
        estimates=estimates,
        annexes=[annex for annex in annexes if annex.rows],
        receivers=[
            office.name(ground.language)
            for office in report_receivers(
                ground.office.code, ReportKind(ground.definition.report_kind), ground.day
            )
        ],
        notes=_practice(ground),
        not_carried_out=missing,
        is_demo=ground.office.is_demo or any(view.is_demo for view in views.values()),
    )


def records_of(uids: Iterable[UUID]) -> dict[UUID, Record]:
    """Records by uid; those that are gone are left out."""
    found: dict[UUID, Record] = {}
    for some in _chunks(sorted(uids)):
        found |= Record.objects.in_bulk(some)
    return found


def _chunks(uids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(uids), CHUNK):
        yield uids[start : start + CHUNK]


def _views(records: Mapping[UUID, Record], language: str) -> dict[UUID, RecordView]:
    offices = {o.code: o for o in Office.objects.filter(pk__in={r.office_code for r in records.values()})}
    with_paper: set[UUID] = set()
    for some in _chunks(sorted(records)):
        with_paper |= set(RecordPaper.objects.filter(record__in=some).values_list("record_id", flat=True))
    views = {}
    for uid, record in records.items():
        office = offices.get(record.office_code)
        named = record.visibility in _NAMED
        label = str(kind_label(record.family, record.kind))
        views[uid] = RecordView(
            uid=uid,
            number=record.number,
            title=record.title if named else label,
            family=record.family,
            kind=record.kind,
            kind_label=label,
            office=_short(office, language) if office else record.office_code,
            is_demo=record.is_demo,
            is_masked=not named,
            has_paper=uid in with_paper,
            head_fold=record.head_fold if named else "",
        )
    return views


def _short(office: Office, language: str) -> str:
    return office.short_vi if language == "vi" and office.short_vi else office.name(language)


def names_of(facts: Iterable[FactRow], language: str) -> dict[str, dict[str, str]]:
    """Dimension → code → name, for the codes that are there; what the definition itself words is not in it."""
    codes: dict[str, set[str]] = defaultdict(set)
    for row in facts:
        for dimension in ("country", "partner", "unit", "field", "office"):
            codes[dimension].add(getattr(row, dimension))
    sources: dict[str, QuerySet[Any]] = {
        "country": Country.objects.all(),
        "partner": Party.objects.select_related("country"),
        "unit": AdminUnit.objects.all(),
        "field": CooperationField.objects.all(),
        "office": Office.objects.all(),
    }
    found = {}
    for dimension, rows in sources.items():
        wanted = sorted(codes[dimension] - {""})
        if wanted:
            found[dimension] = {row.code: _name(row, language) for row in rows.filter(pk__in=wanted)}
    return found


def _name(row: Any, language: str) -> str:
    if isinstance(row, Office):
        return _short(row, language)
    if isinstance(row, Party):
        # A place is told with its country; a body says in its name where it is from.
        country = row.country.name(language) if row.country and row.kind == PartyKind.LOCALITY else ""
        return f"{row.name(language)} ({country})" if country else row.name(language)
    return str(row.name(language))


def _papers(ground: Ground) -> dict[UUID, PaperView]:
    uids = {
        view.statement.paper_uid
        for figure in ground.counted.found.values()
        for view in (figure.stated, figure.target)
        if view is not None and view.statement.paper_uid is not None
    }
    return {
        uid: PaperView(str(paper), paper.on)
        for uid, paper in (Paper.objects.in_bulk(sorted(uids)) if uids else {}).items()
    }


def _practice(ground: Ground) -> list[str]:
    """Dated practice of the office that decides what is counted, in words, with its source."""
    row = setting_row(ground.office.code, SettingKey.ONE_IS_A_GROUP, ground.spans["period"].until)
    if row is None:
        return []
    said = (
        _("One person who goes alone counts as a group of one.")
        if row.value
        else _("One person who goes alone is counted as an individual and not as a group.")
    )
    return [f"{said} ({row.source})" if row.source and row.proved else said]


def _not_carried_out(ground: Ground) -> list[UUID]:
    """Records that a decision of the period allowed and that have not become actual since."""
    found: list[UUID] = []
    for name, measures in ground.definition.allowed.items():
        allowed = by_source(ground.counted.rows.get((name, "period"), ()))
        done = carried_out(allowed, measures) if allowed else set()
        found += [uid for uid in allowed if uid not in done]
    return found


def _annex(
    spec: AnnexSpec, ground: Ground, views: Mapping[UUID, RecordView], missing: Sequence[UUID]
) -> AnnexRows:
    sources = missing if spec.not_carried_out else by_source(ground.counted.rows[spec.figure, spec.span])
    uids = [
        uid
        for uid in sources
        if uid in views
        and not views[uid].is_masked
        and views[uid].family == spec.family
        and views[uid].kind in spec.kinds
    ]
    rows = _family_rows(get_family(spec.family), uids) if uids else {}
    states = _states(uids, ground.language) if spec.not_carried_out else {}
    columns = {kind: {c.code: c for c in get_family(spec.family).columns_of(kind)} for kind in spec.kinds}
    shown = [uid for uid in uids if uid in rows]
    return AnnexRows(
        spec,
        shown,
        [
            _cells(spec, rows[uid], columns[views[uid].kind], states.get(uid, ""), ground.language)
            for uid in shown
        ],
    )


def _family_rows(family: Family, uids: Sequence[UUID]) -> dict[UUID, Model]:
    rows = (
        family.get_facts_rows()
        if family.facts_rows
        else family.get_model()._default_manager.select_related("record")
    )
    found: dict[UUID, Model] = {}
    prepare = family.get_prepare()
    for some in _chunks(uids):
        piece = list(rows.filter(pk__in=some))
        if prepare is not None:
            prepare(piece)
        found |= {row.pk: row for row in piece}
    return found


def _states(uids: Sequence[UUID], language: str) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for some in _chunks(uids):
        for uid, case in cases_of(some).items():
            found[uid] = case.state.label_en if language == "en" else case.state.label_vi
    return found


def _cells(
    spec: AnnexSpec, row: Model, columns: Mapping[str, Column], state: str, language: str
) -> list[Cell]:
    cells: list[Cell] = []
    for column in spec.columns:
        values = [state if code == _STATE else _value(columns.get(code), row) for code in column.of]
        if len(values) == 1:
            cells.append(_cell(values[0], language))
        else:
            cells.append("; ".join(filter(None, (_text(value, language) for value in values))))
    return cells


def _value(column: Column | None, row: Model) -> object:
    # What is restricted never leaves, and a column that the family no longer has stays empty.
    return None if column is None or column.restricted else column.value(row)


def _cell(value: object, language: str) -> Cell:
    if isinstance(value, bool) or not isinstance(value, int | dt.date):
        return _text(value, language)
    return value if isinstance(value, int) else {"day": value.isoformat()}


def _text(value: object, language: str) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, dt.date):
        return format_date(value, language)
    return str(value)
