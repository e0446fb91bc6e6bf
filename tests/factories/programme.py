"""Programmes as a form gives them, and single rows for tests of their texts."""

from __future__ import annotations

from typing import Any

import factory

from bonphuong.families.programme.completing import complete
from bonphuong.families.programme.models import PlannedWork, Programme, Target
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory


def programme(year: int = 2026, **values: Any) -> Draft:
    """A year's programme being drafted."""
    lines = values.pop("lines", {})
    title = f"Chương trình hoạt động đối ngoại năm {year} (ví dụ)"
    return complete(Draft("programme", title, "lc-dofa", {"year": year, **values}, lines))


def profile() -> Draft:
    """The profile of the province."""
    return Draft("profile", "Hồ sơ tỉnh Lai Châu", "lc-dofa", {})


def planned(
    number: str, work: str = "outbound", title: str = "Thăm, làm việc tại Phongsaly", **more: Any
) -> LineDraft:
    """A planned line."""
    return LineDraft({"number": number, "work": work, "title": title, "lead_office_code": "lc-dofa", **more})


def target(measure: str, value: int, **more: Any) -> LineDraft:
    """A target of the year."""
    return LineDraft({"measure": measure, "value": value, **more})


class ProgrammeFactory(TrackedFactory[Programme]):
    class Meta:
        model = Programme

    record = factory.SubFactory(RecordFactory, family="programme", kind="programme")
    kind = "programme"
    lead_office_code = "lc-dofa"
    year = 2026


class PlannedWorkFactory(TrackedFactory[PlannedWork]):
    class Meta:
        model = PlannedWork

    row = factory.SubFactory(ProgrammeFactory)
    number = "ĐR-01"
    work = "outbound"
    title = "Thăm, làm việc tại Phongsaly"


class TargetFactory(TrackedFactory[Target]):
    class Meta:
        model = Target

    row = factory.SubFactory(ProgrammeFactory)
    measure = "outbound.groups"
    value = 40
