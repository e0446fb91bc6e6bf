from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.kernel import clock
from bonphuong.kernel.money import Rate
from bonphuong.reference.models import AdminUnit
from bonphuong.reference.queries import (
    as_now,
    as_then,
    country_index,
    divided,
    field_index,
    predecessors,
    rate_on,
    successors,
    unit_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

IN_2024 = dt.date(2024, 6, 11)
LAST_DAY = dt.date(2025, 6, 30)
FIRST_DAY = dt.date(2025, 7, 1)
IN_2026 = dt.date(2026, 3, 2)
WORKING_GROUP = ["vn-lai-chau", "vn-dien-bien", "vn-lao-cai", "vn-ha-giang"]


def codes(units):
    return [unit.code for unit in units]


def test_c21_the_working_group_as_then_and_as_now():
    assert [as_then(code).name_vi for code in WORKING_GROUP] == [
        "Lai Châu",
        "Điện Biên",
        "Lào Cai",
        "Hà Giang",
    ]
    assert as_now(WORKING_GROUP, dt.date(2025, 10, 29)) == {
        "vn-lai-chau": "vn-lai-chau",
        "vn-dien-bien": "vn-dien-bien",
        "vn-lao-cai": "vn-lao-cai-2025",
        "vn-ha-giang": "vn-tuyen-quang-2025",
    }
    assert as_then("vn-tuyen-quang-2025").name_vi == "Tuyên Quang"


def test_as_now_on_the_last_day_changes_nothing():
    assert as_now(WORKING_GROUP, LAST_DAY) == {code: code for code in WORKING_GROUP}


def test_as_now_means_today_when_no_day_is_given():
    with clock.fixed(FIRST_DAY):
        assert as_now(["vn-ha-giang"]) == {"vn-ha-giang": "vn-tuyen-quang-2025"}
    with clock.fixed(LAST_DAY):
        assert as_now(["vn-ha-giang"]) == {"vn-ha-giang": "vn-ha-giang"}


def test_as_now_keeps_an_unknown_code():
    assert as_now(["cn-yunnan"], IN_2026) == {"cn-yunnan": "cn-yunnan"}


def test_as_now_gives_a_district_to_its_province():
    assert as_now(["vn-lai-chau.muong-te", "vn-ha-giang.dong-van"], IN_2026) == {
        "vn-lai-chau.muong-te": "vn-lai-chau",
        "vn-ha-giang.dong-van": "vn-tuyen-quang-2025",
    }


@pytest.mark.parametrize("number", [1, 3, 500])
def test_as_now_asks_once_for_each_generation(number, django_assert_num_queries):
    wanted = list(AdminUnit.objects.filter(valid_to=LAST_DAY).values_list("code", flat=True)[:number])
    with django_assert_num_queries(2):
        as_now(wanted, IN_2026)


def test_a_divided_commune_goes_to_its_main_part_and_is_named():
    kim_phu = "vn-tuyen-quang.tuyen-quang.kim-phu"

    assert as_now([kim_phu], IN_2026) == {kim_phu: "vn-tuyen-quang-2025.my-lam"}
    assert codes(successors(kim_phu, IN_2026)) == [
        "vn-tuyen-quang-2025.my-lam",
        "vn-tuyen-quang-2025.minh-xuan",
    ]
    assert divided([kim_phu, "vn-ha-giang"], IN_2026) == {kim_phu}
    assert divided([kim_phu], LAST_DAY) == set()


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("vn-ha-giang", IN_2024, ["vn-ha-giang"]),
        ("vn-ha-giang", IN_2026, ["vn-tuyen-quang-2025"]),
        ("vn-lai-chau", IN_2026, ["vn-lai-chau"]),
        ("vn-lai-chau.phong-tho.ma-li-pho", IN_2026, ["vn-lai-chau.phong-tho-2025"]),
    ],
)
def test_successors_of_a_day(code, day, expected):
    assert codes(successors(code, day)) == expected


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("vn-tuyen-quang-2025", IN_2024, ["vn-ha-giang", "vn-tuyen-quang"]),
        ("vn-lai-chau", IN_2024, ["vn-lai-chau"]),
        ("vn-lai-chau.mu-ca-2025", IN_2024, ["vn-lai-chau.muong-te.mu-ca"]),
        ("vn-ha-giang", IN_2026, []),
    ],
)
def test_predecessors_of_a_day(code, day, expected):
    assert codes(predecessors(code, day)) == expected


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("vn-lai-chau", IN_2024, "vn-lai-chau"),
        ("vn-ha-giang", IN_2026, "vn-tuyen-quang-2025"),
        ("vn-tuyen-quang", IN_2026, "vn-tuyen-quang-2025"),
        ("vn-tuyen-quang-2025", IN_2024, "vn-tuyen-quang"),
        ("vn-lai-chau.khong-lao-2025", IN_2024, "vn-lai-chau.phong-tho.khong-lao"),
        ("vn-tuyen-quang-2025.ha-giang-1", IN_2024, None),
    ],
)
def test_unit_on_a_day_follows_the_line(code, day, expected):
    found = unit_on(code, day)

    assert (found and found.code) == expected


def test_a_code_nobody_knows_is_an_error():
    with pytest.raises(AdminUnit.DoesNotExist):
        unit_on("vn-khong-co", IN_2026)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("trung quoc", "CN"),
        ("chnd trung hoa", "CN"),
        ("中 国", "CN"),
        ("ລາວ", "LA"),
        ("chdcnd lao", "LA"),
        ("han quoc", "KR"),
        ("my", "US"),
        ("viet nam", "VN"),
        ("la", "LA"),
    ],
)
def test_countries_by_any_name(text, code):
    assert country_index()[text] == code


def test_fields_by_any_name():
    index = field_index(IN_2026)

    assert index["phong, chong chay rung"] == "forest-fire"
    assert index["dam bao an ninh khu vuc bien gioi"] == "border-security"
    assert index["trade"] == "trade"
    assert index["bien gioi"] == "border"


def test_the_newest_rate_up_to_a_day():
    assert rate_on("USD", "VND", dt.date(2025, 12, 31)) == Rate(
        currency="USD",
        quote="VND",
        value=Decimal(24_500),
        on=dt.date(2025, 1, 1),
        source="Minh họa, không phải tỷ giá thật",
    )
    assert rate_on("USD", "VND", dt.date(2023, 12, 31)) is None
    assert rate_on("USD", "VND", IN_2026, kind="day") is None
