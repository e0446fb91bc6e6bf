"""Forms of reports that offices make their own: copied, changed block by block, tried, put in force, compared, ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.kernel.dates import parse_date
from bonphuong.kernel.errors import BadInput, NotAllowed, ProductError
from bonphuong.reports.models import FormDraft, ReportDefinition
from bonphuong.reports.rendering.html import evidence_html, narrative_html
from bonphuong.reports.services import (
    adopt_form,
    begin_form,
    change_form,
    discard_form,
    end_own_form,
    mistakes_in,
    try_form,
)
from bonphuong.reports.services.owning import MOST_CHARACTERS, last_period
from bonphuong.web.desk.downloads import JSON, download
from bonphuong.web.desk.forms.settings.report_forms import (
    SENTENCES,
    block_condition_kept,
    deed_done,
    general_kept,
    sentence_kept,
    texts_kept,
)
from bonphuong.web.desk.pages.settings.keeping import REPORTS
from bonphuong.web.desk.pages.settings.report_blocks import annex_page, block_page, choices_shared, text_page
from bonphuong.web.desk.pages.settings.report_forms import (
    draft_page,
    figure_labels,
    forms_page,
    place_words,
    section_page,
)
from bonphuong.web.desk.pages.settings.report_history import history_page, versions_of
from bonphuong.web.desk.pages.settings.rights import keeps, keeps_any
from bonphuong.web.desk.pages.settings.showing import table_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

TO_MEND = 422
Content = dict[str, Any]


@permission(Permission.SETTINGS_CHANGE)
def forms(request: Request) -> HttpResponse:
    """Every report in force for the offices whose settings one keeps, and all versions below; begin to change one."""
    if request.method == "POST":
        return _begin(request)
    page = table_page(REPORTS, request.user, request.GET.dict())
    context = {"page": page, "forms": forms_page(request.user, request.GET.get("office", ""))}
    return render(request, "desk/settings_forms.html", context)


def _begin(request: Request) -> HttpResponse:
    office, code, lang = (request.POST.get(name, "")[:80] for name in ("office", "code", "language"))
    if not keeps(request.user, office) or lang not in ("vi", "en"):
        raise Http404
    base = None
    if request.POST.get("base"):
        base = _version(office, code, lang, request.POST["base"])
    draft = begin_form(actor=request.user, office=office, code=code, language=lang, base=base)
    if base is not None:
        messages.success(request, _("The draft holds that version again. Put it in force as a new one."))
    return redirect("desk:form-draft", draft.pk)


def _version(office: str, code: str, lang: str, key: str) -> ReportDefinition:
    kind = Office.objects.get(pk=office).kind
    found = next((row for row in versions_of(office, kind, code, lang) if str(row.pk) == key), None)
    if found is None:
        raise Http404
    return found


def _draft(request: Request, uid: UUID) -> FormDraft:
    found = FormDraft.objects.visible_to(request.user).select_related("base").filter(pk=uid).first()
    if found is None:
        raise Http404
    return found


def _kept(request: Request, draft: FormDraft, edit: Callable[[Content], Content], **more: Any) -> bool:
    """Whether a change was kept; why not is told on the page that follows."""
    seen = request.POST.get("version", "")
    try:
        content = edit(draft.content)
        deed = request.POST.get("do", "")
        if deed and deed != "save":
            content = deed_done(content, deed, request.POST, draft.base.content)
        change_form(
            actor=request.user,
            draft=draft,
            expected_version=int(seen) if seen.isascii() and seen.isdigit() else 0,
            content=content,
            **more,
        )
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
        return False
    messages.success(request, _("Kept in the draft."))
    return True


def _shown(request: Request, template: str, context: dict[str, Any], *, well: bool = True) -> HttpResponse:
    return render(request, template, {**context, "shared": choices_shared()}, status=200 if well else TO_MEND)


@permission(Permission.SETTINGS_CHANGE)
def draft(request: Request, uid: UUID) -> HttpResponse:
    """The first page of a draft: title, order, what is left out, signers, recipients, cut-off, late rule."""
    found, well = _draft(request, uid), True
    if request.method == "POST":
        more = {name: request.POST[name] for name in ("cutoff", "late_rule") if name in request.POST}
        well = _kept(request, found, lambda content: general_kept(content, request.POST), **more)
        if well:
            return redirect(f"{request.path}{_anchor(request)}")
    return _shown(
        request, "desk/form_draft.html", {"page": draft_page(request.user, _draft(request, uid))}, well=well
    )


def _anchor(request: Request) -> str:
    """Back to where the button was."""
    deed = request.POST.get("do", "")
    for word, anchor in (("section", "#sections"), ("annexes", "#annexes"), ("figure", "#figures")):
        if word in deed:
            return anchor
    return ""


@permission(Permission.SETTINGS_CHANGE)
def section(request: Request, uid: UUID, number: int) -> HttpResponse:
    """One section: its heading and its blocks."""
    found, well = _draft(request, uid), True
    if not 0 <= number < len(found.content.get("sections", ())):
        raise Http404
    if request.method == "POST":
        path = f"sections.{number}"
        well = _kept(request, found, lambda content: texts_kept(content, request.POST, path))
        if well:
            return redirect(request.path)
    return _shown(
        request, "desk/form_section.html", {"page": section_page(_draft(request, uid), number)}, well=well
    )


@permission(Permission.SETTINGS_CHANGE)
def block(request: Request, uid: UUID, number: int, block: int) -> HttpResponse:
    """One block: each text with its figures in braces, its condition in words."""
    found, well = _draft(request, uid), True
    sections = found.content.get("sections", ())
    if not (0 <= number < len(sections) and 0 <= block < len(sections[number].get("blocks", ()))):
        raise Http404
    if request.method == "POST":
        path = f"sections.{number}.blocks.{block}"
        well = _kept(request, found, lambda content: _block_kept(request, content, path))
        if well:
            return redirect(request.path)
    return _shown(
        request, "desk/form_block.html", {"page": block_page(_draft(request, uid), number, block)}, well=well
    )


def _block_kept(request: Request, content: Content, path: str) -> Content:
    _top, number, _blocks, block = path.split(".")
    held = content["sections"][int(number)]["blocks"][int(block)]
    sort = next((key for key in SENTENCES if key in held), "")
    if sort:
        content = sentence_kept(content, request.POST, f"{path}.{sort}")
    else:
        content = texts_kept(content, request.POST, path)
    return block_condition_kept(content, request.POST, path)


@permission(Permission.SETTINGS_CHANGE)
def text(request: Request, uid: UUID, name: str) -> HttpResponse:
    """Opening or closing where it is made of several pieces."""
    found, well = _draft(request, uid), True
    if name not in ("opening", "closing"):
        raise Http404
    if request.method == "POST":
        well = _kept(request, found, lambda content: sentence_kept(content, request.POST, name))
        if well:
            return redirect(request.path)
    found = _draft(request, uid)
    context = {
        "draft": found,
        "name": name,
        "pieces": text_page(found, name),
        "labels": figure_labels(found.content),
    }
    return _shown(request, "desk/form_text.html", context, well=well)


@permission(Permission.SETTINGS_CHANGE)
def annex(request: Request, uid: UUID, number: int) -> HttpResponse:
    """One annex: its title and its columns."""
    found, well = _draft(request, uid), True
    if not 0 <= number < len(found.content.get("annexes", ())):
        raise Http404
    if request.method == "POST":
        well = _kept(request, found, lambda content: _annex_kept(request, content, f"annexes.{number}"))
        if well:
            return redirect(request.path)
    return _shown(
        request, "desk/form_annex.html", {"page": annex_page(_draft(request, uid), number)}, well=well
    )


def _annex_kept(request: Request, content: Content, path: str) -> Content:
    content = texts_kept(content, request.POST, path)
    columns = content["annexes"][int(path.rpartition(".")[2])].get("columns", ())
    for n, column in enumerate(columns):
        chosen = request.POST.get(f"of.{n}")
        # A column of several fields stays so unless another one is chosen.
        if chosen and [chosen] != list(column.get("of", ()))[:1]:
            filled = {**column, "of": [chosen]}
            content = {**content, "annexes": _with_column(content["annexes"], path, n, filled)}
    return content


def _with_column(annexes: list[Any], path: str, n: int, column: dict[str, Any]) -> list[Any]:
    at = int(path.rpartition(".")[2])
    columns = [column if m == n else one for m, one in enumerate(annexes[at]["columns"])]
    return [{**one, "columns": columns} if m == at else one for m, one in enumerate(annexes)]


@permission(Permission.SETTINGS_CHANGE)
@require_safe
def preview(request: Request, uid: UUID) -> HttpResponse:
    """The report as the draft would tell it of a period, with the figures of now."""
    found = _draft(request, uid)
    period = request.GET.get("period", "").strip()[:40] or last_period(found).code
    context: dict[str, Any] = {"draft": found, "period": period, "wrong": []}
    try:
        content = try_form(actor=request.user, draft=found, period=period)
    except NotAllowed:
        raise
    except BadInput as error:
        context["wrong"] = [
            (place_words(found.content, at), text) for at, told in error.errors.items() for text in told
        ]
    except ProductError as error:
        context["wrong"] = [("", error.message)]
    else:
        context |= {
            "content": content,
            "narrative": narrative_html(content),
            "evidence": evidence_html(content),
        }
    status = TO_MEND if context["wrong"] else 200
    return render(request, "desk/form_preview.html", context, status=status)


@permission(Permission.SETTINGS_CHANGE)
def adopt(request: Request, uid: UUID) -> HttpResponse:
    """Put the draft in force from a day on, or throw it away."""
    found = _draft(request, uid)
    given = {name: request.POST.get(name, "").strip()[:300] for name in ("valid_from", "reason", "source")}
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        if request.POST.get("do") == "discard":
            discard_form(actor=request.user, draft=found)
            messages.success(request, _("The draft is thrown away; what is in force stays."))
            return redirect("desk:settings-forms")
        try:
            made = _adopted(request, found, given)
        except BadInput as error:
            wrong = error.errors
        else:
            messages.success(request, _("The form is in force from that day on."))
            return redirect("desk:form-history", made.office_code, made.code, made.language)
    context = {
        "draft": found,
        "given": given,
        "wrong": [(place_words(found.content, at), text) for at, told in wrong.items() for text in told],
        "mistakes": mistakes_in(found.content, found.office_code),
        "today": clock.today(),
    }
    return render(request, "desk/form_adopt.html", context, status=TO_MEND if wrong else 200)


def _adopted(request: Request, found: FormDraft, given: dict[str, str]) -> ReportDefinition:
    try:
        day = parse_date(given["valid_from"], today=clock.today())
    except ValueError as error:
        raise BadInput({"valid_from": [_("Write the day from which it holds, such as 1/1/2027.")]}) from error
    seen = request.POST.get("version", "")
    return adopt_form(
        actor=request.user,
        draft=found,
        valid_from=day,
        reason=given["reason"],
        source=given["source"],
        expected_version=int(seen) if seen.isascii() and seen.isdigit() else 0,
    )


@permission(Permission.SETTINGS_CHANGE)
def form_file(request: Request, uid: UUID) -> HttpResponse:
    """The draft as JSON: handed out, or taken back where the gate finds nothing wrong."""
    found = _draft(request, uid)
    if request.method != "POST":
        return _handed_out(found.content, f"{found.code}-{found.office_code}.json")
    wrong = _taken_back(request, found)
    if not wrong:
        messages.success(request, _("The file has taken the place of the draft."))
        return redirect("desk:form-draft", found.pk)
    context = {"draft": found, "wrong": wrong}
    return render(request, "desk/form_refused.html", context, status=TO_MEND)


def _taken_back(request: Request, found: FormDraft) -> list[tuple[str, str]]:
    """What is wrong with the file that was sent; nothing where it was kept."""
    sent = request.FILES.get("file")
    if sent is None:
        return [("", _("Choose a file."))]
    if (sent.size or 0) > 4 * MOST_CHARACTERS:
        return [("", _("The form is too long."))]
    try:
        content = json.loads(sent.read().decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        return [("", _("This is no JSON: %(error)s.") % {"error": error})]
    wrong = mistakes_in(content, found.office_code)
    if wrong:
        return [(place, text) for place, told in wrong.items() for text in told]
    seen = request.POST.get("version", "")
    try:
        change_form(
            actor=request.user,
            draft=found,
            expected_version=int(seen) if seen.isascii() and seen.isdigit() else 0,
            content=content,
        )
    except NotAllowed:
        raise
    except ProductError as error:
        return [("", error.message)]
    return []


def _handed_out(content: Content, name: str) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return download(f"{text}\n".encode(), name=name, media_type=JSON)


@permission(Permission.SETTINGS_CHANGE)
def history(request: Request, office: str, code: str, lang: str) -> HttpResponse:
    """The versions of a form, what differs between two; end the office's own."""
    if not keeps(request.user, office):
        raise Http404
    wrong: list[str] = []
    if request.method == "POST":
        wrong = _ended(request, (office, code, lang))
        if not wrong:
            messages.success(request, _("It ends with that day; the shipped form holds again afterwards."))
            return redirect(request.path)
    compared = request.GET.get("old", ""), request.GET.get("new", "")
    page = history_page(office, code, lang, compared)
    if page is None:
        raise Http404
    context = {"page": page, "wrong": wrong, "today": clock.today()}
    return render(request, "desk/form_history.html", context, status=TO_MEND if wrong else 200)


def _ended(request: Request, form: tuple[str, str, str]) -> list[str]:
    office, code, lang = form
    reason = request.POST.get("reason", "").strip()[:300]
    if not reason:
        return [_("Say why it ends.")]
    try:
        day = parse_date(request.POST.get("on", ""), today=clock.today())
        end_own_form(actor=request.user, office=office, code=code, language=lang, on=day, reason=reason)
    except NotAllowed:
        raise
    except ProductError as error:
        return [error.message]
    except ValueError:
        return [_("Write the last day on which it holds.")]
    return []


@permission(Permission.SETTINGS_CHANGE)
@require_safe
def version_file(request: Request, pk: int) -> HttpResponse:
    """A version that is in force or was, as JSON."""
    if not keeps_any(request.user):
        raise Http404
    row = REPORTS.row(request.user, str(pk))
    if not isinstance(row, ReportDefinition):
        raise Http404
    return _handed_out(row.content, f"{row.code}-{row.office_code or 'shipped'}-{row.version}.json")
