"""The parts that pages are made of. Each answers to one name in the reference mock."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.forms import BaseFormSet
from django.forms.utils import ErrorDict
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.clock import local, today
from bonphuong.kernel.crypto import HIDDEN, mask
from bonphuong.kernel.dates import date_range, format_date, format_moment
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.numbers import format_number, format_percent
from bonphuong.ledger.queries import moment_of
from bonphuong.papers.enums import PaperKind
from bonphuong.records.registry import get_family
from bonphuong.reference.calendars import lunar_label
from bonphuong.trail.enums import verb_label
from bonphuong.web.desk.pages.words import due_words, rule_words, short_day, short_span
from bonphuong.web.desk.posting import Begun

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal

    from django.forms import BaseForm, BoundField
    from django.template import Context

    from bonphuong.families.delegations.models import Member
    from bonphuong.kernel.periods import Period
    from bonphuong.papers.models import Paper
    from bonphuong.procedures.deadlines import Deadline
    from bonphuong.records.models import Record
    from bonphuong.records.queries import DueItem

register = template.Library()
# A figure with the two words that follow it: what is counted has two syllables ("4 đoàn vào").
_COUNTED = re.compile(r"\d(?: [^\W\d]+){1,2}")

# Our own words: officials write "Thứ Năm", Django's catalogue "Thứ 5".
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
WEEKDAYS_SHORT = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)
LONG_LIST = 12
MINUS = "\N{MINUS SIGN}"

# A state has one colour, one icon and one word everywhere: the colour never stands alone.
STATE_ICONS = {
    "done": "okay",
    "doing": "doing",
    "soon": "clock",
    "late": "alert",
    "next": "circle",
    "gone": "stop",
    "differ": "differ",
    "match": "okay",
    "unsure": "alert",
    "undated": "calendar",
    "unknown": "ask",
}
STATE_COLOURS = {
    "match": "done",
    "differ": "late",
    "unsure": "soon",
    "undated": "soon",
    "unknown": "",
    "next": "",
    "gone": "",
}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One drawing of the sprite; silent to screen readers, as a word always stands beside it."""
    return _icon(str(name), str(css))


@lru_cache(maxsize=512)
def _icon(name: str, css: str) -> SafeString:
    # A page has some hundred of them, all out of a few dozen.
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        static("desk/icons.svg"),
        name,
    )


@register.simple_tag
def badge(state: str, word: str, *, solid: bool = False) -> SafeString:
    """A state as colour, icon and one word."""
    return _badge(str(state), str(word), solid=solid)


@lru_cache(maxsize=1024)
def _badge(state: str, word: str, *, solid: bool) -> SafeString:
    colour = STATE_COLOURS.get(state, state)
    return format_html(
        '<span class="badge{}{}">{}{}</span>',
        " badge--solid" if solid else "",
        f" is-{colour}" if colour else "",
        icon(STATE_ICONS.get(state, "circle")),
        word,
    )


@register.inclusion_tag("desk/parts/field.html")
def field(bound: BoundField, css: str = "", *, quiet: bool = False) -> dict[str, Any]:
    """A labelled field with its help and its error, tied together for screen readers.

    `quiet` leaves out the word "optional": in a filter nothing must be filled in.
    """
    kind = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "css": css,
        "says_optional": not (bound.field.required or quiet),
        "says_required": bound.field.required and quiet,
        "is_long": len(getattr(bound.field, "choices", ())) > LONG_LIST,
        "is_tick": kind == "checkbox" and not getattr(bound.field.widget, "allow_multiple_selected", False),
        "is_group": bound.field.widget.use_fieldset,
    }


