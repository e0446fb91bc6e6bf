from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, BadValue, NotAllowed
from bonphuong.reports.services import build_draft, write_text
from bonphuong.reports.writing import write_report
from tests.factories.delegations import finished
from tests.reports.conftest import PROVINCE, enter, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
JUNE = DAY(2025, 6, 17)


def told(files) -> dict:
    return json.loads(next(path for path in files if path.suffix == ".json").read_text(encoding="utf-8"))


def test_five_files_of_a_report_that_nobody_has_begun(officer, tmp_path):
    enter(officer, finished(DAY(2025, 6, 2), 6, days=3), at=JUNE)
    with clock.fixed(JUNE):
        files = write_report(PROVINCE, "monthly", "2025-06", tmp_path / "out")
    assert [path.name for path in files] == [
        f"monthly-lai-chau-2025-06.{suffix}" for suffix in ("docx", "pdf", "xlsx", "html", "json")
    ]
    assert all(path.stat().st_size > 1000 for path in files)
    assert told(files)["marks"][-1] == "Bản thảo"


def test_a_draft_is_written_with_what_people_wrote(officer, tmp_path):
    with clock.fixed(JUNE):
        draft = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        write_text(actor=officer, edition=draft, slot="tasks", body="Chuẩn bị hội nghị.")
        files = write_report(PROVINCE, "monthly", "2025-06", tmp_path, officer)
    assert told(files)["edition"]["uid"] == str(draft.pk)
    assert "Chuẩn bị hội nghị." in files[3].read_text(encoding="utf-8")


def test_a_signed_report_is_written_as_it_was_signed(officer, leader, tmp_path):
    edition = sign(officer, leader, "monthly", "2025-06", at=JUNE)
    enter(officer, finished(DAY(2025, 6, 2), 6, days=3), at=DAY(2025, 7, 1), late_reason="Nhập bổ sung")
    with clock.fixed(DAY(2025, 7, 2)):
        files = write_report(PROVINCE, "monthly", "2025-06", tmp_path)
    assert files[4].read_text(encoding="utf-8") == edition.frozen.content
    assert "Bản thảo" not in told(files)["marks"]


def test_who_may_not_and_what_cannot_be(tmp_path):
    with clock.fixed(JUNE):
        with pytest.raises(NotAllowed):
            write_report(PROVINCE, "monthly", "2025-06", tmp_path, User.objects.get(username="canbo.laocai"))
        for office, code in (("nowhere", "monthly"), (PROVINCE, "weekly"), (PROVINCE, "annual")):
            with pytest.raises(BadInput):
                write_report(office, code, "2025-06", tmp_path)
        with pytest.raises(BadValue):
            write_report(PROVINCE, "monthly", "tháng sáu", tmp_path)
        blocked = tmp_path / "file"
        blocked.write_text("x", encoding="utf-8")
        with pytest.raises(BadInput) as caught:
            write_report(PROVINCE, "monthly", "2025-06", blocked)
    assert list(caught.value.errors) == ["out"]


def test_a_report_in_english_compares_with_what_was_told_in_vietnamese(officer, leader, tmp_path):
    enter(officer, finished(DAY(2024, 6, 3), 6, days=2), at=DAY(2024, 6, 17))
    sign(officer, leader, "monthly", "2024-06", at=DAY(2024, 6, 17))
    enter(officer, finished(DAY(2025, 6, 2), 6, days=3), at=JUNE)
    with clock.fixed(JUNE):
        files = write_report(PROVINCE, "monthly", "2025-06", tmp_path, language="en")
    page = files[3].read_text(encoding="utf-8")
    words = re.sub(r"<[^>]*>", "", page)
    assert "In June 2025 the province sent 1 group with 6 person-visits abroad on duty" in words
    assert "SOCIALIST REPUBLIC OF VIET NAM" in words
    [told_then] = [f for f in told(files)["figures"] if f["key"] == "out.groups@same:to_date:published"]
    assert (told_then["text"], told_then["edition"]["period"]) == ("1 group", "June 2024")


@pytest.mark.parametrize(
    ("code", "period", "title"),
    [
        (
            "quarterly",
            "2025-Q2",
            "Kết quả công tác đối ngoại quý II năm 2025 và nhiệm vụ trọng tâm quý III năm 2025",
        ),
        ("half_year", "2025-H1", "6 tháng đầu năm 2025 và phương hướng, nhiệm vụ 6 tháng cuối năm 2025"),
        ("half_year", "2024-H2", "6 tháng cuối năm 2024 và phương hướng, nhiệm vụ 6 tháng đầu năm 2025"),
        ("nine_months", "2024-9M", "9 tháng năm 2024 và nhiệm vụ trọng tâm quý IV năm 2024"),
        ("term", "2023-2024", "giai đoạn 2023-2024 và phương hướng, nhiệm vụ giai đoạn 2025-2026"),
        ("ad_hoc", "2025-05-20..2025-06-10", "từ ngày 20/05/2025 đến ngày 10/06/2025"),
        ("ad_hoc", "2025-06-02", "Kết quả công tác đối ngoại ngày 02 tháng 6 năm 2025"),
        ("aid", "2025-H1", "viện trợ phi chính phủ nước ngoài 6 tháng đầu năm 2025"),
        ("agreements", "2024", "Rà soát tình hình ký kết và thực hiện thỏa thuận quốc tế năm 2024"),
        ("twinning", "2023-2024", "nước bạn giai đoạn 2023-2024"),
        ("students", "2024", "Kết quả đào tạo lưu học sinh Lào năm 2024"),
        ("directive12", "2022-2024", "Chỉ thị số 12-CT/TW về đối ngoại nhân dân giai đoạn 2022-2024"),
    ],
)
def test_every_report_of_the_catalogue_is_written_in_both_languages(officer, tmp_path, code, period, title):
    enter(officer, finished(DAY(2024, 6, 3), 6, days=2), finished(DAY(2025, 6, 2), 6, days=3), at=JUNE)
    with clock.fixed(JUNE):
        files = write_report(PROVINCE, code, period, tmp_path / "vi")
        english = write_report(PROVINCE, code, period, tmp_path / "en", language="en")
    assert title in told(files)["head"]["title"]
    assert told(english)["language"] == "en"
    assert all(path.stat().st_size > 1000 for path in (*files, *english))


@pytest.mark.parametrize(
    ("code", "period"),
    [("monthly", "2025-H1"), ("half_year", "2025-06"), ("term", "2024"), ("annual", "2021-2024"), ("ad_hoc", "2024"),
     ("aid", "2025-05"), ("twinning", "2025-06-02")],
)  # fmt: skip
def test_a_period_that_a_report_is_not_for_is_refused(tmp_path, code, period):
    with clock.fixed(JUNE), pytest.raises(BadInput) as caught:
        write_report(PROVINCE, code, period, tmp_path)
    assert list(caught.value.errors) == ["period"]


def test_the_union_has_a_form_of_its_own(tmp_path):
    with clock.fixed(JUNE):
        union = told(write_report("lc-union", "monthly", "2025-06", tmp_path / "union"))
        department = told(write_report("lc-dofa", "monthly", "2025-06", tmp_path / "department"))
    assert union["head"]["title"].startswith("Kết quả công tác đối ngoại nhân dân tháng 6 năm 2025")
    assert "organisation" in [section["code"] for section in union["sections"]]
    assert "organisation" not in [section["code"] for section in department["sections"]]
    assert "Các hội hữu nghị thành viên" in union["recipients"]
    assert "Các hội hữu nghị thành viên" not in department["recipients"]
