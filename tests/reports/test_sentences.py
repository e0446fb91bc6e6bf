"""Pieces of text over figures, without a report around them."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel import clock
from bonphuong.reports.figurebook import FigureBook
from bonphuong.reports.gathering import gather
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.sentences import Speaker, tidied
from tests.factories.ledger import draft, post
from tests.reports.conftest import PROVINCE, plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
JUNE = dt.date(2025, 6, 17)
MACROS = {"size": {"when": {"some": "x"}, "say": "đủ {x}"}}


@pytest.fixture
def say():
    """Says a piece over seven groups to four countries; nobody has entered sessions."""
    with clock.fixed(JUNE):
        for country, number in (("CN", 3), ("LA", 2), ("TH", 1), ("JP", 1)):
            for _ in range(number):
                post(draft(on=dt.date(2025, 6, 2), country=country))
        row, span = definition_and_period("monthly", PROVINCE, "2025-06")
        ground = gather(row, PROVINCE, span)
    speaker = Speaker(FigureBook(ground), {"period": "tháng 6"}, MACROS)
    return lambda node: plain(speaker.say(node))


EACH = {"each": "country", "of": ["out.groups"], "say": "{=name} {out.groups:bare}"}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("Trong {=period} có {out.groups}.", "Trong tháng 6 có 7 đoàn."),
        ("Có {out.groups:bare}.", "Có 7."),
        (["Có {out.groups}", {"say": ", {sessions}"}, "."], "Có 7 đoàn."),
        ("Có {sessions}.", ""),
        ({"first": ["{sessions}", "{out.groups}", "không"]}, "7 đoàn"),
        ({"nodes": ["{out.groups}", "{sessions}", "hết"], "join": "; "}, "7 đoàn; hết"),
        (EACH, "Trung Quốc 3, Lào 2, Nhật Bản 1, Thái Lan 1"),
        ({**EACH, "limit": 2, "rest": "nước khác {out.groups:bare}"}, "Trung Quốc 3, Lào 2, nước khác 2"),
        ({**EACH, "limit": 2, "join": " / "}, "Trung Quốc 3 / Lào 2"),
        ({"macro": "size", "x": "out.groups"}, "đủ 7 đoàn"),
        ({"macro": "size", "x": "out.groups@to_date"}, "đủ 7 đoàn"),
        ({"macro": "size", "x": "sessions"}, ""),
        ({"when": {"not": {"missing": "sessions"}}, "say": "có"}, ""),
        ({"when": {"any": [{"some": "sessions"}, {"some": "out.groups"}]}, "say": "có"}, "có"),
        ({"when": {"all": [{"some": "sessions"}, {"some": "out.groups"}]}, "say": "có"}, ""),
        ({"when": {"parts": ["out.groups", "country"]}, "say": "có"}, "có"),
        ({"when": {"parts": ["sessions", "country"]}, "say": "có"}, ""),
        ({"when": {"open": False}, "say": "kỳ đã hết"}, "kỳ đã hết"),
        ({"when": {"whole": True}, "say": "cả tỉnh"}, "cả tỉnh"),
        ({"when": {"has_same": "out.groups"}, "say": "có"}, ""),
    ],
)
def test_a_piece_says_what_its_figures_allow(say, node, expected):
    assert say(node) == expected


def test_runs_are_tidied():
    figure = {"f": "f1", "t": "7"}
    assert tidied(["  Có ", "  ", figure, "", " đoàn  nữa. "]) == ["Có ", figure, " đoàn nữa."]
    assert tidied([" ", "  "]) == []
