"""Calls for contributions: last month's is merged, this month's is on its way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from bonphuong.config.demonstration.stage import CLERK, FOCAL, HEALTH, OFFICER, Act, Stage, moment
from bonphuong.contributions import services
from bonphuong.contributions.models import Call
from bonphuong.contributions.schema import CallDraft, Given, QuestionDraft
from bonphuong.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTIONS = (
    QuestionDraft(
        "Kết quả hợp tác, trao đổi với đối tác nước ngoài", slot="relations", guidance="Nêu ngắn gọn, có ngày"
    ),
    QuestionDraft("Công tác biên giới, cửa khẩu", slot="border"),
    QuestionDraft("Số người nước ngoài được khám, chữa bệnh", asks="figure", unit="lượt người"),
)
NAMES = ("UBND xã Ví Dụ (minh họa)", "Đồn Biên phòng Mẫu (minh họa)")
ANSWERS = (
    "Đã trao đổi chuyên môn với ngành y tế tỉnh Phông Sa Lỳ (minh họa)",
    "Phối hợp kiểm dịch tại cửa khẩu (minh họa)",
)


def acts(today: dt.date) -> Iterator[Act]:
    """Two months: what was asked, answered, accepted, merged; and what is asked now."""
    this = today.replace(day=1)
    last = (this - dt.timedelta(days=1)).replace(day=1)
    yield Act(
        moment(last.replace(day=12), 8), partial(ask, month=last, due=last.replace(day=22), key="call-last")
    )
    yield Act(moment(last.replace(day=16), 10), partial(answer, key="call-last"))
    yield Act(moment(last.replace(day=20), 15), partial(finish, key="call-last"))
    due = today + dt.timedelta(days=4)
    yield Act(moment(today - dt.timedelta(days=5), 8), partial(ask, month=this, due=due, key="call-this"))


def ask(stage: Stage, *, month: dt.date, due: dt.date, key: str) -> None:
    """Prepare a call and send it."""
    officer = stage.person(OFFICER)
    draft = CallDraft(
        title=f"Đề nghị báo cáo công tác đối ngoại tháng {month.month} năm {month.year} (minh họa)",
        due_on=due,
        questions=QUESTIONS,
        offices=(HEALTH, "lc-border-guard"),
        names=NAMES,
        report_code="monthly",
        period_code=f"{month:%Y-%m}",
        guidance="Ước thực hiện đến cuối tháng. Nội dung mật gửi riêng theo quy định.",
    )
    call = services.draft_call(draft, office_code=FOCAL, actor=officer, is_demo=True)
    call = services.send_call(call, on=clock.today(), expected_version=call.version, actor=officer)
    stage.records[key] = call.pk


def answer(stage: Stage, *, key: str) -> None:
    """The Department of Health answers in the desk."""
    call = Call.objects.get(pk=stage.records[key])
    invitee = call.invitees.select_related("call").get(office_code=HEALTH)
    first, second, figure = call.questions.order_by("order")
    given = {first.pk: Given(ANSWERS[0]), second.pk: Given(ANSWERS[1]), figure.pk: Given("", Decimal(37))}
    services.give_answer(invitee, given, expected_version=invitee.version, actor=stage.person(CLERK))


def finish(stage: Stage, *, key: str) -> None:
    """It is accepted and merged; the others are reminded."""
    officer = stage.person(OFFICER)
    call = Call.objects.get(pk=stage.records[key])
    invitee = call.invitees.select_related("call").get(office_code=HEALTH)
    services.accept_answer(invitee, expected_version=invitee.version, actor=officer)
    waiting = list(call.invitees.select_related("call").exclude(office_code=HEALTH))
    services.chase(waiting, how="điện thoại (minh họa)", actor=officer)
    for question in call.questions.order_by("order"):
        services.merge_answers(question, actor=officer)
