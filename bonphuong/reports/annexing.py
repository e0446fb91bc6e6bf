"""The rows of annexes, and what is told of records one by one: families' own columns, read in bulk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.models import Office
from bonphuong.indicators.evidence import by_source
from bonphuong.indicators.figures import unscaled
from bonphuong.kernel.bulk import chunks
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.columns import value_of
from bonphuong.kit.fields import Known, known
from bonphuong.kit.names import Names, names_of
from bonphuong.kit.queries import scheme_of
from bonphuong.kit.specs import Holds
from bonphuong.procedures.queries import cases_of
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.reports.canonical import decimal_text
from bonphuong.reports.ground import AnnexRow, AnnexRows
from bonphuong.reports.schema import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import Model

    from bonphuong.records.registry import Column, Family
    from bonphuong.reports.ground import Cell, Ground, RecordView
    from bonphuong.reports.schema import AnnexColumn, AnnexSpec, Part, TellSpec

#: Who may be told of on paper: trips on personal business and restricted records are counted, never named.
NAMED = {Visibility.BOOK, Visibility.OFFICE}
_STATE = "state"
#: Kinds of columns that hold amounts; those that are only stated are never added up.
_AMOUNTS = {"amount", "stated"}
_CODES = {
    Holds.COUNTRY: ("countries", Names.country),
    Holds.OFFICE: ("offices", Names.office),
    Holds.UNIT: ("units", Names.unit),
    Holds.FIELD: ("fields", Names.field),
    Holds.PARTY: ("parties", Names.party),
}
#: Two days in one column: what is between them lets the line break after it.
_DAYS, DAYS_JOINT = "days", "\N{EN DASH}"
Asked = tuple[str, str]


def listed_by_days(ground: Ground) -> dict[str, list[Record]]:
    """Annex → the records that its rule finds by their own days, without any figure; one statement for each."""
    specs = [spec for spec in ground.definition.annexes if spec.rule in ("ended", "next_year")]
    if not specs:
        return {}
    below = list(Office.objects.filter(path__startswith=ground.office.path).values_list("code", flat=True))
    return {spec.code: _by_days(spec, ground, below) for spec in specs}


def _by_days(spec: AnnexSpec, ground: Ground, offices: Sequence[str]) -> list[Record]:
    period = ground.spans[spec.span]
    rows = Record.objects.filter(
        book=ground.office.book, family=spec.family, kind__in=spec.kinds, duplicate_of=None
    )
    if ground.office.code != ground.office.book:
        rows = rows.filter(office_code__in=offices)
    if spec.rule == "ended":
        rows = rows.filter(ends_on__range=(period.since, period.until))
    else:
        rows = rows.filter(ends_on__year=period.year + 1)
    return list(rows.order_by("begins_on", "number"))


class Annexer:
    """Reads the rows of every family that is listed once, then makes what is listed of them."""

    def __init__(
        self,
        ground: Ground,
        views: Mapping[UUID, RecordView],
        listed: Mapping[str, Sequence[Record]],
        missing: Sequence[UUID],
    ) -> None:
        self.ground = ground
        self.views = views
        definition = ground.definition
        self.sources = {
            spec.code: self._shown(spec, _sources(spec, ground, listed, missing))
            for spec in definition.annexes
        }
        self.told = {
            (tell.figure, tell.span): [
                uid for uid in by_source(ground.counted.rows[tell.figure, tell.span]) if self._is_named(uid)
            ]
            for tell in definition.tells
        }
        uids = {uid for some in (*self.sources.values(), *self.told.values()) for uid in some}
        self.rows = self._read(uids)
        self.states = self._states()
        self._columns: dict[Asked, Mapping[str, Column]] = {}
        self._adds: dict[tuple[str, str], Mapping[UUID, int]] = {}

    def _is_named(self, uid: UUID) -> bool:
        return uid in self.views and not self.views[uid].is_masked

    def _shown(self, spec: AnnexSpec, uids: Iterable[UUID]) -> list[UUID]:
        return [
            uid
            for uid in uids
            if self._is_named(uid)
            and self.views[uid].family == spec.family
            and self.views[uid].kind in spec.kinds
        ]

    def _read(self, uids: Iterable[UUID]) -> dict[UUID, Model]:
        by_family: dict[str, list[UUID]] = defaultdict(list)
        for uid in sorted(uids):
            by_family[self.views[uid].family].append(uid)
        found: dict[UUID, Model] = {}
        for code, some in by_family.items():
            found |= _family_rows(get_family(code), some)
        return found

    def _states(self) -> dict[UUID, str]:
        wanted = {
            uid
            for spec in self.ground.definition.annexes
            if any(_STATE in column.of for column in spec.columns)
            for uid in self.sources[spec.code]
        }
        found: dict[UUID, str] = {}
        for some in chunks(sorted(wanted)):
            for uid, case in cases_of(some).items():
                is_english = self.ground.language == "en"
                found[uid] = case.state.label_en if is_english else case.state.label_vi
        return found

    # --- annexes -----------------------------------------------------------------------------------------

    def annexes(self) -> list[AnnexRows]:
        """Every annex that holds a row, in the order of the definition."""
        made = [self._annex(spec) for spec in self.ground.definition.annexes]
        return [annex for annex in made if annex.rows]

    def _annex(self, spec: AnnexSpec) -> AnnexRows:
        uids = [uid for uid in self.sources[spec.code] if uid in self.rows and _stands(spec, self.rows[uid])]
        if spec.lines:
            return AnnexRows(spec, self._lines(spec, uids))
        if spec.together:
            return AnnexRows(spec, self._together(spec, uids))
        return AnnexRows(spec, [self._row(spec, (uid,)) for uid in uids])

    def _row(self, spec: AnnexSpec, uids: tuple[UUID, ...]) -> AnnexRow:
        return AnnexRow(uids, [self._cell(column, uids) for column in spec.columns])

    def _together(self, spec: AnnexSpec, uids: Sequence[UUID]) -> list[AnnexRow]:
        """One row for all records that have the same words; their figures are added up."""
        groups: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
        for uid in uids:
            words = tuple(str(self._cell(c, (uid,))) for c in spec.columns if not c.figure and not c.count)
            groups[words].append(uid)
        return [self._row(spec, tuple(some)) for some in groups.values()]

    def _cell(self, column: AnnexColumn, uids: tuple[UUID, ...]) -> Cell:
        if column.count:
            return len(uids)
        if column.figure:
            return self._added(column, uids)
        uid = uids[0]
        values = [self.states.get(uid, "") if code == _STATE else self.value(uid, code) for code in column.of]
        return _joined(values, self.ground.language, column.kind)

    def _added(self, column: AnnexColumn, uids: Sequence[UUID]) -> Cell:
        """What the records add to a figure; nothing where they add nothing to it."""
        key = (column.figure, column.span)
        adds = self._adds.setdefault(key, by_source(self.ground.counted.rows[key]))
        total = sum(adds.get(uid, 0) for uid in uids)
        if not total:
            return ""
        amount = unscaled(total, self.ground.counted.found[key].indicator)
        return _cell(amount, self.ground.language, column.kind)

    def value(self, uid: UUID, code: str) -> object:
        """A column of the record's family; what is restricted never leaves, what is not there is empty."""
        view = self.views[uid]
        key = (view.family, view.kind)
        if key not in self._columns:
            self._columns[key] = {c.code: c for c in get_family(view.family).columns_of(view.kind)}
        column = self._columns[key].get(code)
        return None if column is None or column.restricted else column.value(self.rows[uid])

    def _lines(self, spec: AnnexSpec, uids: Sequence[UUID]) -> list[AnnexRow]:
        line_spec = scheme_of(spec.family).line(spec.lines)
        fields = {one.name: known(line_spec.model, one) for one in line_spec.specs if not one.restricted}
        lines = [
            (uid, line)
            for uid in uids
            for line in getattr(self.rows[uid], spec.lines).all()
            if not (spec.without and getattr(line, spec.without))
        ]
        names = _names([fields[c] for column in spec.columns for c in column.of if c in fields], lines)
        found = []
        for uid, line in lines:
            cells = [
                _joined(
                    [_line_value(fields[code], line, names) for code in column.of if code in fields],
                    self.ground.language,
                    column.kind,
                )
                for column in spec.columns
            ]
            found.append(AnnexRow((uid,), cells))
        return found

    # --- told one by one ---------------------------------------------------------------------------------

    def tellings(self) -> dict[Asked, list[str]]:
        """Figure and span → what is said of each of its records, in the order of their days."""
        return {
            (tell.figure, tell.span): [
                said
                for uid in self.told[tell.figure, tell.span][: tell.limit]
                if uid in self.rows and (said := self._said(tell, uid))
            ]
            for tell in self.ground.definition.tells
        }

    def _said(self, tell: TellSpec, uid: UUID) -> str:
        text = "".join(self._piece(part, uid) for part in tell.say).strip()
        return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."

    def _piece(self, part: Part, uid: UUID) -> str:
        """Text with columns in braces, nothing at all where one of them is empty; or several such in a frame."""
        if not isinstance(part, str):
            inner = [said for one in part["parts"] if (said := self._piece(one, uid))]
            framed = str(part.get("join", ", ")).join(inner)
            return f"{part.get('before', '')}{framed}{part.get('after', '')}" if inner else ""
        texts = {
            match[0]: _text(self.value(uid, match[1]), self.ground.language) for match in FIELD.finditer(part)
        }
        if any(not text and not name.endswith("?}") for name, text in texts.items()):
            return ""
        for name, text in texts.items():
            part = part.replace(name, text.rstrip(".") if part.endswith(name) else text)
        return part


