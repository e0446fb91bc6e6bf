import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import create
from bonphuong.ledger.models import Statement
from bonphuong.papers.models import Paper
from bonphuong.reader.models import ReadDocument, StoredClaim
from bonphuong.records.models import Commitment
from tests.factories.delegations import finished
from tests.web.desk.asking import page_of

ARTICLE = """Trang chủ
09:15 | 20/11/2025
Lai Châu tăng cường đối ngoại
Trong tháng 6 năm 2025, tỉnh Lai Châu đã cử 2 đoàn ra nước ngoài công tác.
Những năm qua, tỉnh đón 85 đoàn nước ngoài đến thăm, làm việc.
Lai Châu có đường biên giới dài 265.165 km tiếp giáp với tỉnh Vân Nam (Trung Quốc).
Tại buổi làm việc ngày 18/11/2025, Chủ tịch VUFO Nguyễn Văn Mẫu đề nghị tỉnh Lai Châu đẩy mạnh giao lưu nhân dân.
"""


@pytest.fixture
def read(sit):
    """The article, read by the officer at the desk."""
    answer = sit("canbo").post("/reader/", {"text": ARTICLE, "kind": "news_article", "office": "lc-dofa"})
    document = ReadDocument.objects.get()
    assert answer["Location"] == reverse("desk:document", args=[document.pk])
    return document


def claim(subject):
    return StoredClaim.objects.get(subject=subject)


def test_a_pasted_page_becomes_a_paper_with_claims(read):
    assert (read.title, read.published_on) == ("Lai Châu tăng cường đối ngoại", dt.date(2025, 11, 20))
    paper = read.paper
    assert (paper.kind, paper.abstract, paper.on, paper.direction) == (
        "news_article",
        "Lai Châu tăng cường đối ngoại",
        dt.date(2025, 11, 20),
        "in",
    )


def test_words_are_underlined_by_how_they_stand_to_the_ledger(sit, read, canbo):
    for day in (3, 12):
        create(finished(dt.date(2025, 6, day), 5), office_code="lc-dofa", actor=canbo)
    page = page_of(sit("canbo").get(reverse("desk:document", args=[read.pk])))
    found = re.findall(r'<a class="claim is-(\w+)" href="#claim-\d+">([^<]*)', page)
    assert found[:3] == [("match", "2 đoàn ra"), ("undated", "85 đoàn nước ngoài"), ("unsure", "265.165 km")]
    assert "Trang chủ" not in re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL).split("<main")[1]


def test_the_ledgers_figure_stands_beside_and_says_the_difference(sit, read, canbo):
    create(finished(dt.date(2025, 6, 3), 5), office_code="lc-dofa", actor=canbo)
    page = page_of(sit("canbo").get(reverse("desk:document", args=[read.pk])))
    assert "Lệch 1" in page
    assert re.search(r'href="/figures/\?indicator=outbound.groups[^"]*">1 đoàn</a>', page)


def test_a_claim_enters_only_with_a_period_that_a_person_gives(sit, read):
    stored = claim("inbound.groups")
    address = reverse("desk:claim-accept", args=[stored.pk])
    page = page_of(sit("canbo").post(address, {"office": "lai-chau"}), 422)
    assert 'id="id_since_error"' in page
    assert 'id="id_until_error"' in page
    assert not Statement.objects.exists()
    given = {"office": "lai-chau", "since": "1/1/2024", "until": "31/12/2024", "reason": "Theo báo cáo năm"}
    answer = sit("canbo").post(address, given)
    assert answer["Location"] == f"{reverse('desk:document', args=[read.pk])}#claim-{stored.number}"
    statement = Statement.objects.get()
    assert (statement.measure, statement.value, statement.paper_uid) == ("inbound.groups", 85, read.paper_id)
    assert (statement.since, statement.until) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"since": "31/12/2024", "until": "1/1/2024"}, "id_until_error"),
        ({"since": "1/1/2025", "until": "31/12/2025"}, "id_until_error"),
        ({"since": "nonsense", "until": "31/12/2024"}, "id_since_error"),
        ({"since": "1/1/2024", "until": "31/12/2024", "office": "nowhere"}, "id_office_error"),
    ],
)
def test_a_wrong_period_is_told_beside_its_field(sit, read, given, field):
    address = reverse("desk:claim-accept", args=[claim("inbound.groups").pk])
    page = page_of(sit("canbo").post(address, {"office": "lai-chau", **given}), 422)
    assert f'id="{field}"' in page


