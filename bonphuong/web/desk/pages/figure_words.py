"""What the page of a figure says in sentences: the finding on top, the sentence to copy, where it comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.indicators.enums import IndicatorKind
from bonphuong.indicators.figures import growth, share
from bonphuong.indicators.series import books_of
from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range, format_date, format_moment
from bonphuong.kernel.numbers import format_number, format_percent
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.ledger.models import BookHead
from bonphuong.ledger.queries import moment_of
from bonphuong.web.desk.pages.figure_state import MONTHS, QUARTERS, end_of
from bonphuong.web.desk.pages.words import amount, figure_text, language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.indicators.figures import Figure
    from bonphuong.indicators.series import Step
    from bonphuong.web.desk.pages.figure_state import FigureState
    from bonphuong.web.desk.pages.figure_table import Part

_COMPARED = {IndicatorKind.SUM, IndicatorKind.LEVEL}
#: A part of this share of the whole, in per cent, is worth a word in the title.
_LARGE = 25
_ENOUGH = 3


def is_running(period: Period) -> bool:
    """Whether today falls into the period before its last day."""
    return period.since <= clock.today() < period.until


def period_words(period: Period) -> str:
    """The period, and up to which day where it still runs."""
    lang = language()
    if not is_running(period):
        return period.label(lang)
    return _("%(period)s up to %(day)s") % {
        "period": period.label(lang),
        "day": format_date(clock.today(), lang),
    }


def short_label(period: Period) -> str:
    """The name of a period under a column."""
    if period.kind == PeriodKind.MONTH:
        return f"{period.number}/{period.year}"
    if period.kind == PeriodKind.TERM:
        return period.code
    if period.kind == PeriodKind.RANGE:
        return date_range(period.since, period.until, language())
    if period.kind == PeriodKind.DAY:
        return format_date(period.since, language())
    if period.kind == PeriodKind.QUARTER:
        return f"{('I', 'II', 'III', 'IV')[period.number - 1]}/{period.year}"
    return str(period.year)


def finding(spoken: Step, steps: Sequence[Step], parts: Sequence[Part], state: FigureState) -> str:
    """The title: what was found, whether it is the most of all, and whose the largest part is.

    `steps` are the periods that the figure may be ranked among; none where it is not one of them.
    """
    found = spoken.now
    told = {
        "label": found.indicator.label(language()),
        "period": period_words(found.request.period),
        "figure": figure_text(found),
    }
    if found.value is None:
        return _("%(label)s, %(period)s: no figure yet") % told
    said = _("%(label)s, %(period)s: %(figure)s") % told
    return ", ".join(
        [
            said,
            *filter(
                None, (_rank(found, steps, state) or _change(found, spoken.then), _largest(found, parts))
            ),
        ]
    )


def _rank(found: Figure, steps: Sequence[Step], state: FigureState) -> str:
    values = [step.now.value for step in steps if step.now.value is not None]
    others = values[:-1]
    if found.indicator.kind not in _COMPARED or len(values) < _ENOUGH or not found.value:
        return ""
    if values[-1] != found.value or max(others) >= found.value:
        return ""
    number = {"n": len(values)}
    if state.steps == MONTHS:
        return _("the most in %(n)s months") % number
    if state.steps == QUARTERS:
        return _("the most in %(n)s quarters") % number
    return _("the most in %(n)s years") % number


def _change(found: Figure, then: Figure) -> str:
    if found.value is None or then.value is None or found.indicator.kind not in _COMPARED:
        return ""
    change = found.value - then.value
    told = {"change": amount(abs(change), "")}
    if change > 0:
        return _("up %(change)s on the same period") % told
    if change < 0:
        return _("down %(change)s on the same period") % told
    return _("as in the same period")


def _largest(found: Figure, parts: Sequence[Part]) -> str:
    named = [part for part in parts if part.code]
    if not named or not found.value:
        return ""
    first = max(named, key=lambda part: part.last)
    percent = share(first.last, found.value)
    if percent is None or percent < _LARGE or first.last > found.value:
        return ""
    told = {"share": format_percent(percent.quantize(Decimal(1)), language()), "name": first.label}
    return _("%(share)s of it %(name)s") % told


def sentence(found: Figure, then: Figure, parts: Sequence[Part], *, comparable: bool) -> str:
    """One sentence to put into a letter: the figure, the change, the parts."""
    if found.value is None:
        return ""
    label = found.indicator.label(language())
    told = {
        "period": _capital(period_words(found.request.period)),
        "label": label[:1].lower() + label[1:] if not label[1:2].isupper() else label,
        "figure": figure_text(found),
    }
    said = _("%(period)s, %(label)s: %(figure)s") % told
    if comparable and then.value is not None and found.indicator.kind in _COMPARED:
        said += _beside_then(found, then)
    if parts:
        listed = ", ".join(f"{p.label} {format_number(p.last, language())}" for p in parts if p.last)
        said += _("; of them %(parts)s") % {"parts": listed} if listed else ""
    return f"{said}."


def _beside_then(found: Figure, then: Figure) -> str:
    change = (found.value or Decimal(0)) - (then.value or Decimal(0))
    percent = growth(found.value, then.value)
    told = {"change": amount(abs(change), found.unit(language())), "percent": ""}
    if percent is not None and change:
        told["percent"] = f" ({format_percent(abs(percent), language())})"
    if change > 0:
        return _(", up %(change)s%(percent)s on the same period a year earlier") % told
    if change < 0:
        return _(", down %(change)s%(percent)s on the same period a year earlier") % told
    return _(", as in the same period a year earlier")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def source_line(found: Figure, state: FigureState, office: str) -> str:
    """Under every chart: by which day it counts, which months, from which ledger, read when."""
    lang = language()
    indicator = found.indicator
    said = []
    if indicator.measure:
        said.append(_("Counted by %(day)s.") % {"day": indicator.get_measure().counts_by(lang)})
    if found.request.period.cutoff is Cutoff.STATUTORY:
        said.append(_("A month runs from the 15th of the month before to the 14th."))
    moment = end_of(state.as_of) or last_posting(state.office)
    told = {"office": office, "moment": format_moment(moment, lang) if moment else ""}
    if moment is None:
        said.append(_("Source: the ledger of %(office)s.") % told)
    else:
        said.append(_("Source: the ledger of %(office)s, as of %(moment)s.") % told)
    undated = [view for view in found.others if view.statement.since is None]
    if undated:
        words = ngettext(
            "Not drawn: %(values)s, which a paper states without a period.",
            "Not drawn: %(values)s, which papers state without a period.",
            len(undated),
        )
        values = ", ".join(amount(view.value, found.unit(lang)) for view in undated)
        said.append(words % {"values": values})
    return " ".join(said)


def last_posting(office: str) -> dt.datetime | None:
    """When something was last posted in the book of the office; None where nothing ever was."""
    head = BookHead.objects.filter(pk__in=books_of(office)).first()
    return moment_of(head.posted_at) if head is not None and head.posted_at else None
