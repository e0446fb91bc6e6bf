"""The page that takes a report which came back and says what of it holds."""

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.reports.rendering import render_docx
from bonphuong.reports.verifying import FigureFinding, FigureState
from bonphuong.reports.verifying.findings import Now
from bonphuong.web.desk.pages.verifying import FigureRow, FigureTable
from tests.factories.delegations import finished
from tests.reports.test_verifying import NO_CUSTOM, bare, edit_text, redone, repacked

ADDRESS = reverse("desk:report-verify")


@pytest.fixture
def made(signed):
    return render_docx(json.loads(signed.frozen.content))


def sent(client, data, **more):
    file = SimpleUploadedFile("bao-cao.docx", data)
    answer = client.post(ADDRESS, {"file": file, **more})
    return answer.status_code, answer.content.decode()


def test_a_whole_file_holds_and_leads_to_its_report(sit, signed, made):
    status, page = sent(sit("canbo"), made)
    assert status == 200
    assert "Tệp còn đúng hoàn toàn" in page
    assert f'href="/reports/{signed.pk}"' in page


def test_what_was_edited_stands_beside_what_was_signed(sit, made):
    data = redone(made, lambda root: edit_text(root, "1 đoàn", "9 đoàn <b>"))
    status, page = sent(sit("canbo"), data)
    assert status == 200
    assert "<del>1 đoàn</del>" in page
    assert ">9 đoàn &lt;b&gt;</ins>" in page


def test_what_the_register_says_now_stands_beside_it_with_its_records(sit, canbo, made):
    with clock.fixed(dt.date(2025, 11, 25)):
        late = finished(dt.date(2025, 10, 22), 3)
        create(late, office_code="lc-dofa", actor=canbo, late_reason="Nhập bổ sung")
    status, page = sent(sit("canbo"), made)
    assert status == 200
    assert "sổ đã điều chỉnh từ khi ký" in page
    assert late.title in page


def test_what_the_register_says_now_bears_the_unit_that_was_signed(sit, canbo):
    """A share was signed as such: beside it stands a share, and between the two percentage points."""
    finding = FigureFinding(
        "t", "n", "Tỷ lệ", "c", "p", "w", "12,5%", "12,5%", FigureState.CORRECTED,
        now=Now(Decimal("15.0"), Decimal("2.5")), unit="%",
    )  # fmt: skip
    groups = replace(finding, signed="12 đoàn", now=Now(Decimal(15), Decimal(3)), unit="đoàn")
    rows = [FigureRow(one, (), 0) for one in (finding, groups)]
    page = render_to_string(
        "desk/parts/verified_figures.html",
        {"table": FigureTable(rows, 0), "name": "n", "label": "l", "page": None},
    )
    cells = [
        " ".join(cell.split()) for cell in re.findall(r'<td class="num[^>]*>(.*?)</td>', page, re.DOTALL)
    ]
    assert cells == ["15%", "+2,5 điểm %", "15 đoàn", "+3"]


def test_a_stranger_to_the_report_learns_nothing_of_it(sit, signed, made):
    for data in (made, repacked(redone(made, bare), NO_CUSTOM)):
        status, page = sent(sit("canbo.laocai"), data)
        assert status == 422
        assert "Tệp không phải là báo cáo nào có ở đây" in page
    status, page = sent(sit("canbo.laocai"), made, edition=str(signed.pk))
    assert status == 422
    assert "338/BC-UBND" not in page


def test_an_edition_is_named_for_a_file_that_lost_everything(sit, signed, made):
    data = repacked(redone(made, bare), NO_CUSTOM)
    data = redone(data, lambda root: edit_text(root, "338/BC-UBND", "1/X"))
    assert sent(sit("canbo"), data)[0] == 422
    status, page = sent(sit("canbo"), data, edition=str(signed.pk))
    assert status == 200
    assert "1/X" in page


@pytest.mark.parametrize(
    "data", [b"hello", b"PK\x03\x04rubbish", b"%PDF-1.4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"]
)
def test_what_is_no_report_is_told_beside_the_field(sit, signed, data):
    status, page = sent(sit("canbo"), data)
    assert status == 422
    assert 'aria-invalid="true"' in page


def test_the_page_asks_few_questions(sit, signed, made, django_assert_max_num_queries):
    client = sit("canbo")
    sent(client, made)
    with django_assert_max_num_queries(40):
        sent(client, made)
