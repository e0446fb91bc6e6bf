"""What an event counts as. Pure: the row and its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.events.enums import Kind
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.families.events.models import Event


def facts_of(row: Event, /) -> Sequence[FactDraft]:
    """The permission on its day; what was held on its first day, apart from where we only took part."""
    if not row.counts:
        return ()
    return [*_permitted(row), *_held(row), *_products(row)]


def _permitted(row: Event) -> list[FactDraft]:
    # A permission stays in the statistics of permissions even where the conference was called off.
    if row.kind != Kind.CONFERENCE or row.decided_on is None or not row.is_ours:
        return []
    return [_fact(row, "events.conferences_permitted", row.decided_on, 1)]


def _held(row: Event) -> list[FactDraft]:
    day = row.started_on
    if day is None or row.cancelled_on is not None:
        return []
    if row.kind == Kind.MEDIA:
        return _media(row, day)
    if not row.is_ours:
        # The host counts its guests; we count that we were there.
        return [_fact(row, "events.attended", day, 1)]
    held = "events.conferences" if row.kind == Kind.CONFERENCE else "events.held"
    return [_fact(row, held, day, 1), *_people(row, day)]


def _people(row: Event, day: dt.date) -> list[FactDraft]:
    heads = {
        "events.foreign_participants": row.foreign_actual,
        "events.vietnamese_participants": row.vietnamese_actual,
    }
    return [_fact(row, measure, day, number) for measure, number in heads.items() if number]


def _media(row: Event, day: dt.date) -> list[FactDraft]:
    if row.form != "foreign_media":
        return [_fact(row, "events.information", day, 1)]
    found = [_fact(row, "events.media_groups", day, 1)]
    if row.foreign_actual:
        found.append(_fact(row, "events.media_people", day, row.foreign_actual))
    return found


def _products(row: Event) -> list[FactDraft]:
    if row.kind != Kind.MEDIA or row.cancelled_on is not None:
        return []
    return [
        FactDraft(
            measure="events.media_products",
            on=line.published_on,
            value=line.count,
            office=row.lead_office_code,
            country=row.country_code,
            partner=row.partner_code,
            channel=row.channel,
            slot1=line.form,
            slot2=line.language,
        )
        for line in row.products.all()
        if line.published_on is not None
    ]


def _fact(row: Event, measure: str, day: dt.date, value: int) -> FactDraft:
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=row.lead_office_code,
        country=row.country_code,
        partner=row.partner_code,
        unit=row.unit_code,
        field=row.field_code,
        channel=row.channel,
        slot1=row.form,
        slot2=row.mode,
        slot3=row.authority if row.kind == Kind.CONFERENCE else row.part,
    )
