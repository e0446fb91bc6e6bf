"""Two people save one thing: merged where it is plain, asked where both changed it, for every kind of form."""

from __future__ import annotations

import re

import pytest
from lxml import html

from bonphuong.families.delegations.models import Delegation, Member
from bonphuong.families.delegations.services import create
from bonphuong.records.models import Commitment
from bonphuong.records.services import CommitmentDraft, add_commitment
from bonphuong.reports.models import DraftText
from bonphuong.reports.services import build_draft
from bonphuong.web.desk.forms.merging import lines_of, read_marks
from tests.factories.delegations import member, outbound


@pytest.fixture
def desks(people, at_desk):
    """Two people of one office at their own machines."""
    return at_desk(people["canbo"]), at_desk(people["truongphong"])


@pytest.fixture
def record(people):
    trip = outbound(members=(member("Lò Văn Mẫu"), member("Vàng Thị Thử")))
    return create(trip, office_code="lc-dofa", actor=people["canbo"])


def opened(client, url):
    """The fields of the form of a page as a browser would send them untouched."""
    return resent(client.get(url))


def resent(answer):
    """The same of a page that came back."""
    page = answer.content.decode().partition("<main")[2]
    form = next(one for one in html.fromstring(f"<div>{page}</div>").forms if "version" in one.fields)
    # A radio without a value is "on" to lxml, and nothing to a browser.
    return {
        name: "" if (name, value) == ("state", "on") else value or "" for name, value in form.form_values()
    }


def said(answer):
    return [str(one) for one in answer.wsgi_request._messages]


def test_what_only_one_of_two_changed_is_put_together(desks, people, record):
    mine, theirs = desks
    url = f"/delegations/{record.pk}/edit"
    one, other = opened(mine, url), opened(theirs, url)
    assert (
        theirs.post(url, {**other, "venue": "", "head_name": "Trưởng đoàn Khác", "reason": "x"}).status_code
        == 302
    )
    answer = mine.post(url, {**one, "title": "Tên của tôi", "reason": "y"})
    assert answer.status_code == 302
    row = Delegation.objects.get(pk=record.pk)
    assert (row.record.title, row.head_name) == ("Tên của tôi", "Trưởng đoàn Khác")
    assert any(str(people["truongphong"]) in text and "Trưởng đoàn" in text for text in said(answer))


@pytest.mark.parametrize(("pick", "title"), [("mine", "Tên của tôi"), ("theirs", "Tên của họ")])
def test_what_both_changed_is_chosen_field_by_field(desks, people, record, pick, title):
    mine, theirs = desks
    url = f"/delegations/{record.pk}/edit"
    one, other = opened(mine, url), opened(theirs, url)
    theirs.post(url, {**other, "title": "Tên của họ", "head_name": "Trưởng đoàn Khác", "reason": "x"})
    answer = mine.post(url, {**one, "title": "Tên của tôi", "reason": "y"})
    assert answer.status_code == 422
    page = re.sub(r"\s+>", ">", " ".join(answer.content.decode().split()))
    assert f"{people['truongphong']} đã lưu trong lúc anh chị đang viết" in page
    assert ("<mark>Tên của họ</mark>" in page, "<mark>Tên của tôi</mark>" in page) == (True, True)
    again = resent(answer)
    assert again["contested"] == "title"
    unsaid = mine.post(url, again)
    assert unsaid.status_code == 422, "no choice is no saving"
    assert Delegation.objects.get(pk=record.pk).record.title == "Tên của họ"
    assert mine.post(url, {**again, "pick-title": pick}).status_code == 302
    row = Delegation.objects.get(pk=record.pk)
    assert (row.record.title, row.head_name) == (title, "Trưởng đoàn Khác")


def test_a_third_who_saves_while_one_chooses_is_asked_about_too(desks, record):
    mine, theirs = desks
    url = f"/delegations/{record.pk}/edit"
    one, other = opened(mine, url), opened(theirs, url)
    theirs.post(url, {**other, "title": "Tên của họ", "reason": "x"})
    asked = mine.post(url, {**one, "title": "Tên của tôi", "reason": "y"})
    again = resent(asked)
    theirs.post(url, {**opened(theirs, url), "head_name": "Người Thứ Ba", "reason": "x"})
    saved = mine.post(url, {**again, "pick-title": "mine"})
    assert saved.status_code == 302, saved.context["form"].errors
    row = Delegation.objects.get(pk=record.pk)
    assert (row.record.title, row.head_name) == ("Tên của tôi", "Người Thứ Ba")


def _rows(given):
    """Names of members → number of their line in the form."""
    return {
        value: name.split("-")[1] for name, value in given.items() if name.endswith("-full_name") and value
    }


