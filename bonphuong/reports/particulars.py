"""What stands beside the figures of a report: records, names of codes, papers, annex rows, what people wrote."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Sum

from bonphuong.accounts.enums import ReportKind, SettingKey
from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import report_receivers, setting_row
from bonphuong.indicators.evidence import by_source, carried_out
from bonphuong.indicators.partners import PARTNER
from bonphuong.indicators.places import offices_as_now
from bonphuong.indicators.queries import OFFICE
from bonphuong.indicators.series import UNIT
from bonphuong.kernel.bulk import chunks
from bonphuong.kit.money import RateBook
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Fact
from bonphuong.papers.models import Paper
from bonphuong.parties.enums import PartyKind
from bonphuong.parties.models import Party
from bonphuong.parties.queries import kept_codes
from bonphuong.records.models import Record, RecordPaper
from bonphuong.records.registry import kind_label
from bonphuong.reference.models import AdminUnit, CooperationField, Country
from bonphuong.reference.queries import as_now
from bonphuong.reports.annexing import NAMED, Annexer, listed_by_days
from bonphuong.reports.ground import MoneyRow, PaperView, RecordView, Replaced, TextView
from bonphuong.reports.nation.ground import names as names_of_nations
from bonphuong.reports.nation.ground import views as views_of_nations
from bonphuong.reports.nation.practice import words_of as words_of_practice
from bonphuong.reports.queries import replaced_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.indicators.evidence import FactRow
    from bonphuong.reports.ground import Ground
    from bonphuong.reports.models import Edition


def complete(ground: Ground, edition: Edition | None) -> Ground:
    """The ground with everything beside its figures."""
    if ground.definition.collects:
        return _of_the_nation(ground, edition)
    facts = [row for rows in ground.counted.rows.values() for row in rows]
    missing = _not_carried_out(ground)
    listed = listed_by_days(ground)
    records = records_of({row.source for row in facts})
    records |= {record.pk: record for some in listed.values() for record in some}
    views = _views(records, ground.language)
    estimates = {} if edition is None else dict(edition.estimates.values_list("figure", "value"))
    annexer = Annexer(ground, views, listed, missing)
    kept, heirs = kept_codes(), _heirs(ground, facts)
    return replace(
        ground,
        records=views,
        names=names_of(facts, ground.language, {PARTNER: kept, **heirs}),
        kept=kept,
        heirs=heirs,
        papers=_papers(ground),
        texts=_texts(edition),
        estimates=estimates,
        annexes=annexer.annexes(),
        tellings=annexer.tellings(),
        receivers=_receivers(ground),
        notes=_practice(ground),
        not_carried_out=missing,
        replaced=_replaced(edition),
        money=_money(ground),
        rates=RateBook.load(),
        is_demo=ground.office.is_demo or any(view.is_demo for view in views.values()),
    )


def _of_the_nation(ground: Ground, edition: Edition | None) -> Ground:
    """A national report stands on provinces: no records, no annexes of records, no papers of theirs."""
    views = views_of_nations(ground.nations, ground.language)
    return replace(
        ground,
        records=views,
        names=names_of_nations(ground.nations),
        texts=_texts(edition),
        receivers=_receivers(ground),
        is_demo=ground.office.is_demo or any(view.is_demo for view in views.values()),
    )


def _texts(edition: Edition | None) -> dict[str, TextView]:
    rows = () if edition is None else edition.texts.all()
    return {row.slot: TextView(row.body, row.state, row.is_carried) for row in rows}


def _receivers(ground: Ground) -> list[str]:
    kind = ReportKind(ground.definition.report_kind)
    return [office.name(ground.language) for office in report_receivers(ground.office.code, kind, ground.day)]


def _replaced(edition: Edition | None) -> Replaced | None:
    """The edition that this one corrects; a first edition asks nothing."""
    told = None if edition is None or edition.number == 1 else replaced_by(edition)
    return None if told is None or edition is None else Replaced(told, edition.reason)


def _money(ground: Ground) -> list[MoneyRow]:
    """The sums under the report's own figures in both currencies, what was reversed taken off."""
    rows = [
        row
        for (name, span), found in ground.counted.rows.items()
        if span in ground.definition.spans and _is_money(ground.counted.found[name, span].indicator.measure)
        for row in found
    ]
    wanted = {(row.source, row.measure, row.on) for row in rows}
    sums: list[MoneyRow] = []
    for some in chunks(sorted({source for source, _measure, _on in wanted})):
        facts = Fact.objects.filter(source_uid__in=some, measure__in={measure for _s, measure, _on in wanted})
        added = facts.values_list("source_uid", "measure", "on").annotate(Sum("vnd"), Sum("usd"))
        sums += [MoneyRow(*row) for row in added if row[:3] in wanted]
    return sorted(sums, key=lambda row: (row.on, str(row.source), row.measure))


def _is_money(measure: str) -> bool:
    return measure in MEASURES and MEASURES[measure].unit("en") == "USD"


def records_of(uids: Iterable[UUID]) -> dict[UUID, Record]:
    """Records by uid; those that are gone are left out."""
    found: dict[UUID, Record] = {}
    for some in chunks(sorted(uids)):
        found |= Record.objects.in_bulk(some)
    return found


def _views(records: Mapping[UUID, Record], language: str) -> dict[UUID, RecordView]:
    offices = {o.code: o for o in Office.objects.filter(pk__in={r.office_code for r in records.values()})}
    with_paper: set[UUID] = set()
    for some in chunks(sorted(records)):
        with_paper |= set(RecordPaper.objects.filter(record__in=some).values_list("record_id", flat=True))
    views = {}
    for uid, record in records.items():
        office = offices.get(record.office_code)
        named = record.visibility in NAMED
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


def _heirs(ground: Ground, facts: Sequence[FactRow]) -> dict[str, Mapping[str, str]]:
    """As on the last day of the period, so that the same report comes out the same for ever."""
    day, sections = ground.spans["period"].until, ground.definition.sections
    tables = [block["table"] for section in sections for block in section.blocks if "table" in block]
    wanted = {table["by"] for table in tables if table.get("now")}
    found: dict[str, Mapping[str, str]] = {}
    if UNIT in wanted:
        found[UNIT] = as_now({row.unit for row in facts}, day)
    if OFFICE in wanted:
        found[OFFICE] = offices_as_now({row.office for row in facts}, day)
    return found


def names_of(
    facts: Iterable[FactRow], language: str, heads: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Dimension → code → name, for the codes that are there; what the definition itself words is not in it.

    What is told under another code goes by the name of that one: `heads`, by dimension.
    """
    codes: dict[str, set[str]] = defaultdict(set)
    for row in facts:
        for dimension in ("country", "partner", "unit", "field", "office"):
            codes[dimension].add(getattr(row, dimension))
    for dimension, others in heads.items():
        codes[dimension] |= {others[code] for code in codes[dimension] & others.keys()}
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
    said = words_of_practice(row.key, row.value)
    return [f"{said} ({row.source})" if row.source and row.proved else said]


def _not_carried_out(ground: Ground) -> list[UUID]:
    """Records that a decision of the period allowed and that have not become actual since."""
    found: list[UUID] = []
    for name, measures in ground.definition.allowed.items():
        allowed = by_source(ground.counted.rows.get((name, "period"), ()))
        done = carried_out(allowed, measures) if allowed else set()
        found += [uid for uid in allowed if uid not in done]
    return found