def test_an_ambiguous_figure_asks_for_its_reading(sit, read):
    address = reverse("desk:claim-accept", args=[claim("border.length").pk])
    page = page_of(sit("canbo").post(address, {"office": "lai-chau"}), 422)
    assert "265.165 km" in page
    assert "265,165 km" in page
    sit("canbo").post(address, {"office": "lai-chau", "value": "265.165"})
    assert Statement.objects.get().value == 265165


def test_an_entered_claim_can_be_taken_back_with_a_reason(sit, read):
    stored = claim("inbound.groups")
    given = {"office": "lai-chau", "since": "1/1/2024", "until": "31/12/2024"}
    sit("canbo").post(reverse("desk:claim-accept", args=[stored.pk]), given)
    address = reverse("desk:claim-withdraw", args=[stored.pk])
    assert 'id="id_reason_error"' in page_of(sit("canbo").post(address, {}), 422)
    sit("canbo").post(address, {"reason": "Sai kỳ"})
    assert claim("inbound.groups").status == "proposed"


def test_two_people_deciding_at_once_is_told(sit, read):
    stored = claim("inbound.groups")
    given = {"office": "lai-chau", "since": "1/1/2024", "until": "31/12/2024"}
    address = reverse("desk:claim-accept", args=[stored.pk])
    sit("truongphong").post(address, given)
    page = page_of(sit("canbo").post(address, given), 422)
    assert "1/1/2024" in page
    assert Statement.objects.count() == 1


def test_claims_are_left_aside_and_taken_up_again(sit, read):
    stored = claim("inbound.groups")
    address = reverse("desk:claim-aside", args=[stored.pk])
    sit("canbo").post(address)
    assert claim("inbound.groups").status == "set_aside"
    sit("canbo").post(address, {"again": "1"})
    assert claim("inbound.groups").status == "proposed"
    assert sit("canbo").get(address).status_code == 405


def test_a_request_is_noted_as_a_commitment(sit, read):
    stored = StoredClaim.objects.get(kind="request")
    address = reverse("desk:claim-follow", args=[stored.pk])
    assert "đẩy mạnh giao lưu nhân dân" in page_of(sit("canbo").get(address))
    sit("canbo").post(address, {"lead": "lc-union", "due_on": "30/06/2026", "status": "open"})
    commitment = Commitment.objects.get()
    assert (commitment.lead_office_code, commitment.due_on) == ("lc-union", dt.date(2026, 6, 30))


def test_a_figure_cannot_be_followed_and_a_request_not_entered(sit, read):
    request = StoredClaim.objects.get(kind="request")
    client = sit("canbo")
    assert client.get(reverse("desk:claim-accept", args=[request.pk])).status_code == 404
    assert client.get(reverse("desk:claim-follow", args=[claim("inbound.groups").pk])).status_code == 404
    assert client.get(reverse("desk:claim-record", args=[request.pk])).status_code == 404


def test_a_record_is_offered_and_not_kept_unseen(sit, today):
    text = (
        "10:00 | 20/11/2025\nĐoàn Hồng Hà thăm tỉnh\n"
        "Từ ngày 11 đến ngày 13/11/2025, đoàn Hội Hữu nghị đối ngoại nhân dân châu Hồng Hà (Trung Quốc) thăm tỉnh "
        "Lai Châu.\n"
    )
    sit("canbo").post("/reader/", {"text": text, "kind": "news_article", "office": "lc-dofa"})
    visit = StoredClaim.objects.get(kind="visit")
    address = f"{reverse('desk:claim-record', args=[visit.pk])}?kind=inbound&as=finished"
    page = page_of(sit("canbo").get(address))
    assert 'value="11/11/2025"' in page
    assert "Trung Quốc (Hồng Hà)" in page
    assert not Delegation.objects.exists()
    empty = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"}
    assert page_of(sit("canbo").post(address, empty), 422)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("name", ["document", "claim-accept", "claim-aside"])
