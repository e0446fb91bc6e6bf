"""Bodies and congresses as a form gives them, and single rows for tests of their texts. All people are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.families.associations.models import Association, Branch, Leader, MemberCount, Officer
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


def body(
    title: str = "Hội hữu nghị Việt Nam - Lào tỉnh (ví dụ)", kind: str = "association", **values: Any
) -> Draft:
    """A body being prepared."""
    lines = values.pop("lines", {})
    said = {"country_code": "LA", **values} if kind == "association" else values
    return Draft(kind, title, "lc-union", said, lines)


def congress(title: str = "Đại hội lần thứ III (ví dụ)", **values: Any) -> Draft:
    """A congress being prepared."""
    lines = values.pop("lines", {})
    said = {
        "body_kind": "association",
        "starts_on": dt.date(2026, 5, 20),
        "term": "2026-2031",
        "term_from": dt.date(2026, 5, 20),
        "term_to": dt.date(2031, 5, 19),
        **values,
    }
    return Draft("congress", title, "lc-union", said, lines)


def counted(on: dt.date, individuals: int, organisations: int = 0) -> LineDraft:
    """Members as counted on a day."""
    return LineDraft({"counted_on": on, "organisations": organisations, "individuals": individuals})


class AssociationFactory(TrackedFactory[Association]):
    class Meta:
        model = Association

    record = factory.SubFactory(RecordFactory, family="associations", kind="association")
    kind = "association"
    lead_office_code = "lc-union"
    country_code = "LA"


class LeaderFactory(TrackedFactory[Leader]):
    class Meta:
        model = Leader

    row = factory.SubFactory(AssociationFactory)
    full_name = "Lò Văn Ví Dụ"
    post = "Chủ tịch"


class MemberCountFactory(TrackedFactory[MemberCount]):
    class Meta:
        model = MemberCount

    row = factory.SubFactory(AssociationFactory)
    counted_on = dt.date(2025, 12, 31)
    individuals = 120


class BranchFactory(TrackedFactory[Branch]):
    class Meta:
        model = Branch

    row = factory.SubFactory(AssociationFactory)
    name = "Chi hội Mẫu"


class OfficerFactory(TrackedFactory[Officer]):
    class Meta:
        model = Officer

    row = factory.SubFactory(AssociationFactory, kind="congress")
    full_name = "Lò Văn Ví Dụ"
    post = "Chủ tịch"
