"""Border work: drafts as the gate gives them, and single rows."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import factory

from bonphuong.families.borders.models import (
    BorderItem,
    County,
    GateEvent,
    GatePause,
    Grade,
    Marker,
    Posted,
)
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory

Lines = dict[str, list[dict[str, Any]]]


def _draft(kind: str, title: str, office: str, values: dict[str, Any], lines: Lines | None) -> Draft:
    return Draft(
        kind=kind,
        title=title,
        lead_office_code=office,
        values=values,
        lines={name: tuple(LineDraft(one) for one in some) for name, some in (lines or {}).items()},
    )


def gate(lines: Lines | None = None, *, title: str = "Ví Dụ – Thị Lệ", **values: Any) -> Draft:
    """A pair of gates that is to become international."""
    return _draft(
        "gate", title, "lc-zone", {"gate_type": "international", "partner_text": "Thị Lệ", **values}, lines
    )


def opening(lines: Lines | None = None, *, title: str = "Lối Thử – Thị Lệ", **values: Any) -> Draft:
    """An opening that the Border Guard proposes."""
    return _draft("opening", title, "lc-border-guard", {"gate_type": "opening", **values}, lines)


def joint(**values: Any) -> Draft:
    """A patrol that is planned."""
    plan = {"joint_kind": "patrol", "planned_on": dt.date(2026, 10, 5), **values}
    return _draft("joint", "Tuần tra song phương (minh họa)", "lc-border-guard", plan, None)


def section(lines: Lines | None = None, **values: Any) -> Draft:
    """A stretch of the line."""
    return _draft("section", "Đoạn mốc 61 đến 65 (minh họa)", "lc-border-guard", values, lines)


def month(text: str = "09/2026", *, title: str = "Ví Dụ", **values: Any) -> Draft:
    """Figures of a month at a gate."""
    said = {"month": text, "stated_by": "Đồn Biên phòng (minh họa)", **values}
    return _draft("traffic", title, "lc-border-guard", said, None)


class BorderItemFactory(TrackedFactory[BorderItem]):
    class Meta:
        model = BorderItem

    record = factory.SubFactory(RecordFactory, family="borders", kind="gate", number="CK-2026-001")
    kind = "gate"
    lead_office_code = "lc-zone"
    gate_type = "main"


class MarkerFactory(TrackedFactory[Marker]):
    class Meta:
        model = Marker

    row = factory.SubFactory(BorderItemFactory)
    number = 62
    sub_number = "2"


class CountyFactory(TrackedFactory[County]):
    class Meta:
        model = County

    row = factory.SubFactory(BorderItemFactory)
    partner_code = "cn-jinping"
    partner_text = "Kim Bình"


class GradeFactory(TrackedFactory[Grade]):
    class Meta:
        model = Grade

    row = factory.SubFactory(BorderItemFactory)
    gate_type = "main"
    since = dt.date(2005, 12, 1)


class GatePauseFactory(TrackedFactory[GatePause]):
    class Meta:
        model = GatePause

    row = factory.SubFactory(BorderItemFactory)
    since = dt.date(2020, 2, 1)


class GateEventFactory(TrackedFactory[GateEvent]):
    class Meta:
        model = GateEvent

    row = factory.SubFactory(BorderItemFactory)
    on = dt.date(2025, 6, 19)
    what = "Quy hoạch khu kinh tế cửa khẩu"


class PostedFactory(TrackedFactory[Posted]):
    class Meta:
        model = Posted

    record_uid = factory.LazyFunction(uuid4)
    statement_uid = factory.LazyFunction(uuid4)
    book = "lai-chau"
    measure = "border.people_out"
