"""Reads of aid: whether a donor's certificate covers an item, what a call has brought, what a donor has given."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bonphuong.accounts.models import Office
from bonphuong.families.aid.enums import Cover, DonorKind, Kind, Series
from bonphuong.families.aid.facts import own_sums
from bonphuong.families.aid.models import Aid, Scope
from bonphuong.kernel.text import fold
from bonphuong.kit.money import of_series
from bonphuong.records.enums import LinkKind, PaperRole
from bonphuong.records.models import Record, RecordPaper
from bonphuong.reference.models import CooperationField

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.families.aid.models import Certificate
    from bonphuong.kit.drafts import Draft


@dataclass(frozen=True)
class Question:
    """An item as its donor's certificate is asked about it. Empty `places`: the whole province."""

    donor_code: str
    donor_text: str
    day: dt.date
    aid_kind: str = ""
    fields: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What the certificate says, and which one it was."""

    findings: tuple[Cover, ...]
    certificate: str = ""
    donor: Record | None = None

    @property
    def fits(self) -> bool:
        """Nothing speaks against it."""
        return self.findings == (Cover.FITS,)


class Certificates:
    """The donors' files of a book, read once and asked for each item."""

    def __init__(self, book: str) -> None:
        self._book = book

    @cached_property
    def _by_name(self) -> dict[str, Aid]:
        rows = Aid.objects.filter(kind=Kind.DONOR, is_void=False, record__book=self._book)
        live = rows.filter(record__duplicate_of__isnull=True).select_related("record")
        found: dict[str, Aid] = {}
        for row in live.prefetch_related("certificates", "scopes").order_by("pk"):
            for name in (row.donor_code, fold(row.donor_text), fold(row.record.title)):
                if name:
                    found.setdefault(name, row)
        return found

    @cached_property
    def _parents(self) -> dict[str, str]:
        rows = CooperationField.objects.filter(parent__isnull=False).values_list("code", "parent_id")
        return {code: str(parent) for code, parent in rows}

    @cached_property
    def _home(self) -> str:
        place = Office.objects.filter(pk=self._book).values_list("place_id", flat=True).first()
        return str(place or "")

    def donor_of(self, code: str, text: str) -> Aid | None:
        """The donor's own row by its code, or by its name where it has none."""
        return (self._by_name.get(code) if code else None) or self._by_name.get(fold(text))

    def ask(self, question: Question) -> Answer:
        """How the item stands to its donor's certificate on that day."""
        donor = self.donor_of(question.donor_code, question.donor_text)
        if donor is None:
            return Answer((Cover.NO_FILE,))
        valid = [one for one in donor.certificates.all() if one.since <= question.day <= one.until]
        # One that was withdrawn early ended with its withdrawal.
        if not valid or (donor.ended_on is not None and donor.ended_on < question.day):
            return Answer((Cover.NO_CERTIFICATE,), donor=donor.record)
        answers = [self._within(question, donor, one) for one in valid]
        return min(answers, key=lambda answer: (not answer.fits, len(answer.findings)))

    def _within(self, question: Question, donor: Aid, certificate: Certificate) -> Answer:
        scopes = [one for one in donor.scopes.all() if one.number in {"", certificate.number}]
        if not scopes and donor.field_code:
            # Of a file that came in as a row of annex 6 the field alone is known.
            scopes = [Scope(field_code=donor.field_code)]
        findings = tuple(self._outside(question, scopes)) if scopes else (Cover.NO_SCOPE,)
        return Answer(findings or (Cover.FITS,), certificate.number, donor.record)

    def _outside(self, question: Question, scopes: Sequence[Scope]) -> Iterator[Cover]:
        kinds = {one.aid_kind for one in scopes if one.aid_kind}
        if kinds and question.aid_kind and question.aid_kind not in kinds:
            yield Cover.KIND
        places = question.places or frozenset({self._home} - {""})
        if not all(any(lies_in(place, one.unit_code) for one in scopes) for place in places):
            yield Cover.PLACE
        if not all(any(self._is_part(code, one.field_code) for one in scopes) for code in question.fields):
            yield Cover.FIELD

    def _is_part(self, code: str, of: str) -> bool:
        """Whether a field is another or lies below it; a scope without a field allows every one."""
        while code and of and code != of:
            code = self._parents.get(code, "")
        return not of or code == of


