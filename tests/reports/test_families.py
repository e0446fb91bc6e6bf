"""What families enter reaches the report: sentences, annexes in their columns, records told by their own words."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from functools import partial

import pytest
from lxml import etree

from bonphuong.kernel import clock
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.services import create
from bonphuong.records.models import Record
from bonphuong.reports.rendering import page_html, render_docx, render_xlsx
from bonphuong.reports.rendering.reading import View
from bonphuong.reports.services import (
    build_draft,
    draft_content,
    load_report_definitions,
    shipped_definition,
)
from bonphuong.trail.acting import acting
from tests.factories.delegations import finished
from tests.factories.reports import ReportDefinitionFactory
from tests.reports.conftest import DEPARTMENT, PROVINCE, content, declare, enter, entry, plain, said, value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
JULY = DAY(2025, 7, 1)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def put(officer, family: str, kind: str, title: str, *, at: dt.date = JULY, **more) -> Record:
    """Enter a record of a family on a day."""
    lines = more.pop("lines", {})
    with clock.fixed(at):
        draft = Draft(kind, title, DEPARTMENT, values=more, lines=lines)
        return create(draft, family=family, office_code=DEPARTMENT, actor=officer)


def agree(officer, title: str, signed: dt.date, **more) -> Record:
    days = {"signed_on": signed, "effective_on": signed, "level": "province", "country_code": "LA"}
    return put(officer, "agreements", "agreement", title, **{**days, "partner_code": "la-phongsaly", **more})


def act(officer, title: str, held: dt.date, section: str, **more) -> Record:
    return put(officer, "activities", "activity", title, held_on=held, section=section, **more)


def annex(told, code: str):
    return next(one for one in told["annexes"] if one["code"] == code)


monthly = partial(content, "monthly", "2025-06", at=JULY)
annual = partial(content, "annual", "2025", at=DAY(2025, 12, 20))


def test_what_happened_first_again_and_before_is_told_apart(officer):
    agree(officer, "Thỏa thuận Mẫu", DAY(2025, 6, 3))
    first = said(monthly(), "agreements")[0]
    assert first == "Trong tháng, ký mới 1 thỏa thuận quốc tế, là lần đầu trong năm."
    agree(officer, "Thỏa thuận Thử", DAY(2025, 2, 3))
    assert said(monthly(), "agreements")[0] == (
        "Trong tháng, ký mới 1 thỏa thuận quốc tế, lũy kế từ đầu năm 2 văn bản."
    )
    later = content("monthly", "2025-07", at=DAY(2025, 7, 20))
    assert said(later, "agreements")[0] == "Tính từ đầu năm, ký mới 2 thỏa thuận quốc tế."


def test_what_is_in_force_is_told_with_what_was_inherited(officer):
    agree(officer, "Thỏa thuận Mẫu", DAY(2025, 2, 3))
    heir = {"inherited_on": DAY(2025, 7, 1), "inherited_from": "huyện Ví Dụ", "heir_level": "province"}
    agree(officer, "Thỏa thuận Ví Dụ", DAY(2019, 2, 3), level="district", **heir)
    words = said(annual(), "agreements")
    assert words[0] == (
        "Trong năm, ký mới 1 thỏa thuận quốc tế; tiếp nhận kế thừa 1 thỏa thuận, không tính là ký mới."
    )
    assert words[1].startswith(
        "Đến ngày 14/12/2025 có 2 thỏa thuận quốc tế đang có hiệu lực (cấp tỉnh), trong đó 1 thỏa thuận kế thừa"
    )


def test_no_sentence_speaks_of_none(officer):
    declare(officer, DAY(2024, 12, 15), DAY(2025, 6, 14), at=JULY)
    act(officer, "Phiên họp Mẫu", DAY(2025, 6, 2), "economic")
    for told in (monthly(), content("monthly", "2025-06", at=JULY, office=DEPARTMENT)):
        for section in told["sections"]:
            for block in section["blocks"]:
                if block["kind"] == "paragraph":
                    assert " 0 " not in f" {plain(block['runs'])}"


def test_records_are_told_by_their_words_with_their_quantities(officer):
    quantities = {"quantity1_name": "Gian hàng", "quantity1_value": Decimal(62), "quantity1_unit": "gian"}
    act(officer, "Hội chợ Mẫu", DAY(2025, 6, 2), "economic", text="Giới thiệu chè.", **quantities)
    act(officer, "Phim Thử", DAY(2025, 6, 3), "cultural")
    act(officer, "Hội chợ tháng sau", DAY(2025, 6, 20), "economic")
    words = said(monthly(), "others")
    assert words == [
        "Trong tháng, có 1 hoạt động ngoại giao kinh tế, là lần đầu trong năm.",
        "Hội chợ Mẫu: Giới thiệu chè (Gian hàng: 62 gian).",
        "Cũng trong tháng, có 1 hoạt động ngoại giao văn hóa.",
        "Phim Thử.",
    ]


def test_an_annex_lists_what_its_figures_count_in_the_columns_of_the_family(officer):
    agree(officer, "Thỏa thuận Mẫu", DAY(2019, 2, 3), our_side="UBND tỉnh", expires_on=DAY(2029, 2, 3))
    agree(officer, "Đã hết hiệu lực", DAY(2018, 2, 3), ended_on=DAY(2025, 1, 20))
    told = annual()
    [row] = annex(told, "agreements")["rows"]
    assert row["cells"][:2] == ["Thỏa thuận Mẫu", "UBND tỉnh"]
    assert row["cells"][6] == "03/02/2019–03/02/2029"
    assert "Danh sách chi tiết tại Phụ lục I." in said(told, "agreements")[1]
    assert all(check["severity"] == "passed" for check in told["checks"] if check["code"] == "annexes_agree")


def test_students_are_counted_together_and_never_named(officer):
    course = {
        "major": "Y sĩ",
        "level": "college",
        "school": "Trường Mẫu",
        "cohort": "2024-2027",
        "funding": "full",
    }
    for number, gender in enumerate(("f", "m", "f")):
        put(
            officer, "scholarships", "student", f"Lưu học sinh {number}", full_name=f"Tua-yang {number}",
            gender=gender, entered_on=DAY(2024, 9, 5), country_code="LA", partner_code="la-phongsaly", **course,
        )  # fmt: skip
    told = annual()
    [row] = annex(told, "students")["rows"]
    assert row["cells"][4:6] == [3, 2]
    assert row["cells"][7] == 3
    assert (value(told, "students@period"), value(told, "students.women@period")) == ("3", "2")
    assert "Tua-yang" not in str(told["annexes"])
    assert (
        "3 lưu học sinh đang học tại tỉnh (cao đẳng), trong đó có 2 nữ, bằng năm trước."
        in said(told, "training")[0]
    )


def test_the_plan_of_the_next_year_comes_from_its_programme(officer):
    works = [
        {"number": "1", "work": "outbound", "title": "Thăm Phông Sa Lỳ", "heads": 9, "cost": 57_600_000},
        {"number": "2", "work": "conference", "title": "Hội thảo Thử", "dropped_on": DAY(2025, 6, 1)},
    ]
    put(
        officer, "programme", "programme", "Chương trình 2026", year=2026, starts_on=DAY(2026, 1, 1),
        ends_on=DAY(2026, 12, 31), lines={"works": [LineDraft(values=work) for work in works]},
    )  # fmt: skip
    [row] = annex(annual(), "plan")["rows"]
    assert (row["cells"][0], row["cells"][1], row["cells"][5]) == ("đoàn ra", "Thăm Phông Sa Lỳ", 9)
    assert row["cells"][6] == {"amount": "57600000"}
    assert annex(annual(), "plan")["totals"][6] == {"amount": "57600000"}
    assert "Phụ lục I." in said(annual(), "tasks")[0]


def test_mistakes_doubles_and_hidden_records_stay_out(officer):
    kept = agree(officer, "Thỏa thuận Mẫu", DAY(2025, 6, 3))
    hidden = agree(officer, "Thỏa thuận Kín", DAY(2025, 6, 4))
    with acting(actor=None, verb="system.reports.load"):
        Record.objects.filter(pk=hidden.pk).update(visibility="restricted")
    told = monthly()
    assert [row["cells"][0] for row in annex(told, "agreements_signed")["rows"]] == ["Thỏa thuận Mẫu"]
    assert value(told, "agreements.signed@period") == "2"
    assert "Kín" not in str(told)
    assert kept.number in str(told)


def test_word_of_a_month_leaves_the_evidence_to_the_other_files(officer):
    agree(officer, "Thỏa thuận Mẫu", DAY(2025, 6, 3))
    told = monthly()
    assert told["docx_evidence"] is False
    with zipfile.ZipFile(io.BytesIO(render_docx(told))) as archive:
        root, listed = (
            etree.fromstring(archive.read(n)) for n in ("word/document.xml", "customXml/item1.xml")
        )
    texts = ["".join(paragraph.itertext()) for paragraph in root.iter(f"{W}p")]
    assert "Chứng cứ của số liệu" not in texts
    assert list(root.iter(f"{W}hyperlink")) == []
    marks = {figure.get("tag") for figure in listed}
    assert {control.get(f"{W}val") for control in root.iter(f"{W}tag")} == marks
    assert "agreements.signed" in {figure.get("code") for figure in listed}
    assert "evidence-1" in page_html(told).decode()
    assert "docx_evidence" not in annual()
    assert render_docx({key: part for key, part in told.items() if key != "docx_evidence"}) != render_docx(
        told
    )
    assert len(render_xlsx(told)) > 0


def test_a_share_says_what_it_is_made_of(officer):
    sums = [
        {"series": "year_slice", "share": "own", "year": 2025, "amount": 100_000, "currency": "USD"},
        {"series": "disbursed", "share": "own", "on": DAY(2025, 6, 2), "amount": 25_000, "currency": "USD"},
    ]
    put(
        officer, "aid", "item", "Nước sạch Mẫu", donor_text="Quỹ Mẫu", donor_kind="foreign_ngo", aid_kind="project",
        approved_on=DAY(2025, 1, 10), approved_by="province", decision_number="1/QĐ-UBND",
        lines={"sums": [LineDraft(values={**one, "usd": one["amount"]}) for one in sums]},
    )  # fmt: skip
    told = monthly()
    share = entry(told, "aid.share@to_date")
    assert (share["basis"], share["text"], share["formula"]) == ("derived", "25%", "250 ÷ 1.000 = 25%")
    keys = {figure["id"]: figure["key"] for figure in told["figures"]}
    assert [keys[name] for name in share["operands"]] == ["aid.disbursed@to_date", "aid.committed@to_date"]
    [row] = annex(told, "aid_moved")["rows"]
    assert {"amount": "250"} in row["cells"]
    assert share["n"] in {figure["n"] for figure in View(told).told}


def test_an_edition_of_an_earlier_version_stays_what_it_is(officer, leader):
    first = shipped_definition("monthly")
    older = {**first["content"], "annexes": [{"figure": "out.groups", **_only_out(first)}], "version": 1}
    older = {key: part for key, part in older.items() if key != "docx_evidence"}
    older["sections"] = [older["sections"][0]]
    old = ReportDefinitionFactory(code="monthly", version=1, content=older, cutoff="statutory")
    enter(officer, finished(DAY(2025, 6, 2), 6, days=3), at=DAY(2025, 6, 17))
    with clock.fixed(JULY):
        edition = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        edition.definition = old
        with acting(actor=None, verb="system.reports.load"):
            edition.save()
        told = draft_content(edition)
    assert (told["edition"]["version"], len(told["annexes"])) == (1, 1)
    assert load_report_definitions() == 0
    old.refresh_from_db()
    assert old.content == older
    assert len(render_docx(told)) > 0


def _only_out(shipped) -> dict[str, object]:
    out = next(one for one in shipped["content"]["annexes"] if one["code"] == "out")
    return {key: part for key, part in out.items() if key not in ("figure", "figures")}
