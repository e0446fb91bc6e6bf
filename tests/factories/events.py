"""Rows of events."""

import datetime as dt

import factory

from bonphuong.families.events.models import (
    Arrangement,
    Endpoint,
    Event,
    Gift,
    Guest,
    Product,
    ProgrammeLine,
    Talk,
)
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


class EventFactory(TrackedFactory[Event]):
    class Meta:
        model = Event

    record = factory.SubFactory(RecordFactory, family="events", kind="event")
    kind = "event"
    form = "festival"
    lead_office_code = "lc-dofa"
    starts_on = dt.date(2025, 11, 8)


class ProgrammeLineFactory(TrackedFactory[ProgrammeLine]):
    class Meta:
        model = ProgrammeLine

    row = factory.SubFactory(EventFactory)
    order = 1
    on = dt.date(2025, 11, 8)
    begins_at = "08:00"
    what = "Khai mạc"


class GuestFactory(TrackedFactory[Guest]):
    class Meta:
        model = Guest

    row = factory.SubFactory(EventFactory)
    order = 1
    full_name = "Trương Ví Dụ"


class GiftFactory(TrackedFactory[Gift]):
    class Meta:
        model = Gift

    row = factory.SubFactory(EventFactory)
    order = 1
    way = "given"
    what = "Tranh thêu"


class ArrangementFactory(TrackedFactory[Arrangement]):
    class Meta:
        model = Arrangement

    row = factory.SubFactory(EventFactory)
    order = 1
    sort = "vehicle"
    what = "Xe 16 chỗ"


class EndpointFactory(TrackedFactory[Endpoint]):
    class Meta:
        model = Endpoint

    row = factory.SubFactory(EventFactory)
    order = 1
    place = "Côn Minh"


class TalkFactory(TrackedFactory[Talk]):
    class Meta:
        model = Talk

    row = factory.SubFactory(EventFactory, kind="conference", authority="province", form="workshop")
    order = 1
    name = "Cây chè trên vùng cao"


class ProductFactory(TrackedFactory[Product]):
    class Meta:
        model = Product

    row = factory.SubFactory(EventFactory, kind="media", form="foreign_media")
    order = 1
    form = "article"
    name = "Mùa lúa chín"
