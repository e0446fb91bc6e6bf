"""The living page of components: whoever builds a page, or asks for one, finds here what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from bonphuong.accounts.enums import Permission
from bonphuong.web.desk.pages.styleguide import styleguide_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
def styleguide(request: Request) -> HttpResponse:
    """Every component in every state, for anybody who may sign in."""
    return render(request, "desk/styleguide.html", {"guide": styleguide_page()})
