from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.kernel.errors import BadInput
from bonphuong.reference.calendars import is_working_day
from bonphuong.reference.models import Country, DataLoad, ExchangeRate, WorkingDayOverride
from bonphuong.reference.services import load_reference, record_rate, set_working_day
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action, Change
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

MONDAY = dt.date(2027, 5, 3)
SATURDAY = dt.date(2027, 5, 8)


def test_loading_twice_writes_nothing(shipped, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert load_reference() == {}


def test_loading_is_one_action_of_the_system(shipped):
    action = Action.objects.get(verb="system.load_reference")

    assert str(action) == "Nạp dữ liệu tham chiếu"
    assert Change.objects.filter(action=action, op="I").count() == sum(shipped.values()) + len(shipped)


def test_a_later_file_replaces_what_it_says_and_touches_nothing_else(shipped):
    with acting(actor=None, verb="system.test"):
        Country.objects.filter(pk="LA").update(name_vi="Ai Lao")
        DataLoad.objects.filter(name="country").update(digest="older")

    assert load_reference() == {"country": 1}
    assert Country.objects.get(pk="LA").name_vi == "Lào"


def test_a_rate_that_a_person_corrected_stays(shipped):
    with acting(actor=None, verb="system.test"):
        ExchangeRate.objects.filter(currency="LAK").update(scaled=1)
        DataLoad.objects.filter(name="exchangerate").update(digest="older")

    assert load_reference() == {"exchangerate": 0}
    assert set(ExchangeRate.objects.filter(currency="LAK").values_list("scaled", flat=True)) == {1}


def test_swapped_days_change_places():
    rows = set_working_day(
        actor=UserFactory(), day=MONDAY, working=False, swapped_with=SATURDAY, source="Văn bản Ví Dụ"
    )

    assert [(row.day, row.working, row.swapped_with) for row in rows] == [
        (MONDAY, False, SATURDAY),
        (SATURDAY, True, MONDAY),
    ]
    assert (is_working_day(MONDAY), is_working_day(SATURDAY)) == (False, True)


def test_a_later_decision_replaces_the_earlier_one():
    actor = UserFactory()
    set_working_day(actor=actor, day=MONDAY, working=False, source="Văn bản 1")
    set_working_day(actor=actor, day=MONDAY, working=True, source="Văn bản 2", office="tinh-vi-du")
    set_working_day(actor=actor, day=MONDAY, working=True, source="Văn bản 3")

    assert list(
        WorkingDayOverride.objects.filter(day=MONDAY).values_list("office_code", "working", "source")
    ) == [
        ("", True, "Văn bản 3"),
        ("tinh-vi-du", True, "Văn bản 2"),
    ]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"source": ""}, {"source": ["Trường này không được để trắng."]}),
        ({"swapped_with": MONDAY}, {"swapped_with": ["Không thể hoán đổi một ngày với chính nó."]}),
        ({"country": "XX"}, None),
    ],
)
def test_a_bad_day_is_refused_by_field(given, errors):
    with pytest.raises(BadInput) as refused:
        set_working_day(
            **{"actor": UserFactory(), "day": MONDAY, "working": False, "source": "Văn bản", **given}
        )

    assert errors is None or refused.value.errors == errors
    assert not WorkingDayOverride.objects.filter(day=MONDAY).exists()


def test_recording_a_rate_keeps_it_exactly():
    rate = record_rate(
        actor=UserFactory(),
        currency="LAK",
        quote="VND",
        value=Decimal("1.163700001"),
        on=dt.date(2026, 3, 2),
        source="Ví dụ",
    )

    assert ExchangeRate.objects.get(pk=rate.pk).value == Decimal("1.163700001")
    assert str(rate) == "1 LAK = 1.163700001 VND (2026-03-02)"


def test_recording_over_an_illustration_makes_it_real():
    shown = ExchangeRate.objects.get(currency="USD", on=dt.date(2026, 1, 1))
    record_rate(
        actor=UserFactory(),
        currency="USD",
        quote="VND",
        value=Decimal(25_400),
        on=shown.on,
        kind=shown.kind,
        source="Thông báo Ví Dụ",
    )

    now = ExchangeRate.objects.get(pk=shown.pk)
    assert (now.value, now.is_demo) == (Decimal(25_400), False)


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "1e10", "0.0000000001"])
def test_an_impossible_rate_is_refused(value):
    with pytest.raises(BadInput) as refused:
        record_rate(
            actor=UserFactory(),
            currency="USD",
            quote="VND",
            value=Decimal(value),
            on=dt.date(2026, 3, 2),
            source="Ví dụ",
        )

    assert refused.value.errors == {"value": ["Tỷ giá là số dương có nhiều nhất 9 chữ số thập phân."]}