def _sources(
    spec: AnnexSpec, ground: Ground, listed: Mapping[str, Sequence[Record]], missing: Sequence[UUID]
) -> Sequence[UUID]:
    if spec.rule == "open":
        return missing
    if spec.rule != "figure":
        return [record.pk for record in listed[spec.code]]
    if len(spec.figures) == 1:
        return list(by_source(ground.counted.rows[spec.figures[0], spec.span]))
    days: dict[UUID, dt.date] = {}
    for name in spec.figures:
        rows = ground.counted.rows[name, spec.span]
        live = by_source(rows)
        for row in rows:
            if row.source in live:
                days[row.source] = min(row.on, days.get(row.source, row.on))
    return sorted(days, key=lambda uid: (days[uid], str(uid)))


def _stands(spec: AnnexSpec, row: Any) -> bool:
    """Whether a record that no figure vouches for is a mistake or called off: the ledger leaves those out itself."""
    if spec.rule not in ("ended", "next_year"):
        return True
    return bool(row.counts) and getattr(row, "cancelled_on", None) is None


def _family_rows(family: Family, uids: Sequence[UUID]) -> dict[UUID, Model]:
    rows = (
        family.get_facts_rows()
        if family.facts_rows
        else family.get_model()._default_manager.select_related("record")
    )
    found: dict[UUID, Model] = {}
    prepare = family.get_prepare()
    for some in chunks(uids):
        piece = list(rows.filter(pk__in=some))
        if prepare is not None:
            prepare(piece)
        found |= {row.pk: row for row in piece}
    return found


