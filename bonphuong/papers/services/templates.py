"""Offices' own Word templates: taken in only when they print."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.accounts.validators import checked
from bonphuong.kernel import clock
from bonphuong.kernel.archives import ArchiveError
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.text import tidy
from bonphuong.kernel.word import validate_template
from bonphuong.papers import storage
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.models import DocumentTemplate
from bonphuong.papers.placeholders import sample
from bonphuong.papers.validators import check_file
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def add_template(
    *,
    actor: User,
    code: str,
    office_code: str,
    content: bytes,
    file_name: str,
    valid_from: dt.date,
    note: str = "",
) -> DocumentTemplate:
    """Take in an office's own version of a paper, in force from a day on; the one before ends the day before.

    It is tried with sample content first: each thing that is wrong with it is named and nothing is kept.
    Raises NotAllowed, BadInput by field, ClassifiedPaper, StorageUnavailable.
    """
    _may_change(actor, office_code)
    if code not in TemplateCode.values:
        raise BadInput({"code": [_("There is no such paper.")]})
    _check(content, file_name, TemplateCode(code))
    stored = storage.store(content)
    with acting(actor=actor, verb="papers.template.add", reason=note, office=office_code, obj=code):
        earlier = DocumentTemplate.objects.select_for_update().filter(code=code, office_code=office_code)
        if earlier.filter(valid_from__gte=valid_from).exists():
            raise BadInput({"valid_from": [_("A version of this day or a later one is there already.")]})
        for row in earlier.on(valid_from):
            row.valid_to = valid_from - dt.timedelta(days=1)
            row.save(update_fields=["valid_to"])
        template = DocumentTemplate(
            code=code,
            office_code=office_code,
            version=(earlier.aggregate(last=Max("version"))["last"] or 0) + 1,
            valid_from=valid_from,
            file=stored.name,
            file_name=tidy(file_name)[-200:],
            size=stored.size,
            digest=stored.digest,
            note=tidy(note)[:300],
        )
        checked(template).save(force_insert=True)
    return template


def end_template(
    template: DocumentTemplate, *, actor: User, on: dt.date, reason: str = ""
) -> DocumentTemplate:
    """Let a version end on a day: from the next one on the version above it, or the shipped one, prints."""
    _may_change(actor, template.office_code)
    with acting(
        actor=actor, verb="papers.template.end", reason=reason, office=template.office_code, obj=template
    ):
        row = DocumentTemplate.objects.select_for_update().get(pk=template.pk)
        row.valid_to = on
        checked(row).save(update_fields=["valid_to"])
    return row


def _check(content: bytes, file_name: str, code: TemplateCode) -> None:
    if not file_name.lower().endswith(".docx"):
        raise BadInput({"file": [_("A template is a Word document (.docx).")]})
    check_file(content, file_name)
    try:
        problems = validate_template(content, sample(code), created=clock.now())
    except ArchiveError as error:
        raise BadInput({"file": [error.message]}) from error
    if problems:
        raise BadInput({"file": [problem.message for problem in problems]})


def _may_change(actor: User, office_code: str) -> None:
    if not can(actor, Permission.TEMPLATE_CHANGE, office_code):
        raise NotAllowed(_("You may not change the templates of this office."))
