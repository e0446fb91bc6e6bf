"""Papers printed from the page of any record: what is in them, in whose name, and the number that comes back."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt
import io
import shutil
import subprocess

import docx
import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from bonphuong.families.delegations.services import create as create_delegation
from bonphuong.kernel import clock
from bonphuong.kernel.word import render_template
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import scheme_of
from bonphuong.kit.services import create
from bonphuong.papers.bases import bases_of, known_bases
from bonphuong.papers.enums import SigningMode, TemplateCode
from bonphuong.papers.models import Paper
from bonphuong.papers.placeholders import sample
from bonphuong.papers.services import PaperNote, file_paper, shipped_template
from bonphuong.procedures.models import Authority
from bonphuong.procedures.services import Body
from bonphuong.records.registry import families, get_family
from bonphuong.records.services import CommitmentDraft, add_commitment, ask_opinions, attach_papers
from bonphuong.trail.acting import acting
from bonphuong.web.desk.pages.record_printing import GENERAL
from tests.factories.agreements import agreement
from tests.factories.aid import donor, item, money
from tests.factories.delegations import inbound, member, outbound
from tests.factories.mechanisms import meeting
from tests.factories.scholarships import student

DAY = dt.date(2025, 12, 18)
PEOPLE = (
    LineDraft(
        {"side": "ours", "full_name": "Lò Văn Mẫu", "post_then": "Giám đốc", "unit_then": "Sở Ngoại vụ"}
    ),
    LineDraft({"side": "theirs", "full_name": "Trương Ví Dụ", "post_then": "Phó Huyện trưởng"}),
)
HOURS = (
    LineDraft(
        {"on": dt.date(2026, 1, 5), "hours": "08:00", "what": "Đón đoàn tại cửa khẩu", "place": "Ma Lù Thàng"}
    ),
    LineDraft({"on": dt.date(2026, 1, 5), "hours": "09:00–11:00", "what": "Hội đàm"}),
)
POINTS = (LineDraft({"topic": "Mở lại lối mở", "outcome": "Hai bên thống nhất"}),)
SIGNED = (LineDraft({"side": "ours", "name_then": "UBND tỉnh Lai Châu", "signer": "Lò Văn Mẫu"}),)


def full(family):
    """A filled record of each of several families."""
    return {
        "agreements": lambda: agreement(
            content="Giao lưu hữu nghị.\nHợp tác thương mại.", planned_on=dt.date(2026, 3, 1), lines={"signatories": SIGNED}
        ),
        "mechanisms": lambda: meeting(
            planned_on=dt.date(2026, 1, 5), venue="Cửa khẩu Ma Lù Thàng", our_head="Lò Văn Mẫu",
            lines={"participants": PEOPLE, "programme": HOURS, "agenda": POINTS},
        ),
        "aid": lambda: item(None, money("pledged", 200_000), content="Trạm y tế bản Ví Dụ"),
    }[family]()  # fmt: skip


@pytest.fixture
def officer(people):
    return people["canbo"]


@pytest.fixture
def client(officer, at_desk):
    return at_desk(officer)


def enter(family, draft, officer):
    return create(draft, family=family, office_code="lc-dofa", actor=officer)


@pytest.fixture
def meeting_record(officer):
    return enter("mechanisms", full("mechanisms"), officer)


def printed(client, record, code, **given):
    page = "record-print-file" if record.family != "delegations" else "delegation-print-file"
    answer = client.post(reverse(f"desk:{page}", args=[record.pk, code]), given)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return text_of(b"".join(answer) if answer.streaming else answer.content)


def text_of(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("code", GENERAL)
@pytest.mark.parametrize("family", ["agreements", "mechanisms", "aid"])
def test_every_general_paper_prints_from_a_filled_record(client, officer, family, code):
    record = enter(family, full(family), officer)
    text = printed(client, record, code)
    assert "{" not in text
    assert record.title.casefold() in text.casefold()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


@pytest.mark.parametrize("code", GENERAL)
@pytest.mark.parametrize("family", ["agreements", "mechanisms", "aid"])
def test_every_general_paper_prints_from_a_nearly_empty_record(client, officer, family, code):
    spare = {"agreements": agreement, "mechanisms": meeting, "aid": donor}[family]()
    record = enter(family, spare, officer)
    text = printed(client, record, code)
    assert "{" not in text
    assert "None" not in text


def test_a_programme_has_its_hours_and_minutes_their_people(client, meeting_record):
    programme = printed(client, meeting_record, "programme")
    assert ("05/01/2026" in programme, "09:00–11:00" in programme) == (True, True)
    minutes = printed(client, meeting_record, "minutes")
    assert "Phía bạn: Trương Ví Dụ, Phó Huyện trưởng" in minutes
    assert "ĐẠI DIỆN\nHUYỆN KIM BÌNH" in minutes
    assert "Mở lại lối mở: Hai bên thống nhất" in minutes


def test_promises_and_bases_stand_in_papers(client, officer):
    record = enter("agreements", full("agreements"), officer)
    draft = CommitmentDraft("Gửi danh sách đoàn", "lc-dofa", due_on=dt.date(2026, 6, 30))
    add_commitment(draft, actor=officer, record=record)
    assert "Gửi danh sách đoàn" in printed(client, record, "result_report")
    submission = printed(client, record, "record_submission")
    assert "Căn cứ Luật Thỏa thuận quốc tế số 70/2020/QH14;" in submission
    assert "Cho phép UBND tỉnh Lai Châu ký" in submission


def test_a_letter_asks_all_bodies_at_once_or_each_alone(client, officer, meeting_record):
    bodies = [Body("police", text="Công an tỉnh Ví Dụ"), Body("military", text="Bộ Chỉ huy Ví Dụ")]
    asked = ask_opinions(meeting_record, bodies, question="Thành phần\nThời gian", on=DAY, actor=officer)
    together = printed(client, meeting_record, "opinion_letter")
    assert ("- Công an tỉnh Ví Dụ;" in together, together.count("2. Thời gian")) == (True, 1)
    each = printed(client, meeting_record, "opinion_letter", **{"print-opinion_letter-to": "each"})
    assert each.count("2. Thời gian") == 2
    police = next(one for one in asked if "Công an" in one.body_text)
    alone = printed(client, meeting_record, "opinion_letter", **{"print-opinion_letter-to": str(police.pk)})
    assert "Bộ Chỉ huy Ví Dụ" not in alone
    assert "Kính gửi: Công an tỉnh Ví Dụ" in alone


def test_issuer_and_signer_are_chosen(client, officer, meeting_record):
    with acting(actor=officer, verb="procedures.authority.add"):
        row = Authority.objects.create(
            office_code="lai-chau", holder_name="Trần Thị Thử", holder_title="Phó Chủ tịch", mode=SigningMode.KT,
            on_behalf_of="Chủ tịch", organ="Ủy ban nhân dân", valid_from=dt.date(2025, 1, 1),
        )  # fmt: skip
    given = {"print-invitation-by": f"lai-chau:{row.pk}"}
    text = printed(client, meeting_record, "invitation", **given)
    assert "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" in text
    assert "Trần Thị Thử" in text
    address = reverse("desk:record-print-file", args=[meeting_record.pk, "invitation"])
    assert client.post(address, {"print-invitation-by": "khac"}).status_code == 422


def test_the_number_comes_back_and_a_double_is_warned_of(client, officer, meeting_record):
    other = PaperNote(kind="invitation", office_code="lc-dofa", reference="15/GM-SNgV", on=DAY)
    file_paper(other, actor=officer)
    address = reverse("desk:record-print", args=[meeting_record.pk])
    given = {"paper": "invitation", "invitation-reference": "15/GM-SNgV", "invitation-on": "18/12/2025"}
    answer = client.post(address, given)
    assert answer.status_code == 302
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("15/GM-SNgV" in message for message in told)
    paper = Paper.objects.get(records__record=meeting_record.pk)
    assert (paper.number, paper.symbol, paper.kind) == ("15", "GM-SNgV", "invitation")
    assert "Số: 15/GM-" in printed(client, meeting_record, "invitation")


def test_a_printed_paper_is_noted_and_numbered_later(client, meeting_record):
    address = reverse("desk:record-print", args=[meeting_record.pk])
    assert client.post(address, {"paper": "minutes", "note": "1"}).status_code == 302
    paper = Paper.objects.get(records__record=meeting_record.pk)
    assert (paper.kind, paper.number) == ("minutes", "")
    given = {"paper": "minutes", "minutes-reference": "3/BB-SNgV", "minutes-on": "18/12/2025"}
    assert client.post(address, given).status_code == 302
    paper.refresh_from_db()
    assert paper.number == "3"
    assert client.post(address, {"paper": "minutes", "minutes-reference": "4/BB-SNgV"}).status_code == 422


def test_letters_that_ask_are_told_from_letters_that_permit(client, officer):
    record = create_delegation(
        inbound(dt.date(2025, 11, 3), actual_heads=12), office_code="lc-dofa", actor=officer
    )
    note = PaperNote(kind="official_letter", office_code="lc-dofa", reference="77/UBND-NV", on=DAY)
    attach_papers(record, [file_paper(note, actor=officer).paper.pk], actor=officer)
    assert "77/" in printed(client, record, "inbound_decision")
    assert "77/" not in printed(client, record, "opinion_letter")
    given = {
        "paper": "opinion_letter",
        "opinion_letter-reference": "78/SNgV",
        "opinion_letter-on": "18/12/2025",
    }
    assert client.post(reverse("desk:delegation-print", args=[record.pk]), given).status_code == 302
    assert "78/" in printed(client, record, "opinion_letter")
    assert "77/" in printed(client, record, "inbound_decision")


@pytest.mark.parametrize("code", ["opinion_letter", "note_draft", "invitation", "programme", "trip_report"])
def test_delegations_have_their_further_papers(client, officer, code):
    draft = outbound(members=(member("Lò Văn Mẫu", passport_no="E12345678"),))
    record = create_delegation(draft, office_code="lc-dofa", actor=officer)
    text = printed(client, record, code)
    assert "{" not in text
    assert "E12345678" not in text
    assert ("Lò Văn Mẫu" in text) or code != "trip_report"


def test_what_is_restricted_or_hidden_stays_out_of_papers(client, officer, people, at_desk):
    record = enter("scholarships", student("Tua-yang Một", passport_no="P7654321"), officer)
    for code in ("record_submission", "result_report"):
        assert "P7654321" not in printed(client, record, code)
    for who in ("canbo.laocai", "vanthu.yte", "quantri"):
        for name, more in (("record-print", []), ("record-print-file", ["minutes"])):
            address = reverse(f"desk:{name}", args=[record.pk, *more])
            assert at_desk(people[who]).get(address).status_code == 404
            assert at_desk(people[who]).post(address).status_code == 404


def test_whoever_only_sees_a_record_types_nothing_back(people, at_desk, meeting_record):
    address = reverse("desk:record-print", args=[meeting_record.pk])
    seen = at_desk(people["kiemtra"])
    assert seen.get(address).status_code == 200
    assert seen.post(address, {"paper": "minutes", "note": "1"}).status_code in {403, 404}
    assert Paper.objects.count() == 0


def test_a_paper_that_the_kind_does_not_have_is_not_there(client, meeting_record):
    for code in ("greeting_letters", "trip_report", "khac"):
        assert (
            client.get(reverse("desk:record-print-file", args=[meeting_record.pk, code])).status_code == 404
        )


def test_papers_that_families_name_exist():
    schemes = [scheme_of(family.code) for family in families() if family.scheme]
    named = {code for scheme in schemes for codes in scheme.prints.values() for code in codes}
    assert named <= set(TemplateCode.values)


def test_letters_of_greeting_print_all_at_once_from_their_campaign(client, officer):
    row = {
        "title": "Chúc mừng Bunpimay",
        "occasion": "festival",
        "occasion_on": "14/4/2025",
        "country": "Lào",
        "text": "Kính gửi [chức danh]: chúc mừng năm mới [năm].",
        "addressees": [
            {"full_name": "Tua-yang Một", "title": "Tỉnh trưởng"},
            {"full_name": "Tua-yang Hai", "title": "Phó Tỉnh trưởng"},
        ],
    }
    gate = get_family("greetings").get_clean_many()
    [cleaned] = gate([row], kind="campaign", office_code="lc-dofa", actor=officer)
    record = enter("greetings", cleaned.draft, officer)
    page = client.get(reverse("desk:record-print", args=[record.pk]))
    assert [line[0].code for line in page.context["lines"]] == ["greeting_letters", "record_submission"]
    letters = printed(client, record, "greeting_letters")
    assert ("Tua-yang Một" in letters, "Tua-yang Hai" in letters) == (True, True)
    alone = printed(client, record, "greeting_letters", **{"print-greeting_letters-to": "1"})
    assert ("Tua-yang Một" in alone, "Tua-yang Hai" in alone) == (False, True)


def test_law_of_its_time_stands_in_a_paper():
    aid = [bases_of("aid", "item", day)[-1][:32] for day in (dt.date(2025, 12, 7), dt.date(2025, 12, 8))]
    assert aid == ["Nghị định số 80/2020/NĐ-CP của C", "Nghị định số 313/2025/NĐ-CP ngày"]
    assert bases_of("letters", "incoming", dt.date(2024, 1, 1)) == []
    assert all(basis.source for basis in known_bases())


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler"
)
def test_every_template_and_paper_opens_in_libreoffice_without_an_empty_page(
    client, meeting_record, tmp_path
):
    for code in TemplateCode:
        (tmp_path / f"shipped-{code}.docx").write_bytes(shipped_template(code))
        filled = render_template(shipped_template(code), sample(code), created=clock.now())
        (tmp_path / f"sample-{code}.docx").write_bytes(filled)
    for code in GENERAL:
        answer = client.post(reverse("desk:record-print-file", args=[meeting_record.pk, code]))
        (tmp_path / f"meeting-{code}.docx").write_bytes(answer.content)
    files = sorted(tmp_path.glob("*.docx"))
    own = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [
        "soffice",
        "--headless",
        own,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for file in files:
        told = subprocess.run(
            ["pdftotext", str(file.with_suffix(".pdf")), "-"], check=True, capture_output=True, timeout=60
        )
        pages = told.stdout.decode().removesuffix("\f").split("\f")
        # A page on which nothing but its number stands is an empty one.
        assert [page for page in pages if len(page.strip()) < 4] == [], file.name
