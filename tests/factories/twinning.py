"""Twinned pairs: drafts as the gate gives them, and single rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.families.twinning.models import Activity, Pair, Pause, Review
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


def pair(lines: dict[str, list[dict[str, Any]]] | None = None, **values: Any) -> Draft:
    """Two villages about to be twinned."""
    return Draft(
        kind="pair",
        title=values.pop("title", "Bản Ví Dụ – Thôn Thị Lệ"),
        lead_office_code=values.pop("lead_office_code", "lc-border-guard"),
        values={
            "level": "village",
            "ours_text": "Bản Ví Dụ",
            "partner_text": "Thôn Thị Lệ",
            "country_code": "CN",
            "contents_count": 5,
            **values,
        },
        lines={name: tuple(LineDraft(one) for one in some) for name, some in (lines or {}).items()},
    )


def signed(day: dt.date = dt.date(2014, 9, 3), **values: Any) -> Draft:
    """A pair that runs since its minutes were signed."""
    return pair(signed_on=day, **values)


class PairFactory(TrackedFactory[Pair]):
    class Meta:
        model = Pair

    record = factory.SubFactory(RecordFactory, family="twinning", kind="pair", number="KN-2025-001")
    kind = "pair"
    lead_office_code = "lc-border-guard"
    level = "village"
    ours_text = "Bản Ví Dụ"
    partner_text = "Thôn Thị Lệ"


class ActivityFactory(TrackedFactory[Activity]):
    class Meta:
        model = Activity

    row = factory.SubFactory(PairFactory)
    on = dt.date(2025, 9, 3)
    what = "Ngày hội giao lưu hai bên"


class ReviewFactory(TrackedFactory[Review]):
    class Meta:
        model = Review

    row = factory.SubFactory(PairFactory)
    on = dt.date(2025, 12, 1)


class PauseFactory(TrackedFactory[Pause]):
    class Meta:
        model = Pause

    row = factory.SubFactory(PairFactory)
    since = dt.date(2020, 2, 1)
