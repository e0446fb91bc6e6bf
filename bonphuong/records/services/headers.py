"""Headers made and changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Unpack

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.bulk import insert_rows, new_row
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.kernel.text import tidy
from bonphuong.kernel.uids import new_uid
from bonphuong.papers.services import remove_notes
from bonphuong.procedures.queries import case_of
from bonphuong.procedures.rulebook import RuleBook
from bonphuong.procedures.services import Opening, open_cases, remove_cases
from bonphuong.records.models import Record, RecordShare, RecordTie
from bonphuong.records.numbers import take_numbers
from bonphuong.records.registry import get_family
from bonphuong.records.rules import check_can_add, check_can_change
from bonphuong.records.schema import errors_in, fold_of, head_fold_of
from bonphuong.records.services.papers import hang_papers, papers_noted_with
from bonphuong.records.services.stands import dates_of, new_dates, stand_of
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.records.schema import HeaderChanges, HeaderDraft, Stand, Tie

_BATCH = 500
_DATES = {"begins_on", "ends_on", "counts_on"}


def create_header(draft: HeaderDraft, *, actor: User) -> Record:
    """Make one header, with its number and its case; see `create_headers`."""
    return create_headers([draft], actor=actor)[0]


def create_headers(drafts: Sequence[HeaderDraft], *, actor: User) -> list[Record]:
    """Make headers, in the order of the drafts: numbers taken, cases opened, deadlines found, ties and papers kept.

    The number of queries does not grow with the drafts but by batches. Raises NotAllowed, BadInput (fields as in
    the draft), and what opening a case raises; nothing is written then.
    """
    offices = {draft.office_code for draft in drafts}
    with acting(actor=actor, verb="records.record.create", office=min(offices) if len(offices) == 1 else ""):
        rules = RuleBook()
        for office in offices:
            check_can_add(actor, office)
        _check(drafts)
        records = [_record(draft, rules) for draft in drafts]
        _number(records, drafts)
        _open(records, drafts, rules, actor)
        insert_rows(records)
        pairs = list(zip(records, drafts, strict=True))
        _tie([(record, tie) for record, draft in pairs for tie in draft.ties])
        _share([(record, office) for record, draft in pairs for office in draft.shared_with])
        papers = [(record.pk, uid) for record, draft in pairs for uid in _papers(draft)]
        hang_papers(papers, actor=actor, are_new=True)
        return records


def update_header(
    record: Record,
    *,
    expected_version: int,
    actor: User,
    dates: Mapping[str, dt.date | None] | None = None,
    **changes: Unpack[HeaderChanges],
) -> Record:
    """Change a header as somebody saw it at `expected_version`; `record` is brought up to date.

    New dates give a new deadline; `dates` are the family's own dates that deadlines may count from. Raises
    NotAllowed, BadInput, and Conflict when it was changed since: nothing is overwritten unseen.
    """
    check_can_change(actor, record.office_code)
    with acting(actor=actor, verb="records.record.update", office=record.office_code, obj=record):
        stand = None
        if record.state and (dates or _DATES & changes.keys()):
            stand = stand_of(case_of(record.pk), new_dates(record, changes, dates))
        return write_header(record, expected_version, changes, stand)


def strike_header(record: Record, *, expected_version: int, actor: User) -> Record:
    """Say that a record stands for nothing any more: it is closed where it stands and no day is awaited.

    Raises NotAllowed, Conflict.
    """
    check_can_change(actor, record.office_code)
    with acting(actor=actor, verb="records.record.update", office=record.office_code, obj=record):
        stand: Stand = {"state": record.state, "is_closed": True, "due_on": None, "due_rule": None}
        return write_header(record, expected_version, {}, stand)


def remove_records(uids: Collection[UUID], *, actor: User, reason: str) -> int:
    """Take records back as if they had not been entered, with their cases, links and the papers noted with them.

    Gives how many there were. For the undoing of an import; the family has removed its own rows and reversed its
    postings before. Raises NotAllowed, and BadInput while another record stands for one of them.
    """
    with acting(actor=actor, verb="records.record.remove", reason=reason):
        rows = Record.objects.filter(pk__in=uids)
        for office in rows.order_by("office_code").values_list("office_code", flat=True).distinct():
            check_can_change(actor, office)
        _refuse_kept(uids)
        count = rows.count()
        papers = papers_noted_with(uids)
        remove_cases(uids, actor=actor)
        # A copy before the record that it stands beside: that one is kept while it has a copy.
        rows.filter(duplicate_of__isnull=False).delete()
        rows.delete()
        remove_notes(papers, actor=actor)
        return count


def _refuse_kept(uids: Collection[UUID]) -> None:
    """What was merged into another record has its facts there: the two are parted before that one is taken back."""
    doubles = Record.objects.filter(duplicate_of__in=uids).exclude(pk__in=uids)
    kept = doubles.order_by("duplicate_of__number").values_list("duplicate_of__number", "number").first()
    if kept is not None:
        message = _("%(double)s was merged into %(number)s. Part the two first.")
        raise BadInput({"": [message % {"number": kept[0], "double": kept[1]}]})


def write_header(
    record: Record, expected_version: int, changes: HeaderChanges, stand: Stand | None = None
) -> Record:
    """Change a header inside an open action, rights checked by the caller. Raises BadInput, Conflict."""
    values = _values(record, changes)
    values.update(stand or {}, updated_at=clock.now())
    rows = Record.objects.filter(pk=record.pk, version=expected_version)
    if not rows.update(**values, version=F("version") + 1):
        raise Conflict(
            _("Somebody else has changed this record since you opened it. Nothing was overwritten.")
        )
    for name, value in values.items():
        setattr(record, name, value)
    record.version = expected_version + 1
    if "ties" in changes:
        record.ties.all().delete()
        _tie([(record, tie) for tie in changes["ties"]])
    if "shared_with" in changes:
        record.shares.all().delete()
        _share([(record, office) for office in changes["shared_with"]])
    return record


def _values(record: Record, changes: HeaderChanges) -> dict[str, object]:
    title = tidy(changes.get("title", record.title))
    begins_on, ends_on = changes.get("begins_on", record.begins_on), changes.get("ends_on", record.ends_on)
    errors = errors_in(title, begins_on, ends_on)
    if errors:
        raise BadInput(errors)
    summary, words = changes.get("summary", record.summary), changes.get("words", record.words)
    head_fold = head_fold_of(changes["head_name"]) if "head_name" in changes else record.head_fold
    return {
        "title": title,
        "summary": summary,
        "words": words,
        "begins_on": begins_on,
        "ends_on": ends_on,
        "counts_on": changes.get("counts_on", record.counts_on),
        "visibility": changes.get("visibility", record.visibility),
        "head_fold": head_fold,
        "fold": fold_of(record.number, title, summary, words, head_fold),
    }


def _check(drafts: Sequence[HeaderDraft]) -> None:
    for draft in drafts:
        errors = errors_in(draft.title, draft.begins_on, draft.ends_on)
        if errors:
            raise BadInput(errors)


def _record(draft: HeaderDraft, rules: RuleBook) -> Record:
    moment = clock.now()
    return new_row(
        Record,
        uid=draft.uid or new_uid(),
        family=draft.family,
        kind=draft.kind,
        title=tidy(draft.title),
        summary=draft.summary,
        office_code=draft.office_code,
        book=rules.chain(draft.office_code)[0],
        visibility=draft.visibility,
        counts_on=draft.counts_on,
        begins_on=draft.begins_on,
        ends_on=draft.ends_on,
        words=draft.words,
        head_fold=head_fold_of(draft.head_name),
        is_demo=draft.is_demo,
        created_at=moment,
        updated_at=moment,
    )


def _number(records: Sequence[Record], drafts: Sequence[HeaderDraft]) -> None:
    series: dict[tuple[str, str, int], list[Record]] = defaultdict(list)
    for record, draft in zip(records, drafts, strict=True):
        day = draft.counts_on or draft.begins_on or draft.opened_on or clock.today()
        prefix = get_family(draft.family).kind(draft.kind).prefix
        series[record.book, prefix, draft.year or day.year].append(record)
    # In one order everywhere, so that two batches never wait for each other in a circle.
    for book, prefix, year in sorted(series):
        members = series[book, prefix, year]
        for record, number in zip(members, take_numbers(book, prefix, year, len(members)), strict=True):
            record.number = number
            record.fold = fold_of(number, record.title, record.summary, record.words, record.head_fold)


def _open(records: Sequence[Record], drafts: Sequence[HeaderDraft], rules: RuleBook, actor: User) -> None:
    pairs = []
    for record, draft in zip(records, drafts, strict=True):
        code = draft.procedure_code or get_family(draft.family).kind(draft.kind).procedure
        if code:
            on = draft.opened_on or (draft.passage.on if draft.passage else clock.today())
            opening = Opening(record.pk, code, record.office_code, on, draft.passage)
            pairs.append((opening, record, draft))
    opened = open_cases([opening for opening, _record, _draft in pairs], actor=actor, rules=rules)
    for one, (_opening, record, draft) in zip(opened, pairs, strict=True):
        dates = dates_of(record, draft.dates)
        stand = stand_of(one.case, dates, rules=rules, graph=one.graph, passed=one.passed)
        for name, value in stand.items():
            setattr(record, name, value)


def _papers(draft: HeaderDraft) -> list[UUID]:
    passed = draft.passage.paper_uids if draft.passage else ()
    return list(dict.fromkeys([*draft.paper_uids, *passed]))


def _tie(pairs: Sequence[tuple[Record, Tie]]) -> None:
    rows = {
        (r.pk, t.kind, t.code): new_row(
            RecordTie, record=r, kind=t.kind, code=t.code, book=r.book, is_main=t.is_main
        )
        for r, t in pairs
    }
    insert_rows(list(rows.values()))


def _share(pairs: Sequence[tuple[Record, str]]) -> None:
    rows = {
        (r.pk, office): new_row(RecordShare, record=r, office_code=office, book=r.book)
        for r, office in pairs
        if office != r.office_code
    }
    insert_rows(list(rows.values()))
