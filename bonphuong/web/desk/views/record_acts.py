"""Moving a record of any family on: the steps of its way, the acts of its family, and reading what is restricted."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import BadValue, NotAllowed, ProductError
from bonphuong.kit.fields import known
from bonphuong.kit.queries import lines_of
from bonphuong.kit.schema.ground import Ground
from bonphuong.kit.services import reveal, take_step
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.forms.record_steps import LATE, RecordActForm, RecordStepForm, RevealReasonForm
from bonphuong.web.desk.forms.signers import Signers
from bonphuong.web.desk.forms.specs import Offer
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.records import page_or_404
from bonphuong.web.desk.views.steps import way_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.accounts.models import User
    from bonphuong.kit.models import FamilyLine, FamilyRow
    from bonphuong.kit.specs import Act, Spec
    from bonphuong.records.models import Record
    from bonphuong.web.desk.pages.record import RecordPage
    from bonphuong.web.desk.permissions import Request

ACT = "desk/record_act.html"


@permission(Permission.RECORD_VIEW)
def record_step(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Ask for what the step needs, and take it. Who may take it is the procedure's to say."""
    page = page_or_404(request.user, uid)
    way, from_decision = way_of(page.parts, code)
    offer = Offer(request.user)
    form = RecordStepForm(
        posted(request)[0],
        way=way,
        row=page.row,
        scheme=page.scheme,
        papers=page.parts.papers,
        offer=offer,
        signers=Signers(
            page.parts.case.case if page.parts.case else None, way, request.user, from_decision=from_decision
        ),
    )
    if request.method == "POST" and form.is_valid() and _taken(request, page, form, from_decision):
        messages.success(request, _("Done: %(step)s") % {"step": way.label})
        return redirect(record_url(page.record))
    context = {
        "page": page,
        "way": way,
        "form": form,
        "from_decision": from_decision,
        "name_lists": offer.lists(),
    }
    return render(request, "desk/record_step.html", context, status=422 if form.errors else 200)


def _taken(request: Request, page: RecordPage, form: RecordStepForm, from_decision: bool) -> bool:  # noqa: FBT001
    given = form.cleaned_data
    try:
        take_step(
            page.record,
            form.way.code,
            on=given["on"],
            expected_version=given["version"],
            actor=request.user,
            values=form.values(),
            paper_uids=form.paper_uids(),
            paper_numbers=form.paper_numbers(page.scheme.decision[0]),
            note=given["note"],
            late_reason=given["late_reason"],
            from_decision=from_decision,
            signing=form.signers.chosen(form),
        )
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error)
        if isinstance(error, LateReasonNeeded):
            form.show_late_reason()
        return False
    return True


@permission(Permission.RECORD_VIEW)
def record_act(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Something that the family can do with a record beside its steps. The act asks for its own permission."""
    page = page_or_404(request.user, uid)
    act = _act(page, code)
    offer = Offer(request.user)
    form = RecordActForm(posted(request)[0], act=act, row=page.row, offer=offer)
    if request.method == "POST" and form.is_valid():
        answer = _acted(request, page, act, form)
        if answer is not None:
            return answer
    context = {"page": page, "form": form, "act": act, "name_lists": offer.lists()}
    return render(request, "desk/record_doing.html", context, status=422 if form.errors else 200)


def _act(page: RecordPage, code: str) -> Act:
    for act in page.doable:
        if act.code == code:
            return act
    if any(act.code == code for act in page.scheme.acts):
        raise NotAllowed(_("This cannot be done with the record now, or it is not yours to do."))
    raise Http404


def _acted(request: Request, page: RecordPage, act: Act, form: RecordActForm) -> HttpResponse | None:
    values = _read(page, form)
    if form.errors:
        return None
    try:
        made = _run(act, page.record, values, form.late_reason(), request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        if isinstance(error, LateReasonNeeded):
            form.show_late_reason()
        tell(form, error)
        return None
    messages.success(request, _("Done: %(step)s") % {"step": act.label})
    return redirect(record_url(made or page.record))


def _run(act: Act, record: Record, values: Mapping[str, Any], late_reason: str, actor: User) -> Record | None:
    """An act takes the reason of lateness among its values, or by its name where it says so."""
    more = {LATE: late_reason} if LATE in inspect.signature(act.run).parameters else {}
    said = {**values, LATE: late_reason} if late_reason else values
    return act.run(record, said, actor=actor, **more)


def _read(page: RecordPage, form: RecordActForm) -> dict[str, Any]:
    """What was typed, read as the gate reads it: by the names of the specs, and by the columns that they fill."""
    ground = Ground(page.record.book)
    values: dict[str, Any] = {}
    for one in form.known:
        try:
            found = ground.read(one, form.cleaned_data.get(one.name))
        except (BadValue, ValueError) as error:
            form.add_error(one.name, str(error))
            continue
        values |= dict(zip(one.attrs, found, strict=True))
        values.setdefault(one.name, found[0])
    return values


@permission(Permission.RESTRICTED_READ)
def record_reveal(request: Request, uid: UUID, field: str) -> HttpResponse:
    """A restricted field of the record in full, once, for a reason that is kept."""
    page = page_or_404(request.user, uid)
    return _revealed(request, page, page.row, _restricted(type(page.row), page.scheme.specs, field))


@permission(Permission.RESTRICTED_READ)
def line_reveal(request: Request, uid: UUID, name: str, line: UUID, field: str) -> HttpResponse:
    """A restricted field of one line in full, once, for a reason that is kept."""
    page = page_or_404(request.user, uid)
    spec = next((spec for spec in page.scheme.lines if spec.name == name), None)
    if spec is None:
        raise Http404
    found = next((one for one in lines_of(page.row, name) if one.pk == line), None)
    if found is None:
        raise Http404
    return _revealed(request, page, found, _restricted(spec.model, spec.specs, field))


def _restricted(model: type[FamilyRow | FamilyLine], specs: tuple[Spec, ...], field: str) -> tuple[str, str]:
    """Name and label of a restricted field."""
    for spec in specs:
        if spec.restricted and spec.name == field:
            return field, str(known(model, spec).label)
    raise Http404


def _revealed(
    request: Request, page: RecordPage, holder: FamilyRow | FamilyLine, what: tuple[str, str]
) -> HttpResponse:
    field, label = what
    form = RevealReasonForm(posted(request)[0])
    context: dict[str, Any] = {"page": page, "form": form, "act": "read", "what": label}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        context["shown"] = reveal(page.record, holder, field, actor=request.user, reason=reason)
    answer = render(request, ACT, context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer
