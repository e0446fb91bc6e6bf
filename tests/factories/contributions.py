"""A call for contributions to the report of May 2025, and what hangs on it."""

from __future__ import annotations

import datetime as dt

import factory

from bonphuong.contributions.models import Answer, Call, Chase, Invitee, Merged, Question
from bonphuong.contributions.schema import CallDraft, QuestionDraft
from tests.factories.base import TrackedFactory

TEXT = QuestionDraft("Kết quả hợp tác biên giới", slot="border", guidance="Nêu số lần, nội dung")
FIGURE = QuestionDraft(
    "Số lượt người đi công tác", asks="figure", unit="lượt người", measure="outbound.person_visits"
)


def call_draft(**changes: object) -> CallDraft:
    """What the Department of Foreign Affairs asks of Health and of a commune that has no account."""
    values: dict[str, object] = {
        "title": "Báo cáo công tác đối ngoại tháng 5 năm 2025",
        "due_on": dt.date(2025, 5, 18),
        "questions": (TEXT, FIGURE),
        "offices": ("lc-health",),
        "names": ("UBND xã Ví Dụ",),
        "report_code": "monthly",
        "period_code": "2025-05",
    }
    return CallDraft(**{**values, **changes})  # type: ignore[arg-type]


class CallFactory(TrackedFactory[Call]):
    class Meta:
        model = Call

    title = "Báo cáo công tác đối ngoại tháng 5 năm 2025"
    office_code = "lc-dofa"
    book = "lai-chau"
    due_on = dt.date(2025, 5, 18)


class QuestionFactory(TrackedFactory[Question]):
    class Meta:
        model = Question

    call = factory.SubFactory(CallFactory)
    order = 1
    heading = "Kết quả hợp tác biên giới"


class InviteeFactory(TrackedFactory[Invitee]):
    class Meta:
        model = Invitee

    call = factory.SubFactory(CallFactory)
    order = 1
    office_code = "lc-health"


class AnswerFactory(TrackedFactory[Answer]):
    class Meta:
        model = Answer

    invitee = factory.SubFactory(InviteeFactory)
    question = factory.SubFactory(QuestionFactory)
    body = "Đã khám cho 12 người Lào."


class ChaseFactory(TrackedFactory[Chase]):
    class Meta:
        model = Chase

    invitee = factory.SubFactory(InviteeFactory)
    on = dt.date(2025, 5, 19)
    how = "điện thoại"
    by_name = "Nguyễn Thị Mẫu"


class MergedFactory(TrackedFactory[Merged]):
    class Meta:
        model = Merged

    question = factory.SubFactory(QuestionFactory)
    body = "Đã khám cho 12 người Lào (Sở Y tế)."
    updated_by = "Nguyễn Thị Mẫu"
