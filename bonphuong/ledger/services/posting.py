"""Writes of the ledger: one posting per transaction and book, chained, under the book's lock, taken last."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import insert_rows, new_row
from bonphuong.kernel.errors import BadInput, Conflict, ProductError
from bonphuong.kernel.periods import Period
from bonphuong.ledger.chain import line_of
from bonphuong.ledger.enums import ClosingState, PostingKind, Shape
from bonphuong.ledger.facts import FORMAT, FactDraft, difference, dimensions_text
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import BookHead, Closing, Coverage, Fact, LateEntry, Posting, Statement
from bonphuong.ledger.queries import closed_periods, live_facts, microseconds
from bonphuong.trail.acting import current_action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.ledger.facts import Standing

Entry = TypeVar("Entry", Fact, Statement, Coverage, Closing)
BATCH = 500


class LateReasonNeeded(ProductError):
    """A closed period would change and nobody has said why."""

    code = "late_reason_needed"

    def __init__(self, closings: Sequence[Closing]) -> None:
        self.closings = list(closings)
        lang = get_language() or "vi"
        codes = sorted({closing.period for closing in closings})
        periods = ", ".join(Period.parse(code).label(lang) for code in codes)
        super().__init__(
            _("The period %(periods)s is closed. Say why this figure comes late.") % {"periods": periods}
        )


def settle(*, standings: Sequence[Standing], late_reason: str = "") -> list[Posting]:
    """Post, for each record, the difference between what it now stands for and what is live.

    Runs inside `acting(…)`. Returns one posting for each book that changed, none where nothing did. Raises
    BadInput for a fact in the future, LateReasonNeeded where a closed period changes without a reason.
    """
    by_book: dict[str, list[Standing]] = defaultdict(list)
    today = clock.today()
    for standing in standings:
        _refuse_future(standing, today)
        by_book[standing.book].append(standing)
    postings = []
    # In one order everywhere: two acts that touch the same two books never wait for each other in a ring.
    for book in sorted(by_book):
        head = _lock(book)
        facts = _changed_facts(by_book[book])
        if facts:
            late = _late(book, facts, late_reason)
            posting = _append(head, PostingKind.SETTLE, facts=facts)
            _tag_late(facts, late, late_reason)
            postings.append(posting)
    return postings


def _refuse_future(standing: Standing, today: dt.date) -> None:
    future = next((fact for fact in standing.facts if fact.on > today), None)
    if future is not None:
        raise BadInput(
            {"": [_("Nothing is counted for a day that has not come: %(day)s.") % {"day": future.on}]}
        )


def _changed_facts(standings: Sequence[Standing]) -> list[Fact]:
    live = live_facts([standing.source_uid for standing in standings])
    facts = [
        _fact(draft, standing)
        for standing in standings
        for draft in difference(standing.facts, live.get(standing.source_uid, ()))
    ]
    for line, fact in enumerate(facts):
        fact.line = line
    return facts


def _fact(draft: FactDraft, standing: Standing) -> Fact:
    return new_row(
        Fact,
        book=standing.book,
        office=draft.office,
        measure=draft.measure,
        measure_version=MEASURES[draft.measure].version,
        on=draft.on,
        value=draft.value,
        vnd=draft.vnd,
        usd=draft.usd,
        currency=draft.currency,
        country=draft.country,
        partner=draft.partner,
        unit=draft.unit,
        field=draft.field,
        channel=draft.channel,
        slot1=draft.slot1,
        slot2=draft.slot2,
        slot3=draft.slot3,
        family=standing.family,
        source_uid=standing.source_uid,
        source_version=standing.version,
    )


def _late(book: str, facts: Sequence[Fact], reason: str) -> list[tuple[Fact, Closing]]:
    closed = closed_periods(book)
    above = _offices_above({fact.office for fact in facts}) if closed else {}
    found = [
        (fact, closing)
        for fact in facts
        for closing in closed
        if closing.since <= fact.on <= closing.until
        and closing.office in (book, *above.get(fact.office, (fact.office,)))
    ]
    if found and not reason.strip():
        raise LateReasonNeeded(list({closing.pk: closing for _fact, closing in found}.values()))
    return found


def _offices_above(offices: set[str]) -> dict[str, list[str]]:
    """Office → itself and all above it: a fact stands in the figures of each of them."""
    rows = Office.objects.filter(pk__in=offices).values_list("code", "path")
    return {code: path.strip("/").split("/") for code, path in rows}


def _tag_late(facts: Sequence[Fact], late: Sequence[tuple[Fact, Closing]], reason: str) -> None:
    if not late:
        return
    if facts[0].pk is None:
        raise RuntimeError("facts must be stored before they are tagged")
    LateEntry.objects.bulk_create(
        [LateEntry(fact=fact, closing=closing, reason=reason.strip()[:500]) for fact, closing in late]
    )


def _lock(book: str) -> BookHead:
    """The head of the book, locked until the transaction ends. Call it last, after every other lock."""
    head = BookHead.objects.select_for_update().filter(pk=book).first()
    if head is None:
        BookHead.objects.bulk_create([BookHead(book=book)], ignore_conflicts=True)
        head = BookHead.objects.select_for_update().get(pk=book)
    return head


def _append(
    head: BookHead,
    kind: PostingKind,
    *,
    facts: Sequence[Fact] = (),
    statements: Sequence[Statement] = (),
    coverage: Sequence[Coverage] = (),
    closings: Sequence[Closing] = (),
) -> Posting:
    action = current_action()
    if action is None:
        raise RuntimeError("a posting needs an open action")
    # Taken under the lock and strictly rising in the book: only so does "as of" never change afterwards.
    moment = max(microseconds(clock.now()), head.posted_at + 1)
    posting = Posting(
        book=head.book,
        seq=head.seq + 1,
        posted_at=moment,
        action_uid=action.uid,
        kind=kind,
        fmt=FORMAT,
        n_facts=len(facts),
        prev=head.digest,
    )
    _number(facts, posting)
    _number(statements, posting)
    _number(coverage, posting)
    _number(closings, posting)
    line = line_of(posting, facts=facts, statements=statements, coverage=coverage, closings=closings)
    posting.digest = line.digest(head.digest)
    posting.save(force_insert=True)
    _store(facts, posting)
    _store(statements, posting)
    _store(coverage, posting)
    _store(closings, posting)
    head.seq, head.digest, head.posted_at = posting.seq, posting.digest, posting.posted_at
    head.save(update_fields=["seq", "digest", "posted_at"])
    return posting


def _number(rows: Iterable[Entry], posting: Posting) -> None:
    for line, row in enumerate(rows):
        row.line, row.book, row.seq = line, posting.book, posting.seq


def _store(rows: Sequence[Entry], posting: Posting) -> None:
    for row in rows:
        row.posting_id = posting.pk
    insert_rows(rows, with_keys=True)


def post_statement(  # noqa: PLR0913 - the parts of a statement
    *,
    book: str,
    office: str,
    measure: str,
    since: dt.date | None,
    until: dt.date | None,
    value: int,
    kind: str,
    bound: str = "",
    dimensions: Mapping[str, str] | None = None,
    paper_uid: UUID | None = None,
    edition_uid: UUID | None = None,
    claim_uid: UUID | None = None,
    replaces: UUID | None = None,
    text: str = "",
    signer: str = "",
) -> Statement:
    """Enter a figure that a paper gives, for exactly its own period. `value` is scaled by the measure's exponent.

    A timeless measure takes neither day; every other one needs both (a level: the same day twice). `replaces`
    names a figure of the same office and measure. Raises BadInput, and Conflict where that one is gone already.
    """
    known = MEASURES[measure]
    if known.shape is Shape.TIMELESS:
        since = until = None
    elif since is None or until is None or since > until:
        raise BadInput({"period": [_("Give the exact period that the paper's figure is for.")]})
    statement = Statement(
        office=office,
        measure=measure,
        measure_version=known.version,
        since=since,
        until=until,
        dimensions=dimensions_text(dimensions or {}),
        value=value,
        bound=bound,
        kind=kind,
        paper_uid=paper_uid,
        edition_uid=edition_uid,
        claim_uid=claim_uid,
        replaces=replaces,
        text=text[:500],
        signer=signer[:200],
    )
    head = _lock(book)
    if replaces is not None:
        mine = Statement.objects.filter(uid=replaces, book=book, office=office, measure=measure)
        if not mine.exists():
            raise BadInput({"replaces": [_("This office has stated no such figure.")]})
        _refuse_gone(replaces, book, measure)
    _append(head, PostingKind.STATE, statements=[statement])
    return statement


def _refuse_gone(uid: UUID, book: str, measure: str) -> None:
    # Under the book's lock: of two who replace one figure at the same time, one is told.
    rows = Statement.objects.filter(book=book, measure=measure)
    if rows.filter(replaces=uid).exists() or rows.filter(uid=uid, withdrawn=True).exists():
        raise Conflict(_("Somebody else has replaced this stated figure, or taken it back."))


def withdraw_statement(*, statement: Statement) -> Statement:
    """Take a statement back: a new row says so, the old one stays to be seen. Raises Conflict where it is gone."""
    gone = Statement(
        office=statement.office,
        measure=statement.measure,
        measure_version=statement.measure_version,
        since=statement.since,
        until=statement.until,
        dimensions=statement.dimensions,
        value=0,
        kind=statement.kind,
        replaces=statement.uid,
        withdrawn=True,
    )
    head = _lock(statement.book)
    _refuse_gone(statement.uid, statement.book, statement.measure)
    _append(head, PostingKind.STATE, statements=[gone])
    return gone


def declare_coverage(
    *,
    book: str,
    office: str,
    measures: Sequence[str],
    since: dt.date,
    until: dt.date,
    complete: bool = True,
    declared_by: str = "",
) -> list[Coverage]:
    """Declare (or, with `complete=False`, take back) that the register is complete from a day to a day.

    Nobody can answer for days to come: a declaration reaches no further than the day on which it is made.
    """
    if since > until:
        raise BadInput({"until": [_("The end is before the beginning.")]})
    today = clock.today()
    if complete and since > today:
        raise BadInput({"since": [_("A register cannot be complete for days to come.")]})
    if complete:
        until = min(until, today)
    unknown = [code for code in measures if code not in MEASURES]
    if unknown:
        raise BadInput({"measures": [_("Unknown measure: %(code)s.") % {"code": ", ".join(unknown)}]})
    rows = [
        Coverage(
            office=office, measure=code, since=since, until=until, complete=complete, declared_by=declared_by
        )
        for code in measures
    ]
    _append(_lock(book), PostingKind.COVER, coverage=rows)
    return rows


def close_period(
    *,
    book: str,
    office: str,
    report: str,
    period: str,
    since: dt.date,
    until: dt.date,
    by: str = "",
    reason: str = "",
) -> Closing:
    """Close a period ("chốt kỳ") of a report: later postings into it are late and need a reason."""
    return _closing(book, office, report, period, (since, until), ClosingState.CLOSED, by, reason)


def reopen_period(*, closing: Closing, by: str = "", reason: str) -> Closing:
    """Open a closed period again. A reason is needed."""
    if not reason.strip():
        raise BadInput({"reason": [_("Say why the period is opened again.")]})
    days = (closing.since, closing.until)
    state = ClosingState.REOPENED
    return _closing(closing.book, closing.office, closing.report, closing.period, days, state, by, reason)


def _closing(  # noqa: PLR0917 - the parts of a closing
    book: str,
    office: str,
    report: str,
    period: str,
    days: tuple[dt.date, dt.date],
    state: ClosingState,
    by: str,
    reason: str,
) -> Closing:
    row = Closing(
        office=office,
        report=report,
        period=period,
        since=days[0],
        until=days[1],
        state=state,
        by=by,
        reason=reason,
    )
    _append(_lock(book), PostingKind.CLOSE, closings=[row])
    return row
