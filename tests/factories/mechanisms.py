"""Mechanisms and meetings as a form gives them, and single rows for tests of their texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.families.mechanisms.models import (
    AgendaItem,
    Mechanism,
    Member,
    Participant,
    ProgrammeItem,
    ProtocolItem,
    Result,
)
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory

MERGED = dt.date(2025, 7, 1)
#: The joint working group with Yunnan, through the mergers of 2025.
FOUR = (
    LineDraft({"side": "ours", "unit_code": "vn-lai-chau"}),
    LineDraft({"side": "ours", "unit_code": "vn-dien-bien"}),
    LineDraft({"side": "ours", "unit_code": "vn-lao-cai", "until": dt.date(2025, 6, 30)}),
    LineDraft({"side": "ours", "unit_code": "vn-lao-cai-2025", "since": MERGED}),
    LineDraft({"side": "ours", "unit_code": "vn-ha-giang", "until": dt.date(2025, 6, 30)}),
    LineDraft({"side": "ours", "unit_code": "vn-tuyen-quang-2025", "since": MERGED}),
    LineDraft({"side": "theirs", "party_code": "cn-yunnan", "party_text": "Tỉnh Vân Nam"}),
)


def mechanism(*, lines: dict[str, tuple[LineDraft, ...]] | None = None, **values: Any) -> Draft:
    """The joint working group of four provinces with Yunnan, at work."""
    return Draft(
        kind="mechanism",
        title=values.pop("title", "Nhóm công tác liên hợp mẫu với tỉnh Vân Nam"),
        lead_office_code=values.pop("lead", "lc-dofa"),
        values={
            "sort": "working_group",
            "level": "province",
            "form": "place",
            "partner_code": "cn-yunnan",
            "partner_text": "Tỉnh Vân Nam",
            "country_code": "CN",
            "field_code": "foreign-affairs",
            "founded_on": dt.date(2020, 1, 1),
            **values,
        },
        lines={"members": FOUR} if lines is None else lines,
    )


def meeting(*, lines: dict[str, tuple[LineDraft, ...]] | None = None, **values: Any) -> Draft:
    """A round of talks with Jinping, scheduled."""
    return Draft(
        kind="meeting",
        title=values.pop("title", "Hội đàm mẫu với huyện Kim Bình"),
        lead_office_code=values.pop("lead", "lc-dofa"),
        values={
            "sort": "talks",
            "form": "place",
            "purpose": "talks",
            "partner_code": "cn-jinping",
            "partner_text": "Huyện Kim Bình",
            "country_code": "CN",
            "field_code": "border-gates",
            **values,
        },
        lines=lines or {},
    )


class MechanismFactory(TrackedFactory[Mechanism]):
    class Meta:
        model = Mechanism

    record = factory.SubFactory(
        RecordFactory,
        family="mechanisms",
        kind="mechanism",
        number=factory.Sequence(lambda n: f"CC-2025-{n:03d}"),
    )
    kind = "mechanism"
    lead_office_code = "lc-dofa"
    sort = "working_group"


class MeetingFactory(MechanismFactory):
    record = factory.SubFactory(
        RecordFactory,
        family="mechanisms",
        kind="meeting",
        number=factory.Sequence(lambda n: f"HP-2025-{n:03d}"),
    )
    kind = "meeting"
    form = "place"


class MemberFactory(TrackedFactory[Member]):
    class Meta:
        model = Member

    row = factory.SubFactory(MechanismFactory)
    unit_code = "vn-lai-chau"


class AgendaItemFactory(TrackedFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    row = factory.SubFactory(MeetingFactory)
    topic = "Kéo dài thời gian thông quan"


class ParticipantFactory(TrackedFactory[Participant]):
    class Meta:
        model = Participant

    row = factory.SubFactory(MeetingFactory)
    full_name = "Lò Thị Mẫu"


class ProgrammeItemFactory(TrackedFactory[ProgrammeItem]):
    class Meta:
        model = ProgrammeItem

    row = factory.SubFactory(MeetingFactory)
    what = "Đón đoàn"


class ProtocolItemFactory(TrackedFactory[ProtocolItem]):
    class Meta:
        model = ProtocolItem

    row = factory.SubFactory(MeetingFactory)
    sort = "gift"
    what = "Tặng phẩm mẫu"


class ResultFactory(TrackedFactory[Result]):
    class Meta:
        model = Result

    row = factory.SubFactory(MechanismFactory)
    year = 2025
    field_code = "trade"
