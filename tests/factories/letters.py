"""Rows of letters."""

import datetime as dt

import factory

from bonphuong.families.letters.models import Letter
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


class LetterFactory(TrackedFactory[Letter]):
    class Meta:
        model = Letter

    record = factory.SubFactory(RecordFactory, family="letters", kind="incoming")
    kind = "incoming"
    lead_office_code = "lc-dofa"
    partner_code = "mission-cn-ha-noi"
    partner_text = "Đại sứ quán Trung Quốc tại Việt Nam"
    received_on = dt.date(2026, 3, 5)
