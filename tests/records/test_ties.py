from __future__ import annotations

import pytest

from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.records import queries, services
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import Record, RecordLink


@pytest.fixture
def pair(lai_chau, draft):
    return services.create_headers([draft(), draft(office_code="lc-dofa")], actor=lai_chau.officer)


def test_records_are_linked_once(pair, lai_chau):
    one, other = pair
    services.link(one, other, LinkKind.FOLLOWS, actor=lai_chau.officer)
    services.link(one, other, LinkKind.FOLLOWS, actor=lai_chau.officer, note="chuyến sau")
    assert RecordLink.objects.get().note == "chuyến sau"
    assert queries.linked(lai_chau.officer, other) == [(LinkKind.FOLLOWS, one)]
    assert queries.linked(lai_chau.officer, one) == [(LinkKind.FOLLOWS, other)]
    assert queries.linked(lai_chau.stranger, one) == []
    assert services.unlink(one, other, LinkKind.FOLLOWS, actor=lai_chau.officer)
    assert not services.unlink(one, other, LinkKind.FOLLOWS, actor=lai_chau.officer)


def test_a_link_needs_two_ends_and_the_right(pair, lai_chau):
    one, other = pair
    with pytest.raises(BadInput):
        services.link(one, one, LinkKind.RELATED, actor=lai_chau.officer)
    for work in (services.link, services.unlink):
        with pytest.raises(NotAllowed):
            work(one, other, LinkKind.RELATED, actor=lai_chau.stranger)


def test_a_double_points_at_the_one_that_stays(pair, lai_chau):
    double, kept = pair
    services.mark_duplicate(double, kept, expected_version=1, actor=lai_chau.officer, reason="nhập hai lần")
    assert (double.duplicate_of, double.version) == (kept, 2)
    assert list(Record.objects.live()) == [kept]
    assert RecordLink.objects.get().kind == LinkKind.DUPLICATE
    services.unmark_duplicate(double, expected_version=2, actor=lai_chau.officer, reason="hai đoàn khác nhau")
    assert (double.duplicate_of, double.version, RecordLink.objects.count()) == (None, 3, 0)


def test_doubles_of_a_double_follow_it(lai_chau, draft):
    first, second, third = services.create_headers([draft(), draft(), draft()], actor=lai_chau.officer)
    services.mark_duplicate(first, second, expected_version=1, actor=lai_chau.officer, reason="trùng")
    services.mark_duplicate(second, third, expected_version=1, actor=lai_chau.officer, reason="trùng")
    assert set(third.duplicates.all()) == {first, second}
    assert Record.objects.get(pk=first.pk).version == 3


def test_a_double_must_make_sense(lai_chau, draft):
    one, other, note, double = services.create_headers(
        [draft(), draft(), draft(kind="note"), draft()], actor=lai_chau.officer
    )
    elsewhere = services.create_header(draft(office_code="dien-bien"), actor=lai_chau.stranger)
    services.mark_duplicate(double, other, expected_version=1, actor=lai_chau.officer, reason="trùng")
    for of in (one, double, elsewhere):
        with pytest.raises(BadInput):
            services.mark_duplicate(one, of, expected_version=1, actor=lai_chau.officer, reason="trùng")
    services.mark_duplicate(note, one, expected_version=1, actor=lai_chau.officer, reason="ghi nhầm loại")
    with pytest.raises(Conflict):
        services.mark_duplicate(other, one, expected_version=9, actor=lai_chau.officer, reason="trùng")
    for work in (services.mark_duplicate,):
        with pytest.raises(NotAllowed):
            work(other, one, expected_version=1, actor=lai_chau.stranger, reason="trùng")
    with pytest.raises(NotAllowed):
        services.unmark_duplicate(double, expected_version=2, actor=lai_chau.stranger, reason="không")
