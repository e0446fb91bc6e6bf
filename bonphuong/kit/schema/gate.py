"""Rows as a form, a sheet, the reader or the API gives them become drafts, or errors by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from bonphuong.accounts.queries import book_of
from bonphuong.kernel.errors import BadValue
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.fields import known_specs
from bonphuong.kit.money import DOLLAR, DONG, SCALED, in_whole_units
from bonphuong.kit.queries import drafts_of
from bonphuong.kit.schema.ground import Ground, in_minor_units
from bonphuong.kit.schema.lines import is_nothing, read_line
from bonphuong.kit.specs import Holds
from bonphuong.kit.validators import table_findings
from bonphuong.records.registry import CellError, Cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.kit.fields import Known
    from bonphuong.kit.specs import LineSpec, Scheme

LEAD = "lead_office_code"


def clean_many(
    scheme: Scheme, rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> list[Cleaned]:
    """One `Cleaned` for each row, in order; names are resolved from memory and nothing is written.

    Rows are keyed by the names of specs; `kind` and `office_code` hold where a row does not say its own kind or
    lead office. Lines come under the name of their lines as a list of mappings (or of LineDrafts). A row with
    `record_uid` is laid over that record. `year` is that of days written without one.
    """
    del actor  # whoever may enter may name any office of the book as the lead
    ground = Ground(book_of(office_code))
    uids = [row["record_uid"] for row in rows if isinstance(row.get("record_uid"), UUID)]
    stored = drafts_of(scheme, [uid for uid in uids if isinstance(uid, UUID)])
    return [
        _Row(scheme, row, ground, kind, office_code, stored).cleaned(index) for index, row in enumerate(rows)
    ]


def clean_values(
    scheme: Scheme, kind: str, values: Mapping[str, object], *, office_code: str, currency: str = ""
) -> tuple[dict[str, Any], list[CellError]]:
    """Some fields of a row, read by the names of their specs: column → value, and what is wrong.

    `currency` is that of the row's sums where the values do not name one.
    """
    row = _Row(scheme, values, Ground(book_of(office_code)), kind, office_code, {})
    row.currency = currency
    row.take_fields(one for one in known_specs(scheme, kind) if one.name in values or one.attr in values)
    return row.values, row.errors


class _Row:
    """One row on its way through the gate."""

    def __init__(  # noqa: PLR0917 - what a row is judged by
        self,
        scheme: Scheme,
        row: Mapping[str, object],
        ground: Ground,
        kind: str,
        office_code: str,
        stored: Mapping[UUID, Draft],
    ) -> None:  # fmt: skip
        self.scheme, self.row, self.ground = scheme, row, ground
        uid = row.get("record_uid")
        self.before = stored.get(uid) if isinstance(uid, UUID) else None
        self.uid = uid if isinstance(uid, UUID) else None
        given = row.get("kind")
        self.kind = self.before.kind if self.before else str(given) if given else kind
        self.office_code = office_code
        self.currency = ""
        year = row.get("year")
        self.year = year if isinstance(year, int) else None
        self.values: dict[str, Any] = {}
        self.lines: dict[str, tuple[LineDraft, ...]] = {}
        self.errors: list[CellError] = []

    def cleaned(self, index: int) -> Cleaned:
        """The row judged as a whole."""
        if self.uid is not None and self.before is None:
            missing = CellError("", _("The record that this row names is not there."))
            return Cleaned(index, None, (missing,), of=self.uid)
        self.take_fields(known_specs(self.scheme, self.kind))
        self._take_lines()
        draft = self._draft()
        self._judge(draft)
        warn = self.scheme.warn
        warnings = tuple(
            CellError(self._column(name), message)
            for name, message in (warn(draft, self.ground.today) if warn else ())
        )
        changed = self._changed(draft) if self.before else ()
        good = None if self.errors else draft
        return Cleaned(index, good, tuple(self.errors), warnings, of=self.uid, changed=changed)

    def take_fields(self, fields: Iterable[Known]) -> None:
        """Read every field that the row has."""
        for one in fields:
            if one.name in self.row:
                self._take(one, self.row[one.name])
            else:
                # Programs give columns as they are: `partner_code`, `lead_office_code`.
                self.values |= {attr: self.row[attr] for attr in one.attrs if attr in self.row}
        self._scale(known_specs(self.scheme, self.kind), self.values)

    def _take(self, one: Known, value: object) -> None:
        try:
            found = self.ground.read(one, value, year=self.year)
        except (BadValue, ValueError) as error:
            self.errors.append(CellError(one.name, str(error)))
            return
        if is_nothing(found[-1]) and self.before is None:
            return
        self.values |= dict(zip(one.attrs, found, strict=True))

    def _scale(self, fields: Sequence[Known], values: dict[str, Any]) -> None:
        for one in fields:
            if one.holds not in SCALED:
                continue
            sum_in_whole = values.get(one.attr) if one.name in self.row else self._restated(one, values)
            if sum_in_whole is not None:
                try:
                    values[one.attr] = in_minor_units(sum_in_whole, self._currency(one, values))
                except BadValue as error:
                    self.errors.append(CellError(one.name, str(error)))

    def _currency(self, one: Known, values: Mapping[str, Any]) -> str:
        """That of the row, else of the stored record under it, else the one that the program names."""
        if one.holds == Holds.CENTS:
            return DOLLAR
        stored = self.before.get("currency") if self.before else self.currency
        return str(values.get("currency") or stored or DONG)

    def _restated(self, one: Known, values: Mapping[str, Any]) -> Decimal | None:
        """A stored sum whose currency alone was corrected: so many whole units as before, of the other currency."""
        before = self.before
        if before is None or "currency" not in values or before.get(one.attr) is None:
            return None
        if one.holds == Holds.CENTS:
            return None
        return in_whole_units(before.get(one.attr), str(before.get("currency") or DONG))

    def _take_lines(self) -> None:
        for line in self.scheme.lines_of(self.kind):
            given = self.row.get(line.name)
            if isinstance(given, list | tuple):
                read = [self._line(line, number, one) for number, one in enumerate(given)]
                self.lines[line.name] = tuple(one for one in read if one is not None)

    def _line(self, line: LineSpec, number: int, given: object) -> LineDraft | None:
        if isinstance(given, LineDraft):
            return given
        values = given if isinstance(given, Mapping) else {}
        found, errors = read_line(line, values, self.ground)
        self.errors += [CellError(f"{line.name}-{number}-{error.column}", error.message) for error in errors]
        uid = values.get("uid")
        return LineDraft(found, uid if isinstance(uid, UUID) else None) if found else None

    def _draft(self) -> Draft:
        title = str(self.values.pop("title", "") or (self.before.title if self.before else ""))
        lead = self.values.pop(LEAD, "") or (
            self.before.lead_office_code if self.before else self.office_code
        )
        base = self.before
        version = self.row.get("record_version")
        return Draft(
            kind=self.kind,
            title=title,
            lead_office_code=str(lead),
            values={**(base.values if base else {}), **self.values},
            lines={**(base.lines if base else {}), **self.lines},
            uid=self.uid,
            version=version if isinstance(version, int) else base.version if base else None,
        )

    def _judge(self, draft: Draft) -> None:
        refused = {error.column for error in self.errors}
        for name, message in self._findings(draft):
            error = CellError(self._column(name), message)
            if error.column not in refused and error not in self.errors:
                self.errors.append(error)
        if self.before and self.before.version != draft.version:
            message = _(
                "Somebody else has changed this record since the file was made. Nothing was overwritten."
            )
            self.errors.append(CellError("", message))

    def _findings(self, draft: Draft) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for one in known_specs(self.scheme, self.kind):
            value = _value(draft, one)
            if one.spec.required and is_nothing(value):
                found.append((one.name, _("Fill this in.")))
            if one.spec.late and one.holds == Holds.DAY and value and value > self.ground.today:
                found.append((one.name, _("This day is still to come.")))
        check = self.scheme.check
        found += check(draft, self.ground.today) if check else ()
        # The tables have the last word, in words: what they refuse must not come as far as the database.
        return found if found or self.errors else table_findings(self.scheme, draft)

    def _column(self, name: str) -> str:
        """The spec under which a column's finding is shown."""
        for one in known_specs(self.scheme, self.kind):
            if name == one.name or name in one.attrs:
                return one.name
        return name

    def _changed(self, draft: Draft) -> tuple[str, ...]:
        before = self.before
        if before is None:
            return ()
        names = [
            one.name
            for one in known_specs(self.scheme, self.kind)
            if _value(draft, one) != _value(before, one)
            or any(draft.get(a) != before.get(a) for a in one.attrs)
        ]
        names += [name for name in self.lines if draft.lines.get(name) != before.lines.get(name)]
        return tuple(names)


def _value(draft: Draft, one: Known) -> Any:
    if one.name == "title":
        return draft.title
    if one.attr == LEAD:
        return draft.lead_office_code
    if one.holds == Holds.PARTY:
        return draft.get(one.attrs[0]) or draft.get(one.attrs[1])
    return draft.get(one.attr)
