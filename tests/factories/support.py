"""Drafts of support as a form gives them, and single rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.families.support.models import Given, Group, Support, SupportSum
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


def dong(series: str, amount: int, **more: Any) -> LineDraft:
    """A sum in đồng."""
    return LineDraft({"series": series, "amount": amount, "currency": "VND", **more})


def support(approved_on: dt.date | None = None, *sums: LineDraft, **more: Any) -> Draft:
    """Works for Phongsaly; approved where a day is given."""
    lines = {"sums": sums, **more.pop("lines", {})}
    values = {
        "partner_code": "la-phongsaly",
        "partner_text": "Phongsaly",
        "country": "LA",
        "support_kind": "works",
        "field_code": "education",
        **more,
    }
    if approved_on:
        values |= {"approved_on": approved_on, "decision_number": "45/QĐ-UBND"}
    return Draft("support", "Nhà ở nội trú Mẫu tại Phongsaly", "lc-dofa", values, lines)


class SupportFactory(TrackedFactory[Support]):
    class Meta:
        model = Support

    record = factory.SubFactory(RecordFactory, family="support", kind="support")
    kind = "support"
    support_kind = "works"
    lead_office_code = "lc-dofa"
    partner_text = "Phongsaly"


class SupportSumFactory(TrackedFactory[SupportSum]):
    class Meta:
        model = SupportSum

    row = factory.SubFactory(SupportFactory)
    series = "approved"
    amount = 2_000_000_000


class GivenFactory(TrackedFactory[Given]):
    class Meta:
        model = Given

    row = factory.SubFactory(SupportFactory)
    what = "Máy tính"
    amount = 150_000_000


class GroupFactory(TrackedFactory[Group]):
    class Meta:
        model = Group

    row = factory.SubFactory(SupportFactory)
    role = "trainee"
    people = 20
    since = dt.date(2026, 3, 2)
