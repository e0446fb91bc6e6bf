"""Papers: the list with its search, and one paper with the records that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kit.names import names_of
from bonphuong.papers.queries import same_file, same_reference
from bonphuong.records.models import Record
from bonphuong.records.searching import search_papers, visible_papers, wanted_of
from bonphuong.web.desk.pages.paging import Sheet, sheet_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.papers.models import Paper


@dataclass(frozen=True)
class PaperRow:
    """One line of the list."""

    paper: Paper
    office: str


@dataclass(frozen=True)
class PaperList:
    """The list as its page shows it."""

    title: str
    sheet: Sheet[PaperRow]

    @property
    def names_issuers(self) -> bool:
        """Whether any of the papers names its issuer: an empty column only takes room."""
        return any(row.paper.issuer for row in self.sheet.rows)

    @property
    def summary(self) -> str:
        """Which lines these are."""
        return _("Papers %(first)s to %(last)s") % {"first": self.sheet.first, "last": self.sheet.last}


@dataclass(frozen=True)
class PaperPage:
    """One paper, where it belongs, and what looks like the same one."""

    paper: Paper
    office: str
    records: Sequence[Record]
    same: Sequence[Paper]
    may_change: bool

    @property
    def title(self) -> str:
        """What the paper is, in one line."""
        kind = str(self.paper.get_kind_display())
        kind = kind[:1].upper() + kind[1:]
        if not self.paper.reference:
            return kind
        return _("%(kind)s No. %(number)s") % {"kind": kind, "number": self.paper.reference}


def paper_list(user: User, *, text: str, kind: str, number: int) -> PaperList:
    """The papers asked for, the newest first; every word of `text` must be found, with or without marks."""
    papers = visible_papers(user).order_by("-on", "-uid")
    if kind:
        papers = papers.filter(kind=kind)
    wanted = wanted_of(text)
    if wanted:
        papers = papers.filter(pk__in=search_papers(user, wanted).values("pk"))
    elif text:
        papers = papers.none()
    sheet = sheet_of(lambda first, end: list(papers[first:end]), number)
    names = names_of(offices={paper.office_code for paper in sheet.rows})
    rows = [PaperRow(paper, names.office(paper.office_code)) for paper in sheet.rows]
    return PaperList(_title(sheet, text), Sheet(rows, sheet.number, sheet.has_next))


def _title(sheet: Sheet[Paper], text: str) -> str:
    if not text:
        return _("Papers")
    if sheet.number > 1 or sheet.has_next:
        return _("Papers with “%(text)s”") % {"text": text}
    count = len(sheet.rows)
    return ngettext("%(n)s paper with “%(text)s”", "%(n)s papers with “%(text)s”", count) % {
        "n": count,
        "text": text,
    }


def paper_page(user: User, uid: UUID) -> PaperPage:
    """Gather the page. Raises Paper.DoesNotExist, also for a paper that the person may not see."""
    paper = visible_papers(user).get(pk=uid)
    records = Record.objects.visible_to(user).filter(papers__paper=paper).order_by("-begins_on", "-uid")
    same = {other.pk: other for other in (*same_reference(paper, user), *same_file(paper, user))}
    seen = set(visible_papers(user).filter(pk__in=same).values_list("pk", flat=True))
    return PaperPage(
        paper=paper,
        office=names_of(offices=[paper.office_code]).office(paper.office_code),
        records=list(records[:20]),
        same=[other for other in same.values() if other.pk in seen],
        may_change=can(user, Permission.PAPER_ADD, paper.office_code),
    )
