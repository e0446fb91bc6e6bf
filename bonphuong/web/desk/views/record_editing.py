"""Entering a record of any family, correcting it, and its tables. Nothing typed is ever lost to an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.kit.queries import lines_of, scheme_of
from bonphuong.kit.services import correct, create, save_lines
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.records.queries import visible_twins
from bonphuong.records.registry import get_family
from bonphuong.records.rules import check_can_change
from bonphuong.web.desk.addresses import list_url, record_url
from bonphuong.web.desk.forms.lines import LineRows, all_good, line_rows
from bonphuong.web.desk.forms.record import RecordForm
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.settling import (
    choose_words,
    is_good,
    sent_to,
    settle_form,
    settle_rows,
    tell_taken,
    told_of,
)
from bonphuong.web.desk.forms.specs import Offer
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.records import family_or_404, page_or_404

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.specs import Scheme
    from bonphuong.records.models import Record
    from bonphuong.records.registry import Family
    from bonphuong.records.twins import Twin
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_ADD)
def record_new(request: Request, family: str) -> HttpResponse:
    """A record that begins its way, or one that is finished already and registered in one form."""
    known = family_or_404(family)
    scheme, kind = scheme_of(family), _kind(known, request.GET.get("kind", ""))
    may_register = can(request.user, Permission.RECORD_REGISTER)
    finished = request.GET.get("as") == "finished" and may_register
    offer, data = Offer(request.user), posted(request)[0]
    form = RecordForm(
        data, offer=offer, scheme=scheme, kind=kind, finished=finished, begun=request.GET.dict()
    )
    tables = [line_rows(spec, data, offer=offer) for spec in scheme.lines_of(kind)]
    context: dict[str, Any] = {"form": form, "tables": tables, "family": known, "kind": known.kind(kind)}
    if request.method == "POST" and _are_good(form, tables):
        record = _created(request, form, tables, context)
        if record is not None:
            messages.success(request, _("Saved as %(number)s.") % {"number": record.number})
            return redirect(record_url(record))
    context |= {
        "finished": finished,
        "may_register": may_register and form.asks_more,
        "list_url": list_url(family, kind=kind),
        "name_lists": offer.lists(),
    }
    status = 422 if form.is_bound and (form.errors or any(t.total_error_count() for t in tables)) else 200
    return render(request, "desk/record_form.html", context, status=status)


def _are_good(form: RecordForm, tables: Sequence[LineRows]) -> bool:
    # Both are looked at, so that all mistakes are told at once.
    return all([form.is_valid(), all_good(tables)])


def _kind(family: Family, written: str) -> str:
    codes = [kind.code for kind in family.kinds]
    return written if written in codes else codes[0]


def _owner(request: Request, form: RecordForm) -> str:
    """The office that the record belongs to: the lead where this person may enter for it, else their own."""
    lead = str(form.cleaned_data.get("lead_office") or "")
    if lead and can(request.user, Permission.RECORD_ADD, lead):
        return lead
    return next(
        h.office for h in request.user.access().holdings if can(request.user, Permission.RECORD_ADD, h.office)
    )


def _created(
    request: Request, form: RecordForm, tables: Sequence[LineRows], context: dict[str, Any]
) -> Record | None:
    office = _owner(request, form)
    draft = form.pass_gate(user=request.user, office_code=office, lines=tables)
    if draft is None:
        return None
    twins = _twins(request, form.scheme, draft, office)
    if twins and not form.cleaned_data.get("not_the_same"):
        context["twins"] = twins
        form.show("not_the_same")
        form.add_error("not_the_same", _("Something like it is there already. Look at it first."))
        return None
    try:
        return create(
            draft,
            family=form.scheme.family,
            office_code=office,
            actor=request.user,
            late_reason=form.cleaned_data.get("late_reason", ""),
        )
    except NotAllowed:
        raise
    except ProductError as error:
        _tell(form, error)
        return None


def _twins(request: Request, scheme: Scheme, draft: Draft, office: str) -> list[Twin]:
    probe_of = get_family(scheme.family).get_probe()
    probe = probe_of(draft, book_of(office)) if probe_of else None
    return visible_twins(request.user, [probe])[0] if probe else []


def _tell(form: RecordForm, error: ProductError) -> None:
    if isinstance(error, LateReasonNeeded):
        form.show("late_reason")
    refuse(form, error)


@permission(Permission.RECORD_CHANGE)
def record_edit(request: Request, uid: UUID) -> HttpResponse:
    """Correct what was entered: it was never so. What changed from a day on is a step or an act of the record."""
    page = page_or_404(request.user, uid)
    check_can_change(request.user, page.record.office_code)
    offer = Offer(request.user)
    form = RecordForm(
        posted(request)[0],
        offer=offer,
        scheme=page.scheme,
        kind=page.row.kind,
        finished=True,
        before=page.row,
    )
    merging = settle_form(form, sent_to(request), page.record.version, about=uid)
    context: dict[str, Any] = {"page": page, "form": form, **told_of(merging)}
    if request.method == "POST" and is_good(form, merging):
        draft = form.pass_gate(user=request.user, office_code=page.record.office_code)
        if draft is not None and _corrected(request, page.record, draft, form):
            messages.success(request, _("Corrected. What stood there before is in the trail."))
            tell_taken(request, merging)
            return redirect(record_url(page.record))
    context["name_lists"] = offer.lists()
    return render(request, "desk/record_edit.html", context, status=422 if form.errors else 200)


def _corrected(request: Request, record: Record, draft: Draft, form: RecordForm) -> bool:
    try:
        correct(
            record,
            draft,
            expected_version=form.cleaned_data["version"] or 0,
            actor=request.user,
            reason=form.cleaned_data["reason"],
            late_reason=form.cleaned_data.get("late_reason", ""),
        )
    except NotAllowed:
        raise
    except ProductError as error:
        _tell(form, error)
        return False
    return True


@permission(Permission.RECORD_CHANGE)
def record_lines(request: Request, uid: UUID, name: str) -> HttpResponse:
    """One table of a record, saved as a whole."""
    page = page_or_404(request.user, uid)
    check_can_change(request.user, page.record.office_code)
    spec = next((line for line in page.scheme.lines_of(page.row.kind) if line.name == name), None)
    if spec is None:
        raise Http404
    offer, data = Offer(request.user), posted(request)[0]
    lines = lines_of(page.row, name)
    rows = line_rows(spec, data, offer=offer, lines=lines)
    settled = settle_rows(rows, sent_to(request), page.record.version, about=uid)
    merging = None
    if settled is not None:
        merging, data = settled
        rows = line_rows(spec, data, offer=offer, lines=lines)
    context: dict[str, Any] = {"page": page, "rows": rows, "spec": spec, "version": _seen(data, page.record)}
    context |= told_of(merging)
    if merging is not None and not merging.is_settled:
        context["refused"] = [choose_words(merging)]
    elif request.method == "POST" and rows.is_valid():
        refused = _lines_saved(request, page.record, rows)
        if not refused and not rows.total_error_count():
            messages.success(request, _("The table is saved."))
            tell_taken(request, merging)
            return redirect(f"{record_url(page.record)}#lines-{name}")
        context["refused"] = refused
    context |= {"name_lists": offer.lists(), "given": request.POST}
    bad = bool(context.get("refused")) or (rows.is_bound and rows.total_error_count() > 0)
    return render(request, "desk/record_lines.html", context, status=422 if bad else 200)


def _lines_saved(request: Request, record: Record, rows: LineRows) -> list[str]:
    """What stands against it, when something does; what is wrong in a cell is put there."""
    name = rows.spec.name
    family = get_family(record.family)
    row = {"record_uid": record.pk, name: rows.given()}
    [cleaned] = family.get_clean_many()(
        [row], kind=record.kind, office_code=record.office_code, actor=request.user
    )
    refused = []
    for error in cleaned.errors:
        place, _dash, cell = error.column.partition("-")
        if cell and place == name:
            rows.refuse(cell, error.message)
        else:
            refused.append(error.message)
    if not cleaned.is_good:
        return refused
    draft: Any = cleaned.draft
    given = request.POST
    try:
        save_lines(
            record,
            name,
            draft.lines.get(name, ()),
            expected_version=_seen(rows.data, record),
            actor=request.user,
            reason=given.get("reason", "").strip()[:300],
            late_reason=given.get("reason", "").strip()[:300],
        )
    except NotAllowed:
        raise
    except ProductError as error:
        return [error.message]
    return []


def _seen(data: Mapping[str, Any] | None, record: Record) -> int:
    """The version that the table was made from; today's where it was only asked for."""
    if data is None:
        return record.version
    written = str(data.get("version", ""))
    return int(written) if written.isascii() and written.isdigit() else 0
