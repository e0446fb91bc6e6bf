"""Work over the made-up nation: making it, listing, searching, exporting. Each beside the barest way to do the same."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import translation

from bench.ground import TODAY
from bench.measure import measured, once, seconds
from bonphuong.accounts.models import User
from bonphuong.config.loading import load_shipped
from bonphuong.config.synth.running import Order, run
from bonphuong.kernel import clock
from bonphuong.kernel.fulltext import asked, matching
from bonphuong.records.models import Record
from bonphuong.records.queries import search
from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.ground import Ground

PROVINCES = 4
#: Bare `executemany` of as many rows of as many columns as a delegation of eight members leaves in the tables.
ROWS_EACH, COLUMNS = 32, 12
WORDS = "trao đổi kinh nghiệm y tế"


def nation(ground: Ground, work: Callable[[User], tuple[float, float, str]]) -> tuple[float, float, str]:
    """Do the work on a set of the wanted size and take everything back."""
    with transaction.atomic():
        load_shipped()
        run(Order(PROVINCES, 2, ground.size, ground.seed, others=0, until=dt.date(2025, 12, 31)))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with clock.fixed(TODAY), translation.override("vi"):
            user = User.objects.filter(username__endswith="-officer").order_by("pk")[0]
            found = work(user)
        transaction.set_rollback(True)
    return found


@measured(work="make up the nation", reference="executemany of as many bare rows, the floor")
def make(ground: Ground) -> tuple[float, float, str]:
    """Ours: gate-checked drafts through the services, encrypted, trailed, posted, closed, corrected."""
    size = min(ground.size, 5000)
    with transaction.atomic():
        load_shipped()
        order = Order(PROVINCES, 1, size, ground.seed, others=0, until=dt.date(2025, 12, 31))
        ours = once(lambda: run(order))
        transaction.set_rollback(True)
    row = tuple("x" * 20 for _n in range(COLUMNS))
    marks = ", ".join(["%s"] * COLUMNS)
    columns = ", ".join(f"c{n} text" for n in range(COLUMNS))

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
            cursor.executemany(f"INSERT INTO bare VALUES ({marks})", [row] * (size * ROWS_EACH))
            transaction.set_rollback(True)

    return ours, once(bare), f"{size / ours:,.0f} delegations a second"


@measured(work="search without marks", reference="the bare full-text query", bar=1.5)
def searching(ground: Ground) -> tuple[float, float, str]:
    """Ours: what the person may see, the newest first. The bare query: the same words, no rights."""

    def work(user: User) -> tuple[float, float, str]:
        def bare() -> list[Record]:
            rows = Record.objects.filter(matching(Record, asked(WORDS)))
            return list(rows.order_by("-begins_on", "-pk")[:50])

        return seconds(lambda: list(search(user, WORDS)[:50])), seconds(bare), ""

    return nation(ground, work)


@measured(work="columns of 5,000 rows for an export", reference="the same rows as plain values")
def exporting(ground: Ground) -> tuple[float, float, str]:
    """Ours: every column with its names and words, made ready in bulk. Plain: the values of the two tables."""

    def work(_user: User) -> tuple[float, float, str]:
        family = get_family("delegations")
        columns, prepare = family.columns_of("outbound"), family.get_prepare()
        rows = family.get_facts_rows().filter(kind="outbound")[:5000]

        def ours() -> list[list[object]]:
            found = list(rows.all())
            if prepare is not None:
                prepare(found)
            return [[column.value(row) for column in columns] for row in found]

        def plain() -> list[object]:
            return list(rows.values_list())

        return seconds(ours, rounds=3), seconds(plain, rounds=3), ""

    return nation(ground, work)
