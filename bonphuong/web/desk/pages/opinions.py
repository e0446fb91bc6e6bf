"""Opinions and notices as pages show them: names for codes, records as far as the person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kit.names import names_of
from bonphuong.notices.enums import NoticeKind
from bonphuong.notices.queries import notices_of, unread_count
from bonphuong.procedures.history import history
from bonphuong.procedures.models import Case, Opinion
from bonphuong.procedures.opinions import opinions_of
from bonphuong.procedures.queries import rounds
from bonphuong.procedures.services import may_answer
from bonphuong.procedures.signing import approvals, signing_of
from bonphuong.records.models import Record
from bonphuong.records.opinions import About, asked_by, asked_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.names import Names
    from bonphuong.notices.models import Notice
    from bonphuong.papers.models import Paper
    from bonphuong.papers.signatures import Signing
    from bonphuong.procedures.opinions import Asked
    from bonphuong.procedures.rounds import Rounds

#: The page of notices shows so many.
SHOWN = 100


@dataclass(frozen=True)
class OpinionLine:
    """One opinion with the names of who was asked and who asks."""

    asked: Asked
    body: str
    asker: str
    record: Record | None
    may_answer: bool = False
    may_manage: bool = False

    @property
    def row(self) -> Opinion:
        """The opinion itself."""
        return self.asked.opinion

    @property
    def state(self) -> str:
        """The colour and icon that it is shown with."""
        if self.row.withdrawn_on is not None:
            return "gone"
        if self.row.is_waiting:
            return {"late": "late", "soon": "soon"}.get(self.asked.standing, "doing")
        return "differ" if self.row.answer == "disagree" else "done"


@dataclass(frozen=True)
class SignedLine:
    """Who signed a decision of the record, on which paper."""

    signing: Signing
    paper: Paper | None


@dataclass(frozen=True)
class CaseSide:
    """What stands beside a record's way: opinions asked, how often it came back, who signed."""

    record: Record
    opinions: Sequence[OpinionLine]
    rounds: Rounds
    signed: Sequence[SignedLine]
    may_ask: bool

    @property
    def waiting(self) -> int:
        """How many opinions are still waited for."""
        return sum(line.row.is_waiting for line in self.opinions)


@dataclass(frozen=True)
class OpinionsPage:
    """Both sides: what others ask of us, and what we have asked."""

    ours: Sequence[OpinionLine]
    theirs: Sequence[OpinionLine]

    @property
    def for_us(self) -> int:
        """How many answers are waited for from us."""
        return sum(line.row.is_waiting for line in self.ours)

    @property
    def for_them(self) -> int:
        """How many answers we wait for."""
        return sum(line.row.is_waiting for line in self.theirs)


@dataclass(frozen=True)
class NoticeLine:
    """A notice, with the title of what it is about where the person may see it."""

    row: Notice
    title: str


@dataclass(frozen=True)
class NoticesPage:
    """The newest notices."""

    lines: Sequence[NoticeLine]
    unread: int


def case_side(user: User, record: Record) -> CaseSide | None:
    """What stands beside the way of a record that the person sees; None for one that goes no way."""
    case = Case.objects.select_related("procedure", "state").filter(pk=record.pk).first()
    if case is None:
        return None
    may_ask = can(user, Permission.RECORD_CHANGE, record.office_code)
    lines = lines_of(user, [About(one, record) for one in opinions_of(case)])
    signed = [SignedLine(signing_of(row), row.paper) for row in approvals(case)]
    return CaseSide(
        record=record,
        opinions=lines,
        rounds=rounds(history(case)),
        signed=[line for line in signed if line.signing.name],
        may_ask=may_ask and not case.state.is_end,
    )


def opinions_page(user: User) -> OpinionsPage:
    """Gather both lists."""
    return OpinionsPage(ours=lines_of(user, asked_of(user)), theirs=lines_of(user, asked_by(user)))


def lines_of(user: User, found: Sequence[About]) -> list[OpinionLine]:
    """Opinions with the names of their bodies, read together."""
    rows = [one.opinion for one in found]
    names = names_of(
        offices={code for row in rows for code in (row.office_code, row.asked_by)},
        parties={row.party_code for row in rows},
    )
    return [
        OpinionLine(
            asked=one.asked,
            body=body_name(one.opinion, names),
            asker=names.office(one.opinion.asked_by),
            record=one.record,
            may_answer=may_answer(user, one.opinion),
            may_manage=can(user, Permission.RECORD_CHANGE, one.opinion.case.office_code),
        )
        for one in found
    ]


def body_name(row: Opinion, names: Names) -> str:
    """Who was asked, in the language of the page."""
    if row.office_code:
        return names.office(row.office_code)
    return names.party(row.party_code) if row.party_code else row.body_text


def notices_page(user: User) -> NoticesPage:
    """Gather the newest notices."""
    rows = list(notices_of(user)[:SHOWN])
    titles = _titles(user, rows)
    return NoticesPage(
        lines=[NoticeLine(row, titles.get(row.about, "")) for row in rows], unread=unread_count(user)
    )


def _titles(user: User, rows: Iterable[Notice]) -> dict[object, str]:
    """What each is about, by name, as far as the person may see it now."""
    abouts = {row.about: row.kind for row in rows}
    asked = {NoticeKind.OPINION_ASKED, NoticeKind.OPINION_ANSWERED, NoticeKind.OPINION_WITHDRAWN}
    opinions = [about for about, kind in abouts.items() if kind in asked]
    cases = dict(Opinion.objects.filter(pk__in=opinions).values_list("pk", "case_id"))
    wanted = {about: cases.get(about, about) for about in abouts}
    seen = Record.objects.visible_to(user).in_bulk(list(set(wanted.values())))
    return {about: seen[uid].title for about, uid in wanted.items() if uid in seen}
