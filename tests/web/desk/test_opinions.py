"""Opinions asked and answered at the desk, and notices."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.notices.models import Notice
from bonphuong.procedures.models import Opinion
from bonphuong.records.models import Record
from tests.factories.delegations import outbound
from tests.web.conftest import DAY

ASKED = {
    "question": "Đề nghị cho ý kiến về nhân sự của đoàn",
    "offices": ["lc-health"],
    "others": "Công an tỉnh Ví Dụ\n\nBan Tổ chức Tỉnh ủy Ví Dụ",
    "on": "18/12/2025",
    "unit": "working",
}


@pytest.fixture
def record(today):
    """A trip of the focal agency."""
    return create(outbound(), office_code="lc-dofa", actor=User.objects.get(username="canbo"))


@pytest.fixture
def asked(record, sit):
    """What the officer has asked about it."""
    answer = sit("canbo").post(f"/records/item/{record.pk}/opinions/new", ASKED)
    assert answer.status_code == 302, answer.context["form"].errors
    return list(Opinion.objects.order_by("pk"))


def test_several_are_asked_by_one_form(asked, record, sit):
    assert [(one.office_code or one.body_text, one.body_kind, one.days) for one in asked] == [
        ("lc-health", "department", 7),
        ("Công an tỉnh Ví Dụ", "police", 7),
        ("Ban Tổ chức Tỉnh ủy Ví Dụ", "party", 7),
    ]
    page = sit("canbo").get(f"/delegations/{record.pk}").content.decode()
    assert "Công an tỉnh Ví Dụ" in page
    assert page.count("/opinions/") >= 3


def test_nobody_asked_is_told_beside_the_field(record, sit):
    answer = sit("canbo").post(
        f"/records/item/{record.pk}/opinions/new", {**ASKED, "offices": [], "others": " "}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["offices"])


def test_the_office_asked_finds_the_question_and_answers(asked, record, sit):
    clerk = sit("vanthu.yte")
    address = f"/opinions/{asked[0].pk}"
    assert address in clerk.get("/opinions/").content.decode()
    page = clerk.get(address)
    assert ASKED["question"] in page.content.decode()
    answer = clerk.post(
        address, {"version": "1", "on": "18/12/2025", "answer": "remarks", "text": "Bổ sung chương trình"}
    )
    assert answer.status_code == 302
    stored = Opinion.objects.get(pk=asked[0].pk)
    assert (stored.answer, stored.text, stored.answered_on) == ("remarks", "Bổ sung chương trình", DAY)
    assert "Bổ sung chương trình" in sit("canbo").get(address).content.decode()


def test_an_answer_without_remarks_is_told_beside_the_field(asked, sit):
    answer = sit("vanthu.yte").post(
        f"/opinions/{asked[0].pk}", {"version": "1", "on": "18/12/2025", "answer": "disagree"}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])


def test_an_opinion_kept_elsewhere_says_so_and_no_more(asked, sit):
    address = f"/opinions/{asked[1].pk}"
    answer = sit("canbo").post(address, {"version": "1", "on": "18/12/2025", "is_placeholder": "on"})
    assert answer.status_code == 302
    assert Opinion.objects.get(pk=asked[1].pk).is_placeholder
    assert ASKED["question"] in sit("canbo").get(address).content.decode()


def test_others_find_no_such_question(asked, sit):
    assert sit("canbo.laocai").get(f"/opinions/{asked[0].pk}").status_code == 404
    assert sit("lanhdao").post(f"/opinions/{asked[0].pk}", {}).status_code == 403


def test_another_day_and_no_longer(asked, sit):
    officer = sit("canbo")
    address = f"/opinions/{asked[0].pk}"
    answer = officer.post(
        f"{address}/due", {"version": "1", "due_on": "30/12/2025", "reason": "hai bên thống nhất"}
    )
    assert answer.status_code == 302
    answer = officer.post(f"{address}/withdraw", {"version": "2", "reason": "đoàn hoãn"})
    assert answer.status_code == 302
    stored = Opinion.objects.get(pk=asked[0].pk)
    assert (stored.due_by_hand, stored.withdrawn_on) == (dt.date(2025, 12, 30), DAY)
    assert "đoàn hoãn" in officer.get(address).content.decode()
    assert officer.get(f"{address}/withdraw").status_code == 403


def test_notices_are_read_one_by_one_or_all(asked, record, sit):
    clerk = sit("vanthu.yte")
    page = clerk.get("/notices/").content.decode()
    assert record.number in page
    assert f"/opinions/{asked[0].pk}" in page
    notice = Notice.objects.get(user__username="vanthu.yte")
    assert clerk.post("/notices/", {"uid": "nonsense"}).status_code == 302
    assert Notice.objects.get(pk=notice.pk).read_at is None
    clerk.post("/notices/", {"uid": str(notice.pk)})
    assert Notice.objects.get(pk=notice.pk).read_at is not None
    assert clerk.post("/notices/").status_code == 302


def test_returns_are_told_on_the_page(record, sit):
    officer = sit("canbo")
    for code, more in (("submit", {}), ("return_for_revision", {"note": "thiếu thư mời"})):
        version = Record.objects.get(pk=record.pk).version
        address = f"/delegations/{record.pk}/steps/{code}"
        answer = officer.post(address, {"version": version, "on": "18/12/2025", **more})
        assert answer.status_code == 302, answer.content
    page = officer.get(f"/delegations/{record.pk}").content.decode()
    assert "thiếu thư mời" in page.partition('id="rounds"')[2]
