"""Asking for a figure, and saying that a register is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission, SettingKey
from bonphuong.accounts.queries import office_codes_for, offices_by_code, setting_on
from bonphuong.indicators.own import indicators_for
from bonphuong.kernel import clock
from bonphuong.kernel.dates import parse_date
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.ledger.measures import MEASURES
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.figure_filters import AT, filter_words, offered, readable
from bonphuong.web.desk.pages.figure_state import (
    LOOKS,
    NOW,
    THEN,
    FigureState,
    cutoff_words,
    run_words,
    split_words,
    step_words,
)
from bonphuong.web.desk.pages.slots import dimension_word
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Iterable, Mapping

    from bonphuong.accounts.models import User
    from bonphuong.indicators.figures import FigureRequest
    from bonphuong.indicators.models import Indicator

_FIRST_YEAR = 2010
_LAST_PAGE = 10_000


def parts_of_year() -> list[tuple[str, str]]:
    """The ends of a period's code after its year, with their words."""
    quarters = (
        (f"-Q{n}", _("quarter %(n)s") % {"n": roman}) for n, roman in enumerate(("I", "II", "III", "IV"), 1)
    )
    months = ((f"-{n:02d}", _("month %(number)s") % {"number": n}) for n in range(1, 13))
    halves = (("-H1", _("first half")), ("-H2", _("second half")), ("-9M", _("nine months")))
    return [("", _("the whole year")), *halves, *quarters, *months]


