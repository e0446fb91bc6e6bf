"""What a page of support shows beside its fields: money by series, this year, people, other help to the partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.families.support.enums import Role, Series
from bonphuong.families.support.models import Support
from bonphuong.kernel import clock
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.money import Money, format_money, from_scaled, minor_units
from bonphuong.kernel.numbers import format_percent
from bonphuong.kit.money import of_series
from bonphuong.kit.specs import Panel
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.models import MoneyLine


def panels(row: Support, user: User) -> Sequence[Panel]:
    """The panels of a record of support."""
    return [*_money(row), *_year(row), *_people(row), *_others(row, user)]


def _money(row: Support) -> Iterator[Panel]:
    sums = list(row.sums.all())
    rows = [
        [
            one.get_series_display(),
            str(one.year) if one.year else one.on or "",
            _own(one),
            _dong(one.vnd),
            _dollars(one.usd),
        ]
        for series in Series.values
        for one in of_series(sums, series)
    ]
    if rows:
        heads = (_("Series"), _("Year or day"), _("Sum"), _("In đồng"), _("In US dollars"))
        text = _("Series stand beside one another and are never added, nor added to aid received.")
        yield Panel(label=_("Money by series"), heads=heads, rows=rows, text=text)


def _year(row: Support) -> Iterator[Panel]:
    year = clock.today().year
    sums = list(row.sums.all())
    whole = sum(one.vnd or 0 for one in sums if (one.series, one.year) == (Series.YEAR_SLICE, year))
    part = sum(
        one.vnd or 0 for one in sums if one.series == Series.DISBURSED and one.on and one.on.year == year
    )
    if whole:
        percent = format_percent(round(part * 100 / from_scaled(whole, 0), 1), reader_language())
        told = {"year": year, "slice": _dong(whole), "spent": _dong(part), "percent": percent}
        text = _("Set aside for %(year)s: %(slice)s; disbursed: %(spent)s, that is %(percent)s.") % told
        yield Panel(label=_("This year"), text=text)


def _people(row: Support) -> Iterator[Panel]:
    groups = list(row.groups.all())
    rows = [
        [str(role.label), sum(one.people for one in groups if one.role == role), len(some)]
        for role in Role
        if (some := [one for one in groups if one.role == role])
    ]
    if rows:
        yield Panel(label=_("People who take part"), heads=(_("As"), _("People"), _("Groups")), rows=rows)


def _others(row: Support, user: User) -> Iterator[Panel]:
    if not row.partner_code:
        return
    records = Record.objects.visible_to(user).live().filter(family="support", book=row.record.book)
    same = Support.objects.filter(record__in=records, partner_code=row.partner_code, is_void=False)
    others = same.exclude(pk=row.pk).select_related("record").order_by("-approved_on", "-pk")[:20]
    name = get_family("support").url_name
    rows = [
        [
            (str(one.record), reverse(name, args=[one.pk])),
            one.get_support_kind_display(),
            one.approved_on or "",
        ]
        for one in others
    ]
    if rows:
        heads = (_("Support"), _("What is given"), _("approved on"))
        yield Panel(label=_("Other support to this partner"), heads=heads, rows=rows)


def _own(one: MoneyLine) -> str:
    return format_money(
        Money(from_scaled(one.amount, minor_units(one.currency)), one.currency), reader_language()
    )


def _dong(vnd: int | None) -> str:
    return "" if vnd is None else format_money(Money(from_scaled(vnd, 0), "VND"), reader_language())


def _dollars(usd: int | None) -> str:
    return "" if usd is None else format_money(Money(from_scaled(usd, 2), "USD"), reader_language())
