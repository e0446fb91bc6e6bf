"""The pages that are open all day, each beside a bare Django view over the same records in the same run.

Through the test client: middleware, session, rights, queries, template; no network. `first` is what a page costs when
something has changed since it was last counted, the other figure when nothing has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.measure import measured, seconds
from bench.records import nation
from bonphuong.records.models import Record

if TYPE_CHECKING:
    from bench.ground import Ground
    from bonphuong.accounts.models import User

YEAR = "2025"


def _beside_bare(ground: Ground, address: str) -> tuple[float, float, str]:
    def work(user: User) -> tuple[float, float, str]:
        book = user.access().holdings[0].book
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        wanted = address or _newest(book)
        bare = seconds(lambda: _get(client, f"/bare/?book={book}&year={YEAR}"))
        first = seconds(lambda: _afresh(client, wanted))
        again = seconds(lambda: _get(client, wanted))
        with CaptureQueriesContext(connection) as caught:
            _get(client, wanted)
        count = Record.objects.filter(book=book).count()
        return (
            first,
            bare,
            f"{count:,} records in the book; unchanged {again * 1000:.1f} ms, {len(caught)} queries",
        )

    with override_settings(ROOT_URLCONF="bench.bare"):
        return nation(ground, work)


def _newest(book: str) -> str:
    record = Record.objects.filter(book=book, family="delegations").order_by("-begins_on", "-pk")[0]
    return reverse("desk:delegation", args=[record.pk])


def _afresh(client: Client, address: str) -> bytes:
    cache.clear()
    return _get(client, address)


def _get(client: Client, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer.content


@measured(work="list of 50 with filters", reference="a bare view with one query", bar=3)
def listing(ground: Ground) -> tuple[float, float, str]:
    """The outbound delegations of a year: tabs, chips, counts, totals beside the ledger's own figures."""
    return _beside_bare(ground, f"/delegations/?kind=outbound&period={YEAR}")


@measured(work="list of 50 of all years", reference="a bare view with one query")
def everything(ground: Ground) -> tuple[float, float, str]:
    """The whole book, as long as it is."""
    return _beside_bare(ground, "/delegations/?period=all")


@measured(work="desk", reference="a bare view with one query")
def desk(ground: Ground) -> tuple[float, float, str]:
    """The first page: what waits, what is due, two weeks, the year's figures."""
    return _beside_bare(ground, "/")


@measured(work="record", reference="a bare view with one query")
def record(ground: Ground) -> tuple[float, float, str]:
    """One delegation with its members, papers, trail and what it counts as."""
    return _beside_bare(ground, "")
