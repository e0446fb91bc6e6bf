"""An office's own indicator: first what is counted, then by which filters, under which name, from which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.indicators.enums import IndicatorKind
from bonphuong.indicators.own import BASE, KINDS, IndicatorDraft, indicators_for
from bonphuong.kernel import clock
from bonphuong.kernel.text import fold
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.forms.figures import indicator_choices
from bonphuong.web.desk.forms.settings.base import OfficeField, SettingForm
from bonphuong.web.desk.pages.figure_filters import NOT_STATED, whole_lists
from bonphuong.web.desk.pages.slots import dimension_word
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User
    from bonphuong.indicators.models import Indicator

FILTER = "by_"
TWO = "two:"


def measure_choices() -> list[Any]:
    """What can be counted: the measures of the ledger that records are posted under, and what is made of two."""
    lang = language()
    counted = [one for one in MEASURES.values() if one.shape in BASE.values()]
    flows = [(one.code, one.label(lang)) for one in counted if one.shape == Shape.FLOW]
    levels = [(one.code, one.label(lang)) for one in counted if one.shape == Shape.LEVEL]
    two = [(f"{TWO}{kind}", str(kind.label)) for kind in KINDS if kind not in BASE]
    return [
        (_("Summed over a period"), sorted(flows, key=lambda row: row[1])),
        (_("The state on the last day"), sorted(levels, key=lambda row: row[1])),
        (_("Made of two indicators"), two),
    ]


class MeasureForm(forms.Form):
    """The first question: what is counted."""

    of = forms.ChoiceField(label=gettext_lazy("What is counted"))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        field = self.fields["of"]
        if isinstance(field, forms.ChoiceField):
            field.choices = measure_choices()


class IndicatorForm(SettingForm):
    """All that an own indicator says. `asked["of"]` is the measure, or how it is made of two indicators."""

    office = OfficeField()
    label_vi = forms.CharField(label=gettext_lazy("Name in Vietnamese"), max_length=200)
    label_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200)
    name = forms.CharField(
        label=gettext_lazy("Short name in its code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Small letters without marks, digits and hyphens. Left empty it is made of the name."
        ),
    )
    definition_vi = forms.CharField(
        label=gettext_lazy("Definition in Vietnamese"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    definition_en = forms.CharField(
        label=gettext_lazy("Definition in English"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_from = DayField(label=gettext_lazy("In force from"))
    reason = forms.CharField(
        label=gettext_lazy("Why it is needed"),
        max_length=300,
        help_text=gettext_lazy("Stands in the trail: a plan, a request of a superior body, a practice."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        row: Indicator | None = None,
        asked: Mapping[str, str] | None = None,
    ) -> None:
        self.of = (asked or {}).get("of", "") if row is None else _of(row)
        self.indicator = row
        self.filter_names: list[str] = []
        super().__init__(data, user=user, row=row, asked=asked)

    @property
    def kind(self) -> str:
        """How it is made."""
        if self.of.startswith(TWO):
            return self.of.removeprefix(TWO)
        shape = MEASURES[self.of].shape
        return next(str(kind) for kind, wanted in BASE.items() if wanted == shape)

    def known(self) -> dict[str, Any]:
        """The version before, or a new one from today."""
        row = self.indicator
        if row is None:
            return {"valid_from": clock.today()}
        told = (
            "label_vi",
            "label_en",
            "definition_vi",
            "definition_en",
            "numerator",
            "denominator",
            "split_by",
        )
        return {"valid_from": clock.today(), **{name: getattr(row, name) for name in told}}

    def offer_all(self) -> None:
        """The office, and the choices of what is counted."""
        if self.indicator is None:
            self.offer_offices()
        else:
            del self.fields["office"], self.fields["name"]
        if self.of.startswith(TWO):
            self._offer_two()
        else:
            self._offer_filters()
        last = ("definition_vi", "definition_en", "valid_from", "reason")
        self.order_fields([name for name in self.fields if name not in last] + list(last))

    def _offer_two(self) -> None:
        rows = [row for row in indicators_for(self.user).offered() if row.kind in BASE]
        for name, label in (("numerator", _("The part, above")), ("denominator", _("The whole, below"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=indicator_choices(rows))

    def _offer_filters(self) -> None:
        measure = MEASURES[self.of]
        stored = self.indicator.filters if self.indicator is not None else {}
        for name, choices in whole_lists(self.user, self.of).items():
            field = measure.dimensions[name]
            codes = stored.get(field, [])
            known = dict(choices)
            more = [(code, code) for code in codes if code and code not in known]
            self.filter_names.append(name)
            self.fields[f"{FILTER}{name}"] = forms.MultipleChoiceField(
                label=_("Only: %(dimension)s") % {"dimension": dimension_word(name)},
                choices=[*choices, *more],
                required=False,
                initial=[code or NOT_STATED for code in codes],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("None ticked: all of them count."),
            )
        parts = [("", _("not parted"))] + [(name, dimension_word(name)) for name in measure.dimensions]
        self.fields["split_by"] = forms.ChoiceField(
            label=_("Shown by its parts at once"), choices=parts, required=False
        )

    def draft(self) -> IndicatorDraft:
        """What was filled in."""
        given = self.cleaned_data
        codes = {name: given[f"{FILTER}{name}"] for name in self.filter_names}
        base = not self.of.startswith(TWO)
        shipped = [
            row.measure == self.of and not row.is_additive for row in indicators_for(self.user) if base
        ]
        return IndicatorDraft(
            label_vi=given["label_vi"],
            label_en=given["label_en"],
            definition_vi=given["definition_vi"],
            definition_en=given["definition_en"],
            kind=self.kind,
            valid_from=given["valid_from"],
            measure=self.of if base else "",
            filters={
                name: ["" if code == NOT_STATED else code for code in some]
                for name, some in codes.items()
                if some
            },
            split_by=given.get("split_by", ""),
            numerator=given.get("numerator", ""),
            denominator=given.get("denominator", ""),
            # What a measure counts several times it counts several times under every filter.
            is_additive=not any(shipped),
        )

    def short_name(self) -> str:
        """The name in the code: as typed, else made of the Vietnamese one."""
        return str(
            self.cleaned_data.get("name") or slugify(fold(self.cleaned_data["label_vi"]))[:40].strip("-")
        )


def _of(row: Indicator) -> str:
    return row.measure or f"{TWO}{IndicatorKind(row.kind)}"


def is_known(of: str) -> bool:
    """Whether the first question was answered with something that can be counted."""
    kinds = {f"{TWO}{kind}" for kind in KINDS if kind not in BASE}
    return of in kinds or (of in MEASURES and MEASURES[of].shape in BASE.values())
