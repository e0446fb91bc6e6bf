"""The first lesson: offered, gone through, left, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.together.enums import Lesson
from bonphuong.together.queries import lesson_of
from bonphuong.together.services import forget_form, note_lesson, note_step
from bonphuong.web.desk.pages.lessons import ADDRESS, STEPS
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
@require_safe
def lesson(request: Request) -> HttpResponse:
    """All steps on one page, and where one stopped."""
    context = {
        "steps": STEPS,
        "lesson": lesson_of(request.user),
        "may_begin": can(request.user, Permission.RECORD_ADD),
        "address": ADDRESS,
    }
    return render(request, "desk/lesson.html", context)


@permission(Permission.RECORD_ADD)
@require_POST
def lesson_go(request: Request) -> HttpResponse:
    """Begin, go to a step, leave, or end; the draft that was practised on goes with the end."""
    do = request.POST.get("do", "")
    if do == "step":
        # The page tells its step by the way: it may come after the end, and must not undo it.
        note_step(request.user, step=_step(request.POST.get("step", "")))
        return (
            HttpResponse(status=204)
            if request.headers.get("Accept") == "application/json"
            else redirect(ADDRESS)
        )
    if do == "begin":
        note_lesson(request.user, state=Lesson.DOING)
        return redirect(ADDRESS)
    if do == "leave":
        note_lesson(request.user, state=Lesson.LEFT)
        messages.info(request, _("The lesson waits in the help, should you want it."))
        return redirect("desk:home")
    if do == "end":
        note_lesson(request.user, state=Lesson.DONE, step=len(STEPS))
        forget_form(request.user, address=ADDRESS)
        messages.success(request, _("Done. The draft is thrown away; nothing of it was counted."))
        return redirect("desk:home")
    raise Http404


def _step(written: str) -> int:
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 3 else 1
    return min(max(number, 1), len(STEPS))
