"""Help where the question comes up: terms with what they mean, and each page's own section of the manual."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.languages import reader_language
from bonphuong.together.enums import Lesson
from bonphuong.together.queries import lesson_of
from bonphuong.web.desk import handbook
from bonphuong.web.desk.glossary import term_for
from bonphuong.web.desk.pages.lessons import STEPS

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

register = template.Library()
_PLACES = "_term_places"


@register.inclusion_tag("desk/parts/term.html", takes_context=True)
def term(context: Context, word: str, shown: str = "") -> dict[str, Any]:
    """A word with what it means, for pointing, touching and tabbing; a word that is no term stays a plain word.

    `shown` is how the word stands in the sentence, where that is not its plain form.
    """
    found = term_for(str(word))
    lang = reader_language()
    return {
        "shown": shown or word,
        "term": found,
        "means": found.means(lang) if found else "",
        "place": next(_places(context)) if found else 0,
    }


def _places(context: Context) -> count[int]:
    """Numbers for the identifiers of a page, each once."""
    root = context.render_context
    if _PLACES not in root:
        root[_PLACES] = count(1)
    places: count[int] = root[_PLACES]
    return places


@register.simple_tag
def meaning(word: object) -> str:
    """What a label means, where it is a term; empty where it is none."""
    found = term_for(str(word))
    return found.means(reader_language()) if found else ""


@register.simple_tag(takes_context=True)
def help_url(context: Context) -> str:
    """The section of the manual that speaks of the page that is shown."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None:
        return reverse("desk:help")
    family = match.kwargs.get("family", "") or getattr(
        getattr(context.get("page"), "record", None), "family", ""
    )
    page, anchor = handbook.help_for(match.url_name or "", str(family))
    address = reverse("desk:help") if page == handbook.FIRST else reverse("desk:help-page", args=[page])
    return f"{address}#{anchor}" if anchor else address


@register.inclusion_tag("desk/parts/lesson_offer.html", takes_context=True)
def lesson_offer(context: Context) -> dict[str, Any]:
    """The first lesson, for whoever enters records and was never asked before."""
    user = context["request"].user
    return {
        "is_offered": can(user, Permission.RECORD_ADD) and lesson_of(user) is None,
        "token": _token(context),
    }


@register.inclusion_tag("desk/parts/lesson.html", takes_context=True)
def lesson(context: Context) -> dict[str, Any]:
    """The steps of the first lesson beside the form, for whoever is in the midst of it."""
    found = lesson_of(context["request"].user)
    is_on = found is not None and found.state == Lesson.DOING
    return {"lesson": found if is_on else None, "steps": STEPS, "token": _token(context)}


def _token(context: Context) -> SafeString:
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(context["request"])
    )
