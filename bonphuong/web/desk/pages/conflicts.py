"""Two versions of the same thing side by side: what somebody saved meanwhile, and what was typed here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from types import SimpleNamespace
from typing import TYPE_CHECKING

from bonphuong.families.delegations.models import Delegation
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.fields import known_specs
from bonphuong.web.desk.pages.record_values import names_in, shown
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from bonphuong.families.delegations.schema import DelegationDraft
    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.models import FamilyRow
    from bonphuong.kit.specs import Scheme


@dataclass(frozen=True)
class Difference:
    """One thing that the two versions say differently."""

    label: str
    theirs: str
    mine: str


def differences(theirs: DelegationDraft, mine: DelegationDraft) -> list[Difference]:
    """What is stored now beside what was typed, where they differ."""
    found = []
    for field in fields(theirs):
        one, other = getattr(theirs, field.name), getattr(mine, field.name)
        if one != other and not (not one and not other):
            found.append(Difference(_label(field.name), _written(one), _written(other)))
    return found


def record_differences(scheme: Scheme, theirs: FamilyRow, mine: Draft) -> list[Difference]:
    """As `differences`, for a record of the kit: the stored row beside what was typed."""
    known = known_specs(scheme, theirs.kind)
    held = {attr: getattr(theirs, attr) for one in known for attr in one.attrs if hasattr(theirs, attr)}
    own = {"title": mine.title, "lead_office_code": mine.lead_office_code}
    typed = SimpleNamespace(**{**held, **own, **mine.values})
    names = names_in((known, [theirs, typed]))
    pairs = [(one.label, shown(one, theirs, names), shown(one, typed, names)) for one in known]
    return [Difference(str(label), old, new) for label, old, new in pairs if old != new]


def _label(name: str) -> str:
    model_fields = {field.name: field for field in Delegation._meta.concrete_fields}
    return str(model_fields[name].verbose_name) if name in model_fields else name


def _written(value: object) -> str:
    if isinstance(value, dt.date):
        return format_date(value, language())
    if isinstance(value, int) and not isinstance(value, bool):
        return format_number(value, language())
    if isinstance(value, tuple):
        return ", ".join(
            str(getattr(one, "text", None) or getattr(one, "full_name", None) or one) for one in value
        )
    return "" if value is None else str(value)
