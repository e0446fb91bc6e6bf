"""Entering and correcting a record of any family: one form from its specs, fed through the family's one gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kit.drafts import Draft
from bonphuong.kit.fields import known_specs
from bonphuong.records.registry import get_family
from bonphuong.web.desk.forms.entry import EntryForm
from bonphuong.web.desk.forms.specs import field_of, first_values
from bonphuong.web.desk.pages.record_values import names_in, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BoundField
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.kit.fields import Known
    from bonphuong.kit.models import FamilyRow
    from bonphuong.kit.specs import Scheme
    from bonphuong.records.registry import Cleaned
    from bonphuong.web.desk.forms.lines import LineRows
    from bonphuong.web.desk.forms.specs import Offer

MASKED = "••"


class RecordForm(EntryForm):
    """What a person says of a record.

    `before` is the stored row that is corrected; `finished` shows late fields; `begun` is what a link to the new
    form knows already.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offer: Offer,
        scheme: Scheme,
        kind: str,
        finished: bool,
        before: FamilyRow | None = None,
        begun: Mapping[str, str] | None = None,
    ) -> None:
        self.begun = begun or {}
        self.scheme, self.kind, self.before, self.offer = scheme, kind, before, offer
        has_way = bool(get_family(scheme.family).kind(kind).procedure or scheme.procedure)
        self.finished = finished or before is not None or not has_way
        every = [one for one in known_specs(scheme, kind) if one.spec.in_form]
        #: Whether registering a finished case would ask for more than a request does.
        self.asks_more = has_way and any(one.spec.late for one in every)
        self.known = [one for one in every if self.finished or not one.spec.late]
        self.cleaned: Cleaned | None = None
        super().__init__(data, initial=self._initial())
        if before is None:
            del self.fields["reason"]
        for one in self.known:
            self.fields[one.name] = field_of(one, offer)

    def _initial(self) -> dict[str, object]:
        if self.before is None:
            given = {one.name: self.begun[one.name] for one in self.known if self.begun.get(one.name)}
            return {**first_values(self.known, self.offer), **given}
        names = names_in((self.known, [self.before]))
        values = {one.name: typed(one, self.before, names) for one in self.known}
        return {**values, "version": self.before.record.version}

    def row(self) -> dict[str, object]:
        """The form as the gate takes it: over a stored row only what was changed, else all that was said."""
        if self.before is not None:
            changed = {one.name: self.cleaned_data.get(one.name) for one in self.known if self._is_new(one)}
            return {**changed, "record_uid": self.before.record_id}
        given = {one.name: self.cleaned_data.get(one.name) for one in self.known}
        return {name: value for name, value in given.items() if value not in (None, "", False)}

    def _is_new(self, one: Known) -> bool:
        masked = one.spec.restricted and str(self.cleaned_data.get(one.name) or "").startswith(MASKED)
        return one.name in self.changed_data and not masked

    def pass_gate(self, *, user: User, office_code: str, lines: Sequence[LineRows] = ()) -> Draft | None:
        """The draft, or None with every error beside its field or in its cell."""
        row = self.row()
        for rows in lines:
            row[str(rows.prefix)] = rows.given()
        family = get_family(self.scheme.family)
        [cleaned] = family.get_clean_many()([row], kind=self.kind, office_code=office_code, actor=user)
        by_name = {rows.prefix: rows for rows in lines}
        for error in cleaned.errors:
            name, _dash, cell = error.column.partition("-")
            if cell and name in by_name:
                by_name[name].refuse(cell, error.message)
            else:
                self.add_error(self._place(error.column), error.message)
        self.cleaned = cleaned
        return cleaned.draft if isinstance(cleaned.draft, Draft) and cleaned.is_good else None

    def _place(self, column: str) -> str | None:
        return column if column in self.fields else None

    def parts(self) -> list[tuple[_StrOrPromise, list[BoundField]]]:
        """The fields in groups, each under what it is about, in the order of the scheme."""
        grouped: dict[str, list[BoundField]] = {}
        for one in self.known:
            grouped.setdefault(one.spec.part, []).append(self[one.name])
        found = [(self.scheme.part_label(part), bounds) for part, bounds in grouped.items()]
        return [*found, (_("This entry"), [self["reason"]])] if "reason" in self.fields else found