def _names(fields: Iterable[Known], lines: Iterable[tuple[UUID, Any]]) -> Names:
    wanted: dict[str, set[str]] = defaultdict(set)
    shown = list(lines)
    for one in fields:
        if one.holds in _CODES:
            wanted[_CODES[one.holds][0]] |= {getattr(line, one.attr) for _uid, line in shown}
    return names_of(**wanted)


def _line_value(one: Known, line: Any, names: Names) -> object:
    if one.holds == Holds.PARTY:
        return names.told(*(getattr(line, attr) for attr in one.attrs))
    if one.holds in _CODES:
        code = getattr(line, one.attr)
        return _CODES[one.holds][1](names, code) if code else ""
    return value_of(one)(line)


def _joined(values: Sequence[object], language: str, kind: str) -> Cell:
    if len(values) == 1:
        return _cell(values[0], language, kind)
    joint = DAYS_JOINT if kind == _DAYS else "; "
    return joint.join(dict.fromkeys(filter(None, (_text(value, language) for value in values))))


def _cell(value: object, language: str, kind: str) -> Cell:
    match value:
        case bool():
            return _text(value, language)
        case int() | Decimal():
            is_amount = kind in _AMOUNTS or value != int(value)
            return {"amount": decimal_text(Decimal(value))} if is_amount else int(value)
        case dt.date():
            return {"day": value.isoformat()}
    return _text(value, language)


def _text(value: object, language: str) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, dt.date):
        return format_date(value, language)
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return format_number(whole if value == whole else value.normalize(), language)
    return str(value)
