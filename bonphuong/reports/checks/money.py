"""Sums of money: the rates that they imply, and what may not be more than what."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.indicators.evidence import by_source
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.money import is_near
from bonphuong.kernel.periods import PeriodKind
from bonphuong.kit.money import BAND, DOLLAR
from bonphuong.reports.checks.base import Check
from bonphuong.reports.enums import Severity
from bonphuong.reports.handwritten import numbers_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from uuid import UUID

    from bonphuong.kernel.money import Rate
    from bonphuong.reports.checks.base import Matter
    from bonphuong.reports.ground import MoneyRow

#: What was paid out, and the promise that it is paid out of.
_PAID_OF = (("aid.disbursed", "aid.committed_year"), ("support.disbursed", "support.committed_year"))
_CENTS = Decimal(100)


def rate_in_band(matter: Matter) -> Iterator[Check]:
    """A sum that stands in đồng and in dollars implies a rate near to that of its day."""
    strays: dict[str, list[tuple[MoneyRow, Decimal, Rate]]] = defaultdict(list)
    for row in matter.ground.money:
        rate = matter.ground.rates.on(DOLLAR, row.on)
        if rate is None or not row.usd or not row.vnd:
            continue
        implied = (Decimal(row.vnd) * _CENTS / Decimal(row.usd)).quantize(Decimal(1))
        if not is_near(implied, rate.value, BAND):
            strays[row.measure].append((row, implied, rate))
    names = {matter.book.figure(name).indicator.measure: name for name in matter.ground.definition.figures}
    for measure, found in strays.items():
        row, implied, rate = max(found, key=lambda one: abs(one[1] - one[2].value))
        message = ngettext(
            "%(label)s: one sum implies a rate of %(implied)s đồng, outside the band around %(rate)s of %(on)s.",
            "%(label)s: %(number)s sums imply rates outside the band; the farthest is %(implied)s đồng against %(rate)s of %(on)s.",
            len(found),
        ) % {"label": matter.label(names[measure]), "number": len(found), **_rates(matter, implied, rate)}
        uids = tuple(dict.fromkeys(one.source for one, _implied, _rate in found))
        yield Check("rate_in_band", Severity.WARNING, message, (names[measure],), uids)
    yield from _rates_in_texts(matter)


def _rates(matter: Matter, implied: Decimal, rate: Rate) -> dict[str, str]:
    return {
        "implied": matter.book.number(implied),
        "rate": matter.book.number(rate.value),
        "on": format_date(rate.on, matter.ground.language),
    }


def _rates_in_texts(matter: Matter) -> Iterator[Check]:
    """Dollars and đồng in one sentence of a written part, as in "1 triệu USD (27,3 tỷ đồng)"."""
    rate = matter.ground.rates.on(DOLLAR, _last_day(matter))
    if rate is None:
        return
    for slot, text in matter.texts.items():
        numbers = numbers_in(text.plain, ("USD", "đồng", "VND", "dong"), matter.ground.language)
        for dollars, dong in pairwise(numbers):
            if dollars.unit != "usd" or dong.unit not in ("đồng", "vnd", "dong") or not dollars.value:
                continue
            if dollars.sentence != dong.sentence:
                continue
            implied = (dong.value / dollars.value).quantize(Decimal(1))
            if not is_near(implied, rate.value, BAND):
                message = _(
                    "“%(words)s” implies a rate of %(implied)s đồng, outside the band around %(rate)s of %(on)s."
                )
                words = text.plain[dollars.start : dong.end]
                yield Check(
                    "rate_in_band", Severity.WARNING, message % {"words": words, **_rates(matter, implied, rate)},
                    slots=(slot,), words=words,
                )  # fmt: skip


def _last_day(matter: Matter) -> dt.date:
    return min(matter.ground.spans["period"].until, matter.ground.day)


def disbursed_in_committed(matter: Matter) -> Iterator[Check]:
    """What is paid out of a promise for the year is not more than it."""
    ground, book = matter.ground, matter.book
    span = "to_date" if "to_date" in ground.definition.spans else "period"
    if span == "period" and ground.spans["period"].kind != PeriodKind.YEAR:
        return
    names = {spec.indicator: name for name, spec in ground.definition.figures.items() if not spec.filters}
    for paid_code, promised_code in _PAID_OF:
        if paid_code not in names or promised_code not in names:
            continue
        paid, promised = names[paid_code], names[promised_code]
        spent, given = book.figure(paid, span).value, book.figure(promised, span).value
        over = _overspent(matter, paid, promised, span)
        if spent and given is not None and spent > given:
            message = _("%(paid)s: %(spent)s is more than %(promised)s, %(given)s.") % {
                "paid": matter.label(paid, span),
                "spent": book.number(spent),
                "promised": matter.label(promised),
                "given": book.number(given),
            }
            figures = (f"{paid}@{span}", f"{promised}@{span}")
            yield Check("disbursed_in_committed", Severity.WARNING, message, figures, over)
        elif over:
            message = ngettext(
                "One record has paid out more than was committed for the year.",
                "%(number)s records have paid out more than was committed for the year.",
                len(over),
            ) % {"number": len(over)}
            yield Check("disbursed_in_committed", Severity.WARNING, message, (f"{paid}@{span}",), over)


def _overspent(matter: Matter, paid: str, promised: str, span: str) -> tuple[UUID, ...]:
    rows = matter.ground.counted.rows
    spent, given = by_source(rows[paid, span]), by_source(rows[promised, span])
    return tuple(uid for uid, value in spent.items() if uid in given and value > given[uid])