@register.simple_tag
def cell(bound: BoundField, line: int | str) -> SafeString:
    """A cell of a table that is typed in: its name for screen readers is its heading and its line."""
    attrs: dict[str, str | bool] = {"aria-label": f"{bound.label} {line}".strip()}
    if bound.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}_error"}
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("desk/parts/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any] | None, title: str = "") -> dict[str, Any]:
    """All that is wrong, on top, each line leading to its field; in a table each is told with its line.

    `title` stands where nothing was to be saved.
    """
    problems: list[tuple[str, str]] = []
    for form in forms:
        if form is None or not form.is_bound or _is_begun(form):
            continue
        if isinstance(form, BaseFormSet):
            problems.extend(("", str(error)) for error in form.non_form_errors())
            for line, row in enumerate(form.forms, start=1):
                problems.extend((target, f"{line}. {problem}") for target, problem in _problems(row))
        else:
            problems.extend(_problems(form))
    return {"problems": problems, "title": title}


def _is_begun(form: BaseForm | BaseFormSet[Any]) -> bool:
    """Whether it shows what was typed earlier: nobody has sent it yet, so nothing is held against it anywhere."""
    if not isinstance(form.data, Begun):
        return False
    parts: list[Any] = [form]
    if isinstance(form, BaseFormSet):
        form.non_form_errors()  # Makes it look at its lines once, so that it does not do so later.
        parts = form.forms
    for one in parts:
        one._errors = ErrorDict()  # noqa: SLF001 - Django offers no other way to take back its judgement
    return True


def _problems(form: BaseForm) -> list[tuple[str, str]]:
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        found.extend((bound.id_for_label or bound.auto_id or "", str(error)) for error in bound.errors)
    return found


@register.simple_tag
def sparkline(now: Sequence[float], then: Sequence[float], label: str) -> SafeString:
    """A line of this year over a dashed one of the year before, drawn here so that no script is needed."""
    top = max([*now, *then, 1])
    return format_html(
        '<svg class="spark" viewBox="0 0 100 28" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<polyline class="then" points="{}"/><polyline class="now" points="{}"/>{}</svg>',
        label,
        _points(then, top, len(then)),
        _points(now, top, len(then) or len(now)),
        _end(now, top, len(then) or len(now)),
    )


def _place(index: int, value: float, top: float, count: int) -> tuple[str, str]:
    """Inside a 100 × 28 box with 3 units of air above and below."""
    across = 100 * index / max(count - 1, 1)
    return f"{across:.1f}", f"{25 - 22 * value / top:.1f}"


def _points(values: Sequence[float], top: float, count: int) -> str:
    return " ".join(",".join(_place(i, value, top, count)) for i, value in enumerate(values))


def _end(values: Sequence[float], top: float, count: int) -> SafeString:
    if not values:
        return SafeString("")
    across, down = _place(len(values) - 1, values[-1], top, count)
    return format_html('<path class="end" d="M{} {}h.01"/>', across, down)


@register.filter
def number(value: int | Decimal | None) -> str:
    """A figure with the marks of the page's language; nothing for none."""
    return "" if value is None else format_number(value, reader_language())


@register.filter
def at(values: Sequence[Any], place: int) -> Any:
    """The value at a place, for tables whose heads and rows are walked side by side."""
    return values[place]


@register.filter
def signed(value: int | Decimal) -> str:
    """A figure with its sign, the minus as a minus and not as a hyphen."""
    written = format_number(value if value >= 0 else -value, reader_language())
    return written if value == 0 else f"{'+' if value > 0 else MINUS}{written}"


@register.filter
def signed_percent(value: Decimal) -> str:
    """A change in per cent with its sign, one decimal."""
    written = format_percent(abs(value), reader_language(), 1)
    return written if value == 0 else f"{'+' if value > 0 else MINUS}{written}"


@register.filter
def period(value: Period) -> str:
    """A period in words."""
    return value.label(reader_language())


@register.simple_tag
def record_url(record: Record) -> str:
    """The page of a record, whatever its family; empty for a family that this server does not know."""
    try:
        return reverse(get_family(record.family).url_name, args=[record.pk])
    except (KeyError, NoReverseMatch):
        return ""


@register.filter
def percent(value: int | Decimal | None) -> str:
    """A share with one decimal and its sign."""
    return "" if value is None else format_percent(value, reader_language(), 1)


@register.filter
def day(value: dt.date | None) -> str:
    """A day as tables write it; nothing for none."""
    return "" if value is None else format_date(value, reader_language())


@register.filter
def day_month(value: dt.date | None) -> str:
    """Day and month, where the year is plain from what stands around."""
    return "" if value is None else format_date(value, reader_language())[:-5].rstrip()


@register.filter
def until(since: dt.date | None, end: dt.date | None) -> str:
    """Two days written as one span; one of them alone where the other is not known."""
    if since is None or end is None or end < since:
        known = since or end
        return "" if known is None else format_date(known, reader_language())
    return date_range(since, end, reader_language())


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Hour and day where the offices are."""
    return "" if value is None else format_moment(value, reader_language())


@register.filter
def clock_time(value: dt.datetime) -> str:
    """The hour alone, where the day stands above."""
    return f"{local(value):%H:%M}"


@register.filter
def local_day(value: dt.datetime) -> dt.date:
    """The day of a moment where the offices are."""
    return local(value).date()


@register.filter
def moment_short(value: dt.datetime) -> str:
    """Day and hour for a column of a trail: "16/12 08:10", the year only where it is another."""
    return f"{short_day(local(value).date(), today())} {local(value):%H:%M}"


@register.filter
def day_short(value: dt.date | None) -> str:
    """A day without this year's number."""
    return "" if value is None else short_day(value, today())


@register.filter
def until_short(since: dt.date | None, end: dt.date | None) -> str:
    """A span of days without this year's number."""
    written = until(since, end)
    here = since or end
    return written if here is None else short_span(written, here, today())


@register.filter
def posted_day(microseconds: int) -> str:
    """The day of a posting."""
    return format_date(local(moment_of(microseconds)).date(), reader_language())


@register.filter
def paper_kind(code: str) -> str:
    """What a kind of paper is called."""
    return str(PaperKind(code).label) if code in PaperKind.values else code


@register.filter
def paper_line(paper: Paper) -> str:
    """How a paper is cited: its number, day, issuer and signer."""
    number = _("No. %(number)s") % {"number": paper.reference} if paper.reference else ""
    return ", ".join(part for part in (number, day(paper.on), paper.issuer, paper.signer) if part)


@register.filter
def lower_first(text: object) -> str:
    """The first letter small, for a label inside a sentence; an abbreviation stays as it is."""
    written = str(text)
    return written if written[1:2].isupper() else written[:1].lower() + written[1:]


@register.inclusion_tag("desk/parts/deadline.html")
def deadline(item: Deadline | DueItem) -> dict[str, Any]:
    """What is left, and the rule that says so."""
    return {
        "standing": item.standing,
        "words": due_words(item.due_on, today()),
        "rule": item.rule,
        "rule_words": rule_words(item.rule) if item.rule else "",
    }


@register.simple_tag(takes_context=True)
def passport(context: Context, member: Member) -> str:
    """The last digits of a passport for those who may read it at all; the whole number is a logged act."""
    user = context["request"].user
    office = context["page"].record.office_code
    if not member.passport_no:
        return ""
    return mask(member.passport_no) if can(user, Permission.RESTRICTED_READ, office) else HIDDEN


@register.filter
def weekday_and_day(value: dt.date) -> str:
    """As in "Thứ Năm, 18/12/2025"."""
    return f"{WEEKDAYS[value.weekday()]}, {format_date(value, reader_language())}"


@register.filter
def weekday_short(value: dt.date) -> str:
    """As in "T5" or "CN"."""
    return str(WEEKDAYS_SHORT[value.weekday()])


@register.filter
def lunar(value: dt.date) -> str:
    """The day of the lunar calendar in words."""
    return lunar_label(value, reader_language())


@register.filter
def posted(microseconds: int) -> str:
    """The moment of a posting, which the ledger keeps in microseconds."""
    return format_moment(moment_of(microseconds), reader_language())


@register.filter
def verb(tag: str) -> str:
    """What an act is called, from its tag."""
    return str(verb_label(tag))


@register.filter
def unbroken(text: object) -> str:
    """A title whose figures stay on one line with what they count: "4 đoàn vào" is not torn apart."""
    return _COUNTED.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), str(text))


@register.filter
def initial_capital(text: object) -> str:
    """The first letter large, the rest as it is (Django's own `capfirst` under a plain name)."""
    written = str(text)
    return written[:1].upper() + written[1:]
