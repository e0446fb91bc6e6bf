"""The help inside the product: the manual page by page, its search, its pictures, the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.text import fold
from bonphuong.web.desk import handbook
from bonphuong.web.desk.glossary import terms
from bonphuong.web.desk.pages.words import language
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from bonphuong.web.desk.permissions import Request

_DAY = 24 * 3600


@permission(Permission.PARTY_VIEW)
@require_safe
def help_first(request: Request) -> HttpResponse:
    """The first page of the manual."""
    return _page(request, handbook.FIRST)


@permission(Permission.PARTY_VIEW)
@require_safe
def help_page(request: Request, page: str) -> HttpResponse:
    """A page of the manual."""
    if page == handbook.FIRST or not handbook.exists(page):
        raise Http404
    return _page(request, page)


def _page(request: Request, page: str) -> HttpResponse:
    lang = language()
    context = {
        "page_name": page,
        "title": handbook.title(lang, page),
        # The reader of the manual writes every tag itself and lets none of the text through.
        "body": mark_safe(handbook.html(lang, page)),  # noqa: S308
        "sections": [one for one in handbook.sections(lang, page) if one.anchor],
        "contents": [(name, handbook.title(lang, name)) for name in handbook.pages()],
    }
    return render(request, "desk/help.html", context)


@permission(Permission.PARTY_VIEW)
@require_safe
def help_search(request: Request) -> HttpResponse:
    """Sections of the manual in which words stand."""
    words = request.GET.get("q", "").strip()[:100]
    lang = language()
    wanted = fold(words).split()
    named = [one for one in terms() if wanted and all(word in fold(f"{one.vi} {one.en}") for word in wanted)]
    context = {"words": words, "found": handbook.search(lang, words), "terms": named[:5], "language": lang}
    return render(request, "desk/help_search.html", context)


@permission(Permission.PARTY_VIEW)
@require_safe
def glossary(request: Request) -> HttpResponse:
    """All terms by the alphabet of the reader's language."""
    lang = language()
    lines = sorted(terms(), key=lambda one: fold(one.name(lang)))
    return render(request, "desk/glossary.html", {"terms": lines, "language": lang})


@permission(Permission.PARTY_VIEW)
@require_safe
@cache_control(private=True, max_age=_DAY)
def help_picture(request: Request, name: str) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """A picture of the manual."""
    found = handbook.picture(name)
    if found is None:
        raise Http404
    path, media_type = found
    return HttpResponse(path.read_bytes(), content_type=media_type)
