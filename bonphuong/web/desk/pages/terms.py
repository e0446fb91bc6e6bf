"""How long what was agreed holds: each term as a line on one scale of years, drawn on the server."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.records.pieces import TermState
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.records.models import Record
    from bonphuong.records.pieces import Term

_SOON = dt.timedelta(days=183)
#: The drawing of a term is so wide, in units of its own.
WIDTH = 160


@dataclass(frozen=True)
class Bar:
    """A term as a line on a scale of years: where it begins and ends, and where today is."""

    x1: str
    x2: str
    today: str
    css: str
    spoken: str


@dataclass(frozen=True)
class TermLine:
    """Something agreed, how long it holds, and how it stands."""

    record: Record
    under: str
    bar: Bar | None
    end: str
    has_end: bool
    state: str
    word: str


@dataclass(frozen=True)
class Terms:
    """Terms on one scale."""

    lines: Sequence[TermLine]
    scale: str
    more: int = 0


def terms_of(terms: Sequence[Term], headers: Mapping[UUID, Record], *, shown: int | None = None) -> Terms:
    """Terms that one may see, those that end first on top, on one scale of years."""
    today = clock.today()
    seen = sorted((one for one in terms if one.record in headers), key=lambda one: _urgency(one, today))
    cut = seen if shown is None else seen[:shown]
    days = [day for one in cut for day in (one.since, one.until) if day is not None]
    first = min([*days, today]).year
    last = max([*days, today + _SOON]).year + 1
    lines = [_term_line(one, headers[one.record], (first, last), today) for one in cut]
    return Terms(lines, f"{first}–{last}", len(seen) - len(cut))


def _urgency(one: Term, today: dt.date) -> tuple[int, dt.date]:
    if one.state == TermState.ENDED:
        return 3, dt.date.max - (one.until - dt.date.min) if one.until else dt.date.max
    if one.until is not None:
        return 0, one.until
    return (1 if one.state == TermState.UNCLEAR else 2), one.since or today


def _term_line(one: Term, record: Record, years: tuple[int, int], today: dt.date) -> TermLine:
    state, word = _term_state(one, today)
    end = format_date(one.until, language()) if one.until else _("no end") if one.is_open else _("not known")
    return TermLine(record, one.under, _bar(one, years, today), end, one.until is not None, state, word)


def _term_state(one: Term, today: dt.date) -> tuple[str, str]:
    if one.state == TermState.ENDED:
        return "gone", _("Ended")
    if one.state == TermState.AHEAD:
        return "next", _("Not in force yet")
    if one.until is not None and one.until < today:
        return "late", _("Past its day")
    if one.until is not None and one.until <= today + _SOON:
        days = (one.until - today).days
        return "soon", ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    if one.state == TermState.UNCLEAR:
        return "soon", _("Days missing")
    return "done", _("In force")


def _bar(one: Term, years: tuple[int, int], today: dt.date) -> Bar | None:
    if one.since is None:
        return None
    start, end = dt.date(years[0], 1, 1), dt.date(years[1], 1, 1)

    def place(day: dt.date) -> str:
        share = (min(max(day, start), end) - start).days * WIDTH * 10 // (end - start).days
        return f"{share // 10}.{share % 10}"

    since = format_date(one.since, language())
    if one.until is None:
        spoken = _("from %(since)s, without an end that is known") % {"since": since}
        return Bar(place(one.since), str(WIDTH), place(today), "open", spoken)
    spoken = _("from %(since)s to %(until)s") % {"since": since, "until": format_date(one.until, language())}
    soon = one.until <= today + _SOON
    css = "run is-gone" if one.state == TermState.ENDED else "run is-soon" if soon else "run"
    return Bar(place(one.since), place(one.until), place(today), css, spoken)
