"""Writing one part of a report: the text, the figures bound into it, what others contributed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.contributions.queries import merged_for
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.reports.services import look_at_text, write_text
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.reports import PartForm
from bonphuong.web.desk.forms.settling import is_good, sent_to, settle_form, told_of
from bonphuong.web.desk.pages.company import PART
from bonphuong.web.desk.pages.report_text import body_with_figure, part_help
from bonphuong.web.desk.pages.reports import hint_of
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.reports import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from bonphuong.reports.models import DraftText, Edition
    from bonphuong.web.desk.permissions import Request


@permission(Permission.REPORT_DRAFT)
def report_part(request: Request, uid: UUID, slot: str) -> HttpResponse:
    """Write one part of a draft; somebody else's words are never overwritten.

    "look" shows what the text will say without saving it, "bind" puts a figure in the place of a number.
    """
    page = page_or_404(request, uid)
    section = next((s for s in page.content["sections"] if slot in s["slots"]), None)
    if section is None or not page.may_write:
        raise Http404
    text = page.texts.get(slot)
    looks = "bind" in request.POST or request.POST.get("do") == "look"
    form = _form(request, page.edition, slot, text)
    merging = None if looks else settle_form(form, sent_to(request), text.version if text else 0, about=uid)
    if request.method == "POST" and not looks and is_good(form, merging):
        try:
            _write(request, page.edition, slot, form)
        except NotAllowed:
            raise
        except ProductError as error:
            refuse(form, error)
        else:
            return redirect(f"{reverse('desk:report', args=[uid])}#section-{section['code']}")
    body = str(form["body"].value() or "").replace("\r\n", "\n")
    help_ = part_help(page.edition, body, is_carried=text is not None and text.is_carried)
    context = {"page": page, "section": section, "form": form, "text": text, "place": f"{PART}{slot}"}
    context |= {"hint": hint_of(page.edition, slot), "help": help_, "looks": looks, **told_of(merging)}
    if looks and request.htmx:
        return render(request, "desk/parts/report_look.html", context)
    context |= {"saver": text.updated_by if text else "", "offered": _offered(request, page.edition, slot)}
    return render(request, "desk/report_part.html", context, status=422 if form.errors else 200)


def _form(request: Request, edition: Edition, slot: str, text: DraftText | None) -> PartForm:
    """The form over what is stored; an answer that was taken stands below it, a number that was bound in it."""
    stored = {"body": text.body if text else "", "state": text.state if text else ""}
    wanted = request.GET.get("take", "")
    taken = [one.body for one in _offered(request, edition, slot) if str(one.pk) == wanted] if wanted else []
    initial = {
        **stored,
        "body": "\n".join(part for part in [stored["body"], *taken] if part),
        "version": text.version if text else 0,
    }
    sent = posted(request)[0]
    if "bind" in request.POST:
        sent = _bound(request)
    return PartForm(sent, initial=initial, stored=stored)


def _bound(request: Request) -> QueryDict:
    sent: QueryDict = request.POST.copy()
    body = sent.get("body", "").replace("\r\n", "\n")
    told = body_with_figure(body, sent.get("bind", ""))
    if told is None:
        messages.error(request, _("The number no longer stands there. Nothing was changed."))
    sent["body"] = body if told is None else told
    return sent


def _offered(request: Request, edition: Edition, slot: str) -> Any:
    return merged_for(request.user, report_code=edition.code, period_code=edition.period_code, slot=slot)


def _write(request: Request, edition: Edition, slot: str, form: PartForm) -> None:
    given = form.cleaned_data
    write_text(
        actor=request.user,
        edition=edition,
        slot=slot,
        body=given["body"],
        state=given["state"],
        expected_version=given["version"] or 0,
    )
    messages.success(request, _("Saved in the draft."))
    typed = (
        [one for one in look_at_text(edition, given["body"]).offers if one.is_same] if given["body"] else []
    )
    if typed:
        said = ngettext(
            "One number typed by hand equals a figure of the report: open the part again to bind it.",
            "%(number)s numbers typed by hand equal figures of the report: open the part again to bind them.",
            len(typed),
        )
        messages.info(request, said % {"number": len(typed)})