def test_another_province_reads_nothing_of_it(sit, read, name):
    uid = read.pk if name == "document" else claim("inbound.groups").pk
    client = sit("canbo.laocai")
    address = reverse(f"desk:{name}", args=[uid])
    assert (client.post(address) if name == "claim-aside" else client.get(address)).status_code == 404
    assert "Lai Châu tăng cường" not in page_of(client.get("/reader/"))


def word_file(*lines):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_word_file_is_read_and_kept_as_it_is(sit, today):
    content = word_file(*ARTICLE.splitlines())
    file = SimpleUploadedFile("bài báo.docx", content)
    sit("canbo").post("/reader/", {"file": file, "kind": "news_article", "office": "lc-dofa"})
    assert StoredClaim.objects.filter(subject="outbound.groups").exists()
    assert Paper.objects.get().file_name == "bài báo.docx"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": "   \n "},
        {"text": "x" * 400_001},
        {"file": ("a.txt", b"\xff\xfe\x00\xd8\x00")},
        {"file": ("a.txt", b"\x00\x01\x02\x03" * 50)},
        {"file": ("a.docx", b"PK\x03\x04broken")},
        {"file": ("a.txt", "TỐI MẬT\nLai Châu cử 3 đoàn ra nước ngoài.".encode())},
        {"file": ("a.exe", ARTICLE.encode())},
        {"text": ARTICLE, "office": "lcai-dofa"},
        {"text": ARTICLE, "kind": "nothing"},
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(sit, today, given):
    sent = {"kind": "news_article", "office": "lc-dofa", **given}
    if "file" in sent:
        sent["file"] = SimpleUploadedFile(*sent["file"])
    page = page_of(sit("canbo").post("/reader/", sent), 422)
    assert "error-summary" in page
    assert not ReadDocument.objects.exists()
    assert not Paper.objects.exists()


def test_markup_in_a_text_is_text(sit, today):
    text = (
        "09:00 | 20/11/2025\n<script>alert(1)</script> Tin\nTỉnh cử 3 đoàn ra nước ngoài <b>công tác</b>.\n"
    )
    sit("canbo").post("/reader/", {"text": text, "kind": "other", "office": "lc-dofa"})
    page = page_of(sit("canbo").get(reverse("desk:document", args=[ReadDocument.objects.get().pk])))
    assert "<script>alert" not in page
    assert "<b>công tác</b>" not in page


def test_reading_without_the_token_of_the_form_is_refused(sit, today):
    client = sit("canbo", csrf=True)
    assert client.post("/reader/", {"text": ARTICLE}).status_code == 403


def test_a_text_without_claims_says_so(sit, today):
    sit("canbo").post("/reader/", {"text": "Hôm nay trời đẹp.", "kind": "other", "office": "lc-dofa"})
    page = page_of(sit("canbo").get(reverse("desk:document", args=[ReadDocument.objects.get().pk])))
    assert "Không thấy điều gì" in page


def test_a_very_long_document_is_shown_in_pages(sit, today):
    lines = [
        f"Trong tháng {n % 12 + 1} năm {2000 + n // 12}, tỉnh đã cử {n} đoàn ra nước ngoài."
        for n in range(1, 131)
    ]
    text = "\n".join(["09:00 | 20/11/2025", "Nhiều năm đối ngoại", *lines])
    sit("canbo").post("/reader/", {"text": text, "kind": "other", "office": "lc-dofa"})
    document = ReadDocument.objects.get()
    address = reverse("desk:document", args=[document.pk])
    first, second = (page_of(sit("canbo").get(address, {"page": page})) for page in ("1", "2"))
    assert first.count('class="note ') == 120
    assert second.count('class="note ') == document.claims.count() - 120
    assert lines[-1].split(", ")[1].split(" đã")[0] in second
    last = document.claims.order_by("-number").first()
    answer = sit("canbo").post(reverse("desk:claim-aside", args=[last.pk]))
    assert answer["Location"] == f"{address}?page=2#claim-{document.claims.count()}"
    assert 'class="note ' not in page_of(sit("canbo").get(address, {"page": "9"}))
