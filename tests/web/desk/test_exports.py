"""Lists taken away: their filter stands in them, what is restricted never does, and queries do not grow with rows."""

import csv
import datetime as dt
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.families.delegations import columns
from bonphuong.families.delegations.services import create, create_many
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.sheets import read_table
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.web.desk.pages.exports import Listing, take_away
from tests.factories.delegations import finished

DANGER = '=HYPERLINK("http://example.invalid")'


@pytest.fixture
def trips(people):
    drafts = [finished(dt.date(2025, 3, 3 + n), 5 + n, title=f"Đoàn minh họa {n}") for n in range(3)]
    drafts.append(finished(dt.date(2025, 4, 1), 9, title=DANGER))
    return create_many(drafts, office_code="lc-dofa", actor=people["canbo"], reason="Nhập sổ")


def listing(user, **more):
    records = Record.objects.visible_to(user).filter(family="delegations")
    return Listing(get_family("delegations"), records, **more)


def content(user, ending, **more):
    return b"".join(take_away(listing(user, **more), ending).pieces)


def test_a_workbook_says_its_filter_and_hides_what_identifies_the_rows(people, trips):
    data = content(people["canbo"], "xlsx", said=["năm 2025", "Lào"])
    (sheet, marker) = read_table(data)
    texts = [[str(v) for v in row.values if v is not None] for row in sheet.rows]
    assert any("năm 2025; Lào" in text for row in texts for text in row)
    assert not marker.visible
    assert {str(trip.pk) for trip in trips} <= {text for row in texts for text in row}
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert xml.count('hidden="1"') >= 1
    assert "<f>" not in xml


def test_totals_stand_below_and_no_formula_is_made_of_a_title(people, trips):
    (sheet, _marker) = read_table(content(people["canbo"], "xlsx"))
    totals = next(row for row in sheet.rows if "Tổng cộng" in row.texts() or "Cộng" in row.texts())
    assert 5 + 6 + 7 + 9 in totals.values


def test_text_files_are_guarded_against_formulas(people, trips):
    text = content(people["canbo"], "csv", said=["Lào"]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][0].endswith(": Lào")
    assert any(f"'{DANGER}" in row for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert rows[2][-2:] == ["Mã bản ghi, giữ nguyên", "Phiên bản, giữ nguyên"]


def test_json_has_codes_filter_and_every_column_that_may_leave(people, trips):
    found = json.loads(content(people["canbo"], "json", said=["Lào"], asked={"country": "LA"}))
    assert found["filter"] == {"words": ["Lào"], "asked": {"country": "LA"}}
    first = found["rows"][0]
    assert (first["uid"], first["version"], first["kind"]) == (str(trips[0].pk), trips[0].version, "outbound")
    assert {"heads", "cost_vnd", "field"} <= first["values"].keys()
    assert len(found["rows"]) == 4


def test_an_empty_list_is_a_file_all_the_same(people):
    user = people["canbo"]
    assert json.loads(content(user, "json"))["rows"] == []
    assert read_table(content(user, "xlsx"))
    assert content(user, "csv")


def test_another_ending_is_refused(people):
    with pytest.raises(BadInput):
        take_away(listing(people["canbo"]), "pdf")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_queries_do_not_grow_with_rows(people, trips, ending):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            content(people["canbo"], ending)
        return len(captured)

    few = queries()
    drafts = [finished(dt.date(2025, 5, 1 + n % 28), 5, title=f"Đoàn thêm {n}") for n in range(40)]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"], reason="Nhập sổ")
    assert queries() == few
    assert few < 25


def test_no_restricted_column_leaves_by_any_door(people, trips, monkeypatch):
    monkeypatch.setattr(
        columns, "OUTBOUND", tuple(replace(c, restricted=c.code == "head") for c in columns.OUTBOUND)
    )
    for ending in ("csv", "json"):
        assert "Trưởng đoàn" not in content(people["canbo"], ending).decode()


def test_a_list_leaves_by_its_address_and_nobody_elses_rows_with_it(people, at_desk, trips):
    answer = at_desk(people["canbo"]).get("/delegations/list.json?kind=outbound&period=2025")
    assert len(json.loads(answer.getvalue())["rows"]) == 4
    assert answer["Cache-Control"] == "private, no-store"
    other = at_desk(people["canbo.laocai"]).get("/delegations/list.json?kind=outbound&period=2025")
    assert json.loads(other.getvalue())["rows"] == []
    assert at_desk(people["canbo"]).get("/delegations/list.exe").status_code == 400


def test_a_personal_trip_leaves_only_with_whoever_may_see_it(people, at_desk):
    draft = finished(dt.date(2025, 3, 3), 1, kind="personal", title="Vàng Văn Thử thăm thân", head_name="")
    create(draft, office_code="lc-dofa", actor=people["canbo"], reason="Nhập sổ")
    mine = at_desk(people["canbo"]).get("/delegations/list.json?kind=personal&period=2025")
    assert len(json.loads(mine.getvalue())["rows"]) <= 1