def test_a_member_list_is_put_together_line_by_line(desks, record):
    mine, theirs = desks
    url = f"/delegations/{record.pk}/members"
    one, other = opened(mine, url), opened(theirs, url)
    lo, vang = _rows(one)["Lò Văn Mẫu"], _rows(one)["Vàng Thị Thử"]
    theirs.post(
        url, {**other, f"members-{vang}-post_then": "Phó Giám đốc", "members-2-full_name": "Người Của Họ"}
    )
    answer = mine.post(
        url, {**one, f"members-{lo}-post_then": "Trưởng phòng", "members-2-full_name": "Người Của Tôi"}
    )
    assert answer.status_code == 302
    rows = {row.full_name: row.post_then for row in Member.objects.filter(delegation=record.pk)}
    assert (rows["Lò Văn Mẫu"], rows["Vàng Thị Thử"]) == ("Trưởng phòng", "Phó Giám đốc")
    assert {"Người Của Họ", "Người Của Tôi"} <= set(rows)
    passports = set(Member.objects.filter(delegation=record.pk, full_name="Lò Văn Mẫu").values_list("pk"))
    assert len(passports) == 1


@pytest.mark.parametrize("pick", ["mine", "theirs"])
def test_one_line_that_both_changed_is_chosen(desks, record, pick):
    mine, theirs = desks
    url = f"/delegations/{record.pk}/members"
    one, other = opened(mine, url), opened(theirs, url)
    lo = _rows(one)["Lò Văn Mẫu"]
    theirs.post(url, {**other, f"members-{lo}-DELETE": "on"})
    answer = mine.post(url, {**one, f"members-{lo}-post_then": "Trưởng phòng"})
    assert answer.status_code == 422
    [contest] = answer.context["merging"].contests
    assert contest.theirs == "(dòng này bị bỏ)"
    assert "Trưởng phòng" in contest.mine

    given = resent(answer)
    assert mine.post(url, {**given, contest.pick: pick}).status_code == 302
    names = set(Member.objects.filter(delegation=record.pk).values_list("full_name", flat=True))
    assert ("Lò Văn Mẫu" in names) == (pick == "mine")


def test_a_line_that_both_changed_differently_keeps_the_chosen_one(desks, record):
    mine, theirs = desks
    url = f"/delegations/{record.pk}/members"
    one, other = opened(mine, url), opened(theirs, url)
    lo = _rows(one)["Lò Văn Mẫu"]
    theirs.post(url, {**other, f"members-{lo}-post_then": "Phó Giám đốc"})
    answer = mine.post(url, {**one, f"members-{lo}-post_then": "Trưởng phòng"})
    [contest] = answer.context["merging"].contests
    assert [line.differs for line in contest.lines if "Chức" in line.mine] == [True]
    assert mine.post(url, {**resent(answer), contest.pick: "theirs"}).status_code == 302
    row = Member.objects.get(delegation=record.pk, full_name="Lò Văn Mẫu")
    assert row.post_then == "Phó Giám đốc"


def test_a_promise_is_merged_and_chosen(desks, people, record):
    mine, theirs = desks
    promise = add_commitment(
        CommitmentDraft("Gửi danh sách", "lc-dofa"), actor=people["canbo"], record=record
    )
    url = f"/records/item/{record.pk}/promises/{promise.pk}"
    one, other = opened(mine, url), opened(theirs, url)
    theirs.post(url, {**other, "due_on": "1/3/2026", "evidence": "Công văn của họ"})
    answer = mine.post(url, {**one, "evidence": "Công văn của tôi"})
    assert [contest.name for contest in answer.context["merging"].contests] == ["evidence"]
    assert mine.post(url, {**resent(answer), "pick-evidence": "mine"}).status_code == 302
    row = Commitment.objects.get()
    assert (row.evidence, str(row.due_on)) == ("Công văn của tôi", "2026-03-01")


def test_a_part_of_a_report_is_shown_line_by_line(desks, people):
    draft = build_draft(actor=people["canbo"], office="lai-chau", code="monthly", period="2025-11")
    mine, theirs = desks
    url = f"/reports/{draft.pk}/parts/context"
    one, other = opened(mine, url), opened(theirs, url)
    saved = theirs.post(url, {**other, "body": "Dòng chung.\nDòng của họ."})
    assert saved.status_code == 302, saved.context["form"].errors
    answer = mine.post(url, {**one, "body": "Dòng chung.\nDòng của tôi."})
    assert answer.status_code == 422
    [contest] = answer.context["merging"].contests
    assert [(line.theirs, line.mine, line.differs) for line in contest.lines] == [
        ("Dòng chung.", "Dòng chung.", False),
        ("Dòng của họ.", "Dòng của tôi.", True),
    ]
    assert DraftText.objects.get().body == "Dòng chung.\nDòng của họ."
    both = {**resent(answer), "body": "Dòng chung.\nDòng của họ.\nDòng của tôi.", "pick-body": "mine"}
    assert mine.post(url, both).status_code == 302
    assert DraftText.objects.get().body == "Dòng chung.\nDòng của họ.\nDòng của tôi."


def test_marks_that_somebody_made_up_are_none():
    assert read_marks("[1]") == read_marks("{") == read_marks("") == {}
    assert [line.differs for line in lines_of("", "x\ny")] == [True, True]
