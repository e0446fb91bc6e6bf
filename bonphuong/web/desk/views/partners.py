"""Partners: the list, the dossier with its tabs, and what is noted in place: a note, a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.parties.enums import PartyKind, PartyLevel
from bonphuong.parties.models import Party
from bonphuong.parties.services import add_note
from bonphuong.records.dossier import promises_with
from bonphuong.records.rules import check_can_change
from bonphuong.records.services import CommitmentDraft, add_commitment, change_commitment
from bonphuong.web.desk.forms.acts import CommitmentForm
from bonphuong.web.desk.forms.partners import NoteForm, office_in
from bonphuong.web.desk.pages.partner import OVERVIEW, PartnerPage, partner_page
from bonphuong.web.desk.pages.partner_parts import part_of
from bonphuong.web.desk.pages.partners import partner_list
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.partner_forms import Asked, answer

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
def partners(request: Request) -> HttpResponse:
    """All partners by country, with what was done with each this year."""
    page = partner_list(request.user, request.GET)
    context = {
        "page": page,
        "kinds": PartyKind.choices,
        "levels": PartyLevel.choices,
        "may_change": can(request.user, Permission.PARTY_CHANGE),
    }
    return render(request, "desk/partners.html", context)


def page_or_404(request: Request, code: str) -> PartnerPage:
    """The dossier of a partner that is there, with the bodies below it where that is asked for."""
    try:
        return partner_page(
            request.user,
            code,
            tab=request.GET.get("tab", OVERVIEW),
            below=request.GET.get("below") == "1",
        )
    except Party.DoesNotExist:
        raise Http404 from None


@permission(Permission.PARTY_VIEW)
def partner(request: Request, code: str) -> HttpResponse:
    """One tab of the dossier. A partner that was entered twice leads to the one that stays."""
    page = page_or_404(request, code)
    if page.party.merged_into_id:
        return redirect("desk:partner", page.party.merged_into_id)
    return render(request, "desk/partner.html", {"page": page, **part_of(page, request.GET)})


def party_or_404(request: Request, code: str) -> Party:
    """A partner that the person may see."""
    found = Party.objects.visible_to(request.user).select_related("country", "parent").filter(pk=code).first()
    if found is None:
        raise Http404
    return found


@permission(Permission.PARTY_CHANGE)
def partner_note(request: Request, code: str) -> HttpResponse:
    """Note something for one's own office."""
    party = party_or_404(request, code)
    form = NoteForm(posted(request)[0], user=request.user)
    asked = Asked(
        title=_("A note of your office"),
        submit=_("Note it"),
        back=reverse("desk:partner", args=[code]),
        party=party,
        done=_("Noted for your office."),
    )
    return answer(
        request,
        form,
        asked,
        lambda given: add_note(actor=request.user, party=party, office=office_in(form), text=given["text"]),
    )


@permission(Permission.RECORD_ADD)
def partner_promise(request: Request, code: str) -> HttpResponse:
    """What was promised or asked for, without a record that it was said at."""
    party = party_or_404(request, code)
    form = CommitmentForm(posted(request)[0], user=request.user)
    asked = Asked(
        title=_("Something promised or asked for"),
        submit=_("Note it"),
        back=f"{reverse('desk:partner', args=[code])}?tab=promises",
        party=party,
        lead=_(
            "It is followed up until somebody settles it, and stands on the first page when it falls due."
        ),
        done=_("Noted. It stands on the first page when it falls due."),
    )
    return answer(
        request,
        form,
        asked,
        lambda given: add_commitment(
            CommitmentDraft(**given, party_code=party.code, is_demo=request.user.is_demo), actor=request.user
        ),
    )


@permission(Permission.RECORD_CHANGE)
def partner_settle(request: Request, code: str, commitment: UUID) -> HttpResponse:
    """Change what was noted, or settle it with what shows that it was done."""
    page = page_or_404(request, code)
    found = promises_with(request.user, page.scope).filter(pk=commitment).first()
    if found is None:
        raise Http404
    check_can_change(request.user, found.lead_office_code)
    form = CommitmentForm(posted(request)[0], user=request.user, before=found)
    asked = Asked(
        title=_("Change or settle"),
        submit=_("Save"),
        back=f"{reverse('desk:partner', args=[code])}?tab=promises",
        party=page.party,
        lead=_("What is done needs the day and what shows it."),
        done=_("Saved."),
    )

    def settle(given: dict[str, object]) -> None:
        version = int(str(given.pop("version") or 0))
        change_commitment(found, expected_version=version, actor=request.user, **given)  # type: ignore[arg-type]

    return answer(request, form, asked, settle)
