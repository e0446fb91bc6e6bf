"""`bonphuong figure`: one figure, now or as it stood."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bonphuong.config.terminal import UsageError, add_json, add_office, say, say_json
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import as_json, figure
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, BadValue
from bonphuong.kernel.numbers import format_number
from bonphuong.kernel.periods import Cutoff, Period

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser
    from bonphuong.indicators.figures import Figure

SUMMARY = gettext_lazy("Say one figure, now or as it stood at a moment")


def add_arguments(parser: Parser) -> None:
    """What, whose, when, as of when."""
    parser.add_argument(
        "indicator", metavar=_("FIGURE"), help=_("code of the figure, such as outbound.groups")
    )
    add_office(parser)
    add_period(parser)
    parser.add_argument(
        "--as-of",
        metavar=_("TIME"),
        help=_("as it stood then: 2025-06-30 (the end of that day), 2025-06-30T17:00, or with a zone +07:00"),
    )
    add_json(parser)


def add_period(parser: argparse.ArgumentParser) -> None:
    """The period and the rule by which its months begin."""
    parser.add_argument(
        "--period",
        required=True,
        metavar=_("PERIOD"),
        help=_("2025, 2025-06, 2025-Q3, 2025-H1, 2025-9M, 2025-06-11 or 2025-01-05..2025-03-07"),
    )
    parser.add_argument(
        "--cutoff",
        choices=[Cutoff.CALENDAR.value, Cutoff.STATUTORY.value],
        default=Cutoff.CALENDAR.value,
        help=_("where a month begins: calendar, or statutory (from the 15th to the 14th)"),
    )


def run(options: argparse.Namespace) -> int:
    """Ask and say."""
    request = FigureRequest(
        indicator=options.indicator,
        office=options.office,
        period=parse_period(options.period, options.cutoff),
        as_of=parse_moment(options.as_of) if options.as_of else None,
    )
    try:
        found = figure(request)
    except BadInput as error:
        raise UsageError(error.message) from error
    language = get_language() or "vi"
    if options.json:
        say_json(as_json(found, language))
    else:
        say(*_lines(found, language))
    return 0


def parse_period(text: str, cutoff: str = Cutoff.CALENDAR) -> Period:
    """The period, or UsageError."""
    try:
        return Period.parse(text, Cutoff(cutoff))
    except BadValue as error:
        raise UsageError(error.message) from error


def parse_moment(text: str) -> dt.datetime:
    """A moment in ISO form; without a zone it is the offices' own, a bare day means its end. Or UsageError."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            _("“%(text)s” is no moment. Write 2025-06-30 or 2025-06-30T17:00+07:00.") % {"text": text[:40]}
        ) from None
    if "T" not in text.upper() and ":" not in text:
        moment = dt.datetime.combine(moment.date(), dt.time.max)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.LOCAL)
    if moment > clock.now() and moment.astimezone(clock.LOCAL).date() > clock.today():
        raise UsageError(_("The moment %(text)s is still to come.") % {"text": text})
    return moment


def _lines(found: Figure, language: str) -> list[str]:
    label = found.indicator.label(language)
    where = {"label": label, "office": found.request.office, "period": found.request.period.label(language)}
    head = _("%(label)s, %(office)s, %(period)s: ") % where
    if found.value is None:
        lines = [head + str(found.status.label)]
    else:
        value = format_number(found.value, language)
        lines = [f"{head}{value} {found.unit(language)} ({found.status.label})"]
    if found.entered is not None:
        entered, stated = (format_number(part, language) for part in found.entered)
        lines.append(_("Entered so far: %(entered)s of %(stated)s.") % {"entered": entered, "stated": stated})
    if found.difference is not None and found.stated is not None:
        stated, less = (format_number(part, language) for part in (found.stated.value, found.difference))
        lines.append(_("Papers state %(stated)s; difference %(less)s.") % {"stated": stated, "less": less})
    return lines
