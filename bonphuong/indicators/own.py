"""Indicators that offices make from the measures of the ledger: who knows which, and when a draft of one is right."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import office_codes_for
from bonphuong.indicators.enums import IndicatorKind
from bonphuong.indicators.models import OWN, Indicator
from bonphuong.kernel.errors import BadInput
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.indicators.models import IndicatorQuerySet

BASE = {IndicatorKind.SUM: Shape.FLOW, IndicatorKind.LEVEL: Shape.LEVEL}
OF_TWO = (IndicatorKind.RATIO, IndicatorKind.PERCENT)
#: What an office may make; a share of the plan and what only papers state are shipped.
KINDS = (*BASE, *OF_TWO)
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE = 80


@dataclass(frozen=True)
class IndicatorDraft:
    """What an office says of an indicator of its own. `filters` are by the names that people know ("head_level")."""

    label_vi: str
    label_en: str
    kind: str
    valid_from: dt.date
    definition_vi: str = ""
    definition_en: str = ""
    measure: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    split_by: str = ""
    numerator: str = ""
    denominator: str = ""
    is_additive: bool = True

    @property
    def is_base(self) -> bool:
        """Whether it is counted from a measure, not worked out of two others."""
        return self.kind in BASE

    @property
    def stored_filters(self) -> dict[str, list[str]]:
        """The filters by the ledger's own fields, in one order, so that two alike are the same text."""
        names = MEASURES[self.measure].dimensions if self.measure in MEASURES else {}
        return {names[name]: sorted(set(codes)) for name, codes in sorted(self.filters.items()) if codes}


def indicators_for(user: User) -> IndicatorQuerySet:
    """The indicators that a person may ask for: the shipped ones and those of the books whose figures they see."""
    return Indicator.objects.known_to(_books(user))


def _books(user: User) -> set[str]:
    paths = Office.objects.filter(pk__in=office_codes_for(user, Permission.FIGURE_VIEW))
    return {path.split("/", 1)[0] for path in paths.values_list("path", flat=True)}


def measures_known(book: str) -> dict[str, str]:
    """Code → measure of every indicator that a report of the book may name; ratios have no measure."""
    return dict(Indicator.objects.known_to([book]).values_list("code", "measure"))


def named(office: str, name: str, version: int) -> str:
    """The code of a version of an own indicator. Raises BadInput where it would be too long or no name is left."""
    code = f"{OWN}{office}.{name}.{version}"
    if not NAME.fullmatch(name) or len(code) > _LONGEST_CODE:
        message = _(
            "The short name is small letters without marks, digits and hyphens, and at most %(most)s of them."
        )
        most = _LONGEST_CODE - len(f"{OWN}{office}..{version}")
        raise BadInput({"name": [message % {"most": most}]})
    return code


def judge(draft: IndicatorDraft, book: str) -> None:
    """Raise BadInput with all that is wrong with a draft, in words, beside the field it is about."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for name in ("label_vi", "label_en"):
        if not getattr(draft, name).strip():
            wrong[name].append(_("Say what it is called."))
    if draft.kind not in KINDS:
        wrong["kind"].append(_("An own indicator is a sum, a state on a day, or made of two others."))
    elif draft.is_base:
        _judge_base(draft, wrong)
    else:
        _judge_two(draft, book, wrong)
    if wrong:
        raise BadInput(wrong)


def _judge_base(draft: IndicatorDraft, wrong: dict[str, list[str]]) -> None:
    measure = MEASURES.get(draft.measure)
    if measure is None:
        wrong["measure"].append(_("Choose a measure of the ledger."))
        return
    if measure.shape != BASE[IndicatorKind(draft.kind)]:
        wrong["kind"].append(
            _("This measure is a state: ask for it on the last day of the period.")
            if measure.shape == Shape.LEVEL
            else _("This measure happens on days: ask for its sum over the period.")
            if measure.shape == Shape.FLOW
            else _("This measure is only stated by papers: nothing of it can be counted.")
        )
    for name in draft.filters:
        if name not in measure.dimensions:
            message = _("“%(measure)s” is not counted by “%(dimension)s”.")
            wrong["filters"].append(message % {"measure": measure.label("vi"), "dimension": name})
    if draft.split_by and draft.split_by not in measure.dimensions:
        message = _("“%(measure)s” is not counted by “%(dimension)s”.")
        wrong["split_by"].append(message % {"measure": measure.label("vi"), "dimension": draft.split_by})


def _judge_two(draft: IndicatorDraft, book: str, wrong: dict[str, list[str]]) -> None:
    known = Indicator.objects.known_to([book]).in_bulk([draft.numerator, draft.denominator])
    for name in ("numerator", "denominator"):
        row = known.get(getattr(draft, name))
        if row is None:
            wrong[name].append(_("Choose an indicator."))
        elif row.kind not in BASE:
            wrong[name].append(_("Take one that is counted itself, not one made of two others."))
    if draft.numerator and draft.numerator == draft.denominator:
        wrong["denominator"].append(_("The two must not be the same."))
    if draft.filters or draft.measure:
        wrong["measure"].append(_("What is made of two indicators has no measure of its own."))
