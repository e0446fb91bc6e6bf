"""Writes of support beyond the kit's: worth of sums, the number of the decision, the year opened, a disbursement."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.support.enums import Series
from bonphuong.families.support.models import Given, SupportSum
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.money import minor_units, to_scaled
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.money import PRICED, RateBook, is_new_in, price
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import save_lines
from bonphuong.records.enums import PaperRole
from bonphuong.records.models import RecordPaper
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.support.models import Support
    from bonphuong.records.models import Record

_BATCH = 500


def after_write(rows: Sequence[Support], actor: User) -> None:
    """What follows from what was written: sums know their worth, the decision its number."""
    del actor
    rates = RateBook.load()
    today = clock.today()
    sums = [one for row in rows for one in row.sums.all() if price(one, day_of(row, one), rates)]
    given = [
        one
        for row in rows
        for one in row.given.all()
        if price(one, one.on or row.approved_on or today, rates)
    ]
    if sums:
        SupportSum.objects.bulk_update(sums, PRICED, batch_size=_BATCH)
    if given:
        Given.objects.bulk_update(given, PRICED, batch_size=_BATCH)
    _name_decisions([row for row in rows if row.approved_on and not row.decision_number])


def day_of(row: Support, one: SupportSum) -> dt.date:
    """The day whose rate a sum is measured by."""
    today = clock.today()
    if one.on is not None:
        return one.on
    is_new = row.approved_on is not None and is_new_in(one.year or row.approved_on.year, row.approved_on)
    if one.series == Series.YEAR_SLICE and one.year and not is_new:
        return min(today.replace(year=one.year, month=1, day=1), today)
    return row.approved_on or today


def _name_decisions(rows: Sequence[Support]) -> None:
    if not rows:
        return
    found = RecordPaper.objects.filter(record__in=[row.pk for row in rows], role=PaperRole.DECISION)
    numbers = {
        one.record_id: one.paper.reference
        for one in found.select_related("paper").order_by("-paper__on", "-pk")
    }
    for row in rows:
        if numbers.get(row.pk):
            row.decision_number = numbers[row.pk][:60]
            row.save(update_fields=["decision_number"])


def open_year(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Enter what is set aside for the year that runs: what was planned, or the sum given. Raises BadInput."""
    year = clock.today().year
    lines = list(draft_of(row_of(record)).lines["sums"])
    if any((one.get("series"), one.get("year")) == (Series.YEAR_SLICE, year) for one in lines):
        raise BadInput({"amount": [_("The slice of %(year)s is there already.") % {"year": year}]})
    given = _sum(values, series=Series.YEAR_SLICE, year=year)
    planned = [one for one in lines if (one.get("series"), one.get("year")) == (Series.YEAR_PLAN, year)]
    if given is None and not planned:
        raise BadInput({"amount": [_("Nothing was planned for %(year)s: give the sum.") % {"year": year}]})
    priced = {"rate": None, "rate_on": None, "rate_source": "", "vnd": None, "usd": None}
    taken = [LineDraft({**one.values, **priced, "series": Series.YEAR_SLICE}) for one in planned]
    return _save(
        record, [*lines, *([given] if given else taken)], actor, values, verb="support.support.open_year"
    )


def disburse(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Note a disbursement by its day and sum. Raises BadInput."""
    given = _sum(values, series=Series.DISBURSED, on=values.get("on"), source=values.get("source") or "")
    if given is None:
        raise BadInput({"amount": [_("Give the sum.")]})
    lines = [*draft_of(row_of(record)).lines["sums"], given]
    return _save(record, lines, actor, values, verb="support.support.disburse")


def _save(
    record: Record, lines: Sequence[LineDraft], actor: User, values: Mapping[str, Any], *, verb: str
) -> Record:
    # A slice or a disbursement may fall into a month that is closed already.
    reason = str(values.get("late_reason") or "")
    with acting(actor=actor, verb=verb, office=record.office_code, reason=reason, obj=record):
        return save_lines(
            record, "sums", lines, expected_version=record.version, actor=actor, late_reason=reason
        )


def _sum(values: Mapping[str, Any], **more: Any) -> LineDraft | None:
    amount = values.get("amount")
    if not amount:
        return None
    currency = str(values.get("currency") or "VND")
    scaled = to_scaled(Decimal(str(amount)), minor_units(currency))
    return LineDraft({"amount": scaled, "currency": currency, **more})
