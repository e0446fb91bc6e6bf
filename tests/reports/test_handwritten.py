"""Numbers typed by hand into a text: which of them count something, which figure they are, which say otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bonphuong.reports.handwritten import bound, contradictions, numbers_in, offers
from bonphuong.reports.written import Choice

UNITS = ("đoàn", "lượt người", "khoản", "USD", "%")
OWN = ("tháng 11 năm 2026", "11 tháng đầu năm 2026", "năm 2026")


def figure(name, value, unit="đoàn", *, label="Đoàn ra", facet="", span="period", is_main=True):
    reference = f"{{{name}{'' if span == 'period' else '@' + span}{':' + facet if facet else ''}}}"
    number = Decimal(value)
    return Choice(
        reference, name, span, facet, label, "tháng 11 năm 2026", f"{value} {unit}", number, unit, is_main
    )


FIGURES = [
    figure("out.groups", 43),
    figure("in.groups", 85, label="Đoàn vào"),
    figure("out.visits", 410, "lượt người", label="Lượt người đi theo đoàn"),
    figure("out.groups", 2, facet="gap"),
    figure("aid.committed", 1170000, "USD", label="Cam kết năm"),
    figure("out.groups", 12, label="Đoàn ra: Lào", is_main=False),
]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Tỉnh cử 42 đoàn.", [("42 đoàn", 42)]),
        ("1.234 lượt người", [("1.234 lượt người", 1234)]),
        ("9,5% so với trước", [("9,5%", Decimal("9.5"))]),
        ("1,17 triệu USD", [("1,17 triệu USD", 1170000)]),
        ("2 tỷ đồng", [("2 tỷ", 2 * 10**9)]),
        ("Ngày 15/11/2026, ngày 28 tháng 2, năm 2025", []),
        ("Quyết định số 42/QĐ-UBND", []),
        ("Nghị quyết 59-NQ/TW, mục 3, điều 12 và 24h", []),
        ("28.10.2026", []),
        ("{out.groups} và {in.groups:bare} đoàn", []),
        ("Cử 42 đoàn/410 lượt người", [("42 đoàn", 42), ("410 lượt người", 410)]),
        ("từ 10-12 đoàn", []),
        ("Cử 42 ĐOÀN", [("42 ĐOÀN", 42)]),
        ("đoàn ra 43; hết", [("43", 43)]),
    ],
)
def test_numbers_that_count_something(body, found):
    assert [(one.text, one.value) for one in numbers_in(body, UNITS)] == found
    assert all(body[one.start : one.end] == one.text for one in numbers_in(body, UNITS))


def test_english_marks():
    assert [one.value for one in numbers_in("1,234.5 USD and 2.5%", UNITS, "en")] == [
        Decimal("1234.5"),
        Decimal("2.5"),
    ]


@pytest.mark.parametrize(
    ("body", "first", "is_same"),
    [
        ("Tỉnh cử 43 đoàn.", "{out.groups}", True),
        ("Tỉnh cử 42 đoàn.", "{out.groups}", False),
        ("Tăng 2 đoàn.", "{out.groups:gap}", True),
        ("Cam kết năm 1,17 triệu USD", "{aid.committed}", True),
        ("Đoàn vào: 85", "{in.groups}", True),
    ],
)
def test_a_number_that_is_a_figure_is_offered(body, first, is_same):
    [offer] = offers(body, FIGURES)
    assert (offer.choices[0].reference, offer.is_same) == (first, is_same)


@pytest.mark.parametrize("body", ["Có 85 học viên.", "Tiếp 7 đoàn.", "Đoàn vào: 5", "Không có số."])
def test_other_numbers_are_left_alone(body):
    assert offers(body, FIGURES) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Tỉnh cử 42 đoàn ra nước ngoài.", "42 đoàn"),
        ("Trong tháng 11 năm 2026 cử 42 đoàn.", "42 đoàn"),
        ("Đoàn ra: 7 đoàn.", "7 đoàn"),
        ("Có hơn 45 đoàn.", "45 đoàn"),
        ("Cam kết năm khoảng 1,5 triệu USD.", "1,5 triệu USD"),
    ],
)
def test_a_number_that_says_otherwise_is_found_with_its_words(body, words):
    [(number, choice)] = contradictions(body, FIGURES, own=OWN)
    assert number.text == words
    assert choice.name in ("out.groups", "aid.committed")


@pytest.mark.parametrize(
    "body",
    [
        "Tỉnh cử 43 đoàn ra, trong đó 12 đoàn đi Lào, tăng 2 đoàn.",
        "Có hơn 40 đoàn, gần 45 đoàn, khoảng 43 đoàn.",
        "Năm 2025 cử 42 đoàn ra.",
        "Cùng kỳ năm trước có 42 đoàn ra.",
        "Kế hoạch năm 2027 cử 45 đoàn ra.",
        "Tháng 10 cử 41 đoàn ra.",
        "Phục vụ 3 đoàn của các sở.",
        "Tăng 9,7%.",
        "{out.groups} và 43 đoàn.",
    ],
)
def test_what_is_true_or_of_another_time_is_no_contradiction(body):
    assert list(contradictions(body, FIGURES, own=OWN)) == []


def test_a_number_is_replaced_where_it_stands():
    body = "Cử 42 đoàn, đón 42 đoàn."
    assert bound(body, 16, "42 đoàn", "{in.groups}") == "Cử 42 đoàn, đón {in.groups}."
    assert bound(body, 99, "42 đoàn", "{out.groups}") == "Cử {out.groups}, đón 42 đoàn."
    assert bound("Đoàn ra: 43", 9, "43", "{out.groups}") == "Đoàn ra: {out.groups:bare}"
    assert bound(body, 0, "43 đoàn", "{out.groups}") is None
    assert bound(body, 0, "", "{out.groups}") is None
