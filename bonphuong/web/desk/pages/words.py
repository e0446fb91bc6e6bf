"""Short phrases that several pages share: figures with their unit, days beside today, a period in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.numbers import format_number
from bonphuong.procedures.enums import DayUnit

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from bonphuong.indicators.figures import Figure
    from bonphuong.procedures.models import DeadlineRule


#: The language of the page, "vi" or "en".
language = reader_language


def amount(value: int | Decimal, unit: str) -> str:
    """A figure with its counting word: "31 đoàn"."""
    return f"{format_number(value, language())} {counting_word(value, unit)}".rstrip()


def counting_word(value: int | Decimal, unit: str) -> str:
    """The word that is counted with. Units are told in the plural, which English has no use for with one."""
    if language() != "en" or abs(value) != 1:
        return unit
    return "person" if unit == "people" else unit.removesuffix("s")


def figure_text(found: Figure) -> str:
    """A figure as a page writes it; a dash of words where there is none."""
    if found.value is None:
        return _("no figure given")
    return amount(found.value, found.unit(language()))


def due_words(due: dt.date, today: dt.date) -> str:
    """How far a due day is, and the day: "Quá 40 ngày, hạn 08/11/2025"."""
    left = (due - today).days
    written = format_date(due, language())
    if left < 0:
        return ngettext("%(days)s day overdue, due %(due)s", "%(days)s days overdue, due %(due)s", -left) % {
            "days": -left,
            "due": written,
        }
    if left == 0:
        return _("Due today, %(due)s") % {"due": written}
    if left == 1:
        return _("Due tomorrow, %(due)s") % {"due": written}
    return ngettext("%(days)s day left, %(due)s", "%(days)s days left, %(due)s", left) % {
        "days": left,
        "due": written,
    }


def short_day(day: dt.date, today: dt.date) -> str:
    """A day without its year where it is this year's."""
    return short_span(format_date(day, language()), day, today)


def short_span(written: str, day: dt.date, today: dt.date) -> str:
    """A written span of days without its year at the end, where it is this year's."""
    if day.year != today.year:
        return written
    return written.removesuffix(f"/{day.year}").removesuffix(f" {day.year}")


def rule_words(rule: DeadlineRule) -> str:
    """A rule in words: how many days for what, and the text of law where one was found that says so."""
    days = ngettext("%(days)s day", "%(days)s days", rule.days)
    if rule.unit == DayUnit.WORKING:
        days = ngettext("%(days)s working day", "%(days)s working days", rule.days)
    label = rule.label[:1].lower() + rule.label[1:]
    # A rule of no days says only on which day itself.
    told = days % {"days": rule.days} if rule.days else ""
    return ", ".join(part for part in (told, label, rule.source if rule.proved else "") if part)
