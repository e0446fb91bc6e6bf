"""The trail: who changed what, before and after, and why; and whether the ledger still adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.ledger.checks import check_ledger
from bonphuong.trail.queries import actions_in
from bonphuong.trail.services import broken_seals, note_check
from bonphuong.web.desk.downloads import stream
from bonphuong.web.desk.history import tell
from bonphuong.web.desk.pages.exports import CSV
from bonphuong.web.desk.pages.trail import act_page, trail_file, trail_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse, HttpResponseBase

    from bonphuong.accounts.models import User
    from bonphuong.trail.models import Action
    from bonphuong.web.desk.permissions import Request


def _visible_actions(user: User) -> QuerySet[Action]:
    """Acts in the offices whose trail the person may see; those of no office for those who check the ledger."""
    offices = office_codes_for(user, Permission.TRAIL_VIEW)
    return actions_in(offices, include_system=can(user, Permission.LEDGER_CHECK))


@permission(Permission.TRAIL_VIEW)
def trail(request: Request) -> HttpResponse:
    """What happened, the latest first, page after page by number and not by count."""
    return render(request, "desk/trail.html", {"page": trail_page(request.user, request.GET.dict())})


@permission(Permission.TRAIL_VIEW)
@require_safe
def trail_acts(request: Request) -> HttpResponseBase:
    """The same acts as a file for a spreadsheet."""
    pieces = trail_file(request.user, request.GET.dict())
    name = _("trail %(day)s.csv") % {"day": f"{clock.today():%Y-%m-%d}"}
    return stream(pieces, name=name, media_type=CSV)


@permission(Permission.TRAIL_VIEW)
def trail_action(request: Request, uid: UUID) -> HttpResponse:
    """One act with every row that changed under it."""
    action = _visible_actions(request.user).filter(uid=uid).first()
    if action is None:
        raise Http404
    template = "desk/parts/changes.html" if request.htmx else "desk/trail_action.html"
    context: dict[str, object] = {"action": action, "told": tell(action, request.user)}
    if not request.htmx:
        context["page"] = act_page(request.user, action)
    return render(request, template, context)


@permission(Permission.LEDGER_CHECK)
@require_POST
def trail_check(request: Request) -> HttpResponse:
    """Read the whole ledger and the seals of the trail again, and say what is wrong."""
    problems, seals = check_ledger(), broken_seals()
    books = sorted(request.user.access().books)
    note_check(actor=request.user, found=len(problems) + len(seals), office=books[0] if books else "")
    return render(request, "desk/trail_check.html", {"problems": problems, "seals": seals})
