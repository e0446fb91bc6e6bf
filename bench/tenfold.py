"""A province's report while other provinces grow; its name puts it last, for it leaves ten times as much behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from bench.ground import BATCH, BOOKS, TODAY
from bench.measure import measured, seconds
from bench.reports import requests_of_the_year
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.ledger.services import settle
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bench.ground import Ground

TIMES, BEYOND = 10, 50_000_000


@measured(
    work="figures of the year's report, others ten times as large", reference="before they grew", bar=2.0
)
def grown(ground: Ground) -> tuple[float, float, str]:
    """Nothing is added to the province itself: its figures must not feel what others enter."""
    with clock.fixed(TODAY):
        requests = requests_of_the_year()
        before = seconds(lambda: figures(requests))
        _grow(ground)
        return seconds(lambda: figures(requests)), before, f"{ground.size * TIMES:,} delegations in all"


def _grow(ground: Ground) -> None:
    added = ground.size * (TIMES - 1)
    for number, start in enumerate(range(0, added, BATCH)):
        book = BOOKS[1 + number % (len(BOOKS) - 1)]
        standings = ground.standings(min(BATCH, added - start), book=book, start=BEYOND + start)
        with acting(actor=None, verb="system.bench"):
            settle(standings=standings)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
