"""The review of a draft: who is asked, what is remarked where, what stays when it is signed."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.notices.models import Notice
from bonphuong.papers.validators import ClassifiedPaper
from bonphuong.reports.enums import PlaceKind, ReviewState
from bonphuong.reports.models import Edition, ReviewComment
from bonphuong.reports.places import find_place, place_now, places_of, sentences_of
from bonphuong.reports.queries import visible_edition
from bonphuong.reports.reviews import may_review, people_of, review_checks, reviews_waiting, seats_for
from bonphuong.reports.services import (
    NotReady,
    add_comment,
    answer_review,
    ask_review,
    build_draft,
    discard_draft,
    draft_content,
    reply_comment,
    settle_comment,
    sign_edition,
    withdraw_review,
    write_text,
)
from tests.factories.delegations import finished
from tests.reports.conftest import DEPARTMENT, PROVINCE, enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
TODAY = DAY(2025, 6, 16)


@pytest.fixture(autouse=True)
def day():
    with clock.fixed(TODAY):
        yield TODAY


@pytest.fixture
def draft(officer):
    enter(officer, finished(DAY(2025, 5, 20), 7, days=3), at=DAY(2025, 6, 1))
    return build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")


def person(username):
    return User.objects.get(username=username)


def ask(officer, draft, *people, **more):
    return ask_review(actor=officer, edition=draft, people=people, due_on=DAY(2025, 6, 18), **more)


def section(told, code="delegations"):
    return next(one for one in told["sections"] if one["code"] == code)


def place(draft, kind, code="delegations"):
    told = draft_content(draft)
    return next(one for one in places_of(told, section(told, code)) if one.kind is kind)


def test_who_is_asked_sees_the_draft_and_is_told(draft, officer):
    auditor = person("kiemtra")
    with pytest.raises(Edition.DoesNotExist):
        visible_edition(auditor, draft.pk)
    [review] = ask(officer, draft, auditor, question="Đối chiếu với sổ")
    assert visible_edition(auditor, draft.pk) == draft
    assert [row.pk for row in reviews_waiting(auditor)] == [review.pk]
    [notice] = Notice.objects.filter(user=auditor)
    assert (
        notice.text == "Nguyễn Thị Mẫu đề nghị cho ý kiến về báo cáo tháng 6 năm 2025"
        or officer.get_full_name() in notice.text
    )
    assert notice.url == f"/reports/{draft.pk}/review"


def test_an_office_elsewhere_sees_nothing_and_says_nothing(draft, officer):
    stranger = person("canbo.laocai")
    assert not may_review(stranger, draft)
    with pytest.raises(NotAllowed):
        add_comment(actor=stranger, edition=draft, body="Xin góp ý")
    with pytest.raises(BadInput) as refused:
        ask(officer, draft, stranger)
    assert list(refused.value.errors) == ["people"]


def test_only_who_drafts_asks(draft):
    with pytest.raises(NotAllowed):
        ask(person("kiemtra"), draft, person("lanhdao"))


def test_nobody_is_asked_twice_before_answering(draft, officer, leader):
    assert len(ask(officer, draft, leader)) == 1
    assert ask(officer, draft, leader) == []
    review = draft.reviews.get()
    answer_review(actor=leader, review=review, approve=False, said="Thiếu phần biên giới")
    assert len(ask(officer, draft, leader)) == 1


@pytest.mark.parametrize(
    ("more", "field"), [({"due_on": DAY(2025, 6, 1)}, "due_on"), ({"people": []}, "people")]
)
def test_what_is_missing_to_ask_is_named(draft, officer, leader, more, field):
    given = {"people": [leader], "due_on": DAY(2025, 6, 20), **more}
    with pytest.raises(BadInput) as refused:
        ask_review(actor=officer, edition=draft, **given)
    assert list(refused.value.errors) == [field]


def test_a_role_is_answered_by_one_for_all(draft, officer, head):
    [seat] = [one for one in seats_for(PROVINCE) if (one.role, one.office) == (Role.HEAD, DEPARTMENT)]
    assert head in people_of([seat])
    [review] = ask_review(
        actor=officer, edition=draft, seats=[(Role.HEAD, DEPARTMENT)], due_on=DAY(2025, 6, 18)
    )
    assert reviews_waiting(head).get() == review
    answer_review(actor=head, review=review, approve=True)
    with pytest.raises(Conflict):
        answer_review(actor=head, review=review, approve=True)
    review.refresh_from_db()
    assert (review.state, review.answered_name) == (ReviewState.APPROVED, head.get_full_name())
    assert not reviews_waiting(head).exists()


def test_nobody_answers_for_another(draft, officer, leader, head):
    [review] = ask(officer, draft, leader)
    with pytest.raises(NotAllowed):
        answer_review(actor=head, review=review, approve=True)


def test_returning_needs_a_reason_and_is_told_to_who_asked(draft, officer, leader):
    [review] = ask(officer, draft, leader)
    with pytest.raises(BadInput):
        answer_review(actor=leader, review=review, approve=False, said=" ")
    answer_review(actor=leader, review=review, approve=False, said="Thiếu phần biên giới")
    told = Notice.objects.filter(user=officer).latest("at").text
    assert "Thiếu phần biên giới" in told
    assert not Notice.objects.unread().filter(user=leader).exists()


def test_what_is_withdrawn_is_not_seen_any_more(draft, officer):
    auditor = person("kiemtra")
    [review] = ask(officer, draft, auditor)
    withdraw_review(actor=officer, review=review)
    with pytest.raises(Edition.DoesNotExist):
        visible_edition(auditor, draft.pk)
    with pytest.raises(NotAllowed):
        answer_review(actor=auditor, review=review, approve=True)


def test_every_place_is_found_again_by_its_token(draft):
    told = draft_content(draft)
    for one in told["sections"]:
        for found in places_of(told, one):
            assert find_place(told, found.token) == found
    for nonsense in ("", "figure", "figure:nothing:x", "slot:delegations:nothing", "what:delegations:"):
        assert find_place(told, nonsense) is None


def test_sentences_are_parted_where_they_end():
    told = {"blocks": [{"kind": "written", "slot": "x", "text": "Có 1.234 lượt. Tăng 5 %.\nXem tr. 5."}]}
    assert sentences_of(told) == ["Có 1.234 lượt.", "Tăng 5 %.", "Xem tr. 5."]


def test_a_remark_on_a_figure_follows_it_when_it_changes(draft, officer, leader):
    ask(officer, draft, leader)
    figure = place(draft, PlaceKind.FIGURE)
    assert figure.quote == "1 đoàn"
    remark = add_comment(actor=leader, edition=draft, body="Thiếu đoàn đi Lào", place=figure)
    enter(officer, finished(DAY(2025, 5, 22), 4, days=2, head_name="Lò Văn Thử"), at=TODAY)
    now = place_now(draft_content(draft), remark)
    assert (remark.quote, now.quote) == ("1 đoàn", "2 đoàn")


def test_a_sentence_that_was_rewritten_is_seen_to_be_gone(draft, officer, leader):
    write_text(actor=officer, edition=draft, slot="context", body="Tình hình ổn định. Không có gì mới.")
    told = draft_content(draft)
    sentence = next(p for p in places_of(told, section(told, "context")) if p.quote == "Không có gì mới.")
    remark = add_comment(actor=leader, edition=draft, body="Viết rõ hơn", place=sentence)
    assert place_now(told, remark) is not None
    write_text(actor=officer, edition=draft, slot="context", body="Tình hình ổn định. Có hai đoàn mới.")
    assert place_now(draft_content(draft), remark) is None


def test_answers_reach_who_remarked(draft, officer, leader):
    remark = add_comment(actor=leader, edition=draft, body="Thiếu đoàn đi Lào")
    reply_comment(actor=officer, comment=remark, body="Đã bổ sung")
    assert "Đã bổ sung" in Notice.objects.get(user=leader).text


def test_only_its_author_and_who_drafts_settle_a_remark(draft, officer, leader):
    auditor = person("kiemtra")
    ask(officer, draft, auditor)
    remark = add_comment(actor=leader, edition=draft, body="Thiếu đoàn đi Lào")
    with pytest.raises(NotAllowed):
        settle_comment(actor=auditor, comment=remark, expected_version=1)
    settle_comment(actor=officer, comment=remark, expected_version=1)
    with pytest.raises(Conflict):
        settle_comment(actor=leader, comment=remark, expected_version=1, settled=False)
    settle_comment(actor=leader, comment=remark, expected_version=2, settled=False)
    assert ReviewComment.objects.get().is_open


@pytest.mark.parametrize("body", ["", "  ", "x" * 4001])
def test_an_empty_or_endless_remark_is_refused(draft, leader, body):
    with pytest.raises(BadInput):
        add_comment(actor=leader, edition=draft, body=body)


def test_a_marking_of_secrecy_is_refused(draft, leader):
    with pytest.raises(ClassifiedPaper):
        add_comment(actor=leader, edition=draft, body="TỐI MẬT")


def test_what_is_open_warns_before_signing_and_enters_no_content(draft, officer, leader, head):
    [review] = ask(officer, draft, head)
    remark = add_comment(actor=leader, edition=draft, body="Thiếu đoàn đi Lào")
    assert len(review_checks(draft)) == 2
    with pytest.raises(NotReady) as refused:
        sign_edition(actor=leader, edition=draft)
    assert [check["code"] for check in refused.value.checks].count("review") == 2
    edition = sign_edition(actor=leader, edition=draft, reason="Đã rà soát")
    assert edition.sign_reason == "Đã rà soát"
    assert "Thiếu đoàn" not in edition.frozen.content
    assert "review" not in {check["code"] for check in json.loads(edition.frozen.content)["checks"]}
    for late in (
        lambda: answer_review(actor=head, review=review, approve=True),
        lambda: withdraw_review(actor=officer, review=review),
        lambda: add_comment(actor=leader, edition=edition, body="Muộn"),
        lambda: reply_comment(actor=officer, comment=remark, body="Muộn"),
        lambda: settle_comment(actor=officer, comment=remark, expected_version=1),
        lambda: ask(officer, edition, leader),
    ):
        with pytest.raises(Conflict):
            late()
    assert edition.comments.get().body == "Thiếu đoàn đi Lào"


def test_who_agreed_and_what_is_settled_warns_no_more(draft, officer, leader):
    [review] = ask(officer, draft, leader)
    answer_review(actor=leader, review=review, approve=False, said="Thiếu phần biên giới")
    [warning] = review_checks(draft)
    assert "Thiếu phần biên giới" in warning["message"]
    [again] = ask(officer, draft, leader)
    answer_review(actor=leader, review=again, approve=True)
    assert review_checks(draft) == []


def test_a_draft_that_is_thrown_away_takes_its_review_with_it(draft, officer, leader):
    ask(officer, draft, leader)
    add_comment(actor=leader, edition=draft, body="Thiếu đoàn đi Lào")
    discard_draft(actor=officer, edition=draft)
    assert not ReviewComment.objects.exists()


def test_those_who_may_be_asked_take_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert person_names(seats_for(PROVINCE))


def person_names(seats):
    return [one.get_full_name() for one in people_of(seats)]
