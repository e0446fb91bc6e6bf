"""A signed report on its way: numbered, filed among the papers, sent to those who receive it."""

import re

import pytest

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.papers.models import Paper
from bonphuong.reports.models import Sending
from bonphuong.reports.services import (
    build_draft,
    note_sending,
    sign_edition,
    type_back,
    undo_sending,
)
from tests.web.desk.asking import SIGNED_ON, address, page_of


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def signed(canbo):
    with clock.fixed(SIGNED_ON):
        edition = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-11")
        return sign_edition(actor=User.objects.get(username="lanhdao"), edition=edition, reason="Đủ hồ sơ")


def test_signed_numbered_filed_and_sent(sit, signed, canbo):
    client = sit("canbo")
    client.post(address("report-file", signed))
    assert sorted(signed.files.values_list("ending", flat=True)) == ["docx", "pdf", "xlsx"]
    client.post(address("report-file", signed))
    assert Paper.objects.count() == 3
    client.post(address("report-number", signed), {"number": "338/BC-UBND", "on": "21/11/2025"})
    assert set(Paper.objects.values_list("number", "symbol")) == {("338", "BC-UBND")}
    given = {"names": "Bộ Ngoại giao\nBan Đối ngoại Ví Dụ", "road": "documents", "sent_on": "21/11/2025"}
    assert client.post(address("report-sent", signed), given)["Location"] == address("report-sent", signed)
    page = page_of(client.get(address("report-sent", signed)))
    assert "Đã gửi 2 nơi" in page
    assert "338/BC-UBND" in page
    assert "Ban Đối ngoại Ví Dụ" in page.partition("<form")[0] + page
    assert "đã gửi 2 nơi" in re.sub(r"\s+", " ", page_of(client.get("/reports/")))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sent_on": "19/11/2025"}, "sent_on"),
        ({"sent_on": "31/12/2025"}, "sent_on"),
        ({"names": ""}, None),
        ({"road": "pigeon"}, "road"),
    ],
)
def test_what_cannot_have_been_sent_is_refused_in_words(sit, signed, given, field):
    right = {"names": "Bộ Ngoại giao", "road": "post", "sent_on": "21/11/2025"}
    page = page_of(sit("canbo").post(address("report-sent", signed), {**right, **given}), 422)
    assert field is None or f'id="id_{field}_error"' in page
    assert not Sending.objects.exists()


def test_nobody_is_noted_twice_for_one_sending(signed, canbo):
    more = {"actor": canbo, "edition": signed, "road": "post", "sent_on": SIGNED_ON}
    assert len(note_sending(**more, names=["Bộ Ngoại giao", " Bộ Ngoại giao "], offices=["lc-union"])) == 2
    assert note_sending(**more, names=["Bộ Ngoại giao"]) == []
    with pytest.raises(BadInput):
        note_sending(**more, offices=["nowhere"])
    with pytest.raises(NotAllowed):
        note_sending(**{**more, "actor": User.objects.get(username="kiemtra")}, names=["x"])


def test_a_mistake_is_taken_back_and_stays_to_be_read(sit, signed, canbo):
    [row] = note_sending(actor=canbo, edition=signed, road="post", sent_on=SIGNED_ON, names=["Bộ Ngoại giao"])
    client = sit("canbo")
    client.post(address("report-sent-undo", signed, sending=row.pk), {"reason": " "})
    row.refresh_from_db()
    assert row.undone_why == ""
    client.post(address("report-sent-undo", signed, sending=row.pk), {"reason": "Nhầm nơi nhận"})
    page = page_of(client.get(address("report-sent", signed)))
    assert "Nhầm nơi nhận" in page
    assert "Chưa gửi nơi nào" in page
    with pytest.raises(Conflict):
        undo_sending(actor=canbo, sending=row, reason="Lần nữa")


def test_a_draft_is_not_sent(sit, canbo):
    draft = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-11")
    assert sit("canbo").get(address("report-sent", draft)).status_code == 404
    with pytest.raises(BadInput):
        note_sending(actor=canbo, edition=draft, road="post", sent_on=SIGNED_ON, names=["x"])


def test_typing_the_number_back_before_filing_numbers_the_papers(sit, signed, canbo):
    type_back(actor=canbo, edition=signed, number="338/BC-UBND", on=SIGNED_ON)
    sit("canbo").post(address("report-file", signed))
    assert set(Paper.objects.values_list("number", flat=True)) == {"338"}
