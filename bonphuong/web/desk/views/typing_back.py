"""Number and day of a printed paper typed back from the document system, on the page that prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.papers.services import PaperNote, file_paper, number_paper
from bonphuong.records.rules import check_can_change
from bonphuong.records.services import attach_papers
from bonphuong.trail.acting import acting
from bonphuong.web.desk.forms.papers import NumberForm, PrintForm
from bonphuong.web.desk.forms.telling import say_filed, tell
from bonphuong.web.desk.pages.case_papers import abstract_of
from bonphuong.web.desk.pages.issuing import usual

if TYPE_CHECKING:
    from bonphuong.records.models import Record
    from bonphuong.web.desk.pages.case_papers import Printable
    from bonphuong.web.desk.permissions import Request


def number_form(item: Printable, *, may_change: bool) -> NumberForm | None:
    """The form that asks for number and day, where there is something to type back."""
    is_open = may_change and item.is_numbered and (item.filed is None or not item.filed.number)
    return NumberForm(None, paper=item.filed, prefix=item.code) if is_open else None


def print_prefix(code: str) -> str:
    """What tells the form that prints a paper from the others of the page."""
    return f"print-{code}"


def told_apart(form: NumberForm | PrintForm | None) -> dict[str | None, NumberForm | PrintForm]:
    """The form that was refused, by its prefix."""
    return {} if form is None else {form.prefix: form}


def typed_back(request: Request, record: Record, item: Printable, form: NumberForm) -> bool:
    """Note number and day: of the paper that is filed, else of a new one in the dossier. False where refused."""
    check_can_change(request.user, record.office_code)
    given = form.cleaned_data
    try:
        if item.filed is not None:
            done = number_paper(item.filed, actor=request.user, **given)
        else:
            with acting(
                actor=request.user, verb="papers.paper.number", office=record.office_code, obj=record
            ):
                note = _note(
                    record, item, reference=given["reference"], signer=given["signer"], on=given["on"]
                )
                done = file_paper(note, actor=request.user)
                attach_papers(record, [done.paper.pk], actor=request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error)
        return False
    say_filed(request, done, _("Number and day are noted."))
    return True


def note_printed(request: Request, record: Record, item: Printable) -> None:
    """Put a printed paper into the dossier before it has a number. Raises ProductError."""
    check_can_change(request.user, record.office_code)
    with acting(actor=request.user, verb="papers.paper.file", office=record.office_code, obj=record):
        done = file_paper(_note(record, item), actor=request.user)
        attach_papers(record, [done.paper.pk], actor=request.user)
    say_filed(request, done, _("The paper is noted; its number is typed back once it has one."))


def _note(record: Record, item: Printable, **given: object) -> PaperNote:
    return PaperNote(
        kind=item.kind,
        office_code=record.office_code,
        abstract=abstract_of(item.code, record.title),
        issuer=usual(item.code, record).office.name("vi"),
        is_demo=record.is_demo,
        **given,  # type: ignore[arg-type]
    )
