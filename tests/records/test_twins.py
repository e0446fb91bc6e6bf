from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.records import queries, services
from bonphuong.records.enums import TieKind
from bonphuong.records.schema import Tie, head_fold_of
from bonphuong.records.twins import Probe, Reason, earlier_likes, find_twins, probe_of
from tests.records.conftest import PHONGSALY


@pytest.fixture
def record(lai_chau, draft):
    return services.create_header(draft(), actor=lai_chau.clerk)


def probe(**fields):
    values = {
        "book": "lai-chau",
        "family": "trial",
        "kind": "out",
        "begins_on": dt.date(2026, 5, 11),
        "ends_on": dt.date(2026, 5, 15),
        "head_fold": head_fold_of("TẨN THỊ  THÍ DỤ"),
        "parties": frozenset({"la-phongsaly"}),
        "countries": frozenset({"LA"}),
    }
    return Probe(**{**values, **fields})


def reasons(**fields):
    return [set(twin.reasons) for twin in find_twins([probe(**fields)])[0]]


def test_the_same_head_partner_and_days_are_the_same_event(record):
    assert reasons() == [{Reason.DAYS, Reason.HEAD, Reason.PARTY, Reason.COUNTRY}]
    twin = find_twins([probe()])[0][0]
    assert (twin.uid, twin.number, twin.office_code, twin.weight) == (
        record.pk,
        "THU-2026-001",
        "lc-health",
        6,
    )


def test_two_different_heads_are_two_events(record):
    assert reasons(head_fold="vang van mau") == []


def test_without_a_head_the_partner_must_agree(record):
    assert reasons(head_fold="") == [{Reason.DAYS, Reason.PARTY, Reason.COUNTRY}]
    assert reasons(head_fold="", parties=frozenset()) == []
    assert reasons(parties=frozenset(), countries=frozenset()) == [{Reason.DAYS, Reason.HEAD}]


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        (dt.date(2026, 5, 16), dt.date(2026, 5, 18), 1),
        (dt.date(2026, 5, 17), dt.date(2026, 5, 18), 0),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 10), 1),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 9), 0),
        (dt.date(2026, 5, 12), None, 1),
        (dt.date(2026, 4, 1), dt.date(2026, 6, 30), 1),
    ],
)
def test_days_must_overlap_but_for_one(record, begins, ends, found):
    assert len(reasons(begins_on=begins, ends_on=ends)) == found


def test_only_live_records_of_the_book_family_and_kind_are_twins(record, lai_chau, draft):
    assert reasons(book="dien-bien") == []
    assert reasons(kind="in") == []
    assert reasons(family="other") == []
    kept = services.create_header(draft(), actor=lai_chau.clerk)
    services.mark_duplicate(record, kept, expected_version=1, actor=lai_chau.officer, reason="trùng")
    assert [twin.uid for twin in find_twins([probe()])[0]] == [kept.pk]


def test_the_likeliest_come_first(record, lai_chau, draft):
    surer = services.create_header(draft(), actor=lai_chau.clerk)
    services.update_header(
        record, expected_version=1, actor=lai_chau.clerk, head_name="", ties=[PHONGSALY[1]]
    )
    assert [twin.uid for twin in find_twins([probe()])[0]] == [surer.pk, record.pk]


def test_many_probes_cost_no_more_queries_than_one(record, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(find_twins([probe()])[0]) == 1
    with django_assert_num_queries(2):
        assert [len(twins) for twins in find_twins([probe()] * 5)] == [1] * 5
    with django_assert_num_queries(0):
        assert find_twins([]) == []


def test_a_record_is_not_its_own_twin_and_shows_only_what_one_may_see(record, lai_chau, draft):
    assert queries.twins_of(lai_chau.officer, record) == []
    other = services.create_header(
        draft(office_code="lc-dofa", ties=(Tie(TieKind.PARTY, "la-phongsaly"),)), actor=lai_chau.officer
    )
    assert [twin.uid for twin in queries.twins_of(lai_chau.officer, record)] == [other.pk]
    assert queries.twins_of(lai_chau.clerk, record) == []
    undated = services.create_header(draft(begins_on=None, ends_on=None), actor=lai_chau.clerk)
    assert probe_of(undated) is None
    assert queries.twins_of(lai_chau.officer, undated) == []


def test_a_list_is_compared_with_itself():
    probes = [
        probe(),
        None,
        probe(begins_on=dt.date(2026, 5, 15), ends_on=dt.date(2026, 5, 16)),
        probe(head_fold="vang van mau", parties=frozenset({"cn-honghe"})),
        probe(book="dien-bien"),
    ]
    found = [[(place, set(why)) for place, why in likes] for likes in earlier_likes(probes)]
    everything = {Reason.DAYS, Reason.HEAD, Reason.PARTY, Reason.COUNTRY}
    assert found == [[], [], [(0, everything)], [], []]


def test_a_long_visit_is_found_by_its_last_days():
    long = probe(begins_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 5, 11))
    short = [probe(begins_on=dt.date(2026, 4, n), ends_on=dt.date(2026, 4, n)) for n in range(1, 20)]
    assert [place for place, _why in earlier_likes([long, *short, probe()])[-1]] == [0]


def test_the_figures_of_two_months_are_no_doubles():
    def month(number, last):
        return probe(begins_on=dt.date(2026, number, 1), ends_on=dt.date(2026, number, last))

    august, september = month(8, 31), month(9, 30)
    assert earlier_likes([august, september]) == [[], []]
    again = earlier_likes([august, september, month(9, 30)])
    assert [place for place, _why in again[-1]] == [1], "the same month twice is one still"
