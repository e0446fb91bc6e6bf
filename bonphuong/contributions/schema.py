"""What is given to make a call or an answer, checked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.contributions.enums import Asks
from bonphuong.kernel.periods import Period
from bonphuong.ledger.measures import MEASURES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_MOST = Decimal(10) ** 14


@dataclass(frozen=True)
class QuestionDraft:
    """A question as written; see `models.Question`."""

    heading: str
    asks: str = Asks.TEXT
    guidance: str = ""
    slot: str = ""
    unit: str = ""
    measure: str = ""
    family: str = ""
    kind: str = ""


@dataclass(frozen=True)
class CallDraft:
    """A call as written. `offices` are codes of ours, `names` bodies without an account."""

    title: str
    due_on: dt.date
    questions: Sequence[QuestionDraft]
    offices: Sequence[str] = ()
    names: Sequence[str] = ()
    report_code: str = ""
    period_code: str = ""
    guidance: str = ""


@dataclass(frozen=True)
class Given:
    """An answer to one question."""

    body: str = ""
    value: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not self.body.strip() and self.value is None


def errors_of(draft: CallDraft) -> dict[str, list[str]]:
    """What is wrong with a call, by field."""
    errors: dict[str, list[str]] = {}
    if not draft.title.strip():
        errors["title"] = [_("Say what the call is about.")]
    if not draft.questions or not all(question.heading.strip() for question in draft.questions):
        errors["questions"] = [_("Ask at least one thing, and say what.")]
    if not draft.offices and not any(name.strip() for name in draft.names):
        errors["offices"] = [_("Choose at least one addressee.")]
    if len(set(draft.offices)) != len(draft.offices):
        errors["offices"] = [_("An addressee is named twice.")]
    for question in draft.questions:
        if question.measure and question.measure not in MEASURES:
            errors["questions"] = [_("“%(code)s” is no measure.") % {"code": question.measure}]
    if draft.period_code:
        try:
            Period.parse(draft.period_code)
        except ValueError as error:
            errors["period"] = [str(error)]
    return errors


def wrong_value(value: Decimal | None) -> str:
    """Why a figure cannot be taken; empty where it can."""
    if value is None:
        return ""
    if not value.is_finite() or not 0 <= value < _MOST:
        return _("%(number)s cannot be right.") % {"number": value}
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -4:
        return _("Give at most four decimals.")
    return ""
