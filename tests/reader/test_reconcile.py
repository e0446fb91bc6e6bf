"""Each claim beside the ledger's figure; papers beside one another and beside what is known."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.indicators.services import load_indicators
from bonphuong.ledger.services import declare_coverage, post_statement
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.services import PaperNote
from bonphuong.reader.extract import read
from bonphuong.reader.reconcile import Told, contradictions, holds, reconcile, reconcile_document
from bonphuong.reader.services import Acceptance, accept_claim, file_and_read, load_known_states
from bonphuong.reader.source import decode
from bonphuong.trail.acting import acting
from tests.factories.accounts import DepartmentFactory, OfficeFactory, officer_of
from tests.factories.ledger import draft, post
from tests.reader.articles import OURS

pytestmark = pytest.mark.django_db
FIRST, SECOND = (OURS / name for name in ("2020-02-13-bien-gioi.txt", "2023-02-28-thon-ban.txt"))
HEAD = "20/06/2025\n\nMột tiêu đề đủ dài cho bài này\n\n"


@pytest.fixture(autouse=True)
def dofa():
    load_indicators()
    return DepartmentFactory(code="lc-dofa", belongs_to=OfficeFactory(code="lai-chau"))


def told(text, label="paper"):
    document = read(text)
    return Told(label, document.published, document.claims)


def outcomes(sentence):
    return [
        (one.claim.subject, str(one.outcome), one.beside, one.difference)
        for one in reconcile([told(f"{HEAD}{sentence}")], office="lai-chau")
    ]


def trips(number, on=dt.date(2024, 6, 11), **dims):
    for _ in range(number):
        post(draft(on=on, **dims))


def cover(measure="outbound.groups"):
    with acting(actor=None, verb="system.test"):
        declare_coverage(
            book="lai-chau",
            office="lai-chau",
            measures=[measure],
            since=dt.date(2024, 1, 1),
            until=dt.date(2024, 12, 31),
        )


def state(measure, value, since, until, **more):
    with acting(actor=None, verb="system.test"):
        return post_statement(
            book="lai-chau",
            office="lai-chau",
            measure=measure,
            since=since,
            until=until,
            value=value,
            kind="stated",
            **more,
        )


def test_match_difference_and_nothing():
    trips(3)
    sentence = "Năm 2024, tỉnh cử {} đoàn đi công tác nước ngoài."
    assert outcomes(sentence.format(3)) == [("outbound.groups", "matches", Decimal(3), Decimal(0))]
    assert outcomes(sentence.format(5)) == [("outbound.groups", "differs", Decimal(3), Decimal(-2))]
    assert outcomes("Năm 2023, tỉnh cử 5 đoàn đi công tác nước ngoài.") == [
        ("outbound.groups", "no_record", None, None)
    ]


def test_none_in_a_complete_register_is_a_difference():
    cover()
    (one,) = reconcile([told(f"{HEAD}Năm 2024, tỉnh cử 5 đoàn đi công tác nước ngoài.")], office="lai-chau")
    assert (one.outcome, one.beside, one.difference, one.is_complete) == (
        "differs",
        Decimal(0),
        Decimal(-5),
        True,
    )


def test_no_period_and_ambiguous_come_first():
    trips(3)
    state("border.length", 265165, None, None)
    assert outcomes("Tỉnh đã cử 3 đoàn đi công tác nước ngoài.") == [
        ("outbound.groups", "no_period", None, None)
    ]
    assert outcomes("Tỉnh có đường biên giới dài 265.165 km.") == [
        ("border.length", "ambiguous", Decimal("265.165"), Decimal("0.000"))
    ]


def test_another_papers_figure_stands_beside_where_the_register_has_none():
    state("outbound.groups", 42, dt.date(2019, 1, 1), dt.date(2019, 12, 31))
    (one,) = reconcile([told(f"{HEAD}Năm 2019, tỉnh cử 40 đoàn đi công tác nước ngoài.")], office="lai-chau")
    assert (one.outcome, one.beside_from, one.difference) == ("differs", "stated", Decimal(2))


def test_places_narrow_the_figure():
    trips(2, country="CN")
    trips(3, country="LA", partner="la-phongsaly")
    sentence = "Năm 2024, tỉnh cử {} đoàn đi công tác tại {}."
    assert outcomes(sentence.format(2, "Trung Quốc"))[0][1] == "matches"
    assert outcomes(sentence.format(3, "tỉnh Phông Sa Lỳ (Lào)"))[0][1] == "matches"
    assert outcomes(sentence.format(5, "Lào"))[0][1:] == ("differs", Decimal(3), Decimal(-2))


def test_part_without_a_place_and_unknown_subjects_are_not_compared():
    trips(3)
    assert [
        one[1]
        for one in outcomes("Năm 2024, tỉnh cử 3 đoàn đi công tác nước ngoài, trong đó khối đảng 1 đoàn.")
    ] == [
        "matches",
        "not_compared",
    ]
    assert outcomes("Năm 2024, trao sách cho 345.200 học sinh.") == [(None, "not_compared", None, None)]


@pytest.mark.parametrize(
    ("sense", "value", "beside", "expected"),
    [
        ("", 40, 40, True),
        ("", 40, 41, False),
        ("over", 40, 42, True),
        ("over", 40, 39, False),
        ("over", 40, 60, False),
        ("under", 40, 38, True),
        ("under", 40, 41, False),
        ("about", 40, 43, True),
        ("about", 40, 50, False),
        ("estimated", 40, 41, False),
        ("at_least", 40, 90, True),
        ("at_least", 40, 39, False),
        ("up_to", 40, 12, True),
        ("up_to", 40, 41, False),
    ],
)
def test_bound_words_decide_what_matches(sense, value, beside, expected):
    assert holds(Decimal(value), sense, Decimal(beside)) is expected


def test_events_match_a_record_of_their_days():
    text = f"{HEAD}Ngày 18/5/2021, tỉnh Lai Châu tổ chức hội đàm trực tuyến với tỉnh Vân Nam."
    (before,) = reconcile([told(text)], office="lai-chau")
    post(draft("sessions.held", on=dt.date(2021, 5, 18)))
    (after,) = reconcile([told(text)], office="lai-chau")
    assert (before.outcome, after.outcome) == ("no_record", "matches")


def test_gate_of_two_papers_is_a_contradiction_that_the_register_explains():
    load_known_states()
    papers = [told(decode(path.read_bytes()), path.name) for path in (FIRST, SECOND)]
    (gate,) = [one for one in contradictions(papers) if one.thing == "gate-ma-lu-thang"]
    assert [(one.on, one.state, one.target) for one in gate.said] == [
        (dt.date(2020, 2, 13), "upgrading", "international"),
        (dt.date(2023, 2, 28), "international", ""),
    ]
    assert gate.explained_by is not None
    assert gate.explained_by.source.startswith("NQ 63/NQ-CP")
    found = [one for one in reconcile(papers, office="lai-chau") if one.claim.topic == "gate.status"]
    assert [(one.outcome, [two.thing for two in one.against]) for one in found] == [
        ("contradicts", ["gate-ma-lu-thang"]),
        ("contradicts", ["gate-ma-lu-thang"]),
    ]
    assert found[0].as_json()["contradictions"][0]["explained_by"]["since"] == "2020-05-07"


def test_gate_contradiction_without_a_register_has_no_explanation():
    papers = [told(decode(path.read_bytes()), path.name) for path in (SECOND, FIRST)]
    (gate,) = contradictions(papers)
    assert ([one.state for one in gate.said], gate.explained_by) == (["upgrading", "international"], None)


def test_paper_against_the_register_alone():
    load_known_states()
    late = told(f"{HEAD}Tỉnh đang lo thủ tục nâng cấp cửa khẩu Ma Lù Thàng thành cửa khẩu quốc tế.")
    (gate,) = contradictions([late])
    assert (gate.said[0].state, gate.explained_by) == ("upgrading", None)
    agreeing = told(f"{HEAD}Hàng hóa đi qua cửa khẩu quốc tế Ma Lù Thàng mỗi ngày một nhiều.")
    assert contradictions([agreeing]) == []
    assert [one.outcome for one in reconcile([agreeing], office="lai-chau")] == ["matches"]


def test_all_claims_of_a_page_cost_the_same_queries(django_assert_max_num_queries):
    trips(2)
    one = told(f"{HEAD}Năm 2024, tỉnh cử 2 đoàn đi công tác nước ngoài.")
    many = told(decode(SECOND.read_bytes()))
    with django_assert_max_num_queries(8):
        reconcile([one], office="lai-chau")
    with django_assert_max_num_queries(8):
        reconcile([many, one], office="lai-chau")


def test_stored_document_never_confirms_itself_and_sees_the_others():
    officer = officer_of(OfficeFactory(code="lai-chau"))
    note = PaperNote(kind=PaperKind.NEWS_ARTICLE, office_code="lc-dofa")
    first = file_and_read(note, content=FIRST.read_bytes(), file_name="a.txt", actor=officer)
    file_and_read(note, content=SECOND.read_bytes(), file_name="b.txt", actor=officer)
    stored = first.claims.get(topic="students.present")
    accept_claim(stored, Acceptance(until=dt.date(2020, 2, 13)), actor=officer)
    found = {one.claim.topic: one for one in reconcile_document(first, officer)}
    assert (found["students.present"].outcome, found["students.present"].uid) == ("no_record", stored.pk)
    assert found["gate.status"].outcome == "contradicts"
    stranger = officer_of(OfficeFactory(code="elsewhere"))
    assert {one.claim.topic: one for one in reconcile_document(first, stranger)}[
        "gate.status"
    ].outcome == "no_record"
