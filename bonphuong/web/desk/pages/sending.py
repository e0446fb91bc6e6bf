"""The way out of a signed report: its number, its files among the papers, who has been sent it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission, ReportKind
from bonphuong.accounts.queries import report_receivers
from bonphuong.accounts.rules import can
from bonphuong.kit.names import names_of
from bonphuong.papers.models import Paper
from bonphuong.reports.schema import read_definition
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.reports.models import Edition, EditionFile, Sending
    from bonphuong.web.desk.pages.reports import ReportPage

#: How lines of recipients begin that name the office's own file.
_OWN_FILE = ("lưu", "file", "như trên")


@dataclass(frozen=True)
class SendingLine:
    """One who has been sent the report."""

    row: Sending
    name: str


@dataclass(frozen=True)
class FileLine:
    """A file among the papers; `is_open` where the person may open the paper."""

    row: EditionFile
    is_open: bool


@dataclass(frozen=True)
class SendingPage:
    """Everything that the page shows."""

    page: ReportPage
    files: Sequence[FileLine]
    lines: Sequence[SendingLine]
    undone: Sequence[SendingLine]
    offices: Sequence[tuple[str, str]]
    names: Sequence[str]
    may_send: bool
    may_file: bool


def sending_page(user: User, page: ReportPage) -> SendingPage:
    """Gather the page of a signed edition that the person may see."""
    edition = page.edition
    rows = list(edition.sendings.all())
    names = names_of(offices={row.office_code for row in rows if row.office_code})
    lines = [SendingLine(row, row.name or names.office(row.office_code)) for row in rows]
    sent = [line for line in lines if not line.row.undone_why]
    offices, others = _recipients(page, {line.row.office_code for line in sent}, {ln.name for ln in sent})
    files = list(edition.files.select_related("paper"))
    seen = set(
        Paper.objects.visible_to(user).filter(pk__in=[f.paper_id for f in files]).values_list("pk", flat=True)
    )
    return SendingPage(
        page=page,
        files=[FileLine(row, row.paper_id in seen) for row in files],
        lines=sent,
        undone=[line for line in lines if line.row.undone_why],
        offices=offices,
        names=others,
        may_send=can(user, Permission.REPORT_DRAFT, edition.office_code),
        may_file=can(user, Permission.PAPER_ADD, edition.office_code),
    )


def _recipients(page: ReportPage, sent: set[str], told: set[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Who is still to be sent it: offices by their ties, others as the report itself names them."""
    edition: Edition = page.edition
    kind = ReportKind(read_definition(edition.definition.content).report_kind)
    receivers = report_receivers(edition.office_code, kind, edition.until)
    known = {office.name(lang) for office in receivers for lang in ("vi", "en")} | told
    lines = (str(line).strip(" -;.") for line in page.content["recipients"])
    others = [line for line in lines if line not in known and not line.lower().startswith(_OWN_FILE)]
    waiting = [o for o in receivers if o.code not in sent and told.isdisjoint({o.name("vi"), o.name("en")})]
    return [(o.code, o.name(language())) for o in waiting], others
