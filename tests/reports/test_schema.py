from __future__ import annotations

import copy
import json

import pytest

from bonphuong.indicators.services import DATA as INDICATORS
from bonphuong.kernel.errors import BadInput
from bonphuong.reports.schema import PLACE, dimension_field, read_definition
from bonphuong.reports.services import shipped_definition
from bonphuong.reports.shipped import shipped_names
from tests.factories.reports import SMALL

KNOWN = {
    row["code"]: row.get("measure", "")
    for path in sorted(INDICATORS.glob("*.json"))
    for row in json.loads(path.read_text(encoding="utf-8"))
}
ORDER = [
    "context", "relations", "delegations", "agreements", "conferences", "economic", "cultural", "border", "consular",
    "overseas", "aid", "people", "information", "protocol", "training", "tasks", "requests",
]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in shipped_names() if not name.endswith(".en")])
def test_both_languages_tell_the_same_figures_in_the_same_order(name):
    vi, en = (shipped_definition(each)["content"] for each in (name, f"{name}.en"))

    def named(content: dict) -> set[str]:
        # In English a list of parts tells the number alone: the unit stands once before it.
        found = {match[0].replace(":bare}", "}") for match in PLACE.finditer(json.dumps(content["sections"]))}
        return {place for place in found if not place.startswith("{=")}

    assert named(en) == named(vi)
    assert [section["code"] for section in en["sections"]] == [section["code"] for section in vi["sections"]]
    assert [annex["code"] for annex in en["annexes"]] == [annex["code"] for annex in vi["annexes"]]


@pytest.mark.parametrize("name", shipped_names())
def test_what_is_shipped_passes_the_gate(name):
    row = shipped_definition(name)
    read = read_definition(row["content"], KNOWN)
    assert row["source"]
    assert all((read.name, read.about, read.group, read.periods))
    assert len(set(read.slots)) == len(read.slots)
    codes = [section.code for section in read.sections]
    assert len(set(codes)) == len(codes)


def test_the_sections_of_the_year_stand_in_the_order_that_reports_have():
    codes = [section.code for section in read_definition(shipped_definition("annual")["content"]).sections]
    assert [code for code in codes if code in ORDER] == ORDER


def test_annexes_have_the_columns_that_provinces_send():
    out, _own, into, *_others = read_definition(shipped_definition("annual")["content"]).annexes
    assert [column.label for column in out.columns] == [
        "Tên đoàn, mục đích", "Trưởng đoàn, chức vụ", "Số người", "Nước, địa phương đến", "Thời gian", "Cơ quan mời",
        "Nguồn kinh phí", "Số quyết định", "Trong/ ngoài kế hoạch", "Kết quả", "Báo cáo (ngày)",
    ]  # fmt: skip
    assert [column.label for column in into.columns] == [
        "Tên đoàn, quốc tịch", "Trưởng đoàn", "Số người", "Cơ quan đón", "Thời gian", "Nội dung", "Địa bàn",
        "Cấp đón tiếp", "Kết quả",
    ]  # fmt: skip


def changed(path: str, value: object) -> dict:
    made = copy.deepcopy(SMALL)
    *way, last = path.split(".")
    place = made
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return made


BLOCK = "sections.0.blocks.0"


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("spans", ["period", "month"], "spans"),
        ("periods", ["week"], "periods"),
        ("figures.out", {"indicator": "outbound.grups"}, "figures.out"),
        ("figures.Out Groups", "outbound.groups", "figures.Out Groups"),
        ("figures.x", "outbound.groups", "figures.x"),
        (BLOCK, {"paragraph": "Có {outt}."}, BLOCK),
        (BLOCK, {"paragraph": "Có {out@to_date}."}, BLOCK),
        (BLOCK, {"paragraph": "Có {out:size}."}, BLOCK),
        (BLOCK, {"paragraph": "Có {=world}."}, BLOCK),
        (BLOCK, {"paragraph": "Có {out."}, BLOCK),
        (BLOCK, {"paragraph": {"when": {"some": "out", "zero": "out"}, "say": "x"}}, f"{BLOCK}.when"),
        (BLOCK, {"paragraph": {"when": {"huge": "out"}, "say": "x"}}, f"{BLOCK}.when"),
        (BLOCK, {"paragraph": {"when": {"some": "out"}}}, BLOCK),
        (BLOCK, {"paragraph": {"each": "purpose", "of": ["out"], "say": "{=name}"}}, BLOCK),
        (BLOCK, {"paragraph": {"macro": "compare", "x": "out"}}, BLOCK),
        (BLOCK, {"special": "poem"}, BLOCK),
        (BLOCK, {"table": {"kind": "pie"}}, f"{BLOCK}.table"),
        (BLOCK, "text", BLOCK),
        ("sections.0.figures", ["in"], "sections.0"),
        ("sections.0", {"code": "out"}, "sections.0"),
        ("title", 7, "title"),
        ("allowed", {"out": ["outbound.flights"]}, "allowed.out"),
        ("plausible", [{"figure": "out", "per": "in", "low": 1, "high": 2}], "plausible.0"),
    ],
)
def test_every_mistake_is_named_with_its_place(path, value, place):
    with pytest.raises(BadInput) as caught:
        read_definition(changed(path, value), KNOWN)
    assert list(caught.value.errors) == [place]


def test_what_is_no_object_is_refused():
    with pytest.raises(BadInput):
        read_definition(["sections"], KNOWN)


def test_a_dimension_is_found_by_the_name_that_its_measure_gives_it():
    assert dimension_field("outbound.groups", "head_level") == "slot1"
    assert dimension_field("sessions.held", "purpose") == "slot2"
    assert dimension_field("inbound.groups", "country") == "country"
