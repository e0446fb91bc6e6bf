"""Two versions of the same thing side by side: what somebody saved meanwhile, and what was typed here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from bonphuong.families.delegations.models import Delegation
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from bonphuong.families.delegations.schema import DelegationDraft


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