def lies_in(place: str, unit: str) -> bool:
    """Whether a unit is another or lies in it: codes carry those above. A scope without a place allows every one."""
    return not unit or place == unit or place.startswith(f"{unit}.")


def question_of_row(row: Aid, today: dt.date) -> Question | None:
    """What an item asks of its donor's certificate; None for donors who need none. Before approval: as of today."""
    if row.kind != Kind.ITEM or row.donor_kind != DonorKind.FOREIGN_NGO:
        return None
    fields = {row.field_code, *(one.field_code for one in row.further_fields.all())}
    return Question(
        row.donor_code,
        row.donor_text,
        row.approved_on or today,
        row.aid_kind,
        frozenset(fields - {""}),
        frozenset(one.unit_code for one in row.places.all()),
    )


def question_of_draft(draft: Draft, today: dt.date) -> Question | None:
    """The same of an item that is about to be written."""
    ngo = (draft.get("donor_kind") or DonorKind.FOREIGN_NGO) == DonorKind.FOREIGN_NGO
    if draft.kind != Kind.ITEM or not ngo:
        return None
    further = {one.get("field_code", "") for one in draft.lines.get("further_fields", ())}
    return Question(
        draft.get("donor_code") or "",
        draft.get("donor_text") or "",
        draft.get("approved_on") or today,
        draft.get("aid_kind") or "",
        frozenset({draft.get("field_code") or "", *further} - {""}),
        frozenset({one.get("unit_code", "") for one in draft.lines.get("places", ())} - {""}),
    )


def items_of_call(call: Record, user: User | None = None) -> list[Aid]:
    """Items that a call was turned into, as far as the person may see them; all of them without a person."""
    records = Record.objects.visible_to(user) if user else Record.objects.all()
    links = records.live().filter(links_out__to_record=call, links_out__kind=LinkKind.FOLLOWS)
    return _ready(Aid.objects.filter(record__in=links, is_void=False))


def items_of_donor(row: Aid, user: User) -> list[Aid]:
    """Items and relief of a donor that the person may see, the newest first."""
    if not row.donor_code and not row.donor_text:
        return []
    records = Record.objects.visible_to(user).live().filter(family="aid", book=row.record.book)
    rows = Aid.objects.filter(record__in=records, is_void=False).exclude(kind__in=[Kind.DONOR, Kind.CALL])
    same = (
        rows.filter(donor_code=row.donor_code) if row.donor_code else rows.filter(donor_text=row.donor_text)
    )
    return _ready(same)


def _ready(rows: QuerySet[Aid]) -> list[Aid]:
    return list(
        rows.select_related("record").prefetch_related("sums", "goods").order_by("-approved_on", "-pk")
    )


@dataclass(frozen=True)
class Total:
    """A series in đồng and US cents; `unknown` counts sums whose worth in dollars nobody knows."""

    vnd: int = 0
    usd: int = 0
    sums: int = 0
    unknown: int = 0


def totals_of(rows: Iterable[Aid]) -> Mapping[str, Total]:
    """Our own share of these items by series: beside one another, never added."""
    found: dict[str, Total] = defaultdict(Total)
    for row in rows:
        sums = own_sums(row)
        for series in Series.values:
            for one in of_series(sums, series):
                old = found[series]
                found[series] = Total(
                    old.vnd + (one.vnd or 0),
                    old.usd + (one.usd or 0),
                    old.sums + 1,
                    old.unknown + (one.usd is None),
                )
    return dict(found)


def decisions_of(uids: Collection[UUID]) -> dict[UUID, str]:
    """Record → the reference of the first decision in its dossier."""
    rows = RecordPaper.objects.filter(record__in=list(uids), role=PaperRole.DECISION).select_related("paper")
    return {row.record_id: row.paper.reference for row in rows.order_by("-paper__on", "-pk")}
