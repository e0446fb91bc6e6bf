"""Sentence shapes of provincial reports, with invented numbers: what each must say, and what it must not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.reader.claims import Flag, Kind
from bonphuong.reader.extract import read

HEAD = "09:15 | 20/06/2025 GMT+7\n\nNhững việc đã làm trong công tác đối ngoại của tỉnh\n\n"


def claims(sentence, head=HEAD):
    """The claims of one paragraph of an article of 20 June 2025."""
    document = read(f"{head}{sentence}\n")
    for claim in document.claims:
        for start, end in claim.spans:
            assert 0 <= start < end <= len(document.text)
        assert document.text[claim.spans[0][0] : claim.spans[0][1]] == claim.text
    return list(document.claims)


def brief(sentence, head=HEAD):
    """(subject or topic, value, since, until) of each claim."""
    return [
        (claim.subject or claim.topic, str(claim.value), _day(claim.period.since), _day(claim.period.until))
        for claim in claims(sentence, head)
    ]


def _day(day):
    return None if day is None else day.isoformat()


# --- delegations -----------------------------------------------------------------------------------------------


def test_month_and_year_to_date():
    assert brief(
        "Trong tháng 5, tỉnh cử 3 đoàn/21 lượt người đi công tác nước ngoài; lũy kế từ đầu năm đến nay 18 đoàn/ 120 lượt người."
    ) == [
        ("outbound.groups", "3", "2025-05-01", "2025-05-31"),
        ("outbound.person_visits", "21", "2025-05-01", "2025-05-31"),
        ("outbound.groups", "18", "2025-01-01", "2025-06-20"),
        ("outbound.person_visits", "120", "2025-01-01", "2025-06-20"),
    ]


def test_approved_is_not_actual_and_parts_lie_inside():
    found = claims(
        "Trong 6 tháng đầu năm 2025, tỉnh đã cho phép 45 đoàn/300 lượt người đi nước ngoài, trong đó đi Trung Quốc 30 đoàn/210 lượt người, đi Lào 15 đoàn/90 lượt người."
    )
    assert [
        (one.subject, str(one.value), one.is_part, [place.code for place in one.places]) for one in found
    ] == [
        ("outbound.approved_groups", "45", False, []),
        ("outbound.approved_person_visits", "300", False, []),
        ("outbound.approved_groups", "30", True, ["CN"]),
        ("outbound.approved_person_visits", "210", True, ["CN"]),
        ("outbound.approved_groups", "15", True, ["LA"]),
        ("outbound.approved_person_visits", "90", True, ["LA"]),
    ]


def test_table_line_tells_directions_by_its_words():
    assert [one[:2] for one in brief("Đoàn ra: 12 đoàn/80 lượt người; đoàn vào: 9 đoàn/61 lượt người.")] == [
        ("outbound.groups", "12"),
        ("outbound.person_visits", "80"),
        ("inbound.groups", "9"),
        ("inbound.person_visits", "61"),
    ]


def test_people_inside_another_delegation_are_individuals():
    assert brief("Năm 2024, các đơn vị đã cử 12 cán bộ đi công tác trong đoàn của Bộ Công Thương.") == [
        ("outbound.individuals", "12", "2024-01-01", "2024-12-31")
    ]


def test_personal_trips_are_apart():
    assert brief("Năm 2024, có 35 lượt cán bộ đi nước ngoài vì việc riêng.") == [
        ("outbound.personal_trips", "35", "2024-01-01", "2024-12-31")
    ]


def test_domestic_guests_have_no_subject():
    (claim,) = claims("Trong quý I/2025, Sở đón tiếp 4 đoàn trong nước đến trao đổi kinh nghiệm.")
    assert (claim.subject, claim.topic, claim.value) == (None, "delegations.groups", 4)


def test_groups_that_go_nowhere_have_no_subject():
    assert [
        one[:2] for one in brief("Liên hoan có 15 đoàn nghệ thuật quần chúng biểu diễn suốt hai ngày.")
    ] == [("delegations.groups", "15")]


def test_members_of_the_union_are_no_delegations():
    assert [
        one[0] for one in brief("Đại hội đại diện cho hơn 140.000 đoàn viên Công đoàn trên địa bàn tỉnh.")
    ] == ["people"]


def test_average_per_year_is_no_flow_of_a_period():
    found = claims("Bình quân mỗi năm tỉnh đón 30 đoàn khách quốc tế đến thăm và làm việc.")
    assert [(one.subject, one.topic, one.attributes) for one in found] == [
        (None, "inbound.groups.average", {"average": True})
    ]


# --- bounds, estimates, targets ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "bound", "sense"),
    [
        ("hơn 40", "hơn", "over"),
        ("trên 40", "trên", "over"),
        ("gần 40", "gần", "under"),
        ("khoảng 40", "khoảng", "about"),
        ("ước 40", "ước", "estimated"),
        ("ước đạt 40", "ước", "estimated"),
        ("tối thiểu 40", "tối thiểu", "at_least"),
        ("lên tới 40", "lên tới", "up_to"),
        ("40", None, ""),
    ],
)
def test_bound_words_stay_with_the_figure(phrase, bound, sense):
    (claim,) = claims(f"Năm 2024, tỉnh đón {phrase} đoàn khách nước ngoài đến thăm, làm việc.")
    assert (claim.bound, claim.bound_sense, claim.value) == (bound, sense, 40)
    assert claim.text.startswith(phrase)


def test_comparison_is_no_bound():
    (claim,) = [
        one
        for one in claims("GRDP năm 2024 tăng 8,5%, thấp hơn 0,5 điểm % so với kế hoạch.")
        if one.unit == "điểm %"
    ]
    assert (claim.value, claim.bound, claim.text) == (Decimal("-0.5"), None, "0,5 điểm %")


def test_estimate_and_target_are_said_to_be_so():
    estimate = claims("Ước cả năm 2025 cử 45 đoàn/ 320 lượt người đi công tác nước ngoài.")
    assert [(one.statement, one.bound) for one in estimate] == [("estimate", "ước")] * 2
    (target,) = claims("Nhiệm kỳ 2025 - 2030, tỉnh phấn đấu đón 200 đoàn vào.")
    assert (target.statement, target.period.since.year, target.period.until.year) == ("target", 2025, 2030)


def test_range_is_flagged_and_kept():
    (claim,) = claims("Mỗi quý, hai bên trao đổi 10-15 đoàn.")
    assert (claim.value, claim.flags >= {Flag.AMBIGUOUS}, claim.attributes["range"]) == (
        15,
        True,
        ["10", "15"],
    )


# --- numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("1,8 tỷ đồng", "1800000000", "đồng"),
        ("1 tỷ 800 triệu đồng", "1800000000", "đồng"),
        ("một tỷ tám trăm triệu đồng", "1800000000", "đồng"),
        ("27.3 tỷ đồng", "27300000000", "đồng"),
        ("1.234.567 đồng", "1234567", "đồng"),
        ("1 200 000 đồng", "1200000", "đồng"),
        ("1,5 triệu USD", "1500000", "USD"),
        ("150.000 đô la Mỹ", "150000", "USD"),
        ("USD 120.000", "120000", "USD"),
        ("3 triệu nhân dân tệ", "3000000", "CNY"),
    ],
)
def test_sums_are_scaled(written, value, unit):
    (claim,) = claims(f"Trong năm 2024, số tiền là {written} cho việc chung.")
    assert (f"{claim.value:f}", claim.unit, claim.flags & {Flag.AMBIGUOUS}) == (value, unit, frozenset())


@pytest.mark.parametrize(
    ("written", "proposed", "other"),
    [
        ("265.165 km", "265.165", "265165"),
        ("231.740 km", "231.740", "231740"),
    ],
)
def test_border_in_english_figures_is_ambiguous(written, proposed, other):
    (claim,) = claims(f"Tỉnh có đường biên giới dài {written} với nước bạn.")
    assert (claim.subject, f"{claim.value:f}", [f"{one:f}" for one in claim.alternatives]) == (
        "border.length",
        proposed,
        [other],
    )
    assert claim.flags == {Flag.AMBIGUOUS}


def test_border_in_vietnamese_figures_is_plain():
    (claim,) = claims("Lai Châu có 265,165 km đường biên giới giáp Trung Quốc.")
    assert (claim.subject, f"{claim.value:f}", claim.flags) == ("border.length", "265.165", frozenset())


def test_patrol_along_the_border_is_not_its_length():
    assert [one[0] for one in brief("Hai bên tuần tra 150 km dọc đường biên giới trong tháng 5.")] == [
        "length"
    ]


@pytest.mark.parametrize(
    ("written", "value", "ambiguous"),
    [
        ("1.435 km", "1435", True),
        ("1.200 km", "1200", False),
        ("120,000 USD", "120000", True),
        ("1.125 tỷ đồng", "1125000000000", True),
        ("1.100 người dân", "1100", False),
        ("1,234 người dân", "1234", False),
        ("0.125%", "0.125", False),
    ],
)
def test_what_can_be_read_in_two_ways_is_flagged(written, value, ambiguous):
    (claim,) = claims(f"Trong năm 2024 con số ấy là {written} theo bảng kê.")
    assert (f"{claim.value:f}", Flag.AMBIGUOUS in claim.flags) == (value, ambiguous)


@pytest.mark.parametrize(
    "sentence",
    [
        "Gần cột mốc số 17 - 18, bà con hai nước vẫn qua lại với nhau.",
        "Đại hội lần thứ 8 diễn ra vào đúng dịp kỷ niệm 44 năm Quốc khánh.",
        "Căn cứ Nghị quyết số 63/NQ-CP và Quyết định số 187/2001/QĐ-TTg, tỉnh tiếp tục triển khai.",
        "Hai bên, hai nước và hai tỉnh đều coi trọng tình bạn.",
        "Một số đơn vị còn lúng túng khi làm việc với đối tác.",
    ],
)
def test_numbers_that_count_nothing_claim_nothing(sentence):
    assert claims(sentence) == []


# --- periods --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "since", "until"),
    [
        ("Năm 2024", "2024-01-01", "2024-12-31"),
        ("Quý I/2025", "2025-01-01", "2025-03-31"),
        ("Quý III năm 2024", "2024-07-01", "2024-09-30"),
        ("Quý II", "2025-04-01", "2025-06-30"),
        ("Trong 6 tháng đầu năm", "2025-01-01", "2025-06-30"),
        ("6 tháng cuối năm 2024", "2024-07-01", "2024-12-31"),
        ("9 tháng năm 2024", "2024-01-01", "2024-09-30"),
        ("9 tháng đầu năm 2024", "2024-01-01", "2024-09-30"),
        ("Tháng 5/2025", "2025-05-01", "2025-05-31"),
        ("Tháng 02 năm 2024", "2024-02-01", "2024-02-29"),
        ("Từ tháng 1 đến tháng 5/2025", "2025-01-01", "2025-05-31"),
        ("Giai đoạn 2020-2024", "2020-01-01", "2024-12-31"),
        ("Trong các năm 2020 - 2024", "2020-01-01", "2024-12-31"),
        ("Từ năm 2008 đến nay", "2008-01-01", "2025-06-20"),
        ("Từ đầu năm đến nay", "2025-01-01", "2025-06-20"),
        ("Từ đầu năm đến hết tháng 5", "2025-01-01", "2025-05-31"),
        ("Từ ngày 15/12/2023 đến 14/12/2024", "2023-12-15", "2024-12-14"),
        ("Từ ngày 30/5-3/6", "2025-05-30", "2025-06-03"),
        ("Từ ngày 11 đến 15/6/2024", "2024-06-11", "2024-06-15"),
        ("Ngày 10/6", "2025-06-10", "2025-06-10"),
        ("Ngày 05 tháng 6 năm 2025", "2025-06-05", "2025-06-05"),
        ("Những năm qua", None, None),
        ("Thời gian qua", None, None),
        ("Năm học 2024-2025", None, None),
    ],
)
def test_periods_of_a_flow(phrase, since, until):
    (claim, *_) = [
        one for one in claims(f"{phrase}, tỉnh đón 12 đoàn khách nước ngoài.") if one.kind is Kind.FIGURE
    ]
    assert (_day(claim.period.since), _day(claim.period.until)) == (since, until)
    assert (Flag.NO_PERIOD in claim.flags) == (since is None)


def test_period_of_comparison_is_not_the_figures_own():
    found = brief("Tỉnh đón 12 đoàn khách nước ngoài, tăng 20% so với cùng kỳ năm 2024.")
    assert found[0] == ("inbound.groups", "12", None, None)


def test_period_may_stand_at_the_end():
    assert brief("Tỉnh đã cử 7 đoàn đi công tác nước ngoài trong quý I năm 2025.") == [
        ("outbound.groups", "7", "2025-01-01", "2025-03-31")
    ]


def test_opening_period_holds_for_the_paragraph_but_not_past_it():
    found = brief(
        "Năm 2024, công việc có nhiều tiến bộ rõ rệt. Tỉnh đón 9 đoàn khách nước ngoài.\n\nTỉnh cử 8 đoàn đi công tác nước ngoài."
    )
    assert found == [
        ("inbound.groups", "9", "2024-01-01", "2024-12-31"),
        ("outbound.groups", "8", None, None),
    ]


def test_undated_month_in_the_title_of_a_report():
    head = "Lai Châu, ngày 18 tháng 6 năm 2025\n\nBÁO CÁO kết quả công tác đối ngoại tháng 6 năm 2025\n\n"
    assert brief("Trong tháng, tỉnh cử 3 đoàn đi công tác nước ngoài, không có đoàn nào trễ hạn.", head) == [
        ("outbound.groups", "3", "2025-06-01", "2025-06-30")
    ]


def test_undated_month_of_an_article_stays_unknown():
    assert brief("Trong tháng, tỉnh cử 3 đoàn đi công tác nước ngoài, đúng như chương trình.") == [
        ("outbound.groups", "3", None, None)
    ]


def test_december_day_in_a_january_paper_is_of_the_year_before():
    head = "08:00 | 05/01/2026 GMT+7\n\nTin vắn về công tác đối ngoại của tỉnh nhà\n\n"
    claim, *_ = claims("Ngày 30/12, tỉnh đón 2 đoàn khách nước ngoài đến làm việc.", head)
    assert claim.period.since == dt.date(2025, 12, 30)


def test_text_without_a_date_line_knows_no_year():
    found = claims("Ngày 28/2, tỉnh đón 2 đoàn khách nước ngoài đến thăm và làm việc.", "")
    assert [(one.period.since, one.flags) for one in found if one.kind is Kind.FIGURE] == [
        (None, {Flag.NO_PERIOD})
    ]


# --- students, agreements -------------------------------------------------------------------------------------------


def test_students_present_and_women_among_them():
    found = claims(
        "Hiện có 52 lưu học sinh Lào đang theo học tại trường Cao đẳng Cộng đồng, trong đó có 20 nữ."
    )
    assert [(one.topic, one.value, one.is_part, one.period.until) for one in found] == [
        ("students.present", 52, False, dt.date(2025, 6, 20)),
        ("students.women", 20, True, dt.date(2025, 6, 20)),
    ]


def test_students_on_a_day_of_the_past():
    assert brief("Đến hết năm 2024, tỉnh có 46 lưu học sinh của Phông Sa Lỳ đang theo học.") == [
        ("students.present", "46", "2024-12-31", "2024-12-31")
    ]


def test_students_taken_since_a_year_are_a_flow():
    (claim,) = claims("Từ năm 2008 đến nay, tỉnh đã đào tạo 512 lưu học sinh Lào cho các tỉnh bạn.")
    assert (claim.subject, claim.value, claim.attributes) == ("students.new", 512, {"cumulative": True})


def test_graduates_are_not_present():
    assert brief("Năm 2024, có 31 lưu học sinh Lào tốt nghiệp ra trường về nước.") == [
        ("students.graduated", "31", "2024-01-01", "2024-12-31")
    ]


def test_pupils_at_home_are_not_scholarship_students():
    assert brief("Năm 2025, dự án trao sách cho gần 345.200 học sinh các xã vùng cao.")[0][:2] == (
        "people.pupils",
        "345200",
    )


def test_agreements_signed_and_in_force():
    assert brief(
        "Giai đoạn 2020-2025, tỉnh ký kết 12 thỏa thuận quốc tế, hiện có 20 thỏa thuận còn hiệu lực."
    ) == [
        ("agreements.signed", "12", "2020-01-01", "2025-12-31"),
        ("agreements.in_force", "20", "2025-06-20", "2025-06-20"),
    ]


def test_agreement_still_to_be_signed_is_not_signed():
    assert (
        claims("Hai bên sẽ ký thỏa thuận hợp tác hữu nghị với tỉnh Luang Prabang trong thời gian tới.") == []
    )


# --- aid ------------------------------------------------------------------------------------------------------------


def test_aid_items_parts_and_sums():
    found = claims(
        "Trong tháng 5, vận động được 28 khoản viện trợ, gồm 9 dự án và 19 khoản phi dự án của 12 tổ chức phi chính phủ nước ngoài đến từ 8 nước, tổng giá trị cam kết 1,17 triệu USD (tương đương 29,3 tỷ đồng); giải ngân 150.000 USD, đạt 25% cam kết của năm."
    )
    assert [(one.subject, one.topic, f"{one.value:f}", one.is_part) for one in found] == [
        (None, "aid.items", "28", False),
        (None, "aid.projects", "9", True),
        (None, "aid.non_projects", "19", True),
        (None, "aid.organisations", "12", False),
        (None, "aid.countries", "8", False),
        ("aid.committed_year", "aid.committed_year", "1170000", False),
        ("aid.committed_year", "aid.committed_year", "29300000000", False),
        ("aid.disbursed", "aid.disbursed", "150000", False),
        (None, "aid.disbursed_share", "25", False),
    ]
    assert found[6].attributes == {"equivalent": True}


def test_emergency_relief_is_marked():
    (claim,) = claims("Tổ chức Plan International hỗ trợ khẩn cấp hơn 1,8 tỷ đồng cho người dân sau bão.")
    assert (claim.topic, f"{claim.value:f}", claim.bound) == ("aid.amount", "1800000000", "hơn")
    assert claim.attributes == {"emergency": True}
    assert [one.code for one in claim.organisations] == ["plan-international"]


def test_outgoing_aid_is_not_incoming():
    (claim,) = claims("Năm 2024, Lai Châu hỗ trợ tỉnh Phongsaly 1,2 tỷ đồng viện trợ xây trường học.")
    assert (claim.subject, claim.topic) == (None, "aid.outgoing")


# --- economy, places ---------------------------------------------------------------------------------------------


def test_growth_under_plan_derives_a_higher_plan():
    found = {
        one.topic: one
        for one in claims("GRDP của tỉnh năm 2024 tăng 8,5%, thấp hơn 0,5 điểm phần trăm so với kế hoạch.")
    }
    assert found["economy.growth_over_plan"].value == Decimal("-0.5")
    assert found["economy.growth_plan"].value == Decimal("9.0")


def test_stated_plan_is_not_derived_again():
    found = claims("Tốc độ tăng trưởng kinh tế năm 2023 đạt 7,2%, kế hoạch là 8%.")
    assert [(one.subject, str(one.value), one.statement) for one in found] == [
        ("economy.growth", "7.2", "stated"),
        ("economy.growth_plan", "8", "target"),
    ]


def test_growth_of_a_branch_is_not_growth_of_the_economy():
    assert [
        one[0] for one in brief("Năm 2024, kim ngạch xuất khẩu tăng trưởng 12%, lượng khách du lịch tăng 9%.")
    ] == [
        "change",
        "change",
    ]


def test_list_of_counties_in_another_order():
    (claim,) = claims(
        "Phía bắc, tỉnh tiếp giáp với ba huyện Kim Bình, Lục Xuân và Giang Thành của Trung Quốc."
    )
    assert (claim.subject, claim.value) == ("border.neighbour_counties", 3)
    assert claim.attributes["names"] == ["Kim Bình", "Lục Xuân", "Giang Thành"]


# --- meetings -----------------------------------------------------------------------------------------------------


def test_visit_out_and_visit_in():
    (out,) = claims(
        "Từ ngày 11 đến 15/6/2024, Đoàn đại biểu tỉnh Lai Châu do ông Lò Văn Mẫu, Phó Chủ tịch UBND tỉnh làm trưởng đoàn đã thăm và làm việc tại tỉnh Vân Nam (Trung Quốc)."
    )
    assert (out.kind, out.subject, out.attributes["guests"]) == (
        Kind.VISIT,
        "outbound.groups",
        ["vn-lai-chau"],
    )
    assert out.attributes["heads"] == [
        {"side": "guest", "name": "Lò Văn Mẫu", "posts": ["Phó Chủ tịch UBND tỉnh"]}
    ]
    (come,) = claims(
        "Ngày 10/6, Đoàn đại biểu tỉnh Phongsaly do đồng chí Khăm Thử, Phó Tỉnh trưởng làm trưởng đoàn đến thăm, làm việc tại Lai Châu."
    )
    assert (come.kind, come.subject, come.attributes["guests"]) == (
        Kind.VISIT,
        "inbound.groups",
        ["la-phongsaly"],
    )


def test_online_meeting_is_a_session():
    (claim,) = claims("Ngày 18/5/2021, tỉnh Lai Châu tổ chức hội đàm trực tuyến với tỉnh Vân Nam.")
    assert (claim.kind, claim.subject, claim.attributes["form"]) == (Kind.SESSION, "sessions.held", "online")


def test_meeting_at_the_line_is_a_session():
    (claim,) = claims("Ngày 12/6/2025, đại diện tỉnh Lai Châu hội đàm với châu Hồng Hà tại đường biên.")
    assert (claim.kind, claim.attributes["form"]) == (Kind.SESSION, "boundary")


def test_gate_raised_already():
    (claim,) = claims("Cửa khẩu Ma Lù Thàng đã được nâng cấp thành cửa khẩu quốc tế từ lâu.")
    assert claim.attributes["status"] == "international"


# --- one claim, two places ----------------------------------------------------------------------------------------


def test_dated_and_undated_mention_are_one_claim():
    found = claims(
        "Tỉnh đã cử 42 đoàn đi công tác nước ngoài, một năm bận rộn.\n\nNăm 2024, tỉnh cử 42 đoàn đi công tác nước ngoài."
    )
    assert [(one.value, len(one.spans), one.period.since, one.flags) for one in found] == [
        (42, 2, dt.date(2024, 1, 1), frozenset())
    ]


def test_same_number_of_other_years_stays_apart():
    found = brief(
        "Năm 2023, tỉnh đón 12 đoàn khách nước ngoài.\n\nNăm 2024, tỉnh đón 12 đoàn khách nước ngoài."
    )
    assert [one[2] for one in found] == ["2023-01-01", "2024-01-01"]


def test_same_number_of_other_countries_stays_apart():
    found = claims(
        "Năm 2024, tỉnh đón 5 đoàn của Lào đến thăm.\n\nCũng năm 2024, tỉnh đón 5 đoàn của Trung Quốc đến thăm."
    )
    assert [[place.code for place in one.places] for one in found if one.kind is Kind.FIGURE] == [
        ["LA"],
        ["CN"],
    ]


# --- turns of phrase of longer reports --------------------------------------------------------------------------


def test_by_how_much_it_moved_is_not_how_many_there_were():
    found = claims(
        "Trong 9 tháng năm 2024, tỉnh cử 35 đoàn đi công tác nước ngoài (tăng 5 đoàn so với cùng kỳ), đón 41 đoàn khách."
    )
    assert [(one.topic, one.value, one.attributes.get("of")) for one in found] == [
        ("outbound.groups", 35, None),
        ("change", 5, "outbound.groups"),
        ("inbound.groups", 41, None),
    ]


def test_parts_in_brackets_go_on_over_semicolons():
    found = claims(
        "Đoàn ra: tổng số 12 đoàn, 78 lượt người (trong đó: Trung Quốc 8 đoàn/55 người; Lào 4 đoàn/23 người)."
    )
    assert [(one.subject, one.value, one.is_part) for one in found] == [
        ("outbound.groups", 12, False),
        ("outbound.person_visits", 78, False),
        ("outbound.groups", 8, True),
        ("outbound.person_visits", 55, True),
        ("outbound.groups", 4, True),
        ("outbound.person_visits", 23, True),
    ]
    assert [[place.code for place in one.places] for one in found[2::2]] == [["CN"], ["LA"]]


def test_the_same_thing_counted_again_in_brackets_is_a_part():
    found = claims("Trong năm 2024, tỉnh cử 05 đoàn ra nước ngoài (03 đoàn do lãnh đạo tỉnh dẫn đầu).")
    assert [(one.value, one.is_part) for one in found] == [(5, False), (3, True)]


def test_parts_of_a_target_are_targets():
    found = claims("Dự kiến năm 2026, tỉnh cử 6 đoàn đi công tác nước ngoài, trong đó 4 đoàn sang Lào.")
    assert [one.statement for one in found] == ["target", "target"]


def test_organisations_at_work_are_a_level():
    (claim,) = claims("Hiện có 12 tổ chức phi chính phủ nước ngoài đang hoạt động trên địa bàn.")
    assert (claim.topic, claim.period_kind, claim.period.until) == (
        "aid.organisations",
        "level",
        dt.date(2025, 6, 20),
    )


def test_a_bare_total_of_aid_is_neither_approved_nor_pledged():
    (claim,) = claims("Giai đoạn 2019-2024, tổng giá trị viện trợ đạt trên 12 triệu USD.")
    assert (claim.subject, claim.topic, claim.bound) == (None, "aid.amount", "trên")
    (claim,) = claims("Năm 2024, tỉnh phê duyệt viện trợ với tổng giá trị 2 triệu USD.")
    assert claim.subject == "aid.approved"


def test_a_conference_of_both_sides_is_a_session():
    (claim,) = claims(
        "Ngày 29-30/10/2024, tại Lai Châu diễn ra Hội nghị thường niên giữa Bí thư Tỉnh ủy các tỉnh Lai Châu, Điện Biên và Bí thư Tỉnh ủy Vân Nam (Trung Quốc)."
    )
    assert (claim.kind, claim.subject) == (Kind.SESSION, "sessions.held")
    assert (claim.period.since, claim.period.until) == (dt.date(2024, 10, 29), dt.date(2024, 10, 30))


def test_five_is_not_the_year():
    assert brief("Trong năm tỉnh đón 3 đoàn khách nước ngoài đến thăm.")[0][:2] == ("inbound.groups", "3")
    assert brief("Năm đoàn khách nước ngoài đã đến thăm tỉnh trong quý I/2025.")[0][:2] == (
        "inbound.groups",
        "5",
    )


def test_request_to_the_other_side_names_whom_it_is_put_to():
    found = claims("Đại biểu đề nghị phía bạn tạo điều kiện cho hàng nông sản; sớm thống nhất việc xây cầu.")
    assert [one.text for one in found] == ["tạo điều kiện cho hàng nông sản", "sớm thống nhất việc xây cầu"]
    assert {one.attributes["addressee"] for one in found} == {"phía bạn"}
