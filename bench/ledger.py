"""The ledger: posting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from bench.ground import BOOKS, TODAY, numbered
from bench.measure import measured, once, seconds
from bonphuong.kernel import clock
from bonphuong.ledger.services import settle
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bench.ground import Ground

POSTED = 2000
COLUMNS = "measure, on_day, value, office, country, field, slot1, book, seq, source_uid"


@measured(work="post 2,000 delegations in one act", reference="bare executemany of their facts")
def post(ground: Ground) -> tuple[float, float, str]:
    """Ours: difference with what is live, chain, digests, guards. The floor: the same rows into a bare table."""
    fresh = numbered(10_000_000, POSTED)
    standings = [ground.standings(POSTED, book=BOOKS[0], start=next(fresh)) for _ in range(3)]
    rows = [
        (
            f.measure,
            f.on.isoformat(),
            f.value,
            f.office,
            f.country,
            f.field,
            f.slot1,
            f.office,
            1,
            str(s.source_uid),
        )
        for s in standings[0]
        for f in s.facts
    ]

    def ours(number: int) -> None:
        with clock.fixed(TODAY), acting(actor=None, verb="system.bench"):
            settle(standings=standings[number])

    def reference() -> None:
        marks = ", ".join(["%s"] * 10)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_floor")
            cursor.execute(
                f"CREATE TABLE bench_floor ({', '.join(f'{c.strip()} text' for c in COLUMNS.split(','))})"
            )
            cursor.executemany(f"INSERT INTO bench_floor VALUES ({marks})", rows)

    took = min(once(lambda number=number: ours(number)) for number in range(3))  # type: ignore[misc]
    return took, seconds(reference, rounds=3), f"{POSTED / took:,.0f} delegations a second"
