import datetime as dt
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bonphuong.families.delegations.services import create
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.models import DocumentTemplate, Paper
from bonphuong.papers.services import PaperNote, file_paper, shipped_template
from bonphuong.records.services import attach_papers
from tests.factories.delegations import finished, inbound, member, outbound
from tests.web.desk.asking import page_of

NOTE = PaperNote(
    kind="decision",
    office_code="lc-dofa",
    reference="123/QĐ-UBND",
    on=dt.date(2025, 12, 1),
    abstract="Cử đoàn thăm Phongsaly",
)


@pytest.fixture
def record(canbo):
    draft = outbound(members=(member(role="head"), member("Lò Văn Mẫu")))
    return create(draft, office_code="lc-dofa", actor=canbo)


@pytest.fixture
def paper(canbo):
    return file_paper(NOTE, actor=canbo, content=b"Noi dung", file_name="quyết định.txt").paper


def text_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


@pytest.mark.parametrize("words", ["123", "qd-ubnd", "doan phongsaly", "QUYẾT ĐỊNH"])
def test_a_paper_is_found_by_number_symbol_and_words_without_marks(sit, paper, words):
    assert "123/QĐ-UBND" in page_of(sit("canbo").get("/papers/", {"text": words}))


def test_what_matches_nothing_says_what_to_do(sit, paper):
    page = page_of(sit("canbo").get("/papers/", {"text": "khong co"}))
    assert "123/QĐ-UBND" not in page
    assert "Xem tất cả" in page


def test_nonsense_in_the_address_narrows_nothing(sit, paper):
    page = page_of(sit("canbo").get("/papers/", {"kind": "nothing", "page": "x"}))
    assert "123/QĐ-UBND" in page


def test_the_file_is_saved_and_never_opened_inside_the_site(sit, paper):
    answer = sit("canbo").get(reverse("desk:paper-file", args=[paper.pk]))
    assert answer.content == b"Noi dung"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''quy%E1%BA%BFt")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_noted_paper_has_no_file_to_give(sit, canbo):
    noted = file_paper(NOTE, actor=canbo).paper
    assert sit("canbo").get(reverse("desk:paper-file", args=[noted.pk])).status_code == 404


@pytest.mark.parametrize("page", ["paper", "paper-file", "paper-number"])
def test_another_province_sees_no_paper(sit, paper, page):
    assert sit("canbo.laocai").get(reverse(f"desk:{page}", args=[paper.pk])).status_code == 404


def test_a_paper_of_a_personal_trip_is_as_private_as_the_trip(sit, canbo, paper):
    trip = create(
        outbound(kind="personal", title="Việc riêng", head_level="", funding="own"),
        office_code="lc-dofa",
        actor=canbo,
    )
    attach_papers(trip, [paper.pk], actor=canbo)
    address = reverse("desk:paper", args=[paper.pk])
    assert [sit(name).get(address).status_code for name in ("canbo", "kiemtra")] == [200, 404]
    assert "123/QĐ-UBND" not in page_of(sit("kiemtra").get("/papers/"))


def test_number_and_day_are_typed_back_and_a_change_needs_a_reason(sit, paper):
    client = sit("canbo")
    address = reverse("desk:paper-number", args=[paper.pk])
    page = page_of(client.post(address, {"reference": "124/QĐ-UBND", "on": "2/12"}), 422)
    assert 'id="id_reason_error"' in page
    answer = client.post(address, {"reference": "124/QĐ-UBND", "on": "2/12", "reason": "Gõ nhầm"})
    assert answer["Location"] == reverse("desk:paper", args=[paper.pk])
    changed = Paper.objects.get(pk=paper.pk)
    assert (changed.reference, changed.on) == ("124/QĐ-UBND", dt.date(2025, 12, 2))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reference": "", "on": ""}, "id_reference_error"),
        ({"reference": "124/QĐ-UBND", "on": "32/13"}, "id_on_error"),
        ({"reference": "x" * 400, "on": "1/12"}, "id_reference_error"),
    ],
)
def test_a_wrong_number_or_day_is_told_beside_its_field(sit, paper, given, field):
    answer = sit("canbo").post(reverse("desk:paper-number", args=[paper.pk]), given)
    assert f'id="{field}"' in page_of(answer, 422)


