"""What the gate adds to programmes: the days of their year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bonphuong.families.programme.enums import FIRST_YEAR, LAST_YEAR, Cut, Kind
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.kit.schema import clean_many as clean_by_scheme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.specs import Scheme
    from bonphuong.records.registry import Cleaned


def clean_many(
    scheme: Scheme, rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> list[Cleaned]:
    """The kit's gate, with years completed; one `Cleaned` for each row, in order."""
    cleaned = clean_by_scheme(scheme, rows, kind=kind, office_code=office_code, actor=actor)
    return [_completed(one) for one in cleaned]


def _completed(one: Cleaned) -> Cleaned:
    draft: Any = one.draft
    return one if draft is None else replace(one, draft=complete(draft))


def complete(draft: Draft) -> Draft:
    """A programme's draft with the days of its year; pure."""
    year = draft.get("year")
    if draft.kind != Kind.PROGRAMME or year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return draft
    period = period_of(year, draft.get("cut") or Cut.CALENDAR)
    return replace(draft, values={**draft.values, "starts_on": period.since, "ends_on": period.until})


def period_of(year: int, cut: str) -> Period:
    """The year of reports by its cut."""
    return Period.named(PeriodKind.YEAR, year, cutoff=Cutoff(cut))
