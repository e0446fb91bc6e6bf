"""Adding and changing partners: who they are, their names, what ties us, their people and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.parties.enums import NameLanguage, TieKind
from bonphuong.parties.models import PartyTie, Person, Post
from bonphuong.parties.queries import posts_on
from bonphuong.parties.services import (
    add_alias,
    add_post,
    change_party,
    change_person,
    create_party,
    create_person,
    end_post,
    end_tie,
    remove_alias,
    tie_party,
)
from bonphuong.trail.acting import acting
from bonphuong.web.desk.forms.partners import (
    EndForm,
    NamingForm,
    PartyForm,
    PersonForm,
    PostForm,
    TieForm,
    code_for,
    office_in,
)
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.partner import partner_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.partner_forms import Asked, answer
from bonphuong.web.desk.views.partners import party_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_CHANGE)
def partner_new(request: Request) -> HttpResponse:
    """A partner that nobody has entered yet."""
    form = PartyForm(posted(request)[0])
    made: list[str] = []

    def create(_given: dict[str, Any]) -> None:
        values = form.values()
        code = code_for(values["name_en"], values["country_id"])
        made.append(create_party(actor=request.user, code=code, **values).code)

    asked = Asked(
        title=_("A new partner"),
        submit=_("Add the partner"),
        back=reverse("desk:partners"),
        lead=_("Look first whether it is in the list under another spelling: one partner has one dossier."),
        done=_("Added. Now add its other names and what ties us to it."),
    )
    return answer(request, form, asked, create, to=lambda: reverse("desk:partner", args=[made[0]]))


@permission(Permission.PARTY_CHANGE)
def partner_edit(request: Request, code: str) -> HttpResponse:
    """What it is called and where it stands; its old names stay among its names."""
    party = party_or_404(request, code)
    form = PartyForm(posted(request)[0], before=party)
    asked = Asked(
        title=_("Change the partner"),
        submit=_("Save"),
        back=reverse("desk:partner", args=[code]),
        party=party,
        lead=_("A name that changes stays among the other names, and still finds the partner."),
        done=_("Saved."),
    )
    return answer(
        request,
        form,
        asked,
        lambda _given: change_party(actor=request.user, party=party, **form.values()),
    )


@permission(Permission.PARTY_CHANGE)
def partner_names(request: Request, code: str) -> HttpResponse:
    """All names of a partner, and the form for another one."""
    party = party_or_404(request, code)
    form = NamingForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_alias(
                actor=request.user,
                party=party,
                text=given["text"],
                lang=NameLanguage(given["lang"]),
                until=given["until"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("The name is added."))
            return redirect("desk:partner-names", code)
    page = partner_page(request.user, code)
    context = {"page": page, "party": party, "form": form}
    return render(request, "desk/partner_names.html", context, status=422 if form.errors else 200)


@permission(Permission.PARTY_CHANGE)
@require_POST
def partner_name_away(request: Request, code: str, alias: int) -> HttpResponse:
    """Take away a name that was never one."""
    found = get_object_or_404(party_or_404(request, code).aliases, pk=alias)
    remove_alias(actor=request.user, alias=found)
    messages.success(request, _("The name is taken away."))
    return redirect("desk:partner-names", code)


@permission(Permission.PARTY_CHANGE)
def partner_tie(request: Request, code: str) -> HttpResponse:
    """Tie one of our offices to a partner."""
    party = party_or_404(request, code)
    form = TieForm(posted(request)[0], user=request.user)
    asked = Asked(
        title=_("What ties us"),
        submit=_("Add the tie"),
        back=reverse("desk:partner", args=[code]),
        party=party,
        done=_("The tie is noted."),
    )
    return answer(
        request,
        form,
        asked,
        lambda given: tie_party(
            actor=request.user,
            party=party,
            office=office_in(form),
            kind=TieKind(given["kind"]),
            valid_from=given["valid_from"],
            source=given["source"],
        ),
    )


@permission(Permission.PARTY_CHANGE)
def partner_tie_end(request: Request, code: str, tie: int) -> HttpResponse:
    """End a tie on a day."""
    party = party_or_404(request, code)
    found = get_object_or_404(PartyTie.objects.visible_to(request.user), pk=tie, party=party)
    if not can(request.user, Permission.PARTY_CHANGE, found.office_id):
        raise Http404
    form = EndForm(posted(request)[0])
    asked = Asked(
        title=_("End the tie: %(kind)s") % {"kind": found.get_kind_display()},
        submit=_("End the tie"),
        back=reverse("desk:partner", args=[code]),
        party=party,
        done=_("The tie has ended."),
    )
    return answer(request, form, asked, lambda given: end_tie(actor=request.user, tie=found, on=given["on"]))


# --- people ----------------------------------------------------------------------------------------------


@permission(Permission.PARTY_CHANGE)
def partner_person_new(request: Request, code: str) -> HttpResponse:
    """Somebody of theirs, with the post held there."""
    party = party_or_404(request, code)
    data = posted(request)[0]
    form = PersonForm(data, user=request.user, country=party.country_id)
    post = PostForm(data)
    if request.method == "POST" and form.is_valid() and post.is_valid():
        office = office_in(form)
        try:
            with acting(actor=request.user, verb="parties.person.add", office=office.code, obj=party):
                person = create_person(actor=request.user, office=office, **form.values())
                add_post(actor=request.user, person=person, party=party, **post.cleaned_data)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Added."))
            return redirect(f"{reverse('desk:partner', args=[code])}?tab=people")
    context = {"party": party, "form": form, "post_form": post, "person": None}
    return render(request, "desk/partner_person.html", context, status=422 if data is not None else 200)


@permission(Permission.PARTY_CHANGE)
def partner_person(request: Request, code: str, person: UUID) -> HttpResponse:
    """A person's name and posts; another post is added below."""
    party = party_or_404(request, code)
    found = _person(request, person)
    data = posted(request)[0]
    adds = data is not None and data.get("what") == "post"
    form = PersonForm(None if adds else data, user=request.user, before=found)
    post = PostForm(data if adds else None)
    asked = post if adds else form
    if request.method == "POST" and asked.is_valid():
        try:
            if adds:
                add_post(actor=request.user, person=found, party=party, **post.cleaned_data)
            else:
                change_person(actor=request.user, person=found, **form.values())
        except NotAllowed:
            raise
        except ProductError as error:
            tell(asked, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:partner-person", code, person)
    posts = Post.objects.filter(person=found).select_related("party", "office").order_by("-valid_from", "pk")
    now = {post.pk for post in posts_on(found)}
    context = {
        "party": party,
        "form": form,
        "post_form": post,
        "person": found,
        "posts": [(one, one.pk in now) for one in posts],
    }
    return render(request, "desk/partner_person.html", context, status=422 if asked.errors else 200)


@permission(Permission.PARTY_CHANGE)
def partner_post_end(request: Request, code: str, person: UUID, post: int) -> HttpResponse:
    """End a post on a day; it stays in the list of posts held before."""
    party = party_or_404(request, code)
    found = get_object_or_404(Post, pk=post, person=_person(request, person))
    form = EndForm(posted(request)[0])
    asked = Asked(
        title=_("End the post: %(post)s") % {"post": found},
        submit=_("End the post"),
        back=reverse("desk:partner-person", args=[code, person]),
        party=party,
        done=_("The post has ended."),
    )
    return answer(
        request, form, asked, lambda given: end_post(actor=request.user, post=found, on=given["on"])
    )


def _person(request: Request, uid: UUID) -> Person:
    found: Person = get_object_or_404(Person.objects.visible_to(request.user), pk=uid)
    if not can(request.user, Permission.PARTY_CHANGE, found.office_id):
        raise Http404
    return found
