"""As-of never changes afterwards, whoever posts at the same time. Real threads, real connections."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection

from bonphuong.kernel import clock
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.facts import Standing
from bonphuong.ledger.models import BookHead, Posting
from bonphuong.ledger.queries import Where, seq_as_of, sum_facts
from bonphuong.ledger.services import settle
from bonphuong.trail.acting import acting
from tests.factories.ledger import BOOK, draft, post

WRITERS, POSTINGS, READINGS = 6, 15, 40


def total(seq: int) -> int:
    return sum_facts([Where(((BOOK, seq),), "outbound.groups", dt.date(2026, 1, 1))])[0].value


class Crew:
    """Threads whose failures fail the test, each closing its own connection."""

    def __init__(self) -> None:
        self.failures: list[BaseException] = []
        self.threads: list[threading.Thread] = []

    def start(self, work, *arguments) -> None:
        def run() -> None:
            try:
                work(*arguments)
            except BaseException as error:  # noqa: BLE001 - shown by the test
                self.failures.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        self.threads.append(thread)
        thread.start()

    def join(self) -> None:
        for thread in self.threads:
            thread.join(60)
        assert self.failures == []


@pytest.mark.django_db(transaction=True)
def test_as_of_never_changes_under_concurrent_postings():
    readings: list[tuple[dt.datetime, int]] = []
    crew = Crew()

    def write() -> None:
        for _ in range(POSTINGS):
            post(draft())

    def read() -> None:
        for _ in range(READINGS):
            moment = clock.now()
            readings.append((moment, total(seq_as_of(BOOK, moment))))

    for _ in range(WRITERS):
        crew.start(write)
    crew.start(read)
    crew.join()

    assert len(readings) == READINGS
    assert [(moment, total(seq_as_of(BOOK, moment))) for moment, _ in readings] == readings
    assert BookHead.objects.get(pk=BOOK).seq == Posting.objects.count() == WRITERS * POSTINGS
    assert check_ledger() == []


@pytest.mark.django_db(transaction=True)
def test_one_record_settled_at_the_same_time_is_posted_once():
    uid = uuid.uuid4()
    ready = threading.Barrier(4)
    crew = Crew()

    def write() -> None:
        ready.wait(30)
        with acting(actor=None, verb="system.test"):
            settle(standings=[Standing(uid, "tests", BOOK, 1, [draft()])])

    for _ in range(4):
        crew.start(write)
    crew.join()

    assert Posting.objects.count() == 1
    assert total(1) == 1


@pytest.mark.django_db(transaction=True)
def test_books_do_not_wait_in_a_ring():
    crew = Crew()

    def write(books: tuple[str, ...]) -> None:
        for _ in range(POSTINGS):
            with acting(actor=None, verb="system.test"):
                settle(
                    standings=[
                        Standing(uuid.uuid4(), "tests", book, 1, [draft(office=book)]) for book in books
                    ]
                )

    crew.start(write, ("a", "b", "c"))
    crew.start(write, ("c", "b", "a"))
    crew.start(write, ("b", "a"))
    crew.join()
    assert check_ledger() == []
