"""Other activities: drafts as the gate gives them, and single rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import factory

from bonphuong.families.activities.models import Activity
from bonphuong.kit.drafts import Draft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


def activity(**values: Any) -> Draft:
    """A day on consular papers, planned."""
    return Draft(
        kind="activity",
        title=values.pop("title", "Tiếp nhận hồ sơ chứng nhận lãnh sự (minh họa)"),
        lead_office_code=values.pop("lead_office_code", "lc-dofa"),
        values={"section": "consular", "planned_on": dt.date(2026, 10, 5), **values},
    )


def held(day: dt.date = dt.date(2026, 10, 5), **values: Any) -> Draft:
    """An activity that took place, with one number."""
    number = {"quantity1_name": "Hồ sơ", "quantity1_value": Decimal(38), "quantity1_unit": "bộ"}
    return activity(held_on=day, **{**number, **values})


class OtherActivityFactory(TrackedFactory[Activity]):
    class Meta:
        model = Activity

    record = factory.SubFactory(RecordFactory, family="activities", kind="activity", number="HĐĐN-2026-001")
    kind = "activity"
    lead_office_code = "lc-dofa"
    section = "consular"
