"""Rows of greetings."""

import datetime as dt

import factory

from bonphuong.families.greetings.models import Addressee, Greeting, Occasion
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


class GreetingFactory(TrackedFactory[Greeting]):
    class Meta:
        model = Greeting

    record = factory.SubFactory(RecordFactory, family="greetings", kind="campaign")
    kind = "campaign"
    lead_office_code = "lc-dofa"
    occasion = "national_day"
    occasion_on = dt.date(2025, 12, 2)
    country_code = "LA"
    level = "committee"
    form = "letter"


class AddresseeFactory(TrackedFactory[Addressee]):
    class Meta:
        model = Addressee

    row = factory.SubFactory(GreetingFactory)
    order = 1
    full_name = "Tua-yang Một"
    title_then = "Tỉnh trưởng"
    party_code = "la-phongsaly"


class OccasionFactory(TrackedFactory[Occasion]):
    class Meta:
        model = Occasion

    row = factory.SubFactory(GreetingFactory, kind="calendar", year=2025, occasion_on=None)
    order = 1
    on = dt.date(2025, 12, 2)
    occasion = "national_day"
    name = "Quốc khánh Lào"
