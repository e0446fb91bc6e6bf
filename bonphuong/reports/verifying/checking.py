"""The one door: a file from anywhere, and what holds of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.kernel.canonical import canonical, digest_of
from bonphuong.kernel.contents import media_type
from bonphuong.kernel.word.reading import read_document
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition
from bonphuong.reports.rendering import render_docx, render_pdf, render_xlsx
from bonphuong.reports.services import draft_content
from bonphuong.reports.verifying.finding import DIGEST, EDITION, SelfTold, find_edition
from bonphuong.reports.verifying.findings import TextFinding, TextState, Verification
from bonphuong.reports.verifying.judging import Judge, Ledger
from bonphuong.reports.verifying.others import told_by_pdf, told_by_sheets, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User

_PDF = "application/pdf"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def verify_file(
    data: bytes, *, name: str = "", user: User | None = None, edition: Edition | None = None
) -> Verification:
    """Say what holds of a file, figure by figure: Word, Excel, or a PDF of ours.

    Without a user every edition is known; an `edition` given is the one that is compared with, whatever the file
    says. Raises UnknownDocument, DocumentError, SheetError, ArchiveError.
    """
    name = name or _("the file")
    kind = media_type(data)
    if kind == _PDF:
        return _pdf(data, user, edition)
    if kind == _SHEET:
        return _sheets(data, name, user, edition)
    return _word(data, name, user, edition)


def content_shown(edition: Edition) -> Mapping[str, Any]:
    """What an edition tells: as it was frozen, or for a draft as it is now."""
    if edition.is_draft:
        return draft_content(edition)
    found: Mapping[str, Any] = json.loads(edition.frozen.content)
    return found


def _word(data: bytes, name: str, user: User | None, asked: Edition | None) -> Verification:
    given = read_document(data, name=name)
    told = SelfTold(given.properties, given.bookmarks, (unit.text for unit in given.units))
    found = _begun("docx", told, user, asked)
    content = content_shown(found.edition)
    judge = Judge(content, Ledger.since(found.edition, content))
    made = render_docx(content)
    judge.compare(read_document(made), given)
    return _ended(found, content, is_exact=data == made, judge=judge)


def _sheets(data: bytes, name: str, user: User | None, asked: Edition | None) -> Verification:
    found = _begun("xlsx", told_by_sheets(data, name), user, asked)
    content = content_shown(found.edition)
    judge = Judge(content, Ledger.since(found.edition, content))
    made = render_xlsx(content)
    judge.compare(workbook(made, name, judge.view), workbook(data, name), has_marks=False)
    return _ended(found, content, is_exact=data == made, judge=judge)


def _pdf(data: bytes, user: User | None, asked: Edition | None) -> Verification:
    """A PDF is the one that the edition gives, or that with something after it, or another: it is not taken apart."""
    found = _begun("pdf", told_by_pdf(data), user, asked)
    content = content_shown(found.edition)
    judge = Judge(content, Ledger.since(found.edition, content))
    made = render_pdf(content)
    whole = read_document(render_docx(content))
    judge.compare(whole, whole)
    is_exact = data == made
    if not is_exact:
        where = _("The whole file")
        said = (
            _("The file as it was made, with something added behind it, such as an electronic signature.")
            if data.startswith(made)
            else _(
                "It is not, byte for byte, the file that the edition gives: it was changed, or another version of "
                "the product made it. Compare the Word file."
            )
        )
        state = TextState.ADDED if data.startswith(made) else TextState.CHANGED
        judge.texts.append(TextFinding(state, where, "", said))
    return _ended(found, content, is_exact=is_exact, judge=judge)


def _begun(kind: str, told: SelfTold, user: User | None, asked: Edition | None) -> Verification:
    edition, by = (asked, "asked") if asked is not None else find_edition(told, user)
    office = Office.objects.filter(pk=edition.office_code).first()
    return Verification(
        edition=edition,
        office=edition.office_code if office is None else office.name(edition.language),
        title="",
        found_by=by,
        kind=kind,
        made_from=told.properties.get(DIGEST, "") if told.properties.get(EDITION) == str(edition.pk) else "",
        newer=_newer(edition, user),
    )


def _ended(found: Verification, content: Mapping[str, Any], *, is_exact: bool, judge: Judge) -> Verification:
    digest = digest_of(canonical(content))
    notes = []
    if found.edition.is_draft:
        notes.append(_("The report is a draft: the file is compared with the draft as it is now."))
    elif found.made_from and found.made_from != digest:
        notes.append(_("The file was printed before the report was signed."))
    return replace(
        found,
        title=f"{content['head']['kind']} {content['head']['title']}",
        figures=judge.figures,
        texts=judge.texts,
        is_exact=is_exact,
        digest=digest,
        notes=notes,
    )


def _newer(edition: Edition, user: User | None) -> Edition | None:
    """The edition that took the place of this one."""
    if edition.status != EditionStatus.SUPERSEDED:
        return None
    rows = Edition.objects.all() if user is None else Edition.objects.visible_to(user)
    twins = rows.filter(
        code=edition.code,
        office_code=edition.office_code,
        language=edition.language,
        period_code=edition.period_code,
        cutoff=edition.cutoff,
    )
    return twins.filter(status=EditionStatus.SIGNED).first()
