"""What the frame of every page needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.utils import translation

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import assignments_of
from bonphuong.web.desk.chords import chords_for
from bonphuong.web.desk.navigation import kinds_to_enter, links_for, url_if_any
from bonphuong.web.desk.pages.waiting import waiting_count

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Post:
    """What somebody is, and where, in the language of the page."""

    title: str
    office: str


def shell(request: HttpRequest) -> dict[str, object]:
    """Navigation, the person, and whether what is shown is illustration; nothing for a stranger."""
    language = translation.get_language()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"language": language}
    match = request.resolver_match
    page, family = (match.url_name, match.kwargs.get("family", "")) if match else ("", "")
    return {
        "language": language,
        "navigation": links_for(user, page or "", family),
        "is_demo": user.is_demo,
        "chords": chords_for(user),
        "posts": posts_of(user, language),
        "search_url": url_if_any("search", user, Permission.RECORD_VIEW),
        "import_url": url_if_any("imports", user, Permission.RECORD_IMPORT),
        "new_url": url_if_any("delegation-new", user, Permission.RECORD_ADD),
        # Asked for only by pages that have the frame: a part of a page that HTMX fetches goes without.
        "kinds_to_enter": partial(kinds_to_enter, user),
        "waiting_count": partial(waiting_count, user),
    }


def posts_of(user: User, language: str) -> list[Post]:
    """The person's roles today, for the corner that says who one is."""
    return [
        Post(assignment.title(language) or assignment.get_role_display(), assignment.office.name(language))
        for assignment in assignments_of(user)
    ]
