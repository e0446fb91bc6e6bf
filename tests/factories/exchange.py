"""The address of a calendar of somebody of the fictional province."""

from __future__ import annotations

import factory

from bonphuong.exchange.models import CalendarFeed
from bonphuong.exchange.queries import digest_of
from tests.factories.accounts import UserFactory
from tests.factories.base import TrackedFactory


class CalendarFeedFactory(TrackedFactory[CalendarFeed]):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)
    name = "Lịch đối ngoại"
    digest = factory.Sequence(lambda n: digest_of(f"token-{n}"))
    hint = "en-0"
