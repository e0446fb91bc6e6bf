"""Both articles give what they claim, with the exact spans, and nothing from the rest of the page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.reader.claims import Flag, Kind, Role
from tests.reader.articles import ours, real, said, told

A2020 = "2020-02-13-lai-chau-doi-ngoai.txt"
A2023 = "2023-02-28-vufo-lai-chau.txt"
D2020 = dt.date(2020, 2, 13)
D2023 = dt.date(2023, 2, 28)
FIELDS = [
    "border-management",
    "border-security",
    "foreign-affairs",
    "trade",
    "transport",
    "labour",
    "border-crime",
    "forest-fire",
    "friendship",
    "village-twinning",
    "border-post-twinning",
]
# (subject, value, unit, shape, flags) of the flows that the first article gives without a period.
FLOWS = [
    ("outbound.groups", "42", "đoàn"),
    ("outbound.person_visits", "410", "lượt người"),
    ("outbound.individuals", "64", "cá nhân"),
    ("inbound.groups", "85", "đoàn"),
    ("inbound.person_visits", "506", "lượt người"),
]


@pytest.fixture(
    params=[
        pytest.param(lambda: real(A2020), marks=pytest.mark.corpus, id="real"),
        pytest.param(lambda: ours("2020-02-13-bien-gioi.txt"), id="ours"),
    ]
)
def first(request):
    return request.param()


@pytest.fixture(
    params=[
        pytest.param(lambda: real(A2023), marks=pytest.mark.corpus, id="real"),
        pytest.param(lambda: ours("2023-02-28-thon-ban.txt"), id="ours"),
    ]
)
def second(request):
    return request.param()


def codes(names):
    return [name.code for name in names]


# --- the article of 2020 -------------------------------------------------------------------------------------


def test_first_article_has_its_date_and_its_parts(first):
    assert first.published == D2020
    assert first.title
    assert first.lead.startswith(("Tỉnh Lai Châu", "Toàn bộ kinh phí"))
    assert len(first.body) == (8 if first.body[0].startswith("Giám đốc") else 6)


def test_flows_without_a_period_stay_without_one(first):
    for subject, value, unit in FLOWS:
        claim = told(first, subject)
        assert (claim.subject, str(claim.value), claim.unit) == (subject, value, unit)
        assert (claim.period_kind, claim.period.since, claim.period.until) == ("flow", None, None)
        assert claim.flags == {Flag.NO_PERIOD}
        assert said(first, claim) == [f"{value} {unit}"]
        assert claim.bound is None


def test_students_are_one_level_told_twice(first):
    claim = told(first, "students.present")
    assert (claim.value, claim.unit, claim.period_kind) == (Decimal(46), "lưu học sinh", "level")
    assert (claim.period.since, claim.period.until) == (D2020, D2020)
    assert said(first, claim) == ["46 lưu học sinh", "46 lưu học sinh"]
    assert {"la-phongsaly", "LA"} <= set(codes(claim.places))
    assert claim.attributes["funding"] == "full"
    assert [one["field"] for one in claim.attributes["study_fields"]] == ["education", "education", "health"]
    assert claim.flags == frozenset()


def test_border_length_is_ambiguous_with_the_sensible_reading(first):
    claim = told(first, "border.length")
    assert (claim.value, claim.unit, claim.period_kind) == (Decimal("265.165"), "km", "timeless")
    assert claim.alternatives == (Decimal(265165),)
    assert claim.flags == {Flag.AMBIGUOUS}
    assert (claim.period.since, claim.period.until) == (None, None)


def test_neighbours_and_partners_are_named(first):
    counties = told(first, "border.neighbour_counties")
    assert counties.value == 3
    assert {"cn-jiangcheng", "cn-luchun", "cn-jinping", "cn-yunnan"} <= set(codes(counties.places))
    assert sorted(counties.attributes["names"]) == ["Giang Thành", "Kim Bình", "Lục Xuân"]
    assert (counties.period_kind, counties.flags) == ("timeless", frozenset())
    partners = told(first, "partners.lao_provinces")
    assert partners.value == 3
    assert {"la-phongsaly", "la-oudomxay", "la-luang-prabang"} <= set(codes(partners.places))
    assert (partners.period_kind, partners.period.until) == ("level", D2020)


def test_working_group_has_its_members_and_fields(first):
    claim = told(first, "mechanism")
    assert claim.kind is Kind.RELATION
    assert claim.attributes["members"] == ["vn-lai-chau", "vn-dien-bien", "vn-lao-cai", "vn-ha-giang"]
    assert claim.attributes["counterparts"] == ["cn-yunnan"]
    assert [one["field"] for one in claim.attributes["fields"]] == FIELDS
    for one in claim.attributes["fields"]:
        start, end = one["span"]
        assert first.text[start:end] == one["text"]


def test_agreement_and_cooperation_are_found(first):
    agreement = told(first, "agreements.signed")
    assert (agreement.kind, agreement.attributes["counterparts"]) == (Kind.AGREEMENT, ["la-luang-prabang"])
    assert agreement.flags == {Flag.NO_PERIOD}
    cooperation = [claim.attributes for claim in first.claims if claim.topic == "cooperation"]
    assert [(one["field"], one["counterparts"]) for one in cooperation] == [
        ("health", ["la-phongsaly"]),
        ("education", ["la-oudomxay"]),
    ]


def test_gate_pair_is_being_upgraded(first):
    claim = told(first, "gate.status")
    assert claim.attributes == {
        "gates": ["gate-ma-lu-thang", "gate-kim-thuy-ha"],
        "status": "upgrading",
        "target": "international",
    }
    assert (claim.period.since, claim.period.until) == (D2020, D2020)


def test_first_article_claims_nothing_else(first):
    assert sorted(claim.topic for claim in first.claims) == sorted(
        [
            *(subject for subject, _, _ in FLOWS),
            "agreements.signed",
            "border.length",
            "border.neighbour_counties",
            "cooperation",
            "cooperation",
            "gate.status",
            "mechanism",
            "partners.lao_provinces",
            "students.present",
        ]
    )


# --- the article of 2023 -------------------------------------------------------------------------------------


def test_working_session_has_both_heads_and_their_posts(second):
    claim = told(second, "sessions.held")
    assert (claim.kind, claim.value) == (Kind.SESSION, 1)
    assert (claim.period.since, claim.period.until) == (D2023, D2023)
    assert claim.attributes["domestic"] is True
    assert (claim.attributes["guests"], claim.attributes["hosts"]) == (["vufo"], ["vn-lai-chau"])
    guest, host = claim.attributes["heads"]
    assert (guest["side"], host["side"]) == ("guest", "host")
    assert "Chủ tịch VUFO" in guest["posts"]
    assert "Phó Chủ tịch Thường trực UBND tỉnh" in host["posts"]
    assert "Chủ tịch Liên hiệp các tổ chức hữu nghị tỉnh Lai Châu" in host["posts"]
    assert not [one for one in second.claims if (one.subject or "").startswith(("inbound.", "outbound."))]


def test_growth_and_its_distance_give_the_plan(second):
    year = (dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    growth, over = told(second, "economy.growth"), told(second, "economy.growth_over_plan")
    assert (growth.value, growth.unit, over.value, over.unit) == (
        Decimal("9.0"),
        "%",
        Decimal("1.3"),
        "điểm %",
    )
    plan = told(second, "economy.growth_plan")
    assert (plan.value, plan.statement) == (Decimal("7.7"), "target")
    assert plan.flags == {Flag.DERIVED}
    assert plan.derived_from == ("economy.growth", "economy.growth_over_plan")
    assert plan.spans == (*growth.spans, *over.spans)
    for claim in (growth, over, plan):
        assert (claim.period.since, claim.period.until) == year
        assert claim.period_kind == "flow"


def test_peoples_of_the_province(second):
    every, few = told(second, "population.ethnic_groups"), told(second, "population.distinctive_groups")
    assert (every.value, every.subject, every.unit) == (20, "population.ethnic_groups", "dân tộc")
    assert (few.value, few.subject, few.is_part) == (3, None, True)
    assert few.attributes["names"] == ["Cống", "Mảng", "La Hủ"]


def test_requests_are_proposed_commitments(second):
    asked = [claim for claim in second.claims if claim.kind is Kind.REQUEST]
    assert [len(claim.spans) for claim in asked] == [2, 2, 2, 1, 1]
    assert [claim.attributes["field"] for claim in asked] == [
        "friendship",
        "village-twinning",
        "aid",
        "people",
        "aid",
    ]
    for claim in asked:
        assert claim.attributes["commitment"] == "proposed"
        assert claim.attributes["requested_of"] == ["vn-lai-chau"]
        assert "Chủ tịch VUFO" in claim.attributes["requested_by"]["posts"]


def test_gate_is_international_in_the_second_article(second):
    assert told(second, "gate.status").attributes == {
        "gates": ["gate-ma-lu-thang"],
        "status": "international",
    }


def test_second_article_claims_nothing_else(second):
    assert sorted(claim.topic for claim in second.claims) == sorted(
        [
            "economy.growth",
            "economy.growth_over_plan",
            "economy.growth_plan",
            "gate.status",
            "population.distinctive_groups",
            "population.ethnic_groups",
            *["request"] * 5,
            "sessions.held",
        ]
    )


# --- both ----------------------------------------------------------------------------------------------------


def test_spans_hold_the_text_of_each_claim(first, second):
    for document in (first, second):
        for claim in document.claims:
            start, end = claim.spans[0]
            assert document.text[start:end] == claim.text
            assert list(claim.spans) == sorted(claim.spans)


def test_nothing_is_claimed_outside_the_article(first, second):
    for document in (first, second):
        inside = [block for block in document.blocks if block.role in {Role.LEAD, Role.BODY}]
        for claim in document.claims:
            for start, end in claim.spans:
                assert any(block.start <= start and end <= block.end for block in inside), claim.text


def test_page_furniture_is_told_apart(first, second):
    for document in (first, second):
        roles = {document.text[block.start : block.end]: block.role for block in document.blocks}
        assert roles["Đọc nhiều"] is Role.FURNITURE
        assert roles["Nguồn:"] is Role.FURNITURE
        weather = [text for text in roles if text.startswith("Thời tiết hôm nay")]
        assert weather
        assert {roles[text] for text in weather} <= {Role.RELATED, Role.FURNITURE}
        assert sum(role is Role.LEAD for role in roles.values()) == 1


@pytest.mark.corpus
def test_exact_spans_of_the_real_article_of_2020():
    document = real(A2020)
    assert {claim.topic: claim.spans for claim in document.claims if claim.topic != "cooperation"} == {
        "students.present": ((231, 246), (2653, 2668)),
        "outbound.groups": ((286, 293),),
        "outbound.person_visits": ((295, 309),),
        "outbound.individuals": ((313, 323),),
        "inbound.groups": ((357, 364),),
        "inbound.person_visits": ((366, 380),),
        "border.length": ((1446, 1456),),
        "border.neighbour_counties": ((1471, 1512),),
        "partners.lao_provinces": ((1573, 1616), (2478, 2519)),
        "mechanism": ((1705, 1798),),
        "gate.status": ((2209, 2277),),
        "agreements.signed": ((2898, 2951),),
    }
    assert [claim.spans for claim in document.claims if claim.topic == "cooperation"] == [
        ((2788, 2846),),
        ((2848, 2896),),
    ]


@pytest.mark.corpus
def test_exact_spans_of_the_real_article_of_2023():
    document = real(A2023)
    assert {claim.topic: claim.spans for claim in document.claims if claim.kind is not Kind.REQUEST} == {
        "sessions.held": ((163, 336), (1094, 1323)),
        "gate.status": ((1655, 1683),),
        "population.ethnic_groups": ((1763, 1773),),
        "population.distinctive_groups": ((1787, 1797),),
        "economy.growth": ((2075, 2079),),
        "economy.growth_plan": ((2075, 2079), (2086, 2095)),
        "economy.growth_over_plan": ((2086, 2095),),
    }
    assert [claim.spans for claim in document.claims if claim.kind is Kind.REQUEST] == [
        ((382, 408), (3141, 3175)),
        ((410, 488), (3177, 3255)),
        ((490, 568), (3339, 3417)),
        ((3257, 3337),),
        ((3419, 3503),),
    ]


@pytest.mark.corpus
def test_people_of_the_real_articles_have_their_posts():
    first, second = real(A2020), real(A2023)
    assert [(one["name"], len(one["posts"])) for one in first.people] == [("Đặng Quang Tuấn", 2)]
    assert [(one["name"], len(one["posts"])) for one in second.people] == [
        ("Nguyễn Phương Nga", 3),
        ("Tống Thanh Hải", 3),
    ]
