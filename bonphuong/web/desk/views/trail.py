"""The trail: who changed what, before and after, and why; and whether the ledger still adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import BookHead
from bonphuong.trail.queries import actions_in
from bonphuong.trail.services import broken_seals
from bonphuong.web.desk.forms.trail import TrailFilter
from bonphuong.web.desk.history import tell
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from bonphuong.accounts.models import User
    from bonphuong.trail.models import Action
    from bonphuong.web.desk.permissions import Request

PAGE = 40


def _visible_actions(user: User) -> QuerySet[Action]:
    """Acts in the offices whose trail the person may see; the machine's own for those who check the ledger."""
    offices = office_codes_for(user, Permission.TRAIL_VIEW)
    return actions_in(offices, include_system=can(user, Permission.LEDGER_CHECK))


@permission(Permission.TRAIL_VIEW)
def trail(request: Request) -> HttpResponse:
    """What happened, the latest first, page after page by number and not by count."""
    form = TrailFilter(request.GET)
    found = list(form.narrow(_visible_actions(request.user))[: PAGE + 1])
    context = {
        "form": form,
        "actions": found[:PAGE],
        "older_than": found[PAGE - 1].pk if len(found) > PAGE else None,
        "heads": BookHead.objects.filter(book__in=request.user.access().books).order_by("book"),
        "may_check": can(request.user, Permission.LEDGER_CHECK),
    }
    return render(request, "desk/trail.html", context)


@permission(Permission.TRAIL_VIEW)
def trail_action(request: Request, uid: UUID) -> HttpResponse:
    """One act with every row that changed under it."""
    action = _visible_actions(request.user).filter(uid=uid).first()
    if action is None:
        raise Http404
    template = "desk/parts/changes.html" if request.htmx else "desk/trail_action.html"
    return render(request, template, {"action": action, "told": tell(action, request.user)})


@permission(Permission.LEDGER_CHECK)
@require_POST
def trail_check(request: Request) -> HttpResponse:
    """Read the whole ledger and the seals of the trail again, and say what is wrong."""
    context = {"problems": check_ledger(), "seals": broken_seals()}
    return render(request, "desk/trail_check.html", context)
