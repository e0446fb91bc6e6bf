"""The ticked lines of a list: taken away, printed, moved on together."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.families.delegations import services as delegations
from bonphuong.kernel.errors import ProductError
from bonphuong.kit import services as kit
from bonphuong.records.registry import get_family
from bonphuong.web.desk.addresses import file_urls
from bonphuong.web.desk.forms.chosen import ChosenStepForm, uids_in, versions_in
from bonphuong.web.desk.pages.chosen import chosen_page
from bonphuong.web.desk.pages.exports import ENDINGS
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse

    from bonphuong.records.models import Record
    from bonphuong.web.desk.pages.chosen import ChosenPage
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def chosen(request: Request, family: str) -> HttpResponse:
    """What can be done with the ticked records; a step is named first, then confirmed, then taken one by one."""
    try:
        known = get_family(family)
    except KeyError:
        raise Http404 from None
    given = request.POST if request.method == "POST" else request.GET
    page = chosen_page(request.user, known, uids_in(given.getlist("r")), given.get("step", ""))
    form = ChosenStepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and page.moving:
        _move(request, page, form.cleaned_data["on"])
        return redirect(page.back_url)
    context = {
        "page": page,
        "form": form,
        "files": file_urls(
            known.code, ENDINGS, urlencode([("period", "all"), *(("r", uid) for uid in page.uids)])
        ),
        "print_page": "desk:delegation-print" if known.code == "delegations" else "desk:record-print",
    }
    return render(request, "desk/chosen.html", context, status=422 if request.method == "POST" else 200)


def _move(request: Request, page: ChosenPage, on: dt.date) -> None:
    """Each record by itself: one that is refused keeps none of the others back, and says why."""
    versions = versions_in(request.POST.getlist("v"))
    moved = 0
    for line in page.moving:
        record = line.record
        try:
            _take(request, record, page.step, on, versions.get(record.pk, record.version))
        except ProductError as refusal:
            what = {"number": record.number, "why": refusal.message}
            messages.warning(request, _("%(number)s stays where it is: %(why)s") % what)
        else:
            moved += 1
    if moved:
        done = ngettext("%(step)s: %(n)s record", "%(step)s: %(n)s records", moved)
        messages.success(request, done % {"step": page.label, "n": moved})


def _take(request: Request, record: Record, step: str, on: dt.date, version: int) -> None:
    services = delegations if record.family == "delegations" else kit
    services.take_step(record, step, on=on, expected_version=version, actor=request.user)
