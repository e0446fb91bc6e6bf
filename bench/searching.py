"""The search over the records of the nation: whole words, beginnings, numbers, other scripts, the page and the panel.

The rows are multiplied in bulk from a small made-up nation, straight into the table of headers: what is measured
is the question, and what the index costs a write.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bench.ground import TODAY
from bench.measure import measured, once, seconds
from bonphuong.accounts.models import User
from bonphuong.config.loading import load_shipped
from bonphuong.config.synth.running import Order, run
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import insert_rows, new_row
from bonphuong.kernel.fulltext import asked, matching
from bonphuong.kernel.fulltext.install import install, uninstall
from bonphuong.kernel.text import fold
from bonphuong.kernel.uids import new_uid
from bonphuong.records.models import Record
from bonphuong.records.searching import newest_records, wanted_of
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.ground import Ground

SEED_DELEGATIONS, PROVINCES, SHOWN, BATCH = 1000, 34, 50, 2000
WHOLE, BEGUN, NUMBER, INSIDE = "trao đổi kinh nghiệm", "tra kin ngh", "2865/QĐ-UBND", "ຫຼວງ"
LAO = "ແຂວງຫຼວງພະບາງ"
FIRST_DAY, DAYS = dt.date(2016, 1, 1), 3650
_filled: dict[tuple[int, int], str] = {}


def _officer(ground: Ground) -> User:
    """Somebody of one province, over a nation of the wanted size; made once for all measurements of a size."""
    key = (ground.size, ground.seed)
    if key not in _filled:
        _filled.clear()
        load_shipped()
        run(Order(PROVINCES, 1, SEED_DELEGATIONS, ground.seed, others=4, until=dt.date(2025, 12, 31)))
        _multiply(ground.size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        _filled[key] = User.objects.filter(username__endswith="-officer").order_by("pk")[0].username
    return User.objects.get(username=_filled[key])


def _multiply(size: int) -> None:
    models = list(Record.objects.filter(duplicate_of__isnull=True).values())
    for start in range(len(models), size, BATCH):
        with acting(actor=None, verb="system.bench"):
            insert_rows([_like(models[n % len(models)], n) for n in range(start, min(start + BATCH, size))])


def _like(model: Mapping[str, object], number: int) -> Record:
    day = FIRST_DAY + dt.timedelta(days=number * 7 % DAYS)
    lao = f" {fold(LAO)}" if number % 500 == 0 else ""
    changed = {
        "uid": new_uid(),
        "number": f"{model['number']}-{number}",
        "begins_on": day,
        "ends_on": None,
        "counts_on": day,
        "due_on": None,
        "fold": f"{model['fold']} {number % 90_000}/qd-ubnd{lao}",
    }
    return new_row(Record, **{**model, **changed})


def _bare(text: str) -> Callable[[], object]:
    """The bare full-text query: the newest fifty of the whole country, no rights."""
    wanted = asked(text)
    rows = Record.objects.filter(matching(Record, wanted)).order_by("-begins_on", "-pk")
    return lambda: list(rows.all()[:SHOWN])


def _ours(user: User, text: str) -> Callable[[], object]:
    def work() -> object:
        keys = newest_records(user, wanted_of(text), limit=SHOWN)
        return Record.objects.in_bulk(keys)

    return work


def _compared(ground: Ground, text: str) -> tuple[float, float, str]:
    with clock.fixed(TODAY), translation.override("vi"):
        user = _officer(ground)
        user.access()
        found = len(newest_records(user, wanted_of(text), limit=SHOWN))
        return seconds(_ours(user, text)), seconds(_bare(text)), f"“{text}”: {found} shown"


@measured(work="newest 50 by whole words", reference="the bare full-text query, no rights", bar=1.5)
def whole_words(ground: Ground) -> tuple[float, float, str]:
    """Six words, in the order of days, within what one province may see."""
    return _compared(ground, WHOLE)


@measured(work="newest 50 by beginnings", reference="the bare full-text query, no rights", bar=1.5)
def beginnings(ground: Ground) -> tuple[float, float, str]:
    """Three words of which only the first letters are typed."""
    return _compared(ground, BEGUN)


@measured(work="a number among all", reference="the bare full-text query, no rights", bar=1.5)
def number(ground: Ground) -> tuple[float, float, str]:
    """A paper's number with its symbol."""
    return _compared(ground, NUMBER)


@measured(work="inside a Lao name", reference="the bare full-text query, no rights", bar=1.5)
def inside(ground: Ground) -> tuple[float, float, str]:
    """Part of a run without spaces."""
    return _compared(ground, INSIDE)


def _page(ground: Ground, *, is_panel: bool) -> tuple[float, float, str]:
    with clock.fixed(TODAY), translation.override("vi"):
        user = _officer(ground)
        client = Client(SERVER_NAME="localhost", headers={"HX-Request": "true"} if is_panel else {})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        def ours() -> object:
            answer = client.get(reverse("desk:search"), {"q": WHOLE})
            if answer.status_code != 200:
                raise RuntimeError(f"the search answered {answer.status_code}")
            return answer.content

        return seconds(ours), seconds(_bare(WHOLE)), "with middleware, session, rights and every kind"


@measured(work="the page of a search", reference="the bare full-text query of its records")
def page(ground: Ground) -> tuple[float, float, str]:
    """All groups with their counts, hits marked, states and offices named."""
    return _page(ground, is_panel=False)


@measured(work="the panel while one types", reference="the bare full-text query of its records")
def panel(ground: Ground) -> tuple[float, float, str]:
    """The first of everything."""
    return _page(ground, is_panel=True)


@measured(work="2,000 headers with their index", reference="the same headers without it")
def writing(ground: Ground) -> tuple[float, float, str]:
    """What keeping the index costs a write; the trail is kept in both. PostgreSQL keeps its index in both."""
    with clock.fixed(TODAY):
        _officer(ground)
        models = list(Record.objects.values()[:BATCH])

        def write(first: int) -> None:
            with transaction.atomic(), acting(actor=None, verb="system.bench"):
                insert_rows([_like(model, first + place) for place, model in enumerate(models)])
                transaction.set_rollback(True)

        ours = min(once(lambda: write(50_000_000)) for _round in range(3))
        uninstall(connection, "records")
        try:
            bare = min(once(lambda: write(60_000_000)) for _round in range(3))
        finally:
            install(connection, "records")
    return ours, bare, f"{(ours - bare) / len(models) * 1e6:.0f} µs a row more"