def test_a_paper_is_filed_with_its_record(sit, record):
    given = {
        "kind": "invitation",
        "reference": "15/HH",
        "on": "05/12/2025",
        "abstract": "Mời thăm",
        "file": SimpleUploadedFile("thu moi.txt", "Kính mời".encode()),
    }
    answer = sit("canbo").post(reverse("desk:paper-new", args=[record.pk]), given)
    assert answer["Location"] == reverse("desk:delegation", args=[record.pk])
    filed = record.papers.get().paper
    assert (filed.kind, filed.reference, filed.file_name) == ("invitation", "15/HH", "thu moi.txt")
    assert filed.abstract in page_of(sit("canbo").get(answer["Location"]))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.exe", b"MZ\x90\x00\x03", "loại"),
        ("a.pdf", b"Plain words", ".pdf"),
        ("a.txt", b"", "rỗng"),
        ("a.txt", "TỐI MẬT\nNội dung".encode(), "TỐI MẬT"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_kept(sit, record, name, content, told):
    given = {"kind": "decision", "reference": "9/QĐ-UBND", "file": SimpleUploadedFile(name, content)}
    answer = sit("canbo").post(reverse("desk:paper-new", args=[record.pk]), given)
    page = page_of(answer, 422)
    assert told in page
    assert 'value="9/QĐ-UBND"' in page
    assert not Paper.objects.filter(number="9").exists()


def test_an_empty_paper_is_none(sit, record):
    answer = sit("canbo").post(reverse("desk:paper-new", args=[record.pk]), {"kind": "decision"})
    assert 'id="id_reference_error"' in page_of(answer, 422)


def test_a_paper_without_the_token_of_the_form_is_refused(sit, record):
    client = sit("canbo", csrf=True)
    assert client.post(reverse("desk:paper-new", args=[record.pk]), {"kind": "decision"}).status_code == 403


def test_a_noted_paper_takes_its_file_later(sit, canbo):
    noted = file_paper(NOTE, actor=canbo).paper
    address = reverse("desk:paper-add-file", args=[noted.pk])
    assert 'id="id_file_error"' in page_of(sit("canbo").post(address, {}), 422)
    sit("canbo").post(address, {"file": SimpleUploadedFile("qd.txt", b"So 123")})
    assert Paper.objects.get(pk=noted.pk).file_name == "qd.txt"


def test_submission_decision_and_list_print_from_the_record(sit, record):
    client = sit("canbo")
    page = page_of(client.get(reverse("desk:delegation-print", args=[record.pk])))
    assert page.count("In ra Word") == 8
    for code in ("outbound_submission", "outbound_decision", "member_list"):
        answer = client.post(reverse("desk:delegation-print-file", args=[record.pk, code]))
        printed = text_of(answer.content)
        assert "Lò Văn Mẫu" in printed
        assert answer["Content-Disposition"].startswith("attachment")
    assert (
        client.post(reverse("desk:delegation-print-file", args=[record.pk, "guest_list"])).status_code == 404
    )


def test_a_decision_is_the_paper_of_those_who_decide(sit, record):
    answer = sit("canbo").post(reverse("desk:delegation-print-file", args=[record.pk, "outbound_decision"]))
    printed = text_of(answer.content)
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAI CHÂU" in printed
    assert "đoàn công tác của Sở Ngoại vụ tỉnh Lai Châu" in printed


def test_the_number_of_a_printed_paper_is_typed_back_and_prints_next_time(sit, record):
    client = sit("canbo")
    address = reverse("desk:delegation-print", args=[record.pk])
    wrong = {"paper": "outbound_submission", "outbound_submission-reference": "12"}
    page = page_of(client.post(address, wrong), 422)
    assert 'id="id_outbound_submission-on_error"' in page
    right = {
        "paper": "outbound_submission",
        "outbound_submission-reference": "12/TTr-SNgV",
        "outbound_submission-on": "10/12/2025",
    }
    assert client.post(address, right)["Location"] == address
    filed = record.papers.get().paper
    assert (filed.kind, filed.reference) == ("submission", "12/TTr-SNgV")
    printed = text_of(
        client.post(reverse("desk:delegation-print-file", args=[record.pk, "outbound_decision"])).content
    )
    assert "Tờ trình số 12/TTr-SNgV ngày 10/12/2025" in printed


@pytest.fixture
def guests(canbo):
    people = (member("Dương Mẫu", passport_no="E12345678", birth_date="1970-02-01", nationality="CN"),)
    return create(
        inbound(dt.date(2025, 11, 3), members=people, actual_heads=1),
        office_code="lc-dofa",
        actor=canbo,
    )


@pytest.mark.parametrize(("who", "shown"), [("canbo", "•••••• 678"), ("kiemtra", "••••••")])
def test_passports_print_masked(sit, guests, who, shown):
    answer = sit(who).post(reverse("desk:delegation-print-file", args=[guests.pk, "guest_list"]))
    printed = text_of(answer.content)
    assert shown in printed
    assert "E12345678" not in printed


def test_full_passports_need_a_reason(sit, guests):
    address = reverse("desk:delegation-print-file", args=[guests.pk, "guest_list"])
    page = page_of(sit("canbo").post(address, {"print-guest_list-in_full": "on"}), 422)
    assert 'id="id_print-guest_list-reason_error"' in page


def test_nobody_of_another_province_prints(sit, record):
    for name in ("delegation-print", "paper-new"):
        assert sit("canbo.laocai").get(reverse(f"desk:{name}", args=[record.pk])).status_code == 404


def test_templates_show_their_names_and_can_be_taken_away(sit, today):
    client = sit("canbo")
    assert "tờ trình cử đoàn" in page_of(client.get("/papers/templates/")).lower()
    page = page_of(client.get("/papers/templates/member_list"))
    assert "<code>thanh_vien</code>" in page
    shipped = client.get("/papers/templates/member_list/shipped")
    assert shipped.content == shipped_template(TemplateCode.MEMBER_LIST)
    assert client.get("/papers/templates/nothing").status_code == 404


def test_an_own_template_is_tried_and_then_prints(sit, record):
    client = sit("canbo")
    address = reverse("desk:paper-template", args=["member_list"])
    file = SimpleUploadedFile("ds.docx", shipped_template(TemplateCode.MEMBER_LIST))
    answer = client.post(address, {"office": "lc-dofa", "valid_from": "01/12/2025", "file": file})
    assert answer["Location"] == address
    row = DocumentTemplate.objects.get()
    assert row.office_code == "lc-dofa"
    assert "Sở Ngoại vụ tỉnh Lai Châu" in page_of(client.get("/papers/templates/"))
    taken = client.get(reverse("desk:paper-template-version", args=[row.pk]))
    assert taken.content == shipped_template(TemplateCode.MEMBER_LIST)
    end = reverse("desk:paper-template-end", args=[row.pk])
    assert client.post(end, {"on": "18/12/2025"})["Location"] == address
    assert DocumentTemplate.objects.get().valid_to == dt.date(2025, 12, 18)


@pytest.mark.parametrize(
    ("name", "content"),
    [("ds.docx", b"not a document"), ("ds.docx", b""), ("ds.odt", b"PK\x03\x04"), ("ds.docx", b"PK\x03\x04")],
)
def test_a_template_that_does_not_print_is_refused(sit, today, name, content):
    address = reverse("desk:paper-template", args=["member_list"])
    given = {"office": "lc-dofa", "valid_from": "1/12/2025", "file": SimpleUploadedFile(name, content)}
    assert 'id="id_file_error"' in page_of(sit("canbo").post(address, given), 422)
    assert not DocumentTemplate.objects.exists()


def test_the_templates_of_another_province_are_not_there(sit, canbo, record):
    client = sit("canbo")
    file = SimpleUploadedFile("ds.docx", shipped_template(TemplateCode.MEMBER_LIST))
    client.post(
        reverse("desk:paper-template", args=["member_list"]),
        {"office": "lc-dofa", "valid_from": "01/12/2025", "file": file},
    )
    row = DocumentTemplate.objects.get()
    stranger = sit("canbo.laocai")
    for name in ("paper-template-version", "paper-template-end"):
        assert stranger.get(reverse(f"desk:{name}", args=[row.pk])).status_code == 404
    wrong = stranger.post(
        reverse("desk:paper-template", args=["member_list"]),
        {"office": "lc-dofa", "valid_from": "02/12/2025", "file": file},
    )
    assert 'id="id_office_error"' in page_of(wrong, 422)


def test_a_finished_case_prints_its_own_days(sit, canbo):
    done = create(finished(dt.date(2025, 11, 10), 4), office_code="lc-dofa", actor=canbo)
    answer = sit("canbo").post(reverse("desk:delegation-print-file", args=[done.pk, "outbound_submission"]))
    assert "10–14/11/2025 (5 ngày)" in text_of(answer.content)


def test_a_letter_on_guests_says_where_in_the_province_they_go(sit, canbo):
    record = create(
        inbound(dt.date(2025, 11, 3), venue="Cửa khẩu Ma Lù Thàng"), office_code="lc-dofa", actor=canbo
    )
    answer = sit("canbo").post(reverse("desk:delegation-print-file", args=[record.pk, "inbound_decision"]))
    assert "Địa bàn đến: Cửa khẩu Ma Lù Thàng" in re.sub(r"<[^>]+>", "", text_of(answer.content))
