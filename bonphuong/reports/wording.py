"""The words that sentences may name beside figures: periods, days, the office, numbers of annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import language as words_for
from bonphuong.kernel.periods import PeriodKind
from bonphuong.reports.schema import ANNEX
from bonphuong.reports.sections import roman

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from bonphuong.kernel.periods import Period
    from bonphuong.reports.ground import Ground

#: Periods that English tells with an article: the first half of 2025, the third quarter of 2025.
_WITH_ARTICLE = {PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS}

#: When it was, without saying again which month or year.
_IN_KIND = {
    PeriodKind.DAY: gettext_lazy("on the day"),
    PeriodKind.MONTH: gettext_lazy("in the month"),
    PeriodKind.QUARTER: gettext_lazy("in the quarter"),
    PeriodKind.HALF: gettext_lazy("in the half-year"),
    PeriodKind.NINE_MONTHS: gettext_lazy("in the nine months"),
    PeriodKind.YEAR: gettext_lazy("in the year"),
    PeriodKind.TERM: gettext_lazy("in the term"),
    PeriodKind.RANGE: gettext_lazy("in the period"),
}


def words_of(ground: Ground, as_of: dt.datetime) -> Mapping[str, str]:
    """The words that sentences may name, beside figures."""
    period, language = ground.spans["period"], ground.language
    last = ground.spans.earlier.last
    since = ground.spans.by_name.get("since", period)
    during, in_kind = _during(period, language), str(_IN_KIND[period.kind])
    return {
        "as_of_day": format_date(clock.local(as_of).date(), language),
        "compared": _beside(ground),
        "compared_again": _beside_again(ground),
        "during": during,
        "during_start": during[:1].upper() + during[1:],
        "in_kind": in_kind,
        "in_kind_start": in_kind[:1].upper() + in_kind[1:],
        "first_year": str(period.first_year),
        "last_year": named(ground.spans["same:period"], language),
        "next": named(period.next(), language),
        "next_year": str(period.year + 1),
        "office": ground.office.name(language),
        "period": named(period, language),
        "report_before": "" if last is None else named(last.edition.period, language),
        "since": format_date(period.since, language),
        "since_year": str(since.first_year),
        "to_date": named(ground.spans.by_name.get("to_date", period), language),
        "until": format_date(period.until, language),
        "we": ground.definition.we.get(ground.office.kind, ground.definition.we.get("", "")),
        "year": str(period.year),
        **{
            f"{ANNEX}{annex.spec.code}": roman(number) for number, annex in enumerate(ground.annexes, start=1)
        },
    }


def named(period: Period, language: str) -> str:
    """The period as it stands inside a sentence."""
    label = period.label(language)
    first_months = period.kind is PeriodKind.RANGE and label.startswith("first ")
    return f"the {label}" if language == "en" and (period.kind in _WITH_ARTICLE or first_months) else label


def _during(period: Period, language: str) -> str:
    """When it was, as an adverb: in June 2025, from the one day to the other."""
    label = named(period, language)
    if period.kind is PeriodKind.DAY:
        return _("on %(day)s") % {"day": label}
    if period.kind is PeriodKind.RANGE and label == words_for(language).span(period.since, period.until):
        return label
    return _("in %(period)s") % {"period": label}


def _beside(ground: Ground) -> str:
    """What the period is compared with, as sentences name it first."""
    period = ground.spans["period"]
    if period.kind is PeriodKind.YEAR:
        return _("the year before")
    if period.kind is PeriodKind.TERM:
        return ground.spans["same:period"].label(ground.language)
    if period.compared_with() != period.same_period_last_year():
        return _("the time of the same length before")
    return _("the same period of the year before")


def _beside_again(ground: Ground) -> str:
    """The same, said shorter after the first time."""
    period = ground.spans["period"]
    if period.kind is PeriodKind.YEAR:
        return _("the year before")
    if period.kind is PeriodKind.TERM:
        return _("the term before")
    if period.compared_with() != period.same_period_last_year():
        return _("the time before")
    return _("that period")
