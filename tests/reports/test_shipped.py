"""Files that build on one another become whole definitions."""

from __future__ import annotations

import json

from bonphuong.reports.shipped import shipped_definition, shipped_names, shipped_titles


def sections(name: str) -> dict[str, dict]:
    return {section["code"]: section for section in shipped_definition(name)["content"]["sections"]}


def test_nothing_in_a_definition_refers_to_the_shelf():
    for name in shipped_names():
        row = shipped_definition(name)
        text = json.dumps(row["content"], ensure_ascii=False)
        assert '"template"' not in text
        assert '"$' not in text
        assert not {"shelf", "changed", "templates", "annex_shelf"} & row["content"].keys()
        assert '{"vi":' not in text


def test_a_report_takes_sections_and_says_what_differs():
    half, nine = sections("half_year"), sections("nine_months")
    assert half["tasks"]["title"] != nine["tasks"]["title"]
    assert half["border"] == nine["border"]
    monthly = sections("monthly")
    assert [block["slot"] for block in monthly["sessions"]["blocks"] if "slot" in block] == ["sessions"]
    assert [block["slot"] for block in monthly["others"]["blocks"] if "slot" in block] == ["others"]
    assert "activities.consular" in monthly["others"]["figures"]


def test_what_a_person_writes_stands_last_in_its_section():
    for name in shipped_names():
        for section in sections(name).values():
            slots = ["slot" in block for block in section["blocks"]]
            assert not any(slots) or slots.index(True) == len(slots) - slots.count(True), (
                name,
                section["code"],
            )


def test_the_form_of_a_kind_of_office_is_of_the_same_report():
    union, everybody = shipped_definition("union_monthly"), shipped_definition("monthly")
    assert (union["code"], union["office_kind"]) == ("monthly", "union")
    assert (everybody["code"], everybody["office_kind"]) == ("monthly", "")
    assert union["content"]["recipients"] != everybody["content"]["recipients"]


def test_titles_are_by_code_in_the_readers_language():
    assert shipped_titles("vi")["term"] == "Báo cáo giai đoạn, nhiệm kỳ"
    assert shipped_titles("en")["students"] == "Report on Lao students"
