"""The ledger: posting, the figures of a report, and the same figures as they stood."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.ground import BOOKS, COUNTRIES, FIELDS, TODAY, numbered
from bench.measure import measured, once, seconds
from bonphuong.kernel import clock
from bonphuong.ledger.models import BookHead
from bonphuong.ledger.queries import Where, sum_facts
from bonphuong.ledger.services import settle
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bench.ground import Ground

POSTED = 2000
MEASURES = ("outbound.groups", "outbound.person_visits", "outbound.country_visits")
YEARS = ((dt.date(2025, 1, 1), dt.date(2025, 12, 31)), (dt.date(2024, 1, 1), dt.date(2024, 12, 31)))
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


def _report(seq: int | None = None) -> list[Where]:
    """120 figures of one province: two years, three measures, the total and each country and field and pair."""
    books = ((BOOKS[0], seq),)
    cuts: list[tuple[tuple[str, tuple[str, ...]], ...]] = [()]
    cuts += [(("country", (country,)),) for country in COUNTRIES]
    cuts += [(("field", (field,)),) for field in FIELDS]
    cuts += [(("country", ("LA", "CN")), ("field", (field,))) for field in FIELDS[:4]]
    return [
        Where(books=books, measure=measure, since=since, until=until, dimensions=cut)
        for since, until in YEARS
        for measure in MEASURES
        for cut in cuts
    ]


@measured(work="120 figures of one province", reference="one hand-written statement for each table", bar=2.0)
def figures(_ground: Ground) -> tuple[float, float, str]:
    """The reference groups once by country and field for each year and adds up in Python."""
    wheres = _report()
    statement = (
        "SELECT measure, country, field, SUM(value) FROM ledger_fact "
        "WHERE book = %s AND measure IN (%s, %s, %s) AND on_day BETWEEN %s AND %s GROUP BY measure, country, field"
    )

    def reference() -> None:
        with connection.cursor() as cursor:
            for since, until in YEARS:
                cursor.execute(statement, [BOOKS[0], *MEASURES, since, until])
                cursor.fetchall()

    with CaptureQueriesContext(connection) as captured:
        sum_facts(wheres)
    return (
        seconds(lambda: sum_facts(wheres)),
        seconds(reference),
        f"{len(wheres)} figures, {len(captured)} queries",
    )


@measured(work="120 figures as they stood", reference="the same figures now", bar=1.5)
def as_of(_ground: Ground) -> tuple[float, float, str]:
    """The position in the book is given; finding it is one more look-up."""
    head = BookHead.objects.get(pk=BOOKS[0])
    then, now = _report(seq=head.seq), _report()
    return seconds(lambda: sum_facts(then)), seconds(lambda: sum_facts(now)), f"position {head.seq:,}"
