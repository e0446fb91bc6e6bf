"""On the eve of the day of loading the focal agency goes through what has stood still and finishes it.

Without this the desk of the demonstration would show every small thing that its data leave open, year upon year, and
nobody would see what a kept register looks like. What waits for a paper, a decision or an answer stays as it is.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.config.demonstration.played import LATE
from bonphuong.config.demonstration.stage import HEAD, Act, Stage, moment
from bonphuong.kernel import clock
from bonphuong.kernel.errors import ProductError
from bonphuong.kit.services import take_step
from bonphuong.procedures.queries import cases_of, next_ways
from bonphuong.records.enums import CommitmentStatus
from bonphuong.records.models import Commitment, Record
from bonphuong.records.registry import get_family
from bonphuong.records.services import change_commitment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from bonphuong.procedures.models import Transition

# So long a thing may stand still: late enough to be seen as overdue, and soon mended.
PATIENCE = dt.timedelta(days=12)
# Steps that finish what was done; what decides, or says that something came about, is never taken by the way.
FINISHING = frozenset(
    {"answer", "check", "close", "receive_report", "report", "settle", "track", "update_names"}
)
WORDS = {"result": "Hoàn thành theo kế hoạch (minh họa)."}
# Each round takes one step of a record; a few rounds bring it to its end.
ROUNDS = 3


def acts(today: dt.date) -> Iterator[Act]:
    """One going-through on the eve of the day of loading: what the data let happen has happened by then."""
    yield Act(moment(today - dt.timedelta(days=1), 16, 50), tidy)


def tidy(stage: Stage) -> None:
    """Finish every record that has stood still for too long, as far as it goes by itself, and settle old promises."""
    today = clock.today()
    still = _standing_still(today)
    for _round in range(ROUNDS):
        ways = next_ways(list(cases_of(still).values()))
        for uid, way in ways.items():
            if _is_simple(way):
                _take(stage, uid, way, today)
    _settle_promises(stage, today)


def _standing_still(today: dt.date) -> list[UUID]:
    long_ago = today - PATIENCE
    records = Record.objects.filter(is_closed=False, duplicate_of__isnull=True)
    found = [
        r.pk
        for r in records
        if get_family(r.family).scheme and (r.due_on or r.ends_on or r.begins_on or today) < long_ago
    ]
    return [uid for uid, case in cases_of(found).items() if case.entered_on < long_ago]


def _is_simple(way: Transition) -> bool:
    return way.code in FINISHING and way.permission == Permission.RECORD_CHANGE


def _settle_promises(stage: Stage, today: dt.date) -> None:
    """What is long past its day is done by now: later than was promised."""
    long_ago = today - PATIENCE
    open_ones = Commitment.objects.filter(status=CommitmentStatus.OPEN, is_demo=True)
    for promise in open_ones.filter(due_on__lt=long_ago, record__isnull=False):
        change_commitment(
            promise,
            expected_version=promise.version,
            actor=stage.person(HEAD),
            status=CommitmentStatus.DONE,
            settled_on=today,
            evidence=f"Công văn {_number(today, 'SNgV')} (minh họa)",
        )


def _said(name: str, today: dt.date) -> object:
    return today if name.endswith("_on") else WORDS.get(name) or _number(today, "SNgV")


def _number(day: dt.date, symbol: str) -> str:
    """A number of a letter that no other letter of the demonstration bears: of the year's later thousands."""
    return f"{5000 + day.timetuple().tm_yday}/{symbol}"


def _take(stage: Stage, uid: UUID, way: Transition, today: dt.date) -> None:
    record = Record.objects.get(pk=uid)
    for username in (stage.officer_of(record.office_code).username, HEAD):
        try:
            take_step(
                record,
                way.code,
                on=today,
                expected_version=record.version,
                actor=stage.person(username),
                values={name: _said(name, today) for name in way.asks},
                paper_numbers={kind: _number(today, "SNgV") for kind in way.required_papers},
                late_reason=LATE,
            )
        except ProductError:
            continue
        return
