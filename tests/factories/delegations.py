"""Drafts as a form gives them, and single rows for tests of their texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import factory

from bonphuong.families.delegations.models import CoHost, Delegation, Member, Place
from bonphuong.families.delegations.schema import DelegationDraft, MemberDraft, PlaceDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory

PHONGSALY = PlaceDraft("LA", party_code="la-phongsaly", text="Phongsaly")
HONGHE = PlaceDraft("CN", party_code="cn-honghe", text="Hồng Hà")


def member(name: str = "Trần Thị Ví Dụ", **more: Any) -> MemberDraft:
    return MemberDraft(full_name=name, post_then="Chuyên viên", unit_then="Sở Ngoại vụ", **more)


def outbound(**changes: Any) -> DelegationDraft:
    """A group asked for, nothing decided yet."""
    draft = DelegationDraft(
        kind="outbound",
        title="Thăm và làm việc tại tỉnh Phongsaly",
        lead_office_code="lc-dofa",
        purpose="visit",
        head_level="department",
        head_name="Lò Minh Họa",
        head_title="Giám đốc Sở Ngoại vụ",
        plan_status="in",
        funding="province",
        partner_code="la-phongsaly",
        partner_text="Tỉnh Phongsaly",
        approved_heads=9,
        starts_on=dt.date(2024, 6, 11),
        ends_on=dt.date(2024, 6, 15),
        places=(PHONGSALY,),
    )
    return replace(draft, **changes)


def finished(start: dt.date, heads: int, *, days: int = 5, **changes: Any) -> DelegationDraft:
    """A group that has left and come back, as it is registered from its decision."""
    end = start + dt.timedelta(days=days - 1)
    draft = outbound(
        approved_heads=heads,
        actual_heads=heads,
        decided_on=start - dt.timedelta(days=10),
        decision_number="123/QĐ-UBND",
        starts_on=start,
        ends_on=end,
        started_on=start,
        ended_on=end,
    )
    return replace(draft, **changes)


def inbound(start: dt.date, heads: int = 8, **changes: Any) -> DelegationDraft:
    """A group of guests from Honghe that has come and left."""
    return finished(
        start,
        heads,
        days=2,
        **{
            "kind": "inbound",
            "title": "Văn phòng Ngoại vụ châu Hồng Hà thăm, làm việc",
            "partner_code": "cn-honghe",
            "partner_text": "Văn phòng Ngoại vụ châu Hồng Hà",
            "head_name": "Dương Mẫu",
            "head_title": "Chủ nhiệm",
            "places": (HONGHE,),
            **changes,
        },
    )


class DelegationFactory(TrackedFactory[Delegation]):
    class Meta:
        model = Delegation

    record = factory.SubFactory(RecordFactory, family="delegations", kind="outbound")
    kind = "outbound"
    lead_office_code = "lc-dofa"
    main_country = "LA"
    approved_heads = 9


class PlaceFactory(TrackedFactory[Place]):
    class Meta:
        model = Place

    delegation = factory.SubFactory(DelegationFactory)
    order = 1
    country_code = "LA"
    text = "Phongsaly"
    is_main = True


class MemberFactory(TrackedFactory[Member]):
    class Meta:
        model = Member

    delegation = factory.SubFactory(DelegationFactory)
    order = 1
    full_name = "Trần Thị Ví Dụ"


class CoHostFactory(TrackedFactory[CoHost]):
    class Meta:
        model = CoHost

    delegation = factory.SubFactory(DelegationFactory)
    office_code = "lc-union"
