"""Packages on their pages: taken in, asked about, returned, answered, decided; keys confirmed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bonphuong.accounts.models import User
from bonphuong.exchange.models import PartnerKey, ReceivedPackage, SentPackage
from bonphuong.exchange.services import make_package, trust_key
from bonphuong.exchange.signing import fingerprint_of, key_file, own_key, public_of, spaced
from tests.exchange.test_packages import OURS, file_of, parcel, parts_of


def upload(data, name="goi.bppkg"):
    return {"file": SimpleUploadedFile(name, data)}


def trust(office, key, actor):
    public = public_of(key)
    return trust_key(
        key_file(office, public), fingerprint=fingerprint_of(public), actor=User.objects.get(username=actor)
    )


@pytest.fixture
def nation(sit):
    trust("tinh-mau", OURS, "lanhdao.vufo")
    return sit("canbo.vufo")


@pytest.fixture
def received(nation):
    answer = nation.post("/packages/", upload(file_of()))
    assert answer.status_code == 302
    return ReceivedPackage.objects.get()


def said(answer):
    return answer.content.decode()


def test_a_file_is_taken_in_and_its_page_tells_it(nation, received):
    page = said(nation.get(f"/packages/{received.pk}"))
    for words in ("Đoàn ra", "42 đoàn", "2 hồ sơ tại địa phương", "Trần Minh Họa", "Chấp nhận", "Trả lại"):
        assert words in page
    assert "1 gói số liệu chờ quyết định" in said(nation.get("/packages/"))


@pytest.mark.parametrize("data", [b"x", b"PK\x03\x04", file_of()[:-40], file_of(to="lai-chau")])
def test_a_file_that_is_not_taken_in_is_told_beside_it(nation, data):
    answer = nation.post("/packages/", upload(data))
    assert answer.status_code == 422
    assert "aria-invalid" in said(answer)
    assert not ReceivedPackage.objects.exists()


def test_nothing_and_something_empty_are_told_too(nation):
    assert nation.post("/packages/").status_code == 422
    assert nation.post("/packages/", upload(b"")).status_code == 422


def test_a_line_is_asked_about_and_the_letter_downloaded(nation, received):
    address = f"/packages/{received.pk}"
    assert "selected" in said(nation.get(f"{address}?figure=out@period"))
    assert nation.post(f"{address}/ask", {"key": "nowhere", "text": "?"}).status_code == 422
    assert nation.post(f"{address}/ask", {"key": "out@period", "text": ""}).status_code == 422
    assert nation.get(f"{address}/letter").status_code == 400
    assert nation.post(f"{address}/ask", {"key": "out@period", "text": "Đã đủ chưa?"}).status_code == 302
    assert "Đã đủ chưa?" in said(nation.get(address))
    letter = nation.get(f"{address}/letter")
    assert letter["Content-Disposition"].startswith("attachment")
    assert set(parts_of(letter.content)) == {"letter.json", "manifest.json", "manifest.sig"}


def test_returning_needs_a_reason_and_a_decided_package_stays(nation, received):
    address = f"/packages/{received.pk}"
    answer = nation.post(f"{address}/decide", {"return": "1", "reason": " "})
    assert answer.status_code == 422
    assert "Ghi lý do" in said(answer)
    assert nation.post(f"{address}/decide", {"return": "1", "reason": "Thiếu"}).status_code == 302
    assert nation.post(f"{address}/decide", {"accept": "1"}).status_code == 422
    page = said(nation.get(address))
    assert "Thiếu" in page
    assert "Quyết định" not in page


def test_a_new_version_shows_only_what_changed(nation, received):
    nation.post("/packages/", upload(file_of(2, groups="43")))
    page = said(nation.get(f"/packages/{ReceivedPackage.objects.get(version=2).pk}"))
    table = page.partition("changed-title")[2].partition("figures-title")[0]
    assert "42 đoàn" in table
    assert "43 đoàn" in table
    assert "85 đoàn" not in table


def test_the_documents_come_out_as_they_were_sent(nation, received):
    address = f"/packages/{received.pk}/documents"
    assert nation.get(f"{address}/docx").content == b"PK"
    assert nation.get(f"{address}/pdf").status_code == 404
    assert nation.get(f"{address}/exe").status_code == 404


def test_the_province_answers_and_sends_back(sit, nation):
    officer = sit("canbo")
    told = parcel(office="lc-dofa")
    told.content["edition"]["book"] = "lai-chau"
    made, file = make_package(told, to_office="vufo", actor=User.objects.get(username="canbo"))
    trust("lc-dofa", own_key("lc-dofa"), "lanhdao.vufo")
    trust("vufo", own_key("vufo"), "truongphong")
    assert officer.get(f"/packages/made/{made.pk}/file").content == file
    nation.post("/packages/", upload(file))
    came = ReceivedPackage.objects.get()
    nation.post(f"/packages/{came.pk}/ask", {"key": "out@period", "text": "Đã đủ chưa?"})
    officer.post("/packages/", upload(nation.get(f"/packages/{came.pk}/letter").content))
    assert "1 gói bị hỏi lại hoặc trả lại" in said(officer.get("/packages/"))
    page = said(officer.get(f"/packages/made/{made.pk}"))
    assert "Đã đủ chưa?" in page
    query = made.queries.get()
    assert officer.post(f"/packages/questions/{query.pk}", {"answer": ""}).status_code == 422
    assert officer.post(f"/packages/questions/{query.pk}", {"answer": "Đủ."}).status_code == 302
    answers = officer.get(f"/packages/made/{made.pk}/answers").content
    assert nation.post("/packages/", upload(answers)).status_code == 302
    assert SentPackage.objects.get().state == "answered"


def test_a_key_is_confirmed_by_the_fingerprint_that_was_heard(sit, today):
    head, line = sit("lanhdao.vufo"), key_file("tinh-mau", public_of(OURS))
    told = spaced(fingerprint_of(public_of(OURS)))
    answer = head.post("/packages/keys", {"key": line, "fingerprint": told[:-1] + "0"})
    assert answer.status_code == 422
    assert "không khớp" in said(answer)
    assert head.post("/packages/keys", {"key": "ssh-rsa AAA", "fingerprint": told}).status_code == 422
    assert head.post("/packages/keys", {"key": line, "fingerprint": told}).status_code == 302
    assert PartnerKey.objects.get().state == "trusted"
    assert told in said(head.get("/packages/keys"))
    assert sit("canbo.vufo").post("/packages/keys", {"key": line, "fingerprint": told}).status_code == 403


def test_the_key_of_the_province_is_found_by_whoever_makes_its_packages(sit, today):
    page = said(sit("canbo").get("/packages/keys")).partition("own-title")[2]
    assert "Ủy ban nhân dân tỉnh Lai Châu" in page
    assert "Sở Y tế" not in page
    public = sit("canbo").post("/packages/keys/lai-chau.pub").content.decode()
    assert public == key_file("lai-chau", public_of(own_key("lai-chau")))
    page = said(sit("canbo").get("/packages/keys")).partition("own-title")[2]
    assert spaced(fingerprint_of(public_of(own_key("lai-chau")))) in page


def test_the_public_key_is_a_line_of_text(sit, today):
    answer = sit("canbo").post("/packages/keys/lc-dofa.pub")
    assert answer.content.decode() == key_file("lc-dofa", public_of(own_key("lc-dofa")))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_many(nation, number, django_assert_max_num_queries):
    for version in range(1, number + 1):
        nation.post("/packages/", upload(file_of(version)))
    with django_assert_max_num_queries(24):
        nation.get("/packages/")
