"""The member list of a delegation: typed in, moved through with the arrows, pasted, or read from a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.families.delegations.services import correct, draft_of
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.records.rules import check_can_change
from bonphuong.web.desk.forms.members import (
    ListForm,
    MemberFormSet,
    drafts_of,
    member_rows,
    told,
    with_lines,
)
from bonphuong.web.desk.forms.settling import choose_words, sent_to, settle_rows, tell_taken, told_of
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.delegations import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseFormSet
    from django.http import HttpResponse

    from bonphuong.families.delegations.schema import DelegationDraft
    from bonphuong.web.desk.forms.members import MemberForm
    from bonphuong.web.desk.pages.delegation import DelegationPage
    from bonphuong.web.desk.permissions import Request

PREFIX = "members"


@permission(Permission.RECORD_CHANGE)
def delegation_members(request: Request, uid: UUID) -> HttpResponse:
    """The table of members, saved as a whole."""
    page = page_or_404(request.user, uid)
    check_can_change(request.user, page.record.office_code)
    before = draft_of(page.row)
    stored, data = member_rows(before.members), posted(request)[0]
    members = MemberFormSet(data, initial=stored, prefix=PREFIX)
    context: dict[str, object] = {"page": page, "members": members, "version": page.record.version}
    if "read" in request.POST:
        return _read(request, context)
    context["list"] = ListForm(prefix="list")
    merging, settled = None, settle_rows(members, sent_to(request), page.record.version, about=uid)
    if settled is not None:
        merging, data = settled
        members = MemberFormSet(data, initial=stored, prefix=PREFIX)
    version = _whole(data.get("version", "")) if data is not None else page.record.version
    context |= {"members": members, "version": version, **told_of(merging)}
    if merging is not None and not merging.is_settled:
        context["refused"] = choose_words(merging)
    elif request.method == "POST" and members.is_valid():
        refused = _saved(request, page, before, members)
        if not refused:
            messages.success(request, _("The member list is saved."))
            tell_taken(request, merging)
            return redirect("desk:delegation", uid)
        context["refused"] = refused
    bad = bool(context.get("refused")) or (members.is_bound and any(members.errors))
    return render(request, "desk/delegation_members.html", context, status=422 if bad else 200)


def _saved(
    request: Request, page: DelegationPage, before: DelegationDraft, members: BaseFormSet[MemberForm]
) -> str:
    """What stands against it, when something does."""
    try:
        correct(
            page.record,
            replace(before, members=tuple(drafts_of(members, before.members))),
            expected_version=_whole(str(members.data.get("version", ""))),
            actor=request.user,
            reason=request.POST.get("reason", "").strip() or _("Member list entered"),
        )
    except NotAllowed:
        raise
    except ProductError as error:
        return error.message
    return ""


def _whole(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() else 0


def _read(request: Request, context: dict[str, object]) -> HttpResponse:
    """Put the lines of a list into the table. Nothing is saved yet."""
    form = ListForm(request.POST, request.FILES, prefix="list")
    context["list"] = form
    if form.is_valid():
        try:
            lines, problems = form.read()
        except ProductError as error:
            tell(form, error, field="file" if form.cleaned_data["file"] else "text")
        else:
            context |= {"read": len(lines), "unread": [told(problem) for problem in problems]}
            context["members"] = MemberFormSet(with_lines(request.POST, PREFIX, lines), prefix=PREFIX)
            context["list"] = ListForm(prefix="list")
    return render(request, "desk/delegation_members.html", context, status=422 if form.errors else 200)
