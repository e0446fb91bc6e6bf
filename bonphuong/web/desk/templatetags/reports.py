"""The parts of a report's page: sentences with figures in them, cells, what frozen contents hold as text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bonphuong.kernel.dates import date_range, format_date, format_moment
from bonphuong.kernel.numbers import format_number
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.rendering.reading import written_runs
from bonphuong.reports.shipped import shipped_titles
from bonphuong.web.desk.pages.report_checks import finding
from bonphuong.web.desk.pages.reports import STATES
from bonphuong.web.desk.pages.words import language
from bonphuong.web.desk.templatetags.desk import badge, signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.template import Context

    from bonphuong.reports.models import Edition
    from bonphuong.reports.periods import PeriodLine
    from bonphuong.web.desk.pages.reports import ReportPage

register = template.Library()
#: Their periods say which report it is.
_PERIODIC = frozenset({"monthly", "quarterly", "half_year", "nine_months", "annual", "term"})


@register.simple_tag(takes_context=True)
def runs(context: Context, pieces: Sequence[str | Mapping[str, str]]) -> SafeString:
    """A sentence: plain words, and figures that lead to what stands behind them."""
    return format_html_join("", "{}", ((_run(context, piece),) for piece in pieces))


@register.simple_tag(takes_context=True)
def figure_cell(context: Context, value: object) -> object:
    """A cell of a table: a figure that opens, or a word."""
    return _run(context, value, css="cell") if isinstance(value, dict) else value


def _run(context: Context, piece: Any, css: str = "figure") -> object:
    if not isinstance(piece, dict):
        return piece
    name = piece["f"]
    page: ReportPage = context["page"]
    wrong = " is-wrong" if name in page.wrong else ""
    return format_html(
        '<a class="{0}{1}{2}" href="?figure={3}#evidence" hx-get="?figure={3}" hx-target="#evidence"{4}>{5}</a>',
        css,
        wrong,
        " is-open" if name == context.get("open") else "",
        name,
        SafeString(' aria-current="true"') if name == context.get("open") else "",
        piece["t"],
    )


@register.inclusion_tag("desk/parts/check_rows.html", takes_context=True)
def check_links(
    context: Context, page: ReportPage, check: Mapping[str, Any], *, advises: bool = True
) -> dict[str, Any]:
    """What a check found: its words, figures, records and other report, what to do and where.

    On the report's own page a figure opens in the drawer, elsewhere it leads there. What to do need not be said of
    each of a sort, and the reason that was given for all stands above them once.
    """
    why = check.get("reason", "")
    return {
        "finding": finding(page, check),
        "has_drawer": "evidence" in context,
        "address": reverse("desk:report", args=[page.edition.pk]),
        "advises": advises,
        "why": "" if why == page.content["edition"].get("reason") else why,
    }


@register.simple_tag
def edition_badge(edition: Edition, *, solid: bool = False) -> SafeString:
    """The state of an edition."""
    status = EditionStatus(edition.status)
    return badge(STATES[status], str(status.label)[:1].upper() + str(status.label)[1:], solid=solid)


@register.simple_tag
def period_badge(line: PeriodLine) -> SafeString:
    """Whether a period is closed now or was opened again."""
    if line.is_closed:
        return badge("done", pgettext("period", "Closed"))
    return badge("soon", _("Opened again"))


@register.filter
def report_name(code: str) -> str:
    """What a report is called by its code, standing alone."""
    return shipped_titles(language()).get(code, code)


@register.filter
def report_word(code: str) -> str:
    """What a report is called by its code where its period follows: that of a periodic one says it all."""
    return _("Report of") if code in _PERIODIC else f"{report_name(code)},"


register.filter("written", written_runs)


@register.filter
def is_number(value: object) -> bool:
    """Whether a cell holds a number."""
    if isinstance(value, dict):
        return "amount" in value
    return isinstance(value, int) and not isinstance(value, bool)


@register.filter
def annex_cell(value: Any) -> str:
    """A cell of an annex as people write it."""
    if isinstance(value, dict):
        return (
            iso_day(value["day"]) if "day" in value else format_number(Decimal(value["amount"]), language())
        )
    if is_number(value):
        return format_number(value, language())
    return "" if value is None else str(value)


@register.filter
def iso_day(text: str) -> str:
    """A day that a content keeps as text."""
    return format_date(dt.date.fromisoformat(text), language()) if text else ""


@register.filter
def iso_until(since: str, until: str) -> str:
    """A span of days that a content keeps as text."""
    return date_range(dt.date.fromisoformat(since), dt.date.fromisoformat(until), language())


@register.filter
def iso_moment(text: str) -> str:
    """A moment that a content keeps as text."""
    return format_moment(dt.datetime.fromisoformat(text), language())


@register.filter
def short(value: Decimal) -> Decimal:
    """A sum without the decimals that say nothing: contents keep none, the ledger keeps each measure's."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


@register.filter
def plain_number(text: str | None) -> str:
    """A figure that a content keeps as text."""
    return "" if text is None else format_number(Decimal(text), language())


@register.filter
def plain_signed(text: str) -> str:
    """A difference that a content keeps as text."""
    return signed(Decimal(text))
