"""The year's main figures beside the same days a year earlier, each with its months as a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.indicators.figures import Figure, FigureRequest
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.ledger.queries import heads
from bonphuong.web.desk.pages.figures import is_running, page_url
from bonphuong.web.desk.pages.words import amount, counting_word, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User

# A figure, and the one that stands small beside it.
TILES = (
    ("outbound.groups", "outbound.person_visits"),
    ("inbound.groups", "inbound.person_visits"),
    ("outbound.individuals", ""),
    ("border.day_contacts", "border.day_contact_people"),
    ("sessions.held", ""),
)
_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Tile:
    """One figure of the year."""

    label: str
    value: str
    beside: str
    change: str
    then: str
    months: tuple[int, ...]
    months_then: tuple[int, ...]
    url: str
    spoken: str


@dataclass(frozen=True)
class Year:
    """The tiles and the days that they speak of."""

    period: Period
    then: Period
    tiles: Sequence[Tile]


def year_of(user: User, cutoff: Cutoff) -> Year | None:
    """The present year of the widest office whose figures the person sees; None for whoever sees none.

    Kept until the book's next posting: the ledger's head is part of the name under which it is kept.
    """
    office = _office(user)
    if not office or not Indicator.objects.exists():
        return None
    book = next((h.book for h in user.access().holdings), office)
    head = heads([book]).get(book, (0, ""))[0]
    key = f"desk-tiles:{office}:{head}:{clock.today()}:{cutoff}:{language()}"
    kept: Year | None = cache.get(key)
    if kept is None:
        kept = _year(office, cutoff)
        cache.set(key, kept, _DAY_SECONDS)
    return kept


def _office(user: User) -> str:
    codes = office_codes_for(user, Permission.FIGURE_VIEW)
    holdings = user.access().holdings
    return next((code for h in holdings for code in (h.book, h.office) if code in codes), "")


def _year(office: str, cutoff: Cutoff) -> Year:
    period = Period.of(clock.today(), PeriodKind.YEAR, cutoff)
    so_far = Period.between(period.since, clock.today(), cutoff) if is_running(period) else period
    then = so_far.same_period_last_year()
    months, months_then = period.months(), period.same_period_last_year().months()
    codes = [code for pair in TILES for code in pair if code]
    asked = [
        FigureRequest(code, office, when) for code in codes for when in (period, then, *months, *months_then)
    ]
    found = {(figure.request.indicator, figure.request.period): figure for figure in figures(asked)}
    tiles = [
        _tile(
            found[code, period],
            found[code, then],
            found.get((other, period)),
            [found[code, month] for month in months if month.since <= clock.today()],
            [found[code, month] for month in months_then],
        )
        for code, other in TILES
    ]
    return Year(period=so_far, then=then, tiles=tiles)


def _tile(
    now: Figure, then: Figure, beside: Figure | None, months: Sequence[Figure], months_then: Sequence[Figure]
) -> Tile:
    lang = language()
    label, unit = now.indicator.label(lang), now.unit(lang)
    value, before = now.value or Decimal(0), then.value or Decimal(0)
    spoken = {"label": label, "now": amount(value, unit), "then": amount(before, unit)}
    return Tile(
        label=label,
        value=amount(value, ""),
        beside=", ".join(
            filter(
                None,
                (
                    counting_word(value, unit),
                    amount(beside.value or Decimal(0), beside.unit(lang)) if beside else "",
                ),
            )
        ),
        change=_change(value - before, unit),
        then=_("same period %(value)s") % {"value": amount(before, "")},
        months=tuple(int(figure.value or 0) for figure in months),
        months_then=tuple(int(figure.value or 0) for figure in months_then),
        url=page_url(replace(now.request)),
        spoken=_("%(label)s month by month: %(now)s this year; %(then)s a year earlier") % spoken,
    )


def _change(change: Decimal, unit: str) -> str:
    if not change:
        return _("no change")
    return f"{'+' if change > 0 else '−'}{amount(abs(change), unit)}"
