"""What was entered twice: the sweep, and what is made of each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.parties.enums import Alike
from bonphuong.parties.models import Party, Person
from bonphuong.parties.services import (
    merge_parties,
    merge_persons,
    say_apart,
    unmerge_party,
    unmerge_person,
)
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import Record
from bonphuong.records.services import link
from bonphuong.web.desk.pages.doubles import doubles_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

SAME_BODY, APART = "merge", "apart"


@permission(Permission.RECORD_CHANGE)
def doubles(request: Request) -> HttpResponse:
    """Pairs that look like one and that nobody has judged, and what was merged before."""
    page = doubles_page(request.user, family=request.GET.get("family", ""))
    context = {"page": page, "may_judge": can(request.user, Permission.PARTY_CHANGE)}
    return render(request, "desk/doubles.html", context)


@permission(Permission.RECORD_CHANGE)
@require_POST
def records_apart(request: Request, one: UUID, other: UUID) -> HttpResponse:
    """Two records that look alike are two."""
    seen = Record.objects.visible_to(request.user)
    first, second = get_object_or_404(seen, pk=one), get_object_or_404(seen, pk=other)
    return _done(
        request,
        lambda: link(first, second, LinkKind.DISTINCT, actor=request.user),
        _("Noted: they are two. They are not offered again."),
    )


@permission(Permission.PARTY_CHANGE)
@require_POST
def double_merge(request: Request, kind: str) -> HttpResponse:
    """Two parties or two persons are one, or are two."""
    one, other = (_found(request, kind, request.POST.get(name, "")) for name in ("one", "other"))
    if request.POST.get("verdict") == APART:
        return _done(
            request,
            lambda: say_apart(kind=kind, one=str(one.pk), other=str(other.pk), actor=request.user),
            _("Noted: they are two. They are not offered again."),
        )
    reason = request.POST.get("reason", "")
    return _done(
        request,
        lambda: _merge(request, one, other, reason),
        _("Merged. What was entered under either is found under the one that stays."),
    )


@permission(Permission.PARTY_CHANGE)
@require_POST
def double_part(request: Request, kind: str) -> HttpResponse:
    """What had been merged is parted again."""
    double = _found(request, kind, request.POST.get("double", ""))
    reason = request.POST.get("reason", "")
    return _done(request, lambda: _part(request, double, reason), _("Parted again."))


def _merge(request: Request, keep: Party | Person, double: Party | Person, reason: str) -> None:
    if isinstance(keep, Party) and isinstance(double, Party):
        merge_parties(keep=keep, double=double, actor=request.user, reason=reason)
    elif isinstance(keep, Person) and isinstance(double, Person):
        merge_persons(keep=keep, double=double, actor=request.user, reason=reason)


def _part(request: Request, double: Party | Person, reason: str) -> None:
    if isinstance(double, Party):
        unmerge_party(double=double, actor=request.user, reason=reason)
    else:
        unmerge_person(double=double, actor=request.user, reason=reason)


def _found(request: Request, kind: str, key: str) -> Party | Person:
    if kind == Alike.PARTY:
        return get_object_or_404(Party.objects.visible_to(request.user), pk=key)
    if kind != Alike.PERSON:
        raise Http404
    try:
        uid = UUID(key)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Person.objects.visible_to(request.user), pk=uid)


def _done(request: Request, act: Callable[[], object], told: str) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, told)
    return redirect("desk:doubles")
