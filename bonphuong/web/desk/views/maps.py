"""The map of partners, gates and twinned places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.web.desk.downloads import download
from bonphuong.web.desk.pages.figure_files import PNG, SVG
from bonphuong.web.desk.pages.maps import MapState, map_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
@require_safe
def map_(request: Request) -> HttpResponse:
    """The region or the country with the layers asked for, and the same in lists."""
    state = MapState.read(request.GET)
    files = {ending: state.url("desk:map-file", ending) for ending in ("svg", "png")}
    return render(request, "desk/map.html", {"page": map_page(state, request.user), "files": files})


@permission(Permission.RECORD_VIEW)
@require_safe
def map_file(request: Request, ending: str) -> HttpResponse:
    """The same map as a picture to take away."""
    if ending not in {"svg", "png"}:
        raise Http404
    page = map_page(MapState.read(request.GET), request.user)
    content = page.png() if ending == "png" else page.file().encode()
    return download(content, name=f"{page.sketch.code}.{ending}", media_type=PNG if ending == "png" else SVG)
