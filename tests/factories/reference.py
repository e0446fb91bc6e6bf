"""Countries, units, fields, money and feasts with fixed, readable values."""

from __future__ import annotations

import datetime as dt

import factory

from bonphuong.kernel.text import fold, sort_key
from bonphuong.reference.enums import FeastCalendar, FeastKind, RateKind, SuccessionKind, UnitKind
from bonphuong.reference.models import (
    AdminUnit,
    CooperationField,
    Country,
    Currency,
    DataLoad,
    ExchangeRate,
    Feast,
    Succession,
    WorkingDayOverride,
)
from tests.factories.base import TrackedFactory


class CountryFactory(TrackedFactory[Country]):
    """Laos; another one by its code."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "LA"
    name_vi = "Lào"
    name_en = "Laos"
    name_lo = "ລາວ"
    name_zh = "老挝"
    aliases = factory.LazyFunction(list)
    fold = factory.LazyAttribute(lambda row: f"|{fold(row.name_vi)}|")
    sort = factory.LazyAttribute(lambda row: sort_key(row.name_vi))


class AdminUnitFactory(TrackedFactory[AdminUnit]):
    """The province of Lai Châu; another one by its code."""

    class Meta:
        model = AdminUnit
        django_get_or_create = ("code",)

    code = "vn-lai-chau"
    kind = UnitKind.PROVINCE
    designation = "tỉnh"
    name_vi = "Lai Châu"
    name_en = "Lai Chau"
    gso_code = "12"
    aliases = factory.LazyFunction(list)
    fold = factory.LazyAttribute(
        lambda row: f"|{fold(row.name_vi)}|{fold(f'{row.designation} {row.name_vi}')}|"
    )
    sort = factory.LazyAttribute(lambda row: sort_key(row.name_vi))
    source = "Ví dụ"


class SuccessionFactory(TrackedFactory[Succession]):
    """Hà Giang taken over whole by the new Tuyên Quang."""

    class Meta:
        model = Succession

    from_unit = factory.SubFactory(
        AdminUnitFactory,
        code="vn-ha-giang",
        name_vi="Hà Giang",
        name_en="Ha Giang",
        valid_to=dt.date(2025, 6, 30),
    )
    to_unit = factory.SubFactory(
        AdminUnitFactory,
        code="vn-tuyen-quang-2025",
        name_vi="Tuyên Quang",
        name_en="Tuyen Quang",
        valid_from=dt.date(2025, 7, 1),
    )
    on = dt.date(2025, 7, 1)
    kind = SuccessionKind.WHOLE
    source = "Ví dụ"


class CooperationFieldFactory(TrackedFactory[CooperationField]):
    """Trade."""

    class Meta:
        model = CooperationField
        django_get_or_create = ("code",)

    code = "trade"
    name_vi = "Thương mại"
    name_en = "Trade"
    aliases = factory.LazyFunction(list)
    source = "Ví dụ"


class CurrencyFactory(TrackedFactory[Currency]):
    """The US dollar; another one by its code."""

    class Meta:
        model = Currency
        django_get_or_create = ("code",)

    code = "USD"
    exponent = 2
    name_vi = "Đô la Mỹ"
    name_en = "US Dollar"


class ExchangeRateFactory(TrackedFactory[ExchangeRate]):
    """25,000 đồng for a dollar from 1 January 2026."""

    class Meta:
        model = ExchangeRate

    currency = factory.SubFactory(CurrencyFactory)
    quote = factory.SubFactory(
        CurrencyFactory, code="VND", exponent=0, name_vi="Đồng Việt Nam", name_en="Vietnamese Dong"
    )
    scaled = 25_000 * 10**9
    on = dt.date(2026, 1, 1)
    kind = RateKind.REPORT
    source = "Ví dụ"
    is_demo = True


class FeastFactory(TrackedFactory[Feast]):
    """The national day of Laos."""

    class Meta:
        model = Feast
        django_get_or_create = ("code",)

    code = "la-national-day"
    country = factory.SubFactory(CountryFactory)
    kind = FeastKind.NATIONAL_DAY
    calendar = FeastCalendar.SOLAR
    month = 12
    day = 2
    since_year = 1975
    name_vi = "Quốc khánh nước Cộng hòa Dân chủ Nhân dân Lào"
    name_en = "Lao National Day"
    source = "Ví dụ"


class WorkingDayOverrideFactory(TrackedFactory[WorkingDayOverride]):
    """Saturday 10 January 2026 worked throughout Viet Nam."""

    class Meta:
        model = WorkingDayOverride

    country = factory.SubFactory(CountryFactory, code="VN", name_vi="Việt Nam", name_en="Viet Nam")
    office_code = ""
    day = dt.date(2026, 1, 10)
    working = True
    source = "Ví dụ"


class DataLoadFactory(TrackedFactory[DataLoad]):
    """Countries as they were shipped once."""

    class Meta:
        model = DataLoad

    name = "country"
    digest = "0" * 64
