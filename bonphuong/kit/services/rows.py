"""Drafts to rows: the header, the papers that they name, the family's own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.kernel.bulk import new_row
from bonphuong.kit.fields import known
from bonphuong.kit.queries import first_day, head_of
from bonphuong.kit.specs import Holds
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.services import PaperNote
from bonphuong.procedures.services import Passage
from bonphuong.records.enums import TieKind, Visibility
from bonphuong.records.schema import HeaderDraft, Tie

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.models import FamilyLine, FamilyRow
    from bonphuong.kit.specs import Scheme
    from bonphuong.records.models import Record
    from bonphuong.records.schema import HeaderChanges

_TIES = {
    Holds.COUNTRY: TieKind.COUNTRY,
    Holds.PARTY: TieKind.PARTY,
    Holds.UNIT: TieKind.UNIT,
    Holds.FIELD: TieKind.FIELD,
}


def header_of(
    scheme: Scheme, draft: Draft, office_code: str, paper_uids: Sequence[UUID], *, is_demo: bool
) -> HeaderDraft:
    """The record's header as the draft gives it."""
    begins, ends = span_of(scheme, draft)
    passage = passage_of(scheme, draft, paper_uids)
    return HeaderDraft(
        family=scheme.family,
        kind=draft.kind,
        title=draft.title,
        office_code=office_code,
        visibility=scheme.hide(draft) if scheme.hide else Visibility.OFFICE,
        counts_on=first_day(scheme.counts, draft),
        begins_on=begins,
        ends_on=ends,
        head_name=head_of(scheme, draft),
        words=words_of(scheme, draft),
        is_demo=is_demo,
        ties=ties_of(scheme, draft),
        shared_with=sharing(scheme, draft, office_code),
        paper_uids=tuple(paper_uids),
        procedure_code=scheme.procedure(draft) if scheme.procedure else "",
        opened_on=passage.on if passage else None,
        passage=passage,
        dates={name: draft.get(name) for name in scheme.dates},
        year=draft.get(scheme.year) if scheme.year else None,
    )


def header_changes(scheme: Scheme, draft: Draft, office_code: str) -> HeaderChanges:
    """What a change of the row changes of the header."""
    begins, ends = span_of(scheme, draft)
    return {
        "title": draft.title,
        "visibility": scheme.hide(draft) if scheme.hide else Visibility.OFFICE,
        "counts_on": first_day(scheme.counts, draft),
        "begins_on": begins,
        "ends_on": ends,
        "head_name": head_of(scheme, draft),
        "words": words_of(scheme, draft),
        "ties": ties_of(scheme, draft),
        "shared_with": sharing(scheme, draft, office_code),
    }


def span_of(scheme: Scheme, draft: Draft) -> tuple[dt.date | None, dt.date | None]:
    """First and last day, never the wrong way round."""
    begins, ends = first_day(scheme.begins, draft), first_day(scheme.ends, draft)
    return begins, ends if ends is None or begins is None or ends >= begins else begins


def words_of(scheme: Scheme, draft: Draft) -> str:
    """What else the record is found by: the texts that the scheme names."""
    found = [str(draft.get(name) or "") for name in scheme.words]
    found += [
        str(draft.get(known(scheme.model, spec).attrs[1]) or "")
        for spec in scheme.specs_of(draft.kind)
        if spec.holds == Holds.PARTY
    ]
    return " ".join(text for text in dict.fromkeys(found) if text)


def ties_of(scheme: Scheme, draft: Draft) -> list[Tie]:
    """The codes that the record is about; the first of a sort is the main one."""
    ties: dict[tuple[str, str], Tie] = {}
    seen: set[str] = set()
    for spec in scheme.specs_of(draft.kind):
        one = known(scheme.model, spec)
        kind = _TIES.get(one.holds)
        code = str(draft.get(one.attr) or "")
        if kind and code and spec.ties:
            ties.setdefault((kind, code), Tie(kind, code, is_main=kind not in seen))
            seen.add(kind)
    for tie in scheme.more_ties(draft) if scheme.more_ties else ():
        if tie.code:
            ties.setdefault((tie.kind, tie.code), tie)
    return list(ties.values())


def sharing(scheme: Scheme, draft: Draft, office_code: str) -> list[str]:
    """Offices beside the owner that see the record: the lead, and whom the family names."""
    more = scheme.share(draft) if scheme.share else ()
    return [code for code in dict.fromkeys((draft.lead_office_code, *more)) if code and code != office_code]


def passage_of(scheme: Scheme, draft: Draft, paper_uids: Sequence[UUID]) -> Passage | None:
    """How far the draft says that the case has come; None for one that only begins."""
    reached = [
        (state, day)
        for state, name in scheme.road.get(draft.kind, ())
        if (day := draft.get(name)) is not None
    ]
    if not reached:
        return None
    days = dict(reached)
    # A state passed only where needed was passed where its day is known.
    return Passage(
        reached[-1][0], min(days.values()), days, tuple(paper_uids), through=tuple(days), strict=False
    )


def paper_notes(scheme: Scheme, draft: Draft, office_code: str, *, is_demo: bool) -> list[PaperNote]:
    """The decision that the draft names by number and day."""
    number, day = (draft.get(name) if name else None for name in scheme.decision)
    if not number:
        return []
    note = PaperNote(PaperKind.DECISION, office_code, str(number), day, draft.title, is_demo=is_demo)
    return [note]


def row_of(scheme: Scheme, draft: Draft, record: Record) -> Any:
    """The family's own row, not yet stored. What the draft does not say has the table's default."""
    said = {
        name: value for name, value in draft.values.items() if value is not None or _takes_none(scheme, name)
    }
    return new_row(
        scheme.model, record=record, kind=draft.kind, lead_office_code=draft.lead_office_code, **said
    )


def _takes_none(scheme: Scheme, name: str) -> bool:
    return bool(getattr(scheme.model._meta.get_field(name), "null", False))


def lay_over(row: FamilyRow, draft: Draft) -> None:
    """Put what the draft says onto a stored row, in memory."""
    row.lead_office_code = draft.lead_office_code
    for name, value in draft.values.items():
        setattr(row, name, value)


def lines_of(scheme: Scheme, draft: Draft, row: FamilyRow) -> dict[str, list[FamilyLine]]:
    """The lines of the draft by their names, in order, not yet stored; those that had a uid keep it."""
    found: dict[str, list[FamilyLine]] = {}
    for spec in scheme.lines:
        found[spec.name] = [
            new_row(spec.model, row=row, order=order, **({"uid": one.uid} if one.uid else {}), **one.values)
            for order, one in enumerate(draft.lines.get(spec.name, ()), 1)
        ]
    return found
