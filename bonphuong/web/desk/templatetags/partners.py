"""Small words of the pages about partners: which script a name is in, since when a post is held."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel.dates import format_date
from bonphuong.web.desk.pages import partner
from bonphuong.web.desk.pages.words import language
from bonphuong.web.desk.templatetags.desk import badge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import Office
    from bonphuong.kernel.models import DatedRow
    from bonphuong.parties.models import Person, Post
    from bonphuong.records.dossier import Dealings

register = template.Library()

_SCRIPTS = ((re.compile(r"[\u4e00-\u9fff]"), "zh-Hans"), (re.compile(r"[\u0e80-\u0eff]"), "lo"))


@register.filter
def html_lang(code: str) -> str:
    """The language tag of a name."""
    return partner.html_lang(code)


@register.simple_tag
def script_of(text: str) -> SafeString:
    """The language of a name told by its letters, for screen readers and for the right font."""
    found = next((lang for pattern, lang in _SCRIPTS if pattern.search(text)), "")
    return format_html('lang="{}"', found) if found else SafeString("")


@register.simple_tag
def native_lang(person: Person) -> SafeString:
    """The language of a person's name in its own script."""
    return script_of(person.name_native)


@register.simple_tag
def promise_badge(dealings: Dealings) -> SafeString:
    """How many promises are open, and how many of them late."""
    if dealings.late:
        word = ngettext("%(n)s open, %(late)s overdue", "%(n)s open, %(late)s overdue", dealings.promises)
        return badge("late", word % {"n": dealings.promises, "late": dealings.late})
    return badge("doing", ngettext("%(n)s open", "%(n)s open", dealings.promises) % {"n": dealings.promises})


@register.simple_tag
def post_title(post: Post) -> str:
    """What a post is called in the language of the page."""
    return post.title(language())


@register.simple_tag
def office_name(office: Office) -> str:
    """One of our offices in the language of the page."""
    return office.name(language())


@register.simple_tag
def post_days(row: DatedRow) -> str:
    """From when to when something holds, in words; empty where neither day is known."""
    since = format_date(row.valid_from, language()) if row.valid_from else ""
    until = format_date(row.valid_to, language()) if row.valid_to else ""
    if since and until:
        return _("from %(since)s to %(until)s") % {"since": since, "until": until}
    if since:
        return _("since %(since)s") % {"since": since}
    return _("until %(until)s") % {"until": until} if until else ""


_FOREIGN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]+|[\u0e80-\u0eff][\u0e80-\u0eff ]*[\u0e80-\u0eff]")


@register.filter
def with_scripts(text: str) -> SafeString:
    """A text whose Chinese and Lao words are told as such, with its line ends kept."""
    pieces = []
    last = 0
    for match in _FOREIGN.finditer(text):
        pieces.append(_broken(text[last : match.start()]))
        pieces.append(format_html("<span {}>{}</span>", script_of(match.group()), match.group()))
        last = match.end()
    pieces.append(_broken(text[last:]))
    return SafeString("".join(pieces))


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


@register.simple_tag
def cell_class(columns: Sequence[Mapping[str, Any]], place: int) -> SafeString:
    """How a cell of a frozen table is aligned."""
    return SafeString('class="num"') if columns[place]["align"] == "right" else SafeString("")


@register.filter
def points(part: Mapping[str, Any]) -> Sequence[str]:
    """The points of a list: a template would take `items` for the method of the mapping."""
    found: Sequence[str] = part["items"]
    return found
