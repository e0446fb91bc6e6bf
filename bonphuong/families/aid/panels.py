"""What a page of aid shows beside its fields: money by series, the certificate, what a donor gave, what a call brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.families.aid.enums import Cover, Kind, Series, Share
from bonphuong.families.aid.flags import WATCHES
from bonphuong.families.aid.queries import (
    Certificates,
    items_of_call,
    items_of_donor,
    question_of_row,
    totals_of,
)
from bonphuong.kernel import clock
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.money import Money, format_money, from_scaled, minor_units
from bonphuong.kernel.numbers import format_number, format_percent
from bonphuong.kit.money import RateBook, of_series, stray_rate
from bonphuong.kit.specs import Panel
from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.aid.models import Aid, Good, Sum
    from bonphuong.families.aid.queries import Total
    from bonphuong.kit.models import MoneyLine
    from bonphuong.records.models import Record


def panels(row: Aid, user: User) -> Sequence[Panel]:
    """The panels of a record of aid, by its kind."""
    by_kind = {Kind.ITEM: _item, Kind.RELIEF: _relief, Kind.DONOR: _donor, Kind.CALL: _call}
    return list(by_kind[Kind(row.kind)](row, user))


def _item(row: Aid, user: User) -> Iterator[Panel]:
    del user
    yield from _certificate_of(row)
    yield from _money(row)
    yield from _year(row)
    yield from _rates(row)


def _relief(row: Aid, user: User) -> Iterator[Panel]:
    del user
    yield from _money(row)
    yield from _rates(row)


def _certificate_of(row: Aid) -> Iterator[Panel]:
    question = question_of_row(row, clock.today())
    if question is None:
        return
    answer = Certificates(row.record.book).ask(question)
    text = "\n".join(str(one.label) for one in answer.findings)
    if answer.certificate:
        text += "\n" + _("Certificate %(number)s.") % {"number": answer.certificate}
    if row.approved_on is None:
        text += "\n" + _("Not approved yet: compared as of today.")
    tone = "good" if answer.fits else "" if answer.findings == (Cover.NO_FILE,) else "warn"
    rows = [[_linked(answer.donor)]] if answer.donor else []
    yield Panel(label=_("The donor's certificate"), text=text, rows=rows, tone=tone)


def _money(row: Aid) -> Iterator[Panel]:
    sums = list(row.sums.all())
    if not sums:
        return
    cells = [
        [one.get_series_display(), _what(one.share, one.unit_code), str(one.year) if one.year else one.on or "", _own(one), _dong(one.vnd),
         _dollars(one.usd)]
        for series in Series.values
        for one in of_series(sums, series)
    ]  # fmt: skip
    heads = (_("Series"), _("Whose share"), _("Year or day"), _("Sum"), _("In đồng"), _("In US dollars"))
    yield Panel(
        label=_("Money by series"),
        heads=heads,
        rows=cells,
        text=_("Series stand beside one another and are never added. Only our own share counts in figures."),
    )


def _what(share: str, unit: str) -> str:
    label = str(Share(share).label)
    return f"{label} ({unit})" if unit else label


def _year(row: Aid) -> Iterator[Panel]:
    year = clock.today().year
    own = [one for one in row.sums.all() if one.share == Share.OWN]
    slices = [one for one in own if one.series == Series.YEAR_SLICE and one.year == year]
    spent = [one for one in own if one.series == Series.DISBURSED and one.on and one.on.year == year]
    part, whole = sum(one.usd or 0 for one in spent), sum(one.usd or 0 for one in slices)
    if not slices:
        return
    text = _("Committed for %(year)s: %(slice)s; disbursed: %(spent)s.") % {
        "year": year,
        "slice": _dollars(whole),
        "spent": _dollars(part),
    }
    if whole:
        percent = format_percent(round(part * 100 / from_scaled(whole, 0), 1), reader_language())
        text += " " + _("That is %(percent)s of the year's slice.") % {"percent": percent}
    yield Panel(label=_("This year"), text=text)


def _rates(row: Aid) -> Iterator[Panel]:
    rates = RateBook.load()
    strays = []
    lines: list[Sum | Good] = [*row.sums.all(), *row.goods.all()]
    for one in lines:
        around = one.rate or None
        if around is None:
            known = rates.on(one.currency, one.rate_on or one.on or clock.today())
            around = known.value if known else None
        implied = stray_rate(one.amount, one.currency, one.stated_vnd, around)
        if implied is not None and around is not None:
            strays.append([str(one), _own(one), _dong(one.stated_vnd), _number(implied), _number(around)])
    if strays:
        heads = (_("What"), _("Sum"), _("In đồng, as stated"), _("Rate implied"), _("Rate"))
        text = _("Both sums are kept as stated. One of them, or the rate, may be wrong.")
        yield Panel(label=_("Rates that do not agree"), heads=heads, rows=strays, text=text, tone="warn")


def _donor(row: Aid, user: User) -> Iterator[Panel]:
    if row.certificate_to is not None and row.ended_on is None:
        left = (row.certificate_to - clock.today()).days
        if left < 0:
            text = _("It ran out %(days)s days ago. Note its extension or its end.") % {"days": -left}
        else:
            text = _("It ends in %(days)s days.") % {"days": left}
        yield Panel(
            label=_("The certificate in force"), text=text, tone="warn" if left <= WATCHES[0] else "good"
        )
    items = items_of_donor(row, user)
    if items:
        yield Panel(
            label=_("What this donor has given"), heads=_item_heads(), rows=[_item_row(one) for one in items]
        )
        yield _totals(totals_of(items))


def _call(row: Aid, user: User) -> Iterator[Panel]:
    items = items_of_call(row.record, user)
    target = totals_of([row]).get(Series.TARGET)
    brought = totals_of(items)
    approached = len(row.approaches.all())
    lines = [_("Approaches made: %(count)s.") % {"count": approached}]
    if target:
        lines.append(_("Target: %(sum)s.") % {"sum": _dollars(target.usd)})
    for series in (Series.PLEDGED, Series.APPROVED, Series.DISBURSED):
        total = brought.get(series) or (brought.get(Series.WHOLE_LIFE) if series == Series.APPROVED else None)
        if total:
            lines.append(f"{Series(series).label}: {_dollars(total.usd)}{_of(total, target)}")
    rows = [_item_row(one) for one in items]
    yield Panel(
        label=_("Target and result"), text="\n".join(lines), heads=_item_heads() if rows else (), rows=rows
    )


def _of(total: Total, target: Total | None) -> str:
    if target is None or not target.usd:
        return ""
    percent = format_percent(round(total.usd * 100 / from_scaled(target.usd, 0), 1), reader_language())
    return " (" + _("%(percent)s of the target") % {"percent": percent} + ")"


def _totals(totals: Mapping[str, Total]) -> Panel:
    rows = [
        [str(series.label), _dong(total.vnd), _dollars(total.usd)]
        for series in Series
        if (total := totals.get(series)) is not None
    ]
    heads = (_("Series"), _("In đồng"), _("In US dollars"))
    return Panel(label=_("Altogether, by series"), heads=heads, rows=rows)


def _item_heads() -> tuple[str, ...]:
    return (_("Item"), _("kind of aid"), _("approved on"), _("Whole life or approved"))


def _item_row(row: Aid) -> list[object]:
    total = totals_of([row])
    value = total.get(Series.APPROVED) or total.get(Series.WHOLE_LIFE) or total.get(Series.PLEDGED)
    return [
        _linked(row.record),
        row.get_aid_kind_display() or str(Kind(row.kind).label),
        row.approved_on or row.accepted_on or "",
        _dollars(value.usd) if value else "",
    ]


def _linked(record: Record) -> tuple[str, str]:
    return (str(record), reverse(get_family(record.family).url_name, args=[record.pk]))


def _own(one: MoneyLine) -> str:
    return format_money(
        Money(from_scaled(one.amount, minor_units(one.currency)), one.currency), reader_language()
    )


def _dong(vnd: int | None) -> str:
    return "" if vnd is None else format_money(Money(from_scaled(vnd, 0), "VND"), reader_language())


def _dollars(usd: int | None) -> str:
    return "" if usd is None else format_money(Money(from_scaled(usd, 2), "USD"), reader_language())


def _number(value: object) -> str:
    return format_number(value, reader_language())  # type: ignore[arg-type]
