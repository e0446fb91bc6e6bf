"""Shapes of sentences: deeds, what a figure is made of, years one by one, words in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from bonphuong.reports.figurebook import FigureBook
from bonphuong.reports.sentences import Speaker
from tests.reports.conftest import plain
from tests.reports.grounds import Case, ground_of

if TYPE_CHECKING:
    from bonphuong.ledger.enums import Shape

MACROS = {
    "deeds_now": {"vary": ["Trong kỳ, ", "Cũng trong kỳ, "]},
    "deeds_before": "Từ đầu năm, ",
    "deed_after": {"when": {"rise": "x"}, "say": ", tăng {x:gap} so với cùng kỳ"},
    "deed_after_more": {"when": {"rise": "x"}, "say": ", tăng {x:gap}"},
    "part": "{=name}: {x:bare}",
    "source": "",
}
VALUES = {
    "out.groups": {"period": 3, "same:period": 1, "to_date": 5},
    "in.groups": {"period": 2, "same:period": 1, "to_date": 4},
    "sessions": {"period": 0, "to_date": 2},
}


def speaker(definition: str = "monthly", period: str = "month") -> Speaker:
    """Over three groups out, two in, and two sessions earlier in the year; over 1, 2, 3, … groups year by year."""

    def value(name: str, span: str, _shape: Shape) -> int | None:
        if span.startswith("year:"):
            return int(span[-1])
        return VALUES.get(name, {}).get(span)

    return Speaker(FigureBook(ground_of(definition, Case("own", value), period)), {}, MACROS)


def said(node: object, found: Speaker | None = None) -> str:
    with translation.override("vi"):
        return plain((found or speaker()).say(node))


DEEDS = {
    "deeds": [
        {"of": "aid.items", "say": "duyệt {x}"},
        {"of": "out.groups", "say": "cử {x}"},
        {"of": "in.groups", "say": "đón {x}", "more": " nước ngoài"},
        {"of": "sessions", "say": "họp {x}"},
    ]
}


def test_deeds_of_the_period_and_of_earlier_are_told_apart():
    assert said(DEEDS) == (
        "Trong kỳ, cử 3 đoàn, tăng 2 đoàn so với cùng kỳ; đón 2 đoàn nước ngoài, tăng 1 đoàn. Từ đầu năm, họp 2 cuộc."
    )
    assert said({"deeds": [{"of": "aid.items", "say": "duyệt {x}"}]}) == ""


def test_words_come_in_turn_within_a_section_and_are_not_used_up_by_what_is_not_said():
    found = speaker()
    turn = {"vary": ["một", "hai"]}
    assert [said(turn, found) for _ in range(3)] == ["một", "hai", "một"]
    found.begin_section()
    assert said([turn, " {aid.items}"], found) == ""
    assert said(turn, found) == "một"
    stay = {"vary": ["đầu", "sau"], "stay": True}
    assert [said(stay, found) for _ in range(3)] == ["đầu", "sau", "sau"]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"split": "out.groups", "by": "channel"}, " (kênh Đảng: 2; kênh Nhà nước: 1)"),
        (
            {"split": "out.groups", "by": "channel", "say": "{=name} {x}"},
            " (kênh Đảng 2 đoàn; kênh Nhà nước 1 đoàn)",
        ),
        ({"split": "sessions", "by": "channel"}, ""),
        ({"split": "out.groups", "by": "field"}, " (y tế: 2; giáo dục: 1)"),
    ],
)
def test_a_figure_is_parted_in_brackets(node, expected):
    assert said(["có", node]) == f"có{expected}"


def test_a_figure_all_of_one_sort_names_the_sort_alone():
    one = Case("one", lambda *_: 1)
    found = Speaker(FigureBook(ground_of("monthly", one, "month")), {}, MACROS)
    assert said(["có", {"split": "out.groups", "by": "channel"}], found) == "có (kênh Đảng)"


def test_years_are_told_one_by_one_and_the_one_that_has_the_most():
    found = speaker("term", "term")
    each = {"each": "year", "of": ["out.groups"], "say": "{=name} {out.groups:bare}"}
    assert said(each, found) == "năm 2021 1, năm 2022 2, năm 2023 3, năm 2024 4, năm 2025 5"
    assert said({**each, "most": True}, found) == "năm 2025 5"
    assert said(each) == ""
