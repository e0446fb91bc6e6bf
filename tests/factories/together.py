"""What somebody of the fictional province has open at their desk."""

from __future__ import annotations

import factory

from bonphuong.kernel.uids import new_uid
from bonphuong.together.models import BegunForm, FirstLesson, Presence
from tests.factories.accounts import UserFactory
from tests.factories.base import TrackedFactory


class BegunFormFactory(TrackedFactory[BegunForm]):
    class Meta:
        model = BegunForm

    user = factory.SubFactory(UserFactory)
    address = "/delegations/new"
    form = "delegation-form"
    content = '{"title": "Lập đoàn mới", "fields": [["title", "Đoàn Mẫu đi Lào"]]}'


class PresenceFactory(TrackedFactory[Presence]):
    class Meta:
        model = Presence

    user = factory.SubFactory(UserFactory)
    about = factory.LazyFunction(new_uid)
    place = "page"


class FirstLessonFactory(TrackedFactory[FirstLesson]):
    class Meta:
        model = FirstLesson

    user = factory.SubFactory(UserFactory)
