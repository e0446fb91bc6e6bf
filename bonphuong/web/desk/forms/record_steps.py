"""Taking a step of any record: the day, the fields that the step sets, the papers that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.kit.fields import known_specs
from bonphuong.papers.enums import PaperKind
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.forms.specs import field_of, first_values, known_or_plain
from bonphuong.web.desk.pages.record_values import names_in, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.kit.models import FamilyRow
    from bonphuong.kit.specs import Act, Scheme
    from bonphuong.papers.models import Paper
    from bonphuong.procedures.models import Transition
    from bonphuong.web.desk.forms.signers import Signers
    from bonphuong.web.desk.forms.specs import Offer

NOTE, CANCELLED_ON, LATE = "note", "cancelled_on", "late_reason"
FILED, NUMBER = "filed_", "number_"


class RecordStepForm(forms.Form):
    """One step of a record's way. Which fields it has follows from the step."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Day"), help_text=_("As in 5/3 or 05/03/2026."))

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        way: Transition,
        row: FamilyRow,
        scheme: Scheme,
        papers: Sequence[Paper],
        offer: Offer,
        signers: Signers,
    ) -> None:
        self.way, self.row, self.signers = way, row, signers
        asked = [one for one in known_specs(scheme, row.kind) if one.name in way.asks]
        days = [one for one in asked if one.name.endswith("_on") and one.name != CANCELLED_ON]
        self.known = [one for one in asked if one not in days[:1] and one.name != CANCELLED_ON]
        names = names_in((self.known, [row]))
        values = {one.name: typed(one, row, names) for one in self.known}
        super().__init__(data, initial={**values, "version": row.record.version, "on": self._day()})
        if days:
            self.fields["on"].label = str(days[0].label)[:1].upper() + str(days[0].label)[1:]
        for one in self.known:
            self.fields[one.name] = field_of(one, offer)
            self.fields[one.name].required = one.holds != "flag"
        self._ask_papers(scheme, papers)
        signers.ask(self)
        self._ask_note(data)

    def _day(self) -> object:
        return clock.today()

    def _ask_papers(self, scheme: Scheme, papers: Sequence[Paper]) -> None:
        """A paper of the dossier is chosen; where none is filed yet, its number is noted."""
        for kind in [*self.way.required_papers, *self.way.expected_papers]:
            label = str(PaperKind(kind).label) if kind in PaperKind.values else kind
            word = label[:1].upper() + label[1:]
            there = [(str(paper.pk), str(paper)) for paper in papers if paper.kind == kind]
            needed = kind in self.way.required_papers
            if there:
                choice = forms.ChoiceField(label=word, choices=[("", "—"), *there], required=False)
                choice.initial = there[-1][0]
                self.fields[f"{FILED}{kind}"] = choice
            elif not (kind == PaperKind.DECISION and scheme.decision[0] in self.way.asks):
                self.fields[f"{NUMBER}{kind}"] = forms.CharField(
                    label=_("%(paper)s: number and symbol") % {"paper": word},
                    max_length=60,
                    required=needed,
                    help_text=_("As in 123/QĐ-UBND."),
                )

    def _ask_note(self, data: Mapping[str, Any] | None) -> None:
        is_asked = NOTE in self.way.asks
        self.fields[NOTE] = forms.CharField(
            label=_("Why") if is_asked else _("Note"),
            required=is_asked,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[LATE] = _late_field(data)

    def show_late_reason(self) -> None:
        """After the ledger asked why: the field comes out."""
        self.fields[LATE].widget = forms.TextInput()

    def values(self) -> dict[str, object]:
        """What the step sets, as it was typed; the service reads it."""
        return {one.name: self.cleaned_data.get(one.name) for one in self.known}

    def paper_uids(self) -> list[UUID]:
        """Papers of the dossier that were chosen."""
        chosen = (value for name, value in self.cleaned_data.items() if name.startswith(FILED))
        return [UUID(value) for value in chosen if value]

    def paper_numbers(self, decision: str) -> dict[str, str]:
        """Kind of paper → number; `decision` is the field in which the scheme keeps the decision's."""
        found = {
            name.removeprefix(NUMBER): str(value).strip()
            for name, value in self.cleaned_data.items()
            if name.startswith(NUMBER) and value
        }
        number = str(self.cleaned_data.get(decision) or "").strip() if decision else ""
        wanted = [*self.way.required_papers, *self.way.expected_papers]
        if number and PaperKind.DECISION in wanted and f"{FILED}{PaperKind.DECISION}" not in self.fields:
            found[PaperKind.DECISION.value] = number
        return found


def _late_field(data: Mapping[str, Any] | None) -> forms.CharField:
    """Hidden until the ledger asks for it, and out from then on."""
    field = forms.CharField(
        label=_("Why this comes after the period was closed"), required=False, max_length=300
    )
    if not (data or {}).get(LATE):
        field.widget = forms.HiddenInput()
    return field


class RecordActForm(forms.Form):
    """The small form of an act of a family."""

    def __init__(self, data: Mapping[str, Any] | None, *, act: Act, row: FamilyRow, offer: Offer) -> None:
        self.known = [known_or_plain(type(row), spec) for spec in act.asks if spec.name != LATE]
        super().__init__(data, initial=first_values(self.known, offer))
        for one in self.known:
            self.fields[one.name] = field_of(one, offer)
        self.fields[LATE] = _late_field(data)

    def late_reason(self) -> str:
        """Why it comes after the period was closed; nothing while nobody asked."""
        return str(self.cleaned_data.get(LATE) or "").strip()

    def show_late_reason(self) -> None:
        """After the ledger asked why: the field comes out."""
        self.fields[LATE].widget = forms.TextInput()


class RevealReasonForm(forms.Form):
    """What restricted data is read for."""

    reason = forms.CharField(
        label=_("What you need it for"),
        max_length=300,
        help_text=_("It stands in the trail with your name and the hour."),
    )
