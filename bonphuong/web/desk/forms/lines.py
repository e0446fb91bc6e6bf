"""The lines under a record as a table that is typed in or pasted into. Restricted values stay masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.functional import cached_property

from bonphuong.kit.specs import Holds
from bonphuong.web.desk.forms.record import MASKED
from bonphuong.web.desk.forms.specs import field_of, first_values
from bonphuong.web.desk.pages.record_values import all_known, names_in, stored, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.kit.fields import Known
    from bonphuong.kit.models import FamilyLine
    from bonphuong.kit.specs import LineSpec
    from bonphuong.web.desk.forms.specs import Offer

BLANK = 2
MOST = 500
# Names that more than one code may bear: left as they were, they keep the code that they had.
_AMBIGUOUS = {Holds.UNIT, Holds.COUNTRY}


class LineForm(forms.Form):
    """One line; its fields follow from the specs of its lines."""

    uid = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: Sequence[Known], offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        for one in known:
            if not one.spec.in_form:
                continue
            self.fields[one.name] = field_of(one, offer, in_cell=True)

    def is_removed(self) -> bool:
        """Whether the line was taken out; a line in which nothing is left is one, too."""
        return bool(self.cleaned_data.get("DELETE")) or not any(
            value for name, value in self.cleaned_data.items() if name in self.typed_names()
        )

    def typed_names(self) -> list[str]:
        """The fields that a person fills in; a chosen word alone makes no line."""
        asked = [one for one in self.known if one.spec.in_form]
        begun = [one.name for one in asked if one.spec.default is None]
        return begun or [one.name for one in asked]


if TYPE_CHECKING:
    _Rows = BaseFormSet[LineForm]
else:  # Generic for the type checker only.
    _Rows = BaseFormSet


class LineRows(_Rows):
    """All lines of one sort. The prefix is the name of the lines."""

    spec: LineSpec
    stored: Mapping[str, FamilyLine]

    @cached_property
    def kept(self) -> list[LineForm]:
        """The forms of lines that stay, in their order; as they were before the gate found anything in them."""
        return [form for form in self.forms if form.is_valid() and not form.is_removed()]

    def given(self) -> list[dict[str, object]]:
        """The lines as the gate takes them."""
        return [self._line(form) for form in self.kept]

    def refuse(self, cell: str, message: str) -> None:
        """Put what the gate found into its cell; `cell` is "3-currency", counted over the lines that stay."""
        number, _dash, name = cell.partition("-")
        if number.isdigit() and int(number) < len(self.kept):
            form = self.kept[int(number)]
            form.add_error(name if name in form.fields else None, message)

    def _line(self, form: LineForm) -> dict[str, object]:
        before = self.stored.get(str(form.cleaned_data.get("uid") or ""))
        given: dict[str, object] = {"uid": before.pk if before else None}
        for one in form.known:
            given |= self._cell(form, one, before)
        return given

    @staticmethod
    def _cell(form: LineForm, one: Known, before: FamilyLine | None) -> dict[str, object]:
        if not one.spec.in_form:
            # Reckoned, never typed: what is there stays until it is reckoned anew.
            return stored(one, before) if before else {}
        value = form.cleaned_data.get(one.name)
        is_same = before is not None and one.name not in form.changed_data
        if one.spec.restricted and str(value or "").startswith(MASKED):
            return {one.attr: getattr(before, one.attr)} if before else {}
        if is_same and one.holds == Holds.PARTY:
            return {attr: getattr(before, attr) for attr in one.attrs}
        if is_same and one.holds in _AMBIGUOUS:
            return {one.name: getattr(before, one.attr)}
        return {one.name: value}


def line_rows(
    spec: LineSpec, data: Mapping[str, Any] | None, *, offer: Offer, lines: Sequence[FamilyLine] = ()
) -> LineRows:
    """The table of one sort of lines, with a few empty ones at its end."""
    known = all_known(spec.model, spec.specs)
    names = names_in((known, lines))
    there = [{**{one.name: typed(one, line, names) for one in known}, "uid": str(line.pk)} for line in lines]
    fresh = first_values(known, offer)
    made = formset_factory(
        LineForm, formset=LineRows, extra=0, can_delete=True, max_num=MOST, absolute_max=MOST + 100
    )
    found = cast(
        "LineRows",
        made(
            data,
            initial=[*there, *({**fresh} for _n in range(BLANK))],
            prefix=spec.name,
            form_kwargs={"known": known, "offer": offer},
        ),
    )
    found.spec, found.stored = spec, {str(line.pk): line for line in lines}
    return found


def all_good(tables: Sequence[LineRows]) -> bool:
    """Whether every cell of every table can be read; all are looked at, so that all mistakes are told at once."""
    bad = [rows for rows in tables if not rows.is_valid()]
    return not bad
