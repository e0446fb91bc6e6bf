"""The review of a report at the desk: asked, read, remarked on, answered, signed over."""

import re

import pytest

from bonphuong.accounts.models import User
from bonphuong.reports.models import Review, ReviewComment
from bonphuong.reports.services import (
    add_comment,
    ask_review,
    build_draft,
    sign_edition,
)
from tests.web.conftest import DAY
from tests.web.desk.asking import address, page_of


def asked(canbo, draft, *usernames):
    people = [User.objects.get(username=name) for name in usernames]
    return ask_review(actor=canbo, edition=draft, people=people, due_on=DAY)


def test_asking_answering_and_signing_go_end_to_end(sit, draft):
    leader = User.objects.get(username="lanhdao")
    answer = sit("canbo").post(
        address("report-review-ask", draft), {"people": [str(leader.pk)], "due_on": "20/12/2025"}
    )
    assert answer["Location"] == address("report-review", draft)
    client = sit("lanhdao")
    home = page_of(client.get("/"))
    assert "Bản thảo báo cáo tháng 11 năm 2025" in home
    page = page_of(client.get(address("report-review", draft)))
    away = re.search(r'action="([^"]+/answer)"', page)[1]
    assert 'id="id_said_error"' in page_of(client.post(away, {"answer": "return", "said": ""}), 422)
    client.post(away, {"answer": "return", "said": "Thiếu phần biên giới"})
    assert "Bản thảo báo cáo tháng 11" not in page_of(client.get("/to-do/"))
    assert "Thiếu phần biên giới" in page_of(sit("canbo").get("/notices/"))
    warned = page_of(client.get(address("report-sign", draft)))
    assert "Thiếu phần biên giới" in warned
    client.post(address("report-sign", draft), {"reason": "Đã rà soát"})
    kept = page_of(client.get(address("report-review", draft)))
    assert "Thiếu phần biên giới" in kept
    assert "<form" not in kept.partition("<main")[2].partition("</main>")[0]


def test_a_remark_stands_at_its_place(sit, draft, canbo):
    client = sit("lanhdao")
    report = page_of(client.get(address("report-review", draft)))
    name = re.search(r'href="\?figure=([^"#]+)#evidence"[^>]*>1 đoàn</a>', report)[1]
    drawer = page_of(
        client.get(address("report-review", draft), {"figure": name}, headers={"HX-Request": "true"})
    )
    assert "<html" not in drawer
    on = re.search(r'href="\?on=([^"#]+)#remark"', drawer)[1]
    page = page_of(client.get(f"{address('report-review', draft)}?on={on}"))
    token = re.search(r'<option value="(figure:[^"]+)" selected', page)[1]
    answer = client.post(
        address("report-review", draft), {"place": token, "body": "<b>Thiếu</b> đoàn đi Lào"}
    )
    code = token.split(":")[1]
    assert answer["Location"].endswith(f"#section-{code}")
    after = page_of(sit("canbo").get(address("report-review", draft))).partition(f'id="section-{code}"')[2]
    remark = re.search(r'<article class="remark".*?</article>', after, flags=re.DOTALL)[0]
    assert "&lt;b&gt;Thiếu&lt;/b&gt; đoàn đi Lào" in remark
    assert "1 đoàn" in remark


@pytest.mark.parametrize(
    "given",
    [{}, {"place": "nothing"}, {"place": "figure:delegations:no@no", "body": "x"}, {"place": "whole::"}],
)
def test_a_remark_without_place_or_words_is_told_so(sit, draft, given):
    page_of(sit("lanhdao").post(address("report-review", draft), given), 422)
    assert not ReviewComment.objects.exists()


def test_answering_and_settling_a_remark(sit, draft, canbo):
    leader = User.objects.get(username="lanhdao")
    remark = add_comment(actor=leader, edition=draft, body="Thiếu đoàn đi Lào")
    client = sit("canbo")
    client.post(address("report-remark-reply", draft, comment=remark.pk), {"body": "Đã bổ sung"})
    client.post(address("report-remark-settle", draft, comment=remark.pk), {"version": "1"})
    late = client.post(
        address("report-remark-settle", draft, comment=remark.pk),
        {"version": "1", "open": "yes"},
        follow=True,
    )
    assert "sau khi anh/chị mở trang" in page_of(late)
    page = page_of(client.get(address("report-review", draft)))
    assert "Đã bổ sung" in page
    assert ReviewComment.objects.get().settled_name == canbo.get_full_name()


def test_who_was_not_asked_finds_no_page(sit, draft, canbo):
    remark = add_comment(actor=User.objects.get(username="lanhdao"), edition=draft, body="Thiếu")
    [review] = asked(canbo, draft, "lanhdao")
    for username in ("kiemtra", "canbo.laocai", "canbo.hunghi"):
        client = sit(username)
        assert client.get(address("report-review", draft)).status_code == 404
        assert client.get(address("report", draft)).status_code == 404
        for page, more in (
            ("report-remark-reply", {"comment": remark.pk}),
            ("report-remark-settle", {"comment": remark.pk}),
            ("report-review-answer", {"review": review.pk}),
        ):
            assert client.post(address(page, draft, **more), {"body": "x"}).status_code == 404
    asked(canbo, draft, "kiemtra")
    assert "Bản thảo" in page_of(sit("kiemtra").get("/"))
    assert page_of(sit("kiemtra").get(address("report-review", draft)))


def test_of_a_signed_report_only_its_own_people_read_the_remarks(sit, draft, canbo):
    leader = User.objects.get(username="lanhdao")
    add_comment(actor=leader, edition=draft, body="Thiếu đoàn đi Lào")
    sign_edition(actor=leader, edition=draft, reason="Đã rà soát")
    assert page_of(sit("kiemtra").get(address("report", draft)))
    assert sit("kiemtra").get(address("report-review", draft)).status_code == 404


def test_a_remark_of_another_report_is_no_page(sit, draft, canbo):
    other = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-10")
    remark = add_comment(actor=canbo, edition=other, body="Thiếu")
    answer = sit("canbo").post(address("report-remark-settle", draft, comment=remark.pk), {"version": "1"})
    assert answer.status_code == 404


def test_withdrawing_takes_it_off_the_list(sit, draft, canbo):
    [review] = asked(canbo, draft, "lanhdao")
    sit("canbo").post(address("report-review-withdraw", draft, review=review.pk))
    assert Review.objects.get().state == "withdrawn"
    assert "Bản thảo báo cáo" not in page_of(sit("lanhdao").get("/"))


def test_more_remarks_cost_no_more_queries(sit, draft, canbo, django_assert_max_num_queries):
    client = sit("canbo")
    leader = User.objects.get(username="lanhdao")
    asked(canbo, draft, "lanhdao", "truongphong", "kiemtra")
    for number in range(12):
        add_comment(actor=leader, edition=draft, body=f"Ý kiến {number}")
    client.get(address("report-review", draft))
    with django_assert_max_num_queries(32):
        assert page_of(client.get(address("report-review", draft))).count('class="remark"') == 12
