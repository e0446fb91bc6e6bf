"""Writes of reference data: the shipped files, and what an office decides or enters itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.text import fold, tidy
from bonphuong.reference.enums import FeastCalendar, RateKind
from bonphuong.reference.models import (
    RATE_EXPONENT,
    CooperationField,
    Currency,
    DataLoad,
    ExchangeRate,
    Feast,
    WorkingDayOverride,
)
from bonphuong.reference.shipped import shipments
from bonphuong.trail.acting import acting
from bonphuong.trail.services import refuse_if_changed

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
# The most days that each month ever has; a lunar month never has more than thirty.
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_DAYS = 30
# What people decided about a shipped row and a later load must not undo: that it ended.
_PEOPLES = {"valid_to"}


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
        differing = {
            name
            for name, value in values.items()
            if getattr(row, name) != value and not (name in _PEOPLES and value is None)
        }
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


def add_field(
    *,
    actor: Actor,
    code: str,
    name_vi: str,
    name_en: str,
    source: str,
    parent: str = "",
    valid_from: date | None = None,
    source_url: str = "",
    proved: bool = False,
) -> CooperationField:
    """A new field of cooperation, below another or on its own. Raises BadInput by field."""
    order = CooperationField.objects.aggregate(last=Max("order"))["last"] or 0
    row = CooperationField(
        code=code.strip(),
        name_vi=tidy(name_vi),
        name_en=tidy(name_en),
        parent_id=parent or None,
        order=order + 1,
        valid_from=valid_from,
        source=source,
        source_url=source_url,
        proved=proved,
    )
    _refuse_taken_name(row)
    with acting(actor=actor, verb="reference.field.add", reason=source, obj=row):
        return _added(row)


def add_feast(*, actor: Actor, source: str, country: str, **facts: Any) -> Feast:
    """A feast, national day or anniversary that comes every year. Raises BadInput by field.

    `facts` are the columns of `Feast`; a day that its calendar never has is refused.
    """
    row = Feast(country_id=country, source=source, **facts)
    most = _MONTH_DAYS[row.month - 1] if row.calendar == FeastCalendar.SOLAR else _LUNAR_DAYS
    if not 1 <= row.day <= most:
        raise BadInput({"day": [_("That month has at most %(n)s days.") % {"n": most}]})
    with acting(actor=actor, verb="reference.feast.add", reason=source, obj=row):
        return _added(row)


def add_currency(*, actor: Actor, code: str, name_vi: str, name_en: str, exponent: int) -> Currency:
    """A currency in which sums may be kept. `exponent`: decimals that sums have in practice. Raises BadInput."""
    order = Currency.objects.aggregate(last=Max("order"))["last"] or 0
    row = Currency(
        code=code.strip().upper(), name_vi=name_vi, name_en=name_en, exponent=exponent, order=order + 1
    )
    with acting(actor=actor, verb="reference.currency.add", obj=row):
        return _added(row)


def end_dated(
    row: CooperationField | Feast, *, on: date, actor: Actor, reason: str = "", seen: int | None = None
) -> None:
    """Let a field or a feast end; `on` is its last day. What was recorded under it stays. Raises BadInput, Conflict."""
    verb = f"reference.{row._meta.model_name}.end"
    with acting(actor=actor, verb=verb.replace("cooperationfield", "field"), reason=reason, obj=row):
        refuse_if_changed(row, seen)
        if row.valid_from is not None and on < row.valid_from:
            raise BadInput({"on": [_("It ends before it begins.")]})
        row.valid_to = on
        row.save(update_fields=["valid_to"])


def _refuse_taken_name(row: CooperationField) -> None:
    live = CooperationField.objects.exclude(valid_to__lt=clock.today())
    taken = {fold(name) for one in live for name in (one.name_vi, one.name_en, *one.aliases)}
    for name in ("name_vi", "name_en"):
        if fold(getattr(row, name)) in taken:
            raise BadInput({name: [_("There is a field of that name already.")]})


def _added(row: M) -> M:
    try:
        row.full_clean()
    except ValidationError as error:
        raise BadInput(_messages(error.message_dict)) from error
    row.save(force_insert=True)
    return row


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
