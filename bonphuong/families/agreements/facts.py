"""What an agreement counts as. Pure: the row alone, no clock. The judge is the hand-worked case C18.

Force is a level held by somebody: inheriting takes it from one holder and gives it to the next on the same day, so
that no total moves and nothing is signed anew.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bonphuong.families.agreements.enums import Level
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.families.agreements.models import Agreement

OWN, INHERITED = "own", "inherited"
NEW, AMENDMENT = "new", "amendment"
Span = tuple[dt.date, dt.date | None]


@dataclass(frozen=True)
class Holder:
    """Who answers for the agreement from a day on; `since` is None for whoever signed it."""

    since: dt.date | None
    office: str
    unit: str
    level: str

    @property
    def origin(self) -> str:
        """Whether it was signed by this holder or came from another."""
        return OWN if self.since is None else INHERITED


def facts_of(row: Agreement, /) -> Sequence[FactDraft]:
    """The facts that it stands for; none for one entered twice, by mistake, or called off."""
    if not row.counts or row.cancelled_on is not None:
        return ()
    if not row.is_agreement:
        return _minutes(row)
    return [*_flows(row), *_levels(row)]


def holders_of(row: Agreement) -> list[Holder]:
    """Whoever signed, then every heir, in order of their days."""
    signer = row.original_office_code or (row.record.book if row.original_unit_code else row.lead_office_code)
    found = [Holder(None, signer, row.original_unit_code, row.level)]
    found += [
        Holder(_day(turn["since"]), turn["office"], turn["unit"], turn["level"])
        for turn in _turns(row, "held")
    ]
    if row.inherited_on is not None:
        office = row.heir_office_code or row.lead_office_code
        found.append(Holder(row.inherited_on, office, row.heir_unit_code, row.heir_level or Level.PROVINCE))
    return found


def force_of(row: Agreement) -> list[Span]:
    """The spans in which it was in force; the last one is open while nothing ended it."""
    if row.effective_on is None:
        return []
    spans: list[Span] = []
    begin: dt.date | None = row.effective_on
    for lapsed, revived in lapses_of(row):
        if begin is not None:
            spans.append((begin, lapsed))
        begin = revived
    if begin is not None:
        spans.append((begin, row.ended_on))
    return spans


def lapses_of(row: Agreement) -> list[Span]:
    """The spans in which it was applied although its day had passed."""
    found = _past_spans(row, "lapsed")
    if row.lapsed_on is not None:
        revived = row.renewed_on is not None and row.renewed_on >= row.lapsed_on
        found.append((row.lapsed_on, row.renewed_on if revived else None))
    return found


def _minutes(row: Agreement) -> list[FactDraft]:
    if row.signed_on is None:
        return []
    signer = holders_of(row)[0]
    return [_fact(row, "agreements.minutes", row.signed_on, 1, signer, row.classified_as)]


def _flows(row: Agreement) -> list[FactDraft]:
    first, *heirs = holders_of(row)
    found = []
    if row.signed_on is not None:
        act = AMENDMENT if row.is_amendment else NEW
        found.append(_fact(row, "agreements.signed", row.signed_on, 1, first, act))
    found += [_fact(row, "agreements.inherited", h.since, 1, h, h.origin) for h in heirs if h.since]
    renewals = [begin for begin, _end in _past_spans(row, "renewed")]
    for day in [*renewals, *filter(None, (row.renewed_on,))]:
        holder = _holder_on(row, day)
        found.append(_fact(row, "agreements.renewed", day, 1, holder, holder.origin))
    if row.ended_on is not None:
        holder = _holder_on(row, row.ended_on)
        found.append(_fact(row, "agreements.ended", row.ended_on, 1, holder, holder.origin))
    return found


def _levels(row: Agreement) -> list[FactDraft]:
    # What changes another agreement is in force as part of that one.
    if row.is_amendment:
        return []
    suspended = _past_spans(row, "suspended")
    if row.suspended_on is not None:
        resumed = row.resumed_on if row.resumed_on and row.resumed_on >= row.suspended_on else None
        suspended.append((row.suspended_on, resumed))
    return [
        *_held(row, "agreements.in_force", force_of(row)),
        *_held(row, "agreements.suspended", suspended),
        *_held(row, "agreements.applied_after_expiry", lapses_of(row)),
    ]


def _held(row: Agreement, measure: str, spans: Iterable[Span]) -> list[FactDraft]:
    """A level through spans, given from holder to holder."""
    found = []
    for begin, until in spans:
        end = until or row.ended_on
        if end is not None and end <= begin:
            continue
        turns = [h for h in holders_of(row) if h.since and begin < h.since and (end is None or h.since < end)]
        chain = [_holder_on(row, begin), *turns]
        found.append(_fact(row, measure, begin, 1, chain[0], chain[0].origin))
        for old, new in pairwise(chain):
            if new.since is not None:
                found.append(_fact(row, measure, new.since, -1, old, old.origin))
                found.append(_fact(row, measure, new.since, 1, new, new.origin))
        if end is not None:
            found.append(_fact(row, measure, end, -1, chain[-1], chain[-1].origin))
    return found


def _holder_on(row: Agreement, day: dt.date) -> Holder:
    held = [h for h in holders_of(row) if h.since is None or h.since <= day]
    return held[-1]


def _turns(row: Agreement, what: str) -> list[dict[str, str]]:
    return [turn for turn in row.past if turn["what"] == what]


def _past_spans(row: Agreement, what: str) -> list[Span]:
    return [(_day(turn["from"]), _day(turn["to"])) for turn in _turns(row, what)]


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _fact(  # noqa: PLR0917 - what a fact is made of
    row: Agreement, measure: str, day: dt.date, value: int, holder: Holder, slot3: str
) -> FactDraft:
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=holder.office,
        country=row.country_code,
        partner=row.partner_code,
        unit=holder.unit,
        field=row.field_code,
        channel=row.channel,
        slot1=row.form,
        slot2=holder.level,
        slot3=slot3,
    )
