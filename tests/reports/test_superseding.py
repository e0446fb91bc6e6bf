"""A corrected edition tells itself what it tells otherwise, and because of which records."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import correct, draft_of
from bonphuong.kernel import clock
from bonphuong.kernel.sheets import read_table
from bonphuong.reports.changes import reproduce
from bonphuong.reports.rendering import page_html, render_docx, render_xlsx
from bonphuong.reports.services import build_draft, draft_content, sign_edition, write_text
from tests.factories.delegations import finished
from tests.reports.conftest import PROVINCE, enter, plain, said, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
WHY = "Sót đoàn của Sở Y tế"


@pytest.fixture
def corrected(officer, leader):
    """June told one group of 7; then the 7 became 6, and a second group of 4 was found."""
    [record] = enter(officer, finished(DAY(2025, 5, 20), 7, days=3), at=DAY(2025, 6, 1))
    first = sign(officer, leader, "monthly", "2025-06", at=DAY(2025, 6, 16), paper_number="45/BC-UBND",
                 paper_on=DAY(2025, 6, 16))  # fmt: skip
    with clock.fixed(DAY(2025, 6, 20)):
        row = Delegation.objects.get(pk=record.pk)
        correct(
            record, replace(draft_of(row), actual_heads=6), actor=officer, reason="Đính chính",
            expected_version=record.version, late_reason="Đính chính",
        )  # fmt: skip
    [other] = enter(
        officer,
        finished(DAY(2025, 5, 22), 4, days=2, head_name="Lò Văn Thử"),
        at=DAY(2025, 6, 21),
        late_reason=WHY,
    )
    with clock.fixed(DAY(2025, 6, 23)):
        draft = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06", reason=WHY)
        write_text(actor=officer, edition=draft, slot="context", body="Viết lại theo số mới.")
        second = sign_edition(actor=leader, edition=draft, reason="Đã rà soát")
    return first, second, record, other


def frozen(edition):
    return json.loads(edition.frozen.content)


def test_the_new_edition_lists_each_difference_with_its_records(corrected):
    first, second, record, other = corrected
    told = frozen(second)["supersedes"]
    assert (told["uid"], told["number"], told["paper_number"]) == (str(first.pk), 1, "45/BC-UBND")
    assert told["reason"] == WHY
    rows = {row["key"]: row for row in told["rows"]}
    groups, visits = rows["out.groups@period"], rows["out.visits@period"]
    assert (groups["then"], groups["now"], groups["difference"]) == ("1", "2", "1")
    assert (visits["then"], visits["now"], visits["difference"]) == ("7", "10", "3")
    assert [(one["number"], one["difference"]) for one in visits["records"]] == [
        (record.number, "-1"),
        (other.number, "4"),
    ]
    assert "in.groups@period" not in rows


def test_it_stands_in_the_last_section_as_words_and_a_table(corrected):
    _first, second, record, other = corrected
    content = frozen(second)
    section = content["sections"][-1]
    assert section["title"] == "NHỮNG THAY ĐỔI SO VỚI BẢN THỨ 1"
    words = said(content, "differences")
    assert words[0] == f"Bản này thay thế bản thứ 1 (45/BC-UBND ngày 16/06/2025). Lý do: {WHY}."
    assert words[1].startswith("Phần viết lại: I. ")
    table = section["blocks"][-1]
    lines = {row["head"]: [plain([cell]) for cell in row["cells"]] for row in table["rows"]}
    assert lines["Lượt người đi theo đoàn, tháng 6 năm 2025"] == [
        "7 lượt người", "10 lượt người", "+3", f"{record.number} (−1); {other.number} (+4)",
    ]  # fmt: skip
    told = {figure["id"] for figure in content["figures"] if figure["told"]}
    assert {row["cells"][1]["f"] for row in table["rows"] if isinstance(row["cells"][1], dict)} <= told


def test_every_rendering_shows_it(corrected):
    content = frozen(corrected[1])
    with zipfile.ZipFile(io.BytesIO(render_docx(content))) as word:
        assert "NHỮNG THAY ĐỔI SO VỚI BẢN THỨ 1" in word.read("word/document.xml").decode()
    assert "NHỮNG THAY ĐỔI SO VỚI BẢN THỨ 1" in page_html(content).decode()
    sheets = {sheet.name for sheet in read_table(render_xlsx(content), name="x.xlsx")}
    assert "Thay đổi" in sheets


def test_both_editions_stand_and_reproduce(corrected):
    first, second, *_records = corrected
    first.refresh_from_db()
    assert (first.status, second.status) == ("superseded", "signed")
    assert (second.reason, second.sign_reason) == (WHY, "Đã rà soát")
    assert reproduce(first).is_same
    assert reproduce(second).is_same
    assert "supersedes" not in frozen(first)


def test_a_correction_without_other_figures_says_so(officer, leader):
    enter(officer, finished(DAY(2025, 5, 20), 7, days=3), at=DAY(2025, 6, 1))
    sign(officer, leader, "monthly", "2025-06", at=DAY(2025, 6, 16))
    with clock.fixed(DAY(2025, 6, 17)):
        draft = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06", reason="Lỗi gõ")
        told = draft_content(draft)
    assert told["supersedes"]["rows"] == []
    assert said(told, "differences") == [
        "Bản này thay thế bản thứ 1. Lý do: Lỗi gõ.",
        "Không số liệu nào của báo cáo thay đổi.",
    ]
