"""What the general papers of any record are filled with beside its family: opinions, promises, papers filed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bonphuong.accounts.enums import OfficeKind
from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import focal_agency
from bonphuong.kernel.dates import format_date
from bonphuong.kit.names import names_of
from bonphuong.papers.enums import KIND_OF_TEMPLATE, PaperKind, TemplateCode
from bonphuong.procedures.models import Case, Opinion
from bonphuong.procedures.opinions import opinions_of
from bonphuong.records.enums import CommitmentStatus
from bonphuong.web.desk.pages.opinions import body_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.kit.names import Names
    from bonphuong.papers.models import Paper
    from bonphuong.procedures.opinions import Asked
    from bonphuong.records.models import Record

EACH = "each"


@dataclass(frozen=True)
class Printable:
    """A paper that can be printed for a record, and the one of its kind that is filed already."""

    code: TemplateCode
    filed: Paper | None

    @property
    def is_numbered(self) -> bool:
        """Whether the document system gives it a number: a list goes with another paper's, letters have their own."""
        return self.kind not in {PaperKind.MEMBER_LIST, PaperKind.GREETING}

    @property
    def kind(self) -> PaperKind:
        """What filing it makes of it."""
        return KIND_OF_TEMPLATE[self.code]


def printables_of(codes: Sequence[TemplateCode], papers: Sequence[Paper]) -> list[Printable]:
    """These papers, each with the last one of the dossier that it became."""
    with translation.override("vi"):
        mark = _asking()
    letters = [paper for paper in papers if paper.kind == PaperKind.OFFICIAL_LETTER]
    named = set(
        Opinion.objects.filter(asked_paper__in=letters).values_list("asked_paper", flat=True)
        if letters
        else ()
    )
    asking = {paper.pk for paper in letters if paper.pk in named or paper.abstract.startswith(mark)}
    plain = {paper.pk for paper in letters} - asking
    found = []
    for code in codes:
        others = plain if code == TemplateCode.OPINION_LETTER else asking
        fit = [paper for paper in papers if paper.pk not in others]
        found.append(Printable(code, filed(fit, KIND_OF_TEMPLATE[code])))
    return found


def printable(code: TemplateCode, papers: Sequence[Paper]) -> Printable:
    """One of them."""
    return printables_of([code], papers)[0]


def filed(papers: Sequence[Paper], kind: PaperKind) -> Paper | None:
    """The last paper of that kind."""
    return next((paper for paper in reversed(papers) if paper.kind == kind), None)


def abstract_of(code: TemplateCode, title: str) -> str:
    """What is noted of a paper when its number comes back; letters that ask are told from others by it."""
    if code != TemplateCode.OPINION_LETTER:
        return title
    with translation.override("vi"):
        return f"{_asking()} {title}"


def _asking() -> str:
    return pgettext("abstract of a letter", "Asking for opinions:")


def deciding(record: Record, lead: str) -> dict[str, object]:
    """Who decides, on whose proposal, and who carries it out."""
    book = Office.objects.get(pk=record.book)
    agency = focal_agency(record.book)
    names = names_of(offices=[lead, record.office_code])
    executors = dict.fromkeys(
        part for part in (agency.name("vi") if agency else "", names.office(lead)) if part
    )
    name = book.name("vi")
    decider = _("the Chair of %(office)s") % {"office": name} if book.kind == OfficeKind.PROVINCE else name
    return {
        "proposer": names.office(record.office_code),
        "decider": decider,
        "authority": decider.upper(),
        "executors": [office for office in executors if office != name],
    }


def promised(record: Record) -> list[dict[str, str]]:
    """Promises and obligations of the record; what was dropped, or only proposed by a machine, is none."""
    kept = [CommitmentStatus.OPEN, CommitmentStatus.DONE]
    rows = list(record.commitments.filter(status__in=kept).order_by("due_on", "pk"))
    names = names_of(offices={row.lead_office_code for row in rows})
    return [
        {
            "text": row.text.strip().rstrip(".;"),
            "side": str(row.get_side_display()),
            "office": names.office(row.lead_office_code),
            "due": format_date(row.due_on) if row.due_on else "",
            "status": str(row.get_status_display()),
        }
        for row in rows
    ]


def bodies_asked(record: Record) -> list[tuple[str, str]]:
    """To whom letters that ask may go: to all bodies at once, to each alone, to one of them."""
    asked, names = _asked(record)
    if len(asked) < 2:
        return []
    bodies = [(str(one.opinion.pk), body_name(one.opinion, names)) for one in asked]
    return [("", _("all of them in one letter")), (EACH, _("a letter to each, in one file")), *bodies]


def opinion_letters(record: Record, to: str) -> list[dict[str, object]]:
    """One letter to all bodies asked, one to each (`EACH`), or the one to the body of that key."""
    asked, names = _asked(record)
    if to == EACH:
        return [_letter([one], names) for one in asked]
    chosen = [one for one in asked if str(one.opinion.pk) == to] or asked
    return [_letter(chosen, names)] if chosen else []


def _asked(record: Record) -> tuple[list[Asked], Names]:
    case = Case.objects.filter(pk=record.pk).first()
    found = [one for one in opinions_of(case) if one.opinion.withdrawn_on is None] if case else []
    waiting = [one for one in found if one.opinion.is_waiting] or found
    names = names_of(
        offices={one.opinion.office_code for one in waiting},
        parties={one.opinion.party_code for one in waiting},
    )
    return waiting, names


def _letter(asked: Sequence[Asked], names: Names) -> dict[str, object]:
    days = [one.due_on for one in asked if one.due_on is not None]
    questions = dict.fromkeys(
        line.strip() for one in asked for line in one.opinion.question.splitlines() if line.strip()
    )
    return {
        "addressees": list(dict.fromkeys(body_name(one.opinion, names) for one in asked)),
        "questions": list(questions),
        "due": format_date(min(days)) if days else "",
    }
