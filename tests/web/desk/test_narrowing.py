"""Filters over short lists, counted in memory."""

from bonphuong.web.desk.pages.narrowing import Facet, Narrowing

FACETS = (
    Facet("in", "Năm", str, is_ranked=True),
    Facet("state", "Trạng thái", str.upper),
    Facet("kind", "Báo cáo", str),
    Facet("of", "Đơn vị", str),
)


def line(year, state, kind, office="a"):
    return {"in": year, "state": state, "kind": kind, "of": office}


COUNTED = [
    (line("2025", "draft", "annual"), 1),
    (line("2025", "signed", "monthly"), 12),
    (line("2026", "signed", "monthly"), 9),
    (line("2026", "draft", "monthly", "b"), 2),
]


def narrowed(**given):
    return Narrowing("/x/", FACETS, COUNTED, given)


def said(chips):
    return [(chip.label, chip.count, chip.url, chip.is_on) for chip in chips]


def test_without_a_filter_everything_is_left_and_each_value_says_how_many():
    page = narrowed()
    assert page.count == 24
    assert said(page.tabs) == [
        ("Tất cả", 24, "/x/", True),
        ("2026", 11, "/x/?in=2026", False),
        ("2025", 13, "/x/?in=2025", False),
    ]
    assert [(chip.label, chip.count) for chip in page.chips] == [
        ("SIGNED", 21),
        ("DRAFT", 3),
        ("monthly", 23),
    ]
    assert [(group.label, [chip.label for chip in group.chips]) for group in page.more] == [
        ("Báo cáo", ["annual"]),
        ("Đơn vị", ["a", "b"]),
    ]


def test_a_filter_narrows_what_the_others_count_and_is_taken_off():
    page = narrowed(state="draft", **{"in": "2026"})
    assert page.count == 2
    assert said(page.tabs)[1:] == [
        ("2026", 2, "/x/?in=2026&state=draft", True),
        ("2025", 1, "/x/?in=2025&state=draft", False),
    ]
    assert said(page.chips) == [("DRAFT", None, "/x/?in=2026", True)]
    assert page.more == []


def test_a_chosen_tab_that_nothing_is_left_of_stays_to_be_left():
    page = narrowed(kind="annual", **{"in": "2026"})
    assert page.count == 0
    assert ("2026", 0, "/x/?in=2026&kind=annual", True) in said(page.tabs)


def test_what_no_row_has_is_no_filter():
    page = narrowed(state="lost", kind="", **{"in": "1999"})
    assert (page.asked, page.count) == ({}, 24)
