"""What agreements count as: the hand-worked case C18, and force through renewal, lapse and suspension."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.families.agreements.facts import facts_of, force_of
from bonphuong.kernel import clock
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import correct
from bonphuong.ledger.facts import counted
from bonphuong.records.checks import check_replay
from tests.factories.agreements import agreement, in_force, of_district
from tests.families.agreements.moving import by_unit, count, enter, nation, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
D = dt.date
DISTRICT, PROVINCE = "vn-lai-chau.muong-te", "vn-lai-chau"
HEIR = {"inherited_from": "UBND huyện Mường Tè", "inherited_basis": "NĐ 177/2025/NĐ-CP", "heir_office": "lai-chau",
        "heir_level": "province"}  # fmt: skip


def test_c18_inheritance_moves_the_level_and_signs_nothing(officer):
    record = enter(of_district(D(2019, 5, 5)), officer, "lai-chau")
    assert by_unit("agreements.in_force", "2025-06-30") == {DISTRICT: 1}
    step(record, "inherit", D(2025, 7, 1), officer, **HEIR)

    assert by_unit("agreements.in_force", "2025-06-30") == {DISTRICT: 1}
    assert by_unit("agreements.in_force", "2025-07-01") == {PROVINCE: 1}
    assert [count("agreements.in_force", day, slot2="district") for day in ("2025-06-30", "2025-07-01")] == [
        1,
        0,
    ]
    assert [count("agreements.in_force", day, slot2="province") for day in ("2025-06-30", "2025-07-01")] == [
        0,
        1,
    ]
    assert [nation("agreements.in_force", day) for day in ("2025-06-30", "2025-07-01")] == [1, 1]
    assert (count("agreements.signed", "2019"), count("agreements.signed", "2025")) == (1, 0)
    assert (count("agreements.inherited", "2025"), count("agreements.in_force.inherited", "2025-12-31")) == (
        1,
        1,
    )
    assert list(check_replay()) == []


def test_c18_comes_out_the_same_where_it_is_registered_as_inherited(officer):
    record = enter(
        of_district(
            inherited_on=D(2025, 7, 1), inherited_from="UBND huyện Mường Tè", heir_office_code="lai-chau",
            heir_unit_code=PROVINCE, heir_level="province",
        ),
        officer,
        "lai-chau",
    )  # fmt: skip
    assert record.state == "inherited"
    assert by_unit("agreements.in_force", "2025-06-30") == {DISTRICT: 1}
    assert by_unit("agreements.in_force", "2025-07-01") == {PROVINCE: 1}
    assert count("agreements.signed", "2025") == 0


def test_a_department_that_was_merged_hands_its_agreement_to_the_next(officer):
    draft = in_force(
        D(2020, 3, 2), level="department", original_office_code="lc-industry", lead="lc-industry"
    )
    record = enter(draft, officer, "lc-industry")
    step(record, "inherit", D(2025, 3, 1), officer, inherited_from="Sở cũ Ví Dụ", inherited_basis="Ví dụ",
         heir_office="lc-finance", heir_level="department")  # fmt: skip
    assert [count("agreements.in_force", d, "lc-industry") for d in ("2025-02-28", "2025-03-01")] == [1, 0]
    assert [count("agreements.in_force", d, "lc-finance") for d in ("2025-02-28", "2025-03-01")] == [0, 1]
    assert [count("agreements.in_force", d) for d in ("2025-02-28", "2025-03-01")] == [1, 1]


def test_a_second_heir_takes_over_from_the_first(officer, leader):
    record = enter(of_district(), officer, "lai-chau")
    step(record, "inherit", D(2025, 7, 1), officer, **HEIR)
    step(record, "update_names", D(2025, 7, 20), officer)
    step(record, "review", D(2025, 8, 1), officer, review="Tiếp tục thực hiện")
    step(record, "keep", D(2025, 8, 5), leader)
    step(record, "inherit", D(2026, 1, 1), officer, inherited_from="UBND tỉnh", inherited_basis="Ví dụ",
         heir_office="lc-mu-ca", heir_level="commune", heir_unit="vn-lai-chau")  # fmt: skip
    assert [count("agreements.in_force", d, "lc-mu-ca") for d in ("2025-12-31", "2026-01-01")] == [0, 1]
    assert [count("agreements.in_force", d) for d in ("2025-06-30", "2025-12-31", "2026-01-01")] == [1, 1, 1]
    assert count("agreements.inherited", "2025") == 1
    assert count("agreements.inherited", "2026") == 1
    assert row_of(record).reviewed_on is None


def test_force_ends_where_it_is_confirmed_and_not_on_the_day_written(officer):
    record = enter(in_force(D(2020, 1, 10), expires_on=D(2025, 1, 10)), officer)
    assert count("agreements.in_force", "2026-01-01") == 1
    step(record, "expire", D(2025, 1, 10), officer)
    assert (count("agreements.in_force", "2025-01-09"), count("agreements.in_force", "2025-01-10")) == (1, 0)
    assert count("agreements.ended", "2025") == 1


def test_applied_after_expiry_is_out_of_force_until_it_is_renewed(officer):
    record = enter(in_force(D(2015, 1, 10), expires_on=D(2020, 1, 10)), officer)
    step(record, "apply_after_expiry", D(2020, 1, 10), officer, note="Hai bên vẫn áp dụng")
    assert (
        count("agreements.in_force", "2021-01-01"),
        count("agreements.applied_after_expiry", "2021-01-01"),
    ) == (0, 1)
    step(record, "renew", D(2022, 5, 5), officer, expires_on=D(2025, 5, 5))
    assert (
        count("agreements.in_force", "2022-05-05"),
        count("agreements.applied_after_expiry", "2022-05-05"),
    ) == (1, 0)
    step(record, "apply_after_expiry", D(2025, 5, 5), officer, note="Hai bên vẫn áp dụng")
    step(record, "renew", D(2026, 2, 2), officer, expires_on=D(2031, 2, 2))

    days = {"2019-12-31": 1, "2021-01-01": 0, "2024-01-01": 1, "2025-12-31": 0, "2026-03-01": 1}
    assert {day: count("agreements.in_force", day) for day in days} == days
    assert (count("agreements.renewed", "2022"), count("agreements.renewed", "2026")) == (1, 1)
    assert len(force_of(row_of(record))) == 3


def test_suspended_stays_in_force_and_is_shown_beside(officer, leader):
    record = enter(in_force(D(2018, 4, 4)), officer)
    step(record, "suspend", D(2020, 2, 1), leader, note="Dịch bệnh")
    step(record, "resume", D(2023, 2, 20), leader)
    step(record, "suspend", D(2024, 1, 1), leader, note="Bạn đề nghị")
    days = {"2019-01-01": 0, "2021-01-01": 1, "2023-06-01": 0, "2024-06-01": 1}
    assert {day: count("agreements.suspended", day) for day in days} == days
    assert {count("agreements.in_force", day) for day in days} == {1}


def test_an_amendment_is_signed_and_is_no_further_one_in_force(officer):
    enter(in_force(D(2020, 1, 10)), officer)
    enter(in_force(D(2024, 1, 10), is_amendment=True, title="Sửa đổi mẫu"), officer)
    assert (count("agreements.signed", "2024"), count("agreements.signed.amendments", "2024")) == (1, 1)
    assert count("agreements.in_force", "2024-12-31") == 1


@pytest.mark.parametrize(
    ("kind", "classified", "expected"),
    [
        ("minutes", "", {"agreements.minutes": 1}),
        ("minutes", "minutes", {"agreements.minutes": 1}),
        ("minutes", "agreement", {"agreements.signed": 1}),
        ("agreement", "", {"agreements.signed": 1}),
        # The law leaves agreements on aid of foreign NGOs out.
        ("agreement", "aid", {"agreements.minutes": 1}),
    ],
)
def test_what_a_person_found_decides_what_it_counts_as(officer, kind, classified, expected):
    why = {"classified_as": classified, "classification_reason": "Lý do mẫu", "classified_by": "Lò Thị Mẫu"}
    more = why if classified else {}
    record = enter(agreement(kind=kind, signed_on=D(2024, 3, 1), **more), officer)
    assert dict(counted(facts_of(row_of(record)))) == expected


def test_nothing_counts_before_it_is_signed_and_nothing_called_off(officer):
    with clock.fixed(D(2025, 3, 1)):
        record = enter(agreement(), officer)
        assert facts_of(row_of(record)) == []
        step(record, "cancel", D(2025, 3, 1), officer, note="Bạn thôi không ký")
    assert list(facts_of(row_of(record))) == []


def test_a_wrong_day_is_reversed_at_its_own_date(officer):
    with clock.fixed(D(2025, 3, 1)):
        record = enter(in_force(D(2025, 1, 10)), officer)
    with clock.fixed(D(2025, 5, 1)):
        draft = in_force(D(2025, 1, 12))
        correct(record, draft, expected_version=record.version, actor=officer, reason="Nhầm ngày ký")
    assert (count("agreements.in_force", "2025-01-11"), count("agreements.in_force", "2025-01-12")) == (0, 1)
    assert list(check_replay()) == []