class FigureForm(forms.Form):
    """Which indicator, of whom, when, how parted and narrowed. What cannot be read falls back, and `fallen` says so."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part of it"), required=False)
    since = DayField(label=gettext_lazy("Or from a day"), required=False)
    until = DayField(label=gettext_lazy("to a day"), required=False)
    cutoff = forms.ChoiceField(label=gettext_lazy("A month begins"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Walk"), required=False)
    run = forms.ChoiceField(label=gettext_lazy("Adding up"), required=False)
    split = forms.ChoiceField(label=gettext_lazy("Parted"), required=False)
    as_of = DayField(label=gettext_lazy("As it stood on"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, user: User) -> None:
        self.user = user
        self.given = data or {}
        self.fallen: list[str] = []
        self.codes = office_codes_for(user, Permission.FIGURE_VIEW)
        offices = offices_by_code(self.codes)
        known = {row.code: row for row in indicators_for(user)}
        self.known = {code: row for code, row in known.items() if self._is_offered(row)}
        self.state = self._read()
        super().__init__(initial=self._initial())
        lang = language()
        self._choices("indicator", indicator_choices(self.known.values()))
        self._choices(
            "office", [(o.code, o.name(lang)) for o in sorted(offices.values(), key=lambda o: o.path)]
        )
        years = range(clock.today().year + 1, _FIRST_YEAR - 1, -1)
        self._choices("part", parts_of_year())
        self._choices("year", [(str(year), str(year)) for year in years])
        self._choices("cutoff", list(cutoff_words().items()))
        self._choices("by", list(step_words().items()))
        self._choices("run", list(run_words(years[1:]).items()))
        self._choices("split", list(split_words(self.state.measure).items()))
        self.narrowing = self._narrow()

    @property
    def kept(self) -> dict[str, str]:
        """What the address asks for beside the fields of this form: it stays when they change."""
        asked = self.state.asked()
        shown = set(self.narrowing)
        held = {name: text for name, text in self.state.filters.items() if name not in shown}
        return held | {name: asked[name] for name in ("places", "look") if name in asked}

    def asked(self) -> FigureRequest:
        """The figure that the address asks for."""
        return self.state.request

    def _is_offered(self, row: Indicator) -> bool:
        """Ended versions are asked for by their address alone."""
        ended = row.valid_to is not None and row.valid_to < clock.today()
        return not ended or row.code == self._text("indicator")

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _narrow(self) -> list[str]:
        """A choice for each dimension by which the measure is counted; a filter of several codes stays one choice."""
        state = self.state
        names = []
        for name, choices in offered(state.office, state.measure).items():
            now = state.filters.get(name, "")
            if not choices and not now:
                continue
            several = (
                [(now, filter_words(state.measure, name, now))] if now and now not in dict(choices) else []
            )
            self.fields[name] = forms.ChoiceField(
                label=dimension_word(name),
                required=False,
                choices=[("", _("all")), *several, *choices],
                initial=now,
            )
            names.append(name)
        return names

    @property
    def narrow_fields(self) -> list[forms.BoundField]:
        """The choices by which the figure is narrowed."""
        return [self[name] for name in self.narrowing]

    def _read(self) -> FigureState:
        asked, office = self._text("indicator"), self._text("office")
        if asked and asked not in self.known:
            self.fallen.append(_("There is no such indicator; another is shown."))
        office = office if office in self.codes else self._own_office()
        code = asked if asked in self.known else next(iter(self.known), "")
        row = self.known.get(code)
        measure = row.measure if row is not None else ""
        names = (*(MEASURES[measure].dimensions if measure in MEASURES else ()), AT)
        split = self._one_of("split", split_words(measure))
        return FigureState(
            indicator=code,
            office=office,
            period=self._period(office),
            measure=measure,
            cutoff=self._one_of("cutoff", cutoff_words()),
            by=self._one_of("by", step_words()),
            run=self._one_of("run", run_words(range(_FIRST_YEAR, clock.today().year + 1))),
            split=split if "split" in self.given or row is None else row.split_by,
            places=self._one_of("places", (THEN, NOW)) or THEN,
            as_of=self._day(),
            look=self._one_of("look", LOOKS) or LOOKS[0],
            filters={name: text for name in names if (text := readable(name, self._long(name)))},
            page=self._page(),
        )

    def _initial(self) -> dict[str, object]:
        state = self.state
        code = state.period.code
        is_named = code[4:] in dict(parts_of_year())
        return {
            "indicator": state.indicator,
            "office": state.office,
            "year": code[:4],
            "part": code[4:] if is_named else "",
            "since": None if is_named else state.period.since,
            "until": None if is_named else state.period.until,
            "cutoff": state.cutoff,
            "by": state.steps,
            "run": state.run,
            "split": state.split,
            "as_of": state.as_of,
        }

    def _text(self, name: str) -> str:
        return self._long(name)[:80]

    def _long(self, name: str) -> str:
        return str(self.given.get(name, "") or "").strip()

    def _one_of(self, name: str, known: Container[str]) -> str:
        return text if (text := self._text(name)) in known else ""

    def _page(self) -> int:
        text = self._text("page")
        return min(max(int(text), 1), _LAST_PAGE) if text.isascii() and text.isdigit() else 1

    def _day(self) -> dt.date | None:
        """The day as of which the ledger is read; a day that is not over yet is now."""
        text = self._text("as_of")
        try:
            day = parse_date(text, today=clock.today())
        except ValueError:
            if text:
                self.fallen.append(
                    _("“%(text)s” is no day; the ledger is shown as it is now.") % {"text": text}
                )
            return None
        return day if day.year >= _FIRST_YEAR and day < clock.today() else None

    def _own_office(self) -> str:
        """The widest that the person may see: the book, where they may see it, else their own office."""
        holdings = self.user.access().holdings
        books = [holding.book for holding in holdings if holding.book in self.codes]
        own = [holding.office for holding in holdings if holding.office in self.codes]
        return next(iter([*books, *own]), "")

    def _period(self, office: str) -> Period:
        cutoff = Cutoff(self._one_of("cutoff", cutoff_words()) or self._cutoff_of(office))
        if self._text("since") or self._text("until"):
            return self._days(cutoff)
        year = self._text("year")
        written = self._text("period") or (f"{year}{self._text('part')}" if year else "")
        if not written:
            return self._this_year(cutoff)
        try:
            return self._in_reach(Period.parse(written, cutoff))
        except ValueError:
            message = _("“%(text)s” is no period that can be shown; this year is shown.")
            self.fallen.append(message % {"text": written})
            return self._this_year(cutoff)

    def _days(self, cutoff: Cutoff) -> Period:
        """From one day to another; one day alone where only one is given."""
        first, last = self._text("since"), self._text("until")
        try:
            since = parse_date(first or last, today=clock.today())
            until = parse_date(last or first, today=clock.today())
            return self._in_reach(Period.between(since, until, cutoff))
        except ValueError:
            message = _("“%(first)s” to “%(last)s” are no days from one to a later one; this year is shown.")
            self.fallen.append(message % {"first": first or last, "last": last or first})
            return self._this_year(cutoff)

    @staticmethod
    def _in_reach(period: Period) -> Period:
        if period.since.year + 1 < _FIRST_YEAR or period.year > clock.today().year + 1:
            raise BadValue(_("The year is out of reach."))
        return period

    def _this_year(self, cutoff: Cutoff) -> Period:
        return Period.parse(str(clock.today().year), cutoff)

    def _cutoff_of(self, office: str) -> str:
        cutoff = setting_on(office, SettingKey.REPORT_CUTOFF) if office else Cutoff.CALENDAR
        # Free periods know no months, and this page walks by them.
        return str(cutoff if cutoff != Cutoff.FREE else Cutoff.CALENDAR)


def indicator_choices(rows: Iterable[Indicator]) -> list[Any]:
    """Indicators to choose from, the offices' own in a group of their own."""
    lang = language()
    shipped: list[Indicator] = []
    own: list[Indicator] = []
    for row in rows:
        (own if row.office_code else shipped).append(row)
    found: list[Any] = [(row.code, row.label(lang)) for row in shipped]
    if own:
        names = {
            code: office.name(lang) for code, office in offices_by_code({o.office_code for o in own}).items()
        }
        options = [
            (row.code, f"{row.label(lang)} ({names.get(row.office_code, row.office_code)})") for row in own
        ]
        found.append((_("Own indicators of offices"), options))
    return found


class CoverageForm(forms.Form):
    """A person's word about how complete a register is."""

    word = forms.ChoiceField(
        label=gettext_lazy("The register of these days"),
        choices=[
            ("complete", gettext_lazy("is complete")),
            ("open", gettext_lazy("is not complete after all")),
        ],
        initial="complete",
        widget=forms.RadioSelect,
    )
    since = DayField(label=gettext_lazy("From day"))
    until = DayField(label=gettext_lazy("To day"))
    reason = forms.CharField(label=gettext_lazy("How you know"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        return data
