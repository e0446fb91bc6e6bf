"""Sent back and handed in again: how often, why, and clocks that begin anew."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel.errors import BadInput
from bonphuong.procedures import queries, services

MARCH_3, MARCH_4 = dt.date(2026, 3, 3), dt.date(2026, 3, 4)
MARCH_16, MARCH_17 = dt.date(2026, 3, 16), dt.date(2026, 3, 17)


def rounds_of(case):
    return queries.rounds(queries.history(case))


def appraisal(case, day):
    return [d for d in queries.deadlines(case, {}, today=day) if d.rule.code == "appraisal"]


def test_no_round_is_more_than_the_first_until_something_is_sent_back(trip):
    found = rounds_of(trip)
    assert (found.number, found.times_returned, found.last) == (1, 0, None)


def test_each_return_keeps_its_reason(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    services.take(trip, "return_for_revision", on=MARCH_3, actor=lai_chau.officer, note="thiếu thư mời")
    waiting = rounds_of(trip)
    assert (waiting.number, waiting.last.is_open, waiting.last.reason) == (1, True, "thiếu thư mời")
    services.take(trip, "resubmit", on=MARCH_4, actor=lai_chau.clerk)
    services.take(trip, "return_for_revision", on=MARCH_16, actor=lai_chau.head, note="thiếu dự toán")
    services.take(trip, "resubmit", on=MARCH_17, actor=lai_chau.clerk)
    found = rounds_of(trip)
    assert (found.number, found.times_returned) == (3, 2)
    assert [(r.number, r.on, r.again_on, r.reason, r.by, r.from_state.code) for r in found.returns] == [
        (1, MARCH_3, MARCH_4, "thiếu thư mời", "Phạm Thị Minh Họa", "unit_submitted"),
        (2, MARCH_16, MARCH_17, "thiếu dự toán", "Lò Minh Họa", "unit_submitted"),
    ]


@pytest.mark.parametrize("note", ["", "   "])
def test_nothing_is_sent_back_or_refused_without_a_reason(trip, lai_chau, note):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    for code in ("return_for_revision", "cancel"):
        with pytest.raises(BadInput) as caught:
            services.take(trip, code, on=MARCH_3, actor=lai_chau.officer, note=note)
        assert list(caught.value.errors) == ["note"]


def test_a_clock_of_the_round_before_does_not_run_on(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    services.take(trip, "take_in", on=MARCH_3, actor=lai_chau.officer)
    assert [d.due_on for d in appraisal(trip, MARCH_3)] == [dt.date(2026, 3, 6)]
    services.take(trip, "return_for_revision", on=MARCH_4, actor=lai_chau.officer, note="thiếu thư mời")
    assert appraisal(trip, MARCH_16) == []
    services.take(trip, "resubmit", on=MARCH_16, actor=lai_chau.clerk)
    assert appraisal(trip, MARCH_16) == []
    services.take(trip, "take_in", on=MARCH_16, actor=lai_chau.officer)
    assert [(d.starts_on, d.due_on) for d in appraisal(trip, MARCH_16)] == [(MARCH_16, dt.date(2026, 3, 19))]
