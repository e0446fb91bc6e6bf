"""Who issues a printed paper and who signs it: as usual, or as chosen among the offices that have to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext

from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import focal_agency
from bonphuong.kernel import clock
from bonphuong.kernel.text import fold
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.placeholders import place_date
from bonphuong.procedures.models import Case
from bonphuong.procedures.signing import signers_for, signing_for, signing_of, sole_signer
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.papers.models import Paper
    from bonphuong.papers.signatures import Signing
    from bonphuong.records.models import Record

#: Papers of those who decide; all others are the record's own office's.
DECIDED = frozenset(
    {
        TemplateCode.OUTBOUND_DECISION,
        TemplateCode.INDIVIDUAL_DECISION,
        TemplateCode.INBOUND_DECISION,
        TemplateCode.RECORD_DECISION,
    }
)
_WITH_ARTICLES = DECIDED - {TemplateCode.INBOUND_DECISION}
_TO_THE_BOOK = frozenset(
    {
        TemplateCode.OUTBOUND_SUBMISSION,
        TemplateCode.INBOUND_SUBMISSION,
        TemplateCode.RECORD_SUBMISSION,
        TemplateCode.RESULT_REPORT,
        TemplateCode.TRIP_REPORT,
        TemplateCode.INBOUND_DECISION,
    }
)


@dataclass(frozen=True)
class Issuing:
    """An office in whose name a paper may go out, and the signature that it may bear; `key` names the pair."""

    key: str
    office: Office
    signing: Signing | None = None

    @property
    def label(self) -> str:
        """As a list offers it."""
        name = self.office.name(language())
        if self.signing is None:
            return name
        return f"{name}: {' / '.join(self.signing.lines)}, {self.signing.name}"


def case_for(record: Record) -> Case | None:
    """The record's case; None where it goes no way."""
    return Case.objects.select_related("procedure").filter(pk=record.pk).first()


def usual(code: TemplateCode, record: Record) -> Issuing:
    """Those who decide issue the decision, the record's own office everything else."""
    wanted = record.book if code in DECIDED else record.office_code
    office, case = Office.objects.get(pk=wanted), case_for(record)
    if code in DECIDED:
        return Issuing("", office, signing_for(case) if case is not None else None)
    return Issuing("", office, sole_signer(office.pk, case.procedure.code if case is not None else ""))


def issuings(record: Record, lead: str = "") -> list[Issuing]:
    """The offices that may issue papers about a record, each with those who may sign for it today."""
    agency, case = focal_agency(record.book), case_for(record)
    codes = dict.fromkeys([record.office_code, lead, agency.pk if agency else "", record.book])
    offices = Office.objects.in_bulk([code for code in codes if code])
    found: list[Issuing] = []
    for code in codes:
        if code not in offices:
            continue
        found.append(Issuing(code, offices[code]))
        rows = signers_for(code, case.procedure.code if case is not None else "")
        found += [Issuing(f"{code}:{row.pk}", offices[code], signing_of(row)) for row in rows]
    return found


def chosen(code: TemplateCode, record: Record, lead: str, key: str) -> Issuing:
    """The issuer and signer of that key, else as usual."""
    return next((one for one in issuings(record, lead) if key and one.key == key), None) or usual(
        code, record
    )


def day_of(record: Record) -> dt.date:
    """Whose law a paper about the record names: that of today, or of the time of what lies back."""
    today = clock.today()
    return min(today, record.begins_on or today)


def letterhead(code: TemplateCode, record: Record, by: Issuing, paper: Paper | None) -> dict[str, object]:
    """Head and foot of a paper, by the English names of `papers.placeholders`. `paper` is the one filed already."""
    issuer = by.office
    # A paper about something still to come is of this year; one about something long past is of that time.
    year = day_of(record).year if paper is None else clock.today().year
    day = paper.on if paper is not None and paper.number else None
    return {
        "parent": issuer.letterhead_parent,
        "issuer": issuer.letterhead_name or issuer.name("vi").upper(),
        "office_name": issuer.name("vi"),
        "number": paper.number if paper is not None else "",
        "symbol": issuer.symbol,
        "place_date": place_date(issuer.place_name, day, year if day is None else day.year),
        "addressees": _addressees(code, record, issuer),
        "recipients": [
            pgettext("recipients", "As in Article 3")
            if code in _WITH_ARTICLES
            else pgettext("recipients", "As above"),
            pgettext("recipients", "Kept by the records office"),
        ],
        **_signed(by, paper),
    }


def _addressees(code: TemplateCode, record: Record, issuer: Office) -> Sequence[str]:
    if code not in _TO_THE_BOOK:
        return []
    other = record.office_code if issuer.pk == record.book else record.book
    return [Office.objects.get(pk=other).name("vi")]


def _signed(by: Issuing, paper: Paper | None) -> dict[str, object]:
    signer = paper.signer if paper is not None else ""
    chosen = by.signing
    if chosen is None or (not by.key and signer and chosen.name and fold(chosen.name) != fold(signer)):
        # The paper names somebody else: whose title that is, nobody has said.
        return {"signer": signer}
    return {"signer": chosen.name if by.key else signer or chosen.name, "signer_lines": chosen.lines}
