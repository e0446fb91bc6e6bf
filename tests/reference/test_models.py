from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bonphuong.reference.models import AdminUnit
from tests.factories.reference import (
    AdminUnitFactory,
    CooperationFieldFactory,
    CountryFactory,
    DataLoadFactory,
    ExchangeRateFactory,
    FeastFactory,
    SuccessionFactory,
    WorkingDayOverrideFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "designation", "expected"),
    [
        ("Lai Châu", "tỉnh", "tỉnh Lai Châu"),
        ("Quận 1", "quận", "quận 1"),
        ("Nông trường Phong Hải", "thị trấn", "thị trấn Nông trường Phong Hải"),
    ],
)
def test_full_name(name, designation, expected):
    assert AdminUnit(name_vi=name, designation=designation).full_name == expected


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (dt.date(2025, 6, 30), False),
        (dt.date(2025, 7, 1), True),
        (dt.date(2025, 12, 31), True),
        (dt.date(2026, 1, 1), False),
    ],
)
def test_both_ends_are_in_force(day, stands):
    unit = AdminUnit(valid_from=dt.date(2025, 7, 1), valid_to=dt.date(2025, 12, 31))

    assert unit.stands_on(day) is stands


def test_names_follow_the_language_of_the_screen():
    field = CooperationFieldFactory()
    with translation.override("en"):
        assert str(field) == "Trade"
    assert str(field) == "Thương mại"


def test_rows_say_what_they_are():
    assert str(CountryFactory()) == "Lào"
    assert str(SuccessionFactory()) == "vn-ha-giang → vn-tuyen-quang-2025"
    assert str(ExchangeRateFactory()) == "1 USD = 25000 VND (2026-01-01)"
    assert str(WorkingDayOverrideFactory()) == "VN 2026-01-10: +"
    assert str(FeastFactory()) == "Quốc khánh nước Cộng hòa Dân chủ Nhân dân Lào"
    assert str(DataLoadFactory()) == "country 000000000000"


def _backwards():
    AdminUnitFactory(valid_from=dt.date(2025, 7, 1), valid_to=dt.date(2025, 6, 30))


def _province_in_a_province():
    AdminUnitFactory(code="vn-vi-du", parent=AdminUnitFactory())


def _district_in_the_air():
    AdminUnitFactory(kind="district")


def _rate_of_nothing():
    ExchangeRateFactory(scaled=0)


def _two_main_heirs():
    succession = SuccessionFactory()
    SuccessionFactory(from_unit=succession.from_unit, to_unit=AdminUnitFactory())


def _heir_of_oneself():
    unit = AdminUnitFactory()
    SuccessionFactory(from_unit=unit, to_unit=unit)


def _day_decided_twice():
    WorkingDayOverrideFactory()
    WorkingDayOverrideFactory(working=False)


@pytest.mark.parametrize(
    "write",
    [
        _backwards,
        _province_in_a_province,
        _district_in_the_air,
        _rate_of_nothing,
        _two_main_heirs,
        _heir_of_oneself,
        _day_decided_twice,
    ],
)
def test_the_database_refuses(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
