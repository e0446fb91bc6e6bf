"""Loading a sheet at the desk: read, columns, dry run, entering, the rows that come back, taking it back."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse

from bonphuong.intake.models import Batch
from bonphuong.kernel.sheets import Column, Kind, SheetSpec, read_table, write_workbook
from bonphuong.records.models import Record

HEADINGS = ("TT", "Tên đoàn/Mục đích", "Nước đến", "Thời gian", "Số người")
ROWS = [
    (1, "Sở Y tế học tập tại Phongsaly", "Lào", "10/3/2025 - 15/3/2025", 6),
    (2, "Đoàn dự hội chợ Côn Minh", "Trung Quốc", "12/4/2025 - 16/4/2025", 4),
    (3, "Đoàn đi vào ngày không có", "Lào", "31/6/2025", 4),
]
TEXT = "\n".join("\t".join(str(cell) for cell in row) for row in (HEADINGS, *ROWS))


def _file(name="doan-ra-2025.xlsx"):
    spec = SheetSpec(
        name="Đoàn ra",
        columns=[Column(heading, 20, Kind.TEXT) for heading in HEADINGS],
        rows=ROWS,
        title=["DANH SÁCH ĐOÀN RA NĂM 2025"],
    )
    file = BytesIO(write_workbook([spec], created=dt.datetime(2025, 12, 1, tzinfo=dt.UTC)))
    file.name = name
    return file


@pytest.fixture
def client(people, at_desk):
    return at_desk(people["canbo"])


def _load(client, **more):
    said = {"office": "lc-dofa", "kind": "delegations:outbound", "happened": "on", "text": TEXT, **more}
    answer = client.post("/import/", said)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


@pytest.mark.parametrize("said", [{"file": _file}, {"text": lambda: TEXT}], ids=["file", "paste"])
def test_a_sheet_is_read_and_checked_before_anything_is_entered(client, said):
    url = _load(client, **{"text": "", **{name: make() for name, make in said.items()}})
    page = client.get(url).context["page"]
    assert page.title == "2 dòng ghi được vào sổ, 1 dòng cần sửa"
    assert [(remark.cell, remark.value) for remark in page.errors.items] == [
        ("D6" if "file" in said else "D4", "31/6/2025")
    ]
    assert not Record.objects.filter(title__contains="học tập tại Phongsaly").exists()


def test_good_rows_go_in_and_the_sheet_can_be_taken_back_as_a_whole(client):
    url = _load(client)
    assert client.post(f"{url}/enter").url == url
    page = client.get(url).context["page"]
    assert page.title == "Đã ghi 2 dòng vào sổ"
    assert {record.title for record in page.records} == {ROWS[0][1], ROWS[1][1]}
    assert client.post(f"{url}/undo").status_code == 422
    assert client.post(f"{url}/undo", {"reason": "Nạp nhầm tệp"}).url == url
    assert client.get(url).context["page"].title == "Đã hoàn tác toàn bộ bảng tính"
    assert not Record.objects.filter(title=ROWS[0][1]).exists()


def test_the_rows_to_mend_come_back_as_a_workbook(client):
    url = _load(client)
    answer = client.get(f"{url}/to-mend.xlsx")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "31/6/2025" in str(read_table(answer.content, name="to-mend.xlsx"))


def test_what_a_person_says_of_a_column_is_taken_and_remembered(client):
    text = TEXT.replace("Nước đến", "Chỗ tới")
    page = client.get(_load(client, text=text)).context["page"]
    assert page.title == "Cần hiểu các cột của bảng tính này trước"
    url = f"/import/{page.batch.pk}"
    form = client.get(f"{url}/columns").context["form"]
    said = {name: form[name].value() for name in form.fields}
    assert client.post(f"{url}/columns", said | {"column-0-2": "places"}).url == url
    assert client.get(url).context["page"].title == "2 dòng ghi được vào sổ, 1 dòng cần sửa"
    again = client.get(_load(client, text=f"{text}\n4\tĐoàn khác\tLào\t20/6/2025\t3")).context["page"]
    assert not again.preview.problems


def test_nothing_given_is_said_beside_the_field_and_a_stranger_finds_nothing(client, people, at_desk):
    answer = client.post("/import/", {"office": "lc-dofa", "text": " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == ["Hãy chọn tệp, hoặc dán các dòng."]
    url = _load(client)
    assert at_desk(people["vanthu.yte"]).get(url).status_code == 404
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(("page", "arguments"), [("delegations", []), ("records", ["twinning"])])
def test_rows_are_pasted_into_a_list(sit, page, arguments):
    found = sit("canbo").get(reverse(f"desk:{page}", args=arguments)).content.decode()
    family = arguments[0] if arguments else "delegations"
    assert f'name="kind" value="{family}:' in found
    text = {
        "delegations": "Tên đoàn\tNước đến\tSố người\nThăm bạn\tLào\t4\n",
        "twinning": "Cặp\tCấp\nA – B\tthôn\n",
    }
    kind = {"delegations": "delegations:outbound", "twinning": "twinning:pair"}[family]
    answer = sit("canbo").post(
        reverse("desk:imports"), {"kind": kind, "text": text[family], "happened": "on"}
    )
    assert answer.status_code == 302
