"""Drafts of aid as a form gives them, and single rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.families.aid.models import (
    Aid,
    Approach,
    Certificate,
    FurtherField,
    Good,
    Place,
    Result,
    Scope,
    Sum,
)
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory

PURSE = {"donor_code": "samaritans-purse", "donor_text": "Samaritan's Purse", "donor_country": "US"}


def money(series: str, dollars: int, **more: Any) -> LineDraft:
    """A sum in whole US dollars."""
    return LineDraft({"series": series, "amount": dollars * 100, "currency": "USD", **more})


def item(
    approved_on: dt.date | None = None, *sums: LineDraft, title: str = "Dự án Mẫu", **more: Any
) -> Draft:
    """An aid item with its sums; approved where a day is given."""
    lines = {"sums": sums, **more.pop("lines", {})}
    values = {**PURSE, "aid_kind": "project", "field_code": "health", "owner": "Sở Y tế", **more}
    if approved_on:
        values |= {"approved_on": approved_on, "decision_number": "123/QĐ-UBND"}
    lead = values.pop("lead_office_code", "lc-dofa")
    return Draft("item", title, lead, values, {name: tuple(some) for name, some in lines.items()})


def relief(**more: Any) -> Draft:
    """Goods given after a flood."""
    lines = more.pop("lines", {})
    values = {**PURSE, "disaster": "Lũ quét (giả định)", "field_code": "disaster", **more}
    return Draft("relief", "Cứu trợ lũ quét (ví dụ)", "lc-dofa", values, lines)


def donor(**more: Any) -> Draft:
    """A foreign NGO with a certificate for health in the province."""
    scopes = more.pop("scopes", ({"field_code": "health", "unit_code": "vn-lai-chau"},))
    lines = {"scopes": tuple(LineDraft(one) for one in scopes), **more.pop("lines", {})}
    values = {
        **PURSE,
        "donor_kind": "foreign_ngo",
        "certificate_kind": "operation",
        "certificate_number": "12/CNV-HĐ",
        "certificate_from": dt.date(2024, 3, 1),
        "certificate_to": dt.date(2027, 2, 28),
        **more,
    }
    title = values.pop("title", "Samaritan's Purse")
    return Draft("donor", title, "lc-dofa", values, lines)


def call(listed_on: dt.date | None = None, *sums: LineDraft, **more: Any) -> Draft:
    """A project that calls for aid."""
    lines = {"sums": sums, **more.pop("lines", {})}
    values = {"field_code": "education", "owner": "Sở Giáo dục và Đào tạo", "listed_on": listed_on, **more}
    return Draft("call", "Xây trường mầm non bản Ví Dụ", "lc-dofa", values, lines)


class AidFactory(TrackedFactory[Aid]):
    class Meta:
        model = Aid

    record = factory.SubFactory(RecordFactory, family="aid", kind="item")
    kind = "item"
    aid_kind = "project"
    lead_office_code = "lc-dofa"
    donor_text = "Samaritan's Purse"


class SumFactory(TrackedFactory[Sum]):
    class Meta:
        model = Sum

    row = factory.SubFactory(AidFactory)
    series = "whole_life"
    amount = 100_000_00
    currency = "USD"


class GoodFactory(TrackedFactory[Good]):
    class Meta:
        model = Good

    row = factory.SubFactory(AidFactory)
    goods = "Bộ lọc nước"
    amount = 50_000_000
    currency = "VND"


class ResultFactory(TrackedFactory[Result]):
    class Meta:
        model = Result

    row = factory.SubFactory(AidFactory)
    text = "Hộ có nước sạch"
    people = 120


class PlaceFactory(TrackedFactory[Place]):
    class Meta:
        model = Place

    row = factory.SubFactory(AidFactory)
    unit_code = "vn-lai-chau"


class FurtherFieldFactory(TrackedFactory[FurtherField]):
    class Meta:
        model = FurtherField

    row = factory.SubFactory(AidFactory)
    field_code = "education"


class CertificateFactory(TrackedFactory[Certificate]):
    class Meta:
        model = Certificate

    row = factory.SubFactory(AidFactory, kind="donor", aid_kind="")
    kind = "operation"
    number = "12/CNV-HĐ"
    since = dt.date(2024, 3, 1)
    until = dt.date(2027, 2, 28)


class ScopeFactory(TrackedFactory[Scope]):
    class Meta:
        model = Scope

    row = factory.SubFactory(AidFactory, kind="donor", aid_kind="")
    field_code = "health"


class ApproachFactory(TrackedFactory[Approach]):
    class Meta:
        model = Approach

    row = factory.SubFactory(AidFactory, kind="call", aid_kind="")
    on = dt.date(2026, 5, 4)
    party_text = "Quỹ Ví Dụ"
