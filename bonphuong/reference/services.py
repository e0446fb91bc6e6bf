"""Writes of reference data: the shipped files, and what an office decides or enters itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.reference.enums import RateKind
from bonphuong.reference.models import RATE_EXPONENT, DataLoad, ExchangeRate, WorkingDayOverride
from bonphuong.reference.shipped import shipments
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from django.db import models

    from bonphuong.reference.shipped import Shipment
    from bonphuong.trail.acting import Actor

M = TypeVar("M", bound="models.Model")

_BATCH = 500
_MAX_SCALED = 2**63 - 1


def load_reference() -> dict[str, int]:
    """Bring the tables to what the product ships; table → number of rows written, nothing when nothing changed.

    May be called at every start. A shipped fact replaces an older one; exchange rates and set working days are
    only added, because people enter and correct their own. Rows that the files no longer have stay: their codes
    may be in use.
    """
    loaded = dict(DataLoad.objects.values_list("name", "digest"))
    due = [shipment for shipment in shipments() if loaded.get(_table(shipment)) != shipment.digest]
    if not due:
        return {}
    with acting(actor=None, verb="system.load_reference"):
        return {_table(shipment): _bring(shipment) for shipment in due}


def _table(shipment: Shipment) -> str:
    return str(shipment.model._meta.model_name)


def _bring(shipment: Shipment) -> int:
    manager = shipment.model._default_manager
    found = {tuple(getattr(row, name) for name in shipment.key): row for row in manager.all()}
    new: list[models.Model] = []
    changed: list[models.Model] = []
    fields: set[str] = set()
    for values in shipment.rows:
        row = found.get(tuple(values[name] for name in shipment.key))
        if row is None:
            new.append(shipment.model(**values))
            continue
        differing = {name for name, value in values.items() if getattr(row, name) != value}
        if shipment.refresh and differing:
            for name in differing:
                setattr(row, name, values[name])
            fields |= differing
            changed.append(row)
    manager.bulk_create(new, batch_size=_BATCH)
    if changed:
        manager.bulk_update(changed, sorted(name.removesuffix("_id") for name in fields), batch_size=_BATCH)
    DataLoad.objects.update_or_create(
        name=_table(shipment), defaults={"digest": shipment.digest, "loaded_at": clock.now()}
    )
    return len(new) + len(changed)


def set_working_day(
    *,
    actor: Actor,
    day: date,
    working: bool,
    source: str,
    country: str = "VN",
    office: str = "",
    swapped_with: date | None = None,
    source_url: str = "",
    proved: bool = False,
    reason: str = "",
) -> list[WorkingDayOverride]:
    """Make a day a working day or a day off, for the country or for one office, by the decision in `source`.

    With `swapped_with` that day becomes the opposite. A decision given before for the same day is replaced.
    Raises BadInput by field.
    """
    facts = {"source": source, "source_url": source_url, "proved": proved}
    rows = [(day, working, swapped_with)]
    if swapped_with is not None:
        rows.append((swapped_with, not working, day))
    if swapped_with == day:
        raise BadInput({"swapped_with": [_("A day cannot be swapped with itself.")]})
    with acting(actor=actor, verb="reference.working_day.set", reason=reason, office=office):
        return [
            _put(
                WorkingDayOverride,
                {"country_id": country, "office_code": office, "day": on},
                {"working": is_worked, "swapped_with": other, **facts},
            )
            for on, is_worked, other in rows
        ]


def record_rate(
    *,
    actor: Actor,
    currency: str,
    quote: str,
    value: Decimal,
    on: date,
    source: str,
    kind: str = RateKind.DAY,
    source_url: str = "",
    reason: str = "",
) -> ExchangeRate:
    """Enter how many `quote` one `currency` is worth from `on`; the same day's rate of that kind is replaced.

    Raises BadInput when the rate is not positive or finer than 9 decimals.
    """
    scaled = value.scaleb(RATE_EXPONENT)
    if not value.is_finite() or scaled != scaled.to_integral_value() or not 0 < scaled <= _MAX_SCALED:
        raise BadInput({"value": [_("A rate is a positive number with at most 9 decimals.")]})
    facts = {"scaled": int(scaled), "source": source, "source_url": source_url, "is_demo": False}
    with acting(actor=actor, verb="reference.rate.record", reason=reason):
        return _put(ExchangeRate, {"currency_id": currency, "quote_id": quote, "kind": kind, "on": on}, facts)


def _put(model: type[M], key: dict[str, Any], values: dict[str, Any]) -> M:
    row = model._default_manager.filter(**key).first() or model(**key)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        raise BadInput(_messages(error.message_dict)) from error
    row.save()
    return row


def _messages(found: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {
        "" if field == "__all__" else field: [str(message) for message in texts]
        for field, texts in found.items()
    }
