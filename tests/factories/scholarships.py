"""Programmes and students as a form gives them, and single rows for tests of their texts. All names are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.families.scholarships.completing import complete
from bonphuong.families.scholarships.models import (
    AfterStudy,
    Break,
    Cost,
    Payment,
    Quota,
    Rate,
    Scholarship,
    StudyResult,
)
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


def scheme(title: str = "Học bổng cho tỉnh Phongsaly (ví dụ)", **values: Any) -> Draft:
    """A programme asked for, nothing decided yet."""
    lines = values.pop("lines", {})
    said = {
        "country_code": "LA",
        "partner_code": "la-phongsaly",
        "partner_text": "Phông Sa Lỳ",
        "funding": "full",
        "payer": "province",
        "course": "degree",
        "level": "college",
        "starts_on": dt.date(2023, 9, 1),
        "ends_on": dt.date(2028, 8, 31),
        **values,
    }
    return Draft("scheme", title, "lc-dofa", said, lines)


def student(name: str = "Tua-yang Một", **values: Any) -> Draft:
    """A student under a quota, not yet nominated."""
    lines = values.pop("lines", {})
    said = {
        "full_name": name,
        "gender": "f",
        "partner_code": "la-phongsaly",
        "partner_text": "Phông Sa Lỳ",
        "funding": "full",
        "course": "degree",
        "level": "college",
        "field_code": "education",
        "school": "Trường Cao đẳng Lai Châu",
        "major": "Giáo dục mầm non",
        "cohort": "2023-2026",
        **values,
    }
    return complete(Draft("student", "", "lc-dofa", said, lines), {"la-phongsaly": "LA"})


def rate(item: str, amount: int, since: dt.date, until: dt.date | None = None, **more: Any) -> LineDraft:
    """A rate of support, paid by the month unless it is said otherwise."""
    said = {"item": item, "amount": amount, "valid_from": since, "valid_to": until, "per": "month", **more}
    return LineDraft(said)


class ScholarshipFactory(TrackedFactory[Scholarship]):
    class Meta:
        model = Scholarship

    record = factory.SubFactory(RecordFactory, family="scholarships", kind="student")
    kind = "student"
    lead_office_code = "lc-dofa"
    full_name = "Tua-yang Hai"
    school = "Trường Cao đẳng Lai Châu"


class QuotaFactory(TrackedFactory[Quota]):
    class Meta:
        model = Quota

    row = factory.SubFactory(ScholarshipFactory, kind="scheme", full_name="")
    school_year = "2025-2026"
    places = 10


class RateFactory(TrackedFactory[Rate]):
    class Meta:
        model = Rate

    row = factory.SubFactory(ScholarshipFactory, kind="scheme", full_name="")
    item = "living"
    amount = 3_000_000
    valid_from = dt.date(2023, 9, 1)


class PaymentFactory(TrackedFactory[Payment]):
    class Meta:
        model = Payment

    row = factory.SubFactory(ScholarshipFactory)
    amount = 3_000_000
    paid_on = dt.date(2025, 10, 5)


class CostFactory(TrackedFactory[Cost]):
    class Meta:
        model = Cost

    row = factory.SubFactory(ScholarshipFactory)
    amount = 500_000
    paid_on = dt.date(2025, 10, 5)


class StudyResultFactory(TrackedFactory[StudyResult]):
    class Meta:
        model = StudyResult

    row = factory.SubFactory(ScholarshipFactory)
    school_year = "2024-2025"
    grade = "good"


class BreakFactory(TrackedFactory[Break]):
    class Meta:
        model = Break

    row = factory.SubFactory(ScholarshipFactory)
    since = dt.date(2024, 3, 1)
    until = dt.date(2024, 5, 1)


class AfterStudyFactory(TrackedFactory[AfterStudy]):
    class Meta:
        model = AfterStudy

    row = factory.SubFactory(ScholarshipFactory)
    on = dt.date(2026, 9, 1)
    employer = "Trường mầm non bản Mẫu"
