"""Many hands at once: numbers without gaps or doubles, no change lost."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from bonphuong.kernel import clock
from bonphuong.kernel.errors import Conflict
from bonphuong.records import services
from bonphuong.records.models import Record
from bonphuong.records.numbers import take_numbers
from bonphuong.trail.acting import acting
from tests.factories.procedures import province
from tests.factories.records import NumberSeriesFactory

TODAY = dt.date(2026, 4, 30)


def together(work, count):
    def run(index):
        try:
            with clock.fixed(TODAY):
                return work(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_are_all_there_once(trial, draft):
    with clock.fixed(TODAY):
        people = province()

    def create(index):
        return services.create_header(draft(kind="note", title=f"Ghi {index}"), actor=people.officer).number

    assert sorted(together(create, 12)) == [f"GHI-2026-{n:03d}" for n in range(1, 13)]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_none_is_lost(trial, draft):
    with clock.fixed(TODAY):
        people = province()
        record = services.create_header(draft(kind="note"), actor=people.officer)

    def change(index):
        try:
            seen = Record.objects.get(pk=record.pk)
            seen.version = 1
            services.update_header(seen, expected_version=1, actor=people.officer, title=f"Tên {index}")
        except Conflict:
            return 0
        return 1

    assert sum(together(change, 6)) == 1
    assert Record.objects.get().version == 2


def fail_after(_done):
    raise RuntimeError


@pytest.mark.django_db
def test_numbers_go_on_from_the_last_one_and_come_back_with_a_failure():
    NumberSeriesFactory()
    with acting(actor=None, verb="system.test"):
        assert list(take_numbers("lai-chau", "ĐR", 2025, 2)) == ["ĐR-2025-031", "ĐR-2025-032"]

    with pytest.raises(RuntimeError), acting(actor=None, verb="system.test"):
        fail_after(take_numbers("lai-chau", "ĐR", 2025, 1))
    with acting(actor=None, verb="system.test"):
        assert list(take_numbers("lai-chau", "ĐR", 2025, 1)) == ["ĐR-2025-033"]
        assert list(take_numbers("lai-chau", "ĐR", 2025, 0)) == []
        assert list(take_numbers("lai-chau", "ĐV", 2025, 1000))[-1] == "ĐV-2025-1000"
