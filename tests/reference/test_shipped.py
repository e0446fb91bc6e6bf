"""What ships is whole: known counts, no name that leads to two countries, sources for everything."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from bonphuong.kernel.text import fold
from bonphuong.reference.models import (
    AdminUnit,
    CooperationField,
    Country,
    Currency,
    ExchangeRate,
    Feast,
    Succession,
    WorkingDayOverride,
)
from bonphuong.reference.queries import units_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

BEFORE = dt.date(2025, 6, 30)
AFTER = dt.date(2025, 7, 1)
YUNNAN_GROUP_2020 = {
    "border-management",
    "border-security",
    "foreign-affairs",
    "trade",
    "transport",
    "labour",
    "border-crime",
    "forest-fire",
    "friendship",
    "village-twinning",
    "border-post-twinning",
}


def test_all_rows_are_written(shipped):
    assert shipped == {
        "country": 249,
        "adminunit": 1972,
        "succession": 1637,
        "cooperationfield": 40,
        "currency": 29,
        "exchangerate": 11,
        "feast": 31,
        "workingdayoverride": 2,
    }


@pytest.mark.parametrize(("day", "provinces", "districts"), [(BEFORE, 63, 696), (AFTER, 34, 0)])
def test_provinces_and_districts_of_a_day(day, provinces, districts):
    assert units_on(day, kind="province").count() == provinces
    assert units_on(day, kind="district").count() == districts


@pytest.mark.parametrize(
    ("province", "wards", "communes"),
    [
        ("vn-lai-chau", 2, 36),
        ("vn-dien-bien", 3, 42),
        ("vn-lao-cai-2025", 10, 89),
        ("vn-tuyen-quang-2025", 7, 117),
    ],
)
def test_communes_since_july_2025(province, wards, communes):
    kinds = Counter(units_on(AFTER, below=province).values_list("designation", flat=True))

    assert kinds == {"phường": wards, "xã": communes}


@pytest.mark.parametrize(
    ("province", "districts", "communes"),
    [
        ("vn-lai-chau", 8, 106),
        ("vn-dien-bien", 10, 129),
        ("vn-lao-cai", 9, 151),
        ("vn-ha-giang", 11, 193),
        ("vn-tuyen-quang", 7, 137),
        ("vn-yen-bai", 9, 168),
    ],
)
def test_districts_and_communes_before(province, districts, communes):
    assert units_on(BEFORE, below=province).count() == districts
    assert units_on(BEFORE, kind="commune").filter(parent__parent=province).count() == communes


def test_lai_chau_by_its_resolution_keeps_two_communes_untouched():
    new = units_on(AFTER, below="vn-lai-chau")
    alone = [unit.name_vi for unit in new if unit.inheritances.count() == 1]

    assert sorted(alone) == ["Mù Cả", "Tà Tổng"]
    assert {unit.source for unit in new} == {
        "Nghị quyết 1670/NQ-UBTVQH15 (16/6/2025): Lai Châu có 38 đơn vị cấp xã, gồm 36 xã và 2 phường"
    }


def test_every_ended_unit_has_a_successor_and_only_those():
    ended = set(AdminUnit.objects.filter(valid_to__isnull=False).values_list("code", flat=True))

    assert set(Succession.objects.values_list("from_unit", flat=True)) == ended
    assert set(Succession.objects.filter(is_main=True).values_list("from_unit", flat=True)) == ended


def test_no_heir_begins_after_its_predecessor_ended():
    for succession in Succession.objects.select_related("from_unit", "to_unit"):
        assert succession.from_unit.valid_to == succession.on - dt.timedelta(days=1)
        assert succession.to_unit.stands_on(succession.on)


def test_eleven_provinces_went_through_untouched():
    untouched = AdminUnit.objects.filter(kind="province", valid_from=None, valid_to=None)

    assert sorted(unit.name_vi for unit in untouched) == [
        "Cao Bằng",
        "Huế",
        "Hà Nội",
        "Hà Tĩnh",
        "Lai Châu",
        "Lạng Sơn",
        "Nghệ An",
        "Quảng Ninh",
        "Sơn La",
        "Thanh Hóa",
        "Điện Biên",
    ]


def test_a_country_has_its_names_in_four_languages():
    laos = Country.objects.get(pk="LA")

    assert [laos.name(language) for language in ("vi", "en", "lo", "zh")] == ["Lào", "Laos", "ລາວ", "老挝"]
    assert laos.name("fr") == "Lào"


def test_no_name_leads_to_two_countries():
    owners: dict[str, set[str]] = {}
    for country in Country.objects.all():
        for name in country.all_names():
            owners.setdefault(fold(name), set()).add(country.code)

    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_countries_come_in_vietnamese_order():
    names = list(
        Country.objects.filter(pk__in=["AU", "AT", "BE", "DE", "DK", "DZ", "AL"]).values_list(
            "code", flat=True
        )
    )

    assert names == ["AL", "DZ", "AT", "AU", "BE", "DK", "DE"]


def test_the_fields_of_the_working_group_with_yunnan():
    listed = CooperationField.objects.filter(source__startswith="Thời Đại, 13/02/2020")

    assert {field.code for field in listed} == YUNNAN_GROUP_2020
    assert all(field.proved for field in listed)


def test_fields_are_grouped_one_deep():
    assert set(CooperationField.objects.filter(parent__parent__isnull=False)) == set()


def test_currencies_know_their_smallest_unit():
    exponents = dict(
        Currency.objects.filter(pk__in=["VND", "USD", "LAK", "JPY"]).values_list("code", "exponent")
    )

    assert exponents == {"VND": 0, "USD": 2, "LAK": 0, "JPY": 0}


def test_shipped_rates_are_marked_as_illustration():
    assert set(ExchangeRate.objects.values_list("is_demo", "source")) == {
        (True, "Minh họa, không phải tỷ giá thật")
    }


@pytest.mark.parametrize("model", [AdminUnit, Succession, CooperationField, Feast, WorkingDayOverride])
def test_everything_dated_names_its_source(model):
    assert not model.objects.filter(source="").exists()
    assert all(len(text) <= 300 for text in model.objects.values_list("source", flat=True).distinct())
