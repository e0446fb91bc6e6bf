"""Packages between offices of different servers: made, taken in, asked about, decided; and whose keys are believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.exchange import services
from bonphuong.exchange.enums import LetterKind
from bonphuong.exchange.envelope import ENDING, open_envelope
from bonphuong.exchange.models import LineQuery, ReceivedPackage, SentPackage
from bonphuong.exchange.queries import visible_received, visible_sent
from bonphuong.exchange.rules import HANDLE, TRUST
from bonphuong.exchange.services.sending import file_of
from bonphuong.exchange.signing import key_file
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition
from bonphuong.reports.queries import visible_edition
from bonphuong.reports.services import package_edition, package_receivers
from bonphuong.web.desk.downloads import DOCX, PDF, download
from bonphuong.web.desk.forms.packages import (
    AnswerForm,
    AskForm,
    DecideForm,
    ReceiverForm,
    TakeInForm,
    TrustForm,
)
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.packages import keys_page, packages_page, received_page, sent_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

PACKAGE = "application/zip"
_DOCUMENTS = {"docx": DOCX, "pdf": PDF}


@permission(Permission.REPORT_VIEW)
def packages(request: Request) -> HttpResponse:
    """What came and what was made; a file is taken in here, whichever it is."""
    form = TakeInForm(*posted(request))
    if form.is_bound and not can(request.user, HANDLE):
        raise NotAllowed(_("You may not take in packages."))
    if form.is_bound and form.is_valid():
        row = _taken_in(request, form)
        if row is not None:
            messages.success(request, _("Taken in: whole, and signed with the key that is believed."))
            page = "package" if isinstance(row, ReceivedPackage) else "package-sent"
            return redirect(f"desk:{page}", row.pk)
    context = {"page": packages_page(request.user), "form": form}
    return render(request, "desk/packages.html", context, status=422 if form.errors else 200)


def _taken_in(request: Request, form: TakeInForm) -> ReceivedPackage | SentPackage | None:
    data = form.cleaned_data["file"].read()
    try:
        if open_envelope(data).kind == LetterKind.REPORT:
            return services.take_in_package(data, actor=request.user)
        return services.take_in_letter(data, actor=request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error, field="file")
        return None


# --- received -------------------------------------------------------------------------------------


@permission(Permission.REPORT_VIEW)
def package(request: Request, uid: UUID) -> HttpResponse:
    """A package that came: what changed, its figures, questions, decision."""
    return _received(request, _received_or_404(request, uid))


def _received(
    request: Request,
    row: ReceivedPackage,
    ask: AskForm | None = None,
    decide: DecideForm | None = None,
) -> HttpResponse:
    documents = [ending for ending in _DOCUMENTS if f"documents/report.{ending}" in _parts(row)]
    page = received_page(request.user, row, documents)
    if ask is None:
        ask = AskForm(None, figures=_figures(row), asked=request.GET.get("figure", ""))
    context = {"page": page, "ask": ask, "decide": decide or DecideForm()}
    status = 422 if ask.errors or (decide and decide.errors) else 200
    return render(request, "desk/package.html", context, status=status)


@permission(HANDLE)
@require_POST
def package_ask(request: Request, uid: UUID) -> HttpResponse:
    """Ask about one figure."""
    row = _received_or_404(request, uid)
    form = AskForm(request.POST, figures=_figures(row))
    given = form.is_valid() and form.cleaned_data
    if given and _did(
        form, lambda: services.ask_line(row, key=given["key"], text=given["text"], actor=request.user)
    ):
        messages.success(request, _("Asked. Download the letter and send it to the province."))
        return redirect("desk:package", uid)
    return _received(request, row, ask=form)


@permission(HANDLE)
@require_POST
def package_decide(request: Request, uid: UUID) -> HttpResponse:
    """Accept it, or return it with a reason."""
    row = _received_or_404(request, uid)
    form = DecideForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = services.return_package if "return" in request.POST else services.accept_package
        if _did(form, lambda: act(row, reason=reason, actor=request.user)):
            told = (
                _("Returned. Download the letter and send it to the province.")
                if "return" in request.POST
                else _("Accepted: its figures are in the national sum.")
            )
            messages.success(request, told)
            return redirect("desk:package", uid)
    return _received(request, row, decide=form)


@permission(HANDLE)
@require_safe
def package_letter(request: Request, uid: UUID) -> HttpResponse:
    """The signed letter to the province about a package."""
    row = _received_or_404(request, uid)
    file, kind = services.letter_file(row, actor=request.user)
    return download(file, name=f"{kind}-{_named(row)}.{ENDING}", media_type=PACKAGE)


@permission(Permission.REPORT_VIEW)
@require_safe
def package_document(request: Request, uid: UUID, ending: str) -> HttpResponse:
    """The report itself, as the province sent it."""
    row = _received_or_404(request, uid)
    file = _parts(row).get(f"documents/report.{ending}")
    if file is None or ending not in _DOCUMENTS:
        raise Http404
    return download(file, name=f"{_named(row)}.{ending}", media_type=_DOCUMENTS[ending])


def _received_or_404(request: Request, uid: UUID) -> ReceivedPackage:
    try:
        return visible_received(request.user, uid)
    except ReceivedPackage.DoesNotExist:
        raise Http404 from None


def _parts(row: ReceivedPackage) -> dict[str, bytes]:
    try:
        return dict(open_envelope(file_of(row)).parts)
    except ProductError:
        return {}


def _figures(row: ReceivedPackage) -> list[tuple[str, str]]:
    told = row.figures.filter(is_told=True, is_part=False)
    return [(one.key, f"{one.label}: {one.text}") for one in told]


# --- made here ------------------------------------------------------------------------------------


@permission(HANDLE)
def package_new(request: Request, uid: UUID) -> HttpResponse:
    """Put a signed report into a package for a national office on another server."""
    try:
        edition = visible_edition(request.user, uid)
    except Edition.DoesNotExist:
        raise Http404 from None
    if edition.status != EditionStatus.SIGNED or not can(request.user, HANDLE, edition.office_code):
        raise Http404
    form = ReceiverForm(posted(request)[0], receivers=package_receivers(edition))
    if form.is_bound and form.is_valid():
        to = form.cleaned_data["to"]
        made: list[SentPackage] = []
        if _did(
            form, lambda: made.append(package_edition(actor=request.user, edition=edition, to_office=to)[0])
        ):
            return redirect("desk:package-sent", made[0].pk)
    context = {"edition": edition, "form": form}
    return render(request, "desk/package_new.html", context, status=422 if form.errors else 200)


@permission(Permission.REPORT_VIEW)
def package_sent(request: Request, uid: UUID) -> HttpResponse:
    """A package made here: its file, what the receiver asks, what was answered."""
    row = _sent_or_404(request, uid)
    return render(
        request, "desk/package_sent.html", {"page": sent_page(request.user, row), "form": AnswerForm()}
    )


@permission(HANDLE)
@require_safe
def package_file(request: Request, uid: UUID) -> HttpResponse:
    """The package itself, the same bytes each time."""
    row = _sent_or_404(request, uid)
    return download(file_of(row), name=f"{_named(row)}.{ENDING}", media_type=PACKAGE)


@permission(HANDLE)
@require_safe
def package_answers(request: Request, uid: UUID) -> HttpResponse:
    """The signed answers to what the receiver asked."""
    row = _sent_or_404(request, uid)
    file = services.answer_file(row, actor=request.user)
    return download(file, name=f"answer-{_named(row)}.{ENDING}", media_type=PACKAGE)


@permission(HANDLE)
@require_POST
def package_answer(request: Request, uid: UUID) -> HttpResponse:
    """Answer one question."""
    query = LineQuery.objects.filter(pk=uid, sent__isnull=False).first()
    if query is None or query.sent is None:
        raise Http404
    row = _sent_or_404(request, query.sent.pk)
    form = AnswerForm(request.POST)
    given = form.is_valid() and form.cleaned_data["answer"]
    if given and _did(form, lambda: services.answer_query(query, text=given, actor=request.user)):
        messages.success(request, _("Answered. When all is answered, download the answers and send them."))
        return redirect("desk:package-sent", row.pk)
    context = {"page": sent_page(request.user, row), "form": form, "asked": query.pk}
    return render(request, "desk/package_sent.html", context, status=422)


def _sent_or_404(request: Request, uid: UUID) -> SentPackage:
    try:
        return visible_sent(request.user, uid)
    except SentPackage.DoesNotExist:
        raise Http404 from None


# --- keys -----------------------------------------------------------------------------------------


@permission(Permission.REPORT_VIEW)
def package_keys(request: Request) -> HttpResponse:
    """Our own public keys, and those of others that are believed."""
    form = TrustForm(posted(request)[0])
    if form.is_bound and not can(request.user, TRUST):
        raise NotAllowed(_("You may not confirm keys."))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        if _did(
            form,
            lambda: services.trust_key(
                given["key"], fingerprint=given["fingerprint"], replace=given["replace"], actor=request.user
            ),
        ):
            messages.success(request, _("The key is believed from now on."))
            return redirect("desk:package-keys")
    context = {"page": keys_page(request.user), "form": form}
    return render(request, "desk/package_keys.html", context, status=422 if form.errors else 200)


@permission(HANDLE)
@require_POST
def package_key_file(request: Request, office: str) -> HttpResponse:
    """The public key of an office, made now where it has none."""
    if not can(request.user, HANDLE, office):
        raise Http404
    public = services.make_key(office, actor=request.user)
    return download(key_file(office, public).encode(), name=f"{office}.pub", media_type="text/plain")


def _did(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal is told in the form."""
    try:
        act()
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error)
        return False
    return True


def _named(row: ReceivedPackage | SentPackage) -> str:
    return f"{row.report}-{row.office_code}-{row.period_code}-{row.version}"
