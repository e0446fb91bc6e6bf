"""Writes of aid beyond the kit's: worth of sums, certificates kept, the year opened, a call turned into an item."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.aid.enums import AidKind, DonorKind, Kind, Series
from bonphuong.families.aid.models import Certificate, Good, Sum
from bonphuong.families.aid.queries import decisions_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.money import minor_units, to_scaled
from bonphuong.kernel.text import fold
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.lookups import Lookups
from bonphuong.kit.money import PRICED, RateBook, is_new_in, price
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import create, save_lines
from bonphuong.parties.models import Party, PartyAlias
from bonphuong.records.enums import LinkKind
from bonphuong.records.services import link
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.aid.models import Aid
    from bonphuong.records.models import Record

_BATCH = 500
_FROM_CALL = ("owner", "managing_agency", "field_code", "places_text", "content")


def after_write(rows: Sequence[Aid], actor: User) -> None:
    """What follows from what was written: sums know their worth, certificates and decisions are kept."""
    del actor
    price_sums(rows)
    donors = [row for row in rows if row.kind == Kind.DONOR]
    _name_donors([row for row in donors if not row.donor_text])
    _keep_certificates(donors)
    _name_decisions([row for row in rows if row.approved_on and not row.decision_number])


def price_sums(rows: Sequence[Aid]) -> None:
    """Bring all sums and goods of these rows up to date with their rates. Inside an open action."""
    rates = RateBook.load()
    sums = [one for row in rows for one in row.sums.all() if price(one, day_of(row, one), rates)]
    goods = [
        one
        for row in rows
        for one in row.goods.all()
        if price(one, one.on or row.approved_on or row.accepted_on or clock.today(), rates)
    ]
    if sums:
        Sum.objects.bulk_update(sums, PRICED, batch_size=_BATCH)
    if goods:
        Good.objects.bulk_update(goods, PRICED, batch_size=_BATCH)


def day_of(row: Aid, one: Sum) -> dt.date:
    """The day whose rate a sum is measured by."""
    decided = row.approved_on or row.accepted_on or row.listed_on
    today = clock.today()
    if one.on is not None:
        return one.on
    if one.series == Series.YEAR_SLICE and one.year and not (decided and is_new_in(one.year, decided)):
        return min(today.replace(year=one.year, month=1, day=1), today)
    return decided or today


def _name_donors(rows: Sequence[Aid]) -> None:
    # A donor's file bears the donor's own name as its title.
    if not rows:
        return
    known = dict(PartyAlias.objects.values_list("fold", "party_id"))
    known |= {fold(party.name_vi): party.code for party in Party.objects.all()}
    for row in rows:
        row.donor_text = row.record.title[:200]
        row.donor_code = row.donor_code or known.get(fold(row.record.title), "")
        row.save(update_fields=["donor_text", "donor_code"])


def _keep_certificates(rows: Sequence[Aid]) -> None:
    # The certificate in force is one of the list too: what was in force on an earlier day is asked of the list.
    for row in rows:
        if not (row.certificate_kind and row.certificate_from and row.certificate_to):
            continue
        facts: dict[str, Any] = {
            "kind": row.certificate_kind,
            "number": row.certificate_number,
            "until": row.certificate_to,
        }
        listed = list(row.certificates.all())
        same = next((one for one in listed if one.since == row.certificate_from), None)
        if same is None:
            same = Certificate(row=row, order=len(listed) + 1, since=row.certificate_from, **facts)
            same.save(force_insert=True)
            listed.append(same)
        elif any(getattr(same, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(same, name, value)
            same.save(update_fields=list(facts))
        vars(row).setdefault("_prefetched_objects_cache", {})["certificates"] = listed


def _name_decisions(rows: Sequence[Aid]) -> None:
    # The paper was typed once, with the step: its number is not asked for again.
    found = decisions_of([row.pk for row in rows]) if rows else {}
    for row in rows:
        if found.get(row.pk):
            row.decision_number = found[row.pk][:60]
            row.save(update_fields=["decision_number"])


def open_year(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Enter the slice of the year that runs: what was planned for it, or the sum given. Raises BadInput, NotAllowed."""
    year = clock.today().year
    lines = list(draft_of(row_of(record)).lines["sums"])
    if any((one.get("series"), one.get("year")) == (Series.YEAR_SLICE, year) for one in lines):
        raise BadInput({"amount": [_("The slice of %(year)s is there already.") % {"year": year}]})
    given = _sum(values, series=Series.YEAR_SLICE, year=year)
    planned = [one for one in lines if (one.get("series"), one.get("year")) == (Series.YEAR_PLAN, year)]
    if given is None and not planned:
        raise BadInput({"amount": [_("Nothing was planned for %(year)s: give the sum.") % {"year": year}]})
    lines += [given] if given else [_like(one, series=Series.YEAR_SLICE) for one in planned]
    return _save(record, lines, actor, values, verb="aid.item.open_year")


def disburse(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Note a disbursement by its day and sum. Raises BadInput, NotAllowed."""
    given = _sum(values, series=Series.DISBURSED, on=values.get("on"), source=values.get("source") or "")
    if given is None:
        raise BadInput({"amount": [_("Give the sum.")]})
    lines = [*draft_of(row_of(record)).lines["sums"], given]
    return _save(record, lines, actor, values, verb="aid.item.disburse")


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
    currency = str(values.get("currency") or "USD")
    scaled = to_scaled(Decimal(str(amount)), minor_units(currency))
    return LineDraft({"amount": scaled, "currency": currency, **more})


def _like(one: LineDraft, **changes: Any) -> LineDraft:
    # Its rate is that of the year's own first day, not of the day on which it was planned.
    priced = {"rate": None, "rate_on": None, "rate_source": "", "vnd": None, "usd": None}
    return LineDraft({**one.values, **priced, **changes})


def turn_into_item(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Begin an item from a project that calls for aid; the two stay linked, so that the call shows its result.

    Raises BadInput, NotAllowed.
    """
    call = row_of(record)
    donor = str(values.get("donor_text") or values.get("donor") or "")
    if not donor and not values.get("donor_code"):
        raise BadInput({"donor": [_("Name the donor.")]})
    code = str(values.get("donor_code") or "") or Lookups.load(record.book).party(donor)
    pledge = _sum(values, series=Series.PLEDGED, on=clock.today())
    before = draft_of(call)
    copied = {
        name: tuple(LineDraft(one.values) for one in before.lines[name])
        for name in ("places", "further_fields")
    }
    draft = Draft(
        kind=Kind.ITEM,
        title=record.title,
        lead_office_code=call.lead_office_code,
        values={
            "donor_code": code,
            "donor_text": donor,
            "donor_kind": values.get("donor_kind") or DonorKind.FOREIGN_NGO,
            "donor_country": str(values.get("donor_country") or ""),
            "aid_kind": values.get("aid_kind") or AidKind.PROJECT,
            **{name: getattr(call, name) for name in _FROM_CALL},
        },
        lines={**copied, "sums": (pledge,) if pledge else ()},
    )
    verb = "aid.call.turn_into_item"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        item = create(
            draft, family="aid", office_code=record.office_code, actor=actor, is_demo=record.is_demo
        )
        link(item, record, LinkKind.FOLLOWS, actor=actor)
        return item
