"""The annual programme and the profile: each step by the right person, planned against done, targets, stated figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create as create_delegation
from bonphuong.families.programme.panels import panels_of
from bonphuong.families.programme.queries import aims_of, doings_of, off_plan_of, profile_figures, tallies_of
from bonphuong.families.programme.scheme import COLUMNS, SCHEME, clean_many, create_many
from bonphuong.families.programme.services import (
    carry_over,
    declare_targets,
    find_done,
    link_done,
    state,
    take_figure_back,
    unlink_done,
)
from bonphuong.families.programme.validators import errors_of, warnings_of
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.queries import FigureRequest, figure
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.periods import Period
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import create, save_lines, take_step, void
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Fact, Statement
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.queries import case_of, deadlines
from bonphuong.records.models import Record, RecordLink
from tests.factories.delegations import finished, inbound
from tests.factories.programme import planned, profile, programme, target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = NOW.date()
OFFICE = "lc-dofa"
WORKS = (
    planned("ĐR-01", country_code="LA", month=3, heads=9, cost=120_000_000, funding="province"),
    planned("ĐR-02", title="Hội chợ tại Côn Minh", country_code="CN", month=12),
    planned("ĐR-03", title="Khảo sát tại Oudomxay", country_code="LA", month=6),
    planned("ĐV-01", "inbound", "Đón đoàn Hồng Hà", country_code="CN", month=1),
)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(NOW):
        yield


def user(name: str) -> User:
    return User.objects.get(username=name)


def enter(draft, actor="canbo") -> Record:
    return create(draft, family="programme", office_code=OFFICE, actor=user(actor), reason="nhập sổ")


def step(record: Record, code: str, on: dt.date = TODAY, actor="canbo", note="", **values) -> Record:
    numbers = values.pop("numbers", None)
    return take_step(
        record, code, on=on, expected_version=record.version, actor=user(actor), values=values,
        paper_numbers=numbers, note=note,
    )  # fmt: skip


def approved(year: int = 2026, works=WORKS, targets=(), **values) -> Record:
    day = dt.date(year - 1, 12, 20)
    return enter(
        programme(
            year, approved_on=day, decision_number="99/TTg-QHQT (ví dụ)", lines={"works": works, "targets": targets},
            **values,
        )
    )  # fmt: skip


def trip(title: str = "Thăm, làm việc tại Phongsaly", start: dt.date = dt.date(2026, 3, 10)) -> Record:
    return create_delegation(finished(start, 9, title=title), office_code=OFFICE, actor=user("canbo"))


ROAD = (
    ("gather", "canbo", {}),
    ("appraise", "canbo", {}),
    ("send_up", "canbo", {}),
    ("submit", "lanhdao", {"submitted_to": "Thủ tướng Chính phủ", "numbers": {"submission": "7/TTr-UBND"}}),
    (
        "approve", "canbo",
        {"decision_number": "99/TTg", "approved_by": "Thủ tướng Chính phủ", "numbers": {"decision": "99/TTg"}},
    ),
    ("begin", "canbo", {}),
    ("adjust", "canbo", {"adjusting_number": "120/TTg", "numbers": {"decision": "120/TTg"}}),
    ("review", "canbo", {"result": "Đạt"}),
    ("close", "canbo", {}),
)  # fmt: skip


def test_the_whole_road_with_the_submission_to_the_competent_authority():
    record = enter(programme(lines={"works": WORKS}))
    seen = [record.state]
    for code, actor, values in ROAD:
        step(record, code, actor=actor, **values)
        seen.append(record.state)
    assert seen == [
        "drafting", "gathering", "appraising", "awaiting_province", "submitted", "approved", "running", "adjusted",
        "reviewed", "closed",
    ]  # fmt: skip
    assert record.is_closed
    assert Fact.objects.filter(source_uid=record.pk, measure="programme.planned").count() == 4


@pytest.mark.parametrize(
    ("upto", "allowed"),
    [
        (0, {"gather", "cancel"}),
        (1, {"appraise", "cancel"}),
        (2, {"send_up", "cancel"}),
        (3, {"submit", "return_for_revision", "cancel"}),
        (4, {"approve", "reject", "return_for_revision"}),
        (5, {"begin"}),
        (6, {"adjust", "review"}),
        (7, {"adjust_again", "review"}),
        (8, {"close"}),
    ],
)
def test_no_step_is_taken_out_of_turn(upto, allowed):
    record = enter(programme(lines={"works": WORKS}))
    for code, actor, values in ROAD[:upto]:
        step(record, code, actor=actor, **values)
    everything = {way.code for way in case_of(record.pk).procedure.transitions.all()}
    for code in sorted(everything - allowed):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao", note="thử")


def test_leaders_submit_and_the_focal_agency_notes_the_answer_with_its_paper():
    record = enter(programme())
    for code, actor, values in ROAD[:3]:
        step(record, code, actor=actor, **values)
    with pytest.raises(NotAllowed):
        step(record, "submit", submitted_to="Thủ tướng", numbers={"submission": "7"})
    with pytest.raises(MissingPaper):
        step(record, "submit", actor="lanhdao", submitted_to="Thủ tướng")
    step(record, "return_for_revision", actor="lanhdao", note="thiếu kinh phí")
    step(record, "resubmit")
    step(record, "submit", actor="lanhdao", submitted_to="Thủ tướng", numbers={"submission": "7"})
    with pytest.raises(NotAllowed):
        step(
            record,
            "approve",
            actor="canbo.hunghi",
            decision_number="9",
            approved_by="?",
            numbers={"decision": "9"},
        )
    assert Fact.objects.filter(source_uid=record.pk).count() == 0
    assert step(record, "reject", note="để sang năm sau").state == "rejected"


def test_the_day_of_submission_is_asked_for():
    record = enter(programme(2027, due_for_submission=dt.date(2026, 12, 15)))
    assert record.due_on == dt.date(2026, 12, 15)
    assert [
        one.rule.code for one in deadlines(case_of(record.pk), {"due_for_submission": record.due_on})
    ] == ["submission"]


def test_lines_count_on_the_day_of_the_approval_and_added_ones_on_theirs():
    late = planned("ĐR-09", title="Bổ sung", added_on=dt.date(2026, 7, 1))
    record = approved(works=(*WORKS, late))
    facts = Fact.objects.filter(source_uid=record.pk).order_by("on", "slot1", "country")
    assert [(fact.on, fact.slot1, fact.country) for fact in facts] == [
        (dt.date(2025, 12, 20), "inbound", "CN"),
        (dt.date(2025, 12, 20), "outbound", "CN"),
        (dt.date(2025, 12, 20), "outbound", "LA"),
        (dt.date(2025, 12, 20), "outbound", "LA"),
        (dt.date(2026, 7, 1), "outbound", ""),
    ]
    assert sum(fact.value for fact in facts) == 5
    void(record, expected_version=record.version, actor=user("canbo"), reason="nhầm")
    assert check_ledger() == []


def test_planned_stands_against_done_by_kind_of_work():
    record = approved()
    done = trip()
    link_done(record, {"number": "đr-01", "record_number": done.number}, actor=user("canbo"))
    trip("Chuyến ngoài kế hoạch", dt.date(2026, 5, 4))
    create_delegation(inbound(dt.date(2026, 2, 3)), office_code=OFFICE, actor=user("canbo"))
    row = row_of(record)
    doings = doings_of(row, user("canbo"), TODAY)
    assert [doing.standing.value for doing in doings] == ["done", "ahead", "late", "late"]
    tallies = tallies_of(doings, off_plan_of(row, user("canbo")))
    found = {t.work.value: (t.planned, t.done, t.doing, t.ahead, t.dropped, t.off_plan) for t in tallies}
    assert found == {"outbound": (3, 1, 0, 2, 0, 1), "inbound": (1, 0, 0, 1, 0, 1)}
    unlink_done(record, {"record_number": done.number}, actor=user("canbo"))
    assert doings_of(row, user("canbo"), TODAY)[0].standing == "late"


def test_a_line_is_under_way_before_it_happened_and_given_up_when_called_off():
    record = approved()
    asked = create_delegation(
        finished(dt.date(2026, 12, 10), 9, started_on=None, ended_on=None, actual_heads=None,
                 decided_on=dt.date(2026, 11, 1)),
        office_code=OFFICE, actor=user("canbo"),
    )  # fmt: skip
    link_done(record, {"number": "ĐR-01", "record_number": asked.number}, actor=user("canbo"))
    assert doings_of(row_of(record), user("canbo"), TODAY)[0].standing == "doing"
    lines = [planned("ĐR-03", title="Khảo sát", dropped_on=dt.date(2026, 8, 1))]
    save_lines(record, "works", lines, expected_version=record.version, actor=user("canbo"))
    assert [one.standing.value for one in doings_of(row_of(record), user("canbo"), TODAY)] == ["dropped"]


def test_what_was_done_is_found_by_name_and_by_plan_number():
    record = approved()
    one, two = trip(), trip("Đi hội chợ (ĐR-02)", dt.date(2026, 6, 1))
    find_done(record, {}, actor=user("canbo"))
    links = RecordLink.objects.filter(to_record=record.pk).values_list("from_record", "note")
    assert dict(links) == {one.pk: "ĐR-01", two.pk: "ĐR-02"}
    with pytest.raises(BadInput):
        find_done(record, {}, actor=user("canbo"))


def test_only_a_record_of_the_same_work_is_linked():
    record = approved()
    guests = create_delegation(inbound(dt.date(2026, 2, 3)), office_code=OFFICE, actor=user("canbo"))
    for values in (
        {"number": "ĐR-01", "record_number": guests.number},
        {"number": "ĐR-77", "record_number": guests.number},
        {"number": "ĐV-01", "record_number": "ĐV-1999-001"},
    ):
        with pytest.raises(BadInput):
            link_done(record, values, actor=user("canbo"))
    with pytest.raises(NotAllowed):
        link_done(record, {"number": "ĐV-01", "record_number": guests.number}, actor=user("kiemtra"))


def test_targets_enter_the_ledger_for_exactly_the_year_and_change_with_their_lines():
    record = approved(targets=(target("Đoàn ra", 40), target("students.present", 50), target("outbound.groups", 5, country_code="LA")))  # fmt: skip
    declare_targets(record, {}, actor=user("canbo"))
    rows = Statement.objects.filter(kind="target").order_by("measure", "value")
    assert [(one.measure, one.value, one.since, one.until, one.dimensions, one.office) for one in rows] == [
        ("outbound.groups", 5, dt.date(2026, 1, 1), dt.date(2026, 12, 31), '{"country":"LA"}', "lai-chau"),
        ("outbound.groups", 40, dt.date(2026, 1, 1), dt.date(2026, 12, 31), "", "lai-chau"),
        ("students.present", 50, dt.date(2026, 12, 31), dt.date(2026, 12, 31), "", "lai-chau"),
    ]
    with pytest.raises(BadInput):
        declare_targets(record, {}, actor=user("canbo"))
    fresh = Record.objects.get(pk=record.pk)
    lines = [target("Đoàn ra", 45)]
    save_lines(fresh, "targets", lines, expected_version=fresh.version, actor=user("canbo"))
    declare_targets(Record.objects.get(pk=record.pk), {}, actor=user("canbo"))
    trip()
    [aim] = aims_of(row_of(record))
    assert (aim.reached, aim.declared) == (Decimal(1), Decimal(45))
    request = FigureRequest(
        Indicator.objects.get(code="outbound.groups").code, "lai-chau", Period.parse("2026")
    )
    assert figure(request).target.value == Decimal(45)
    assert check_ledger() == []


def test_targets_wait_for_the_approval_and_for_whoever_may_state_figures():
    record = enter(programme(lines={"targets": (target("Đoàn ra", 40),)}))
    with pytest.raises(BadInput):
        declare_targets(record, {}, actor=user("canbo"))
    with pytest.raises(NotAllowed):
        declare_targets(approved(targets=(target("Đoàn ra", 40),)), {}, actor=user("kiemtra"))


def test_a_statutory_year_has_its_own_days():
    record = approved(2026, targets=(target("Đoàn ra", 40),), cut="statutory")
    declare_targets(record, {}, actor=user("canbo"))
    one = Statement.objects.get(kind="target")
    assert (one.since, one.until) == (dt.date(2025, 12, 15), dt.date(2026, 12, 14))


def test_what_was_not_begun_is_carried_over():
    record, coming = approved(), enter(programme(2027))
    link_done(record, {"number": "ĐR-01", "record_number": trip().number}, actor=user("canbo"))
    into = carry_over(record, {"record_number": coming.number}, actor=user("canbo"))
    assert [(line.number, line.added_on) for line in row_of(into).works.all()] == [
        ("ĐR-02", None), ("ĐR-03", None), ("ĐV-01", None),
    ]  # fmt: skip
    with pytest.raises(BadInput):
        carry_over(record, {"record_number": coming.number}, actor=user("canbo"))


def test_the_page_shows_annex_9_and_who_sees_it():
    record = approved(targets=(target("Đoàn ra", 40),))
    panels = list(panels_of(row_of(record), user("canbo")))
    annex = panels[-1]
    assert [list(map(str, row)) for row in annex.rows[:2]] == [
        ["đoàn ra", "", "", "", "", "", "", ""],
        ["1", "Thăm, làm việc tại Phongsaly", "", "", "9", "120.000.000", "ngân sách tỉnh", "Sở Ngoại vụ tỉnh Lai Châu"],
    ]  # fmt: skip
    assert Record.objects.visible_to(user("vanthu.yte")).filter(pk=record.pk).exists()
    assert not Record.objects.visible_to(user("canbo.laocai")).filter(pk=record.pk).exists()


def test_a_sheet_of_programmes_is_read_and_wrong_lines_named():
    rows = [
        {"title": "Chương trình năm 2025", "year": "2025", "approved_on": "20/12/2024"},
        {"title": "Chương trình"},
    ]
    cleaned = clean_many(rows, kind="programme", office_code=OFFICE, actor=user("canbo"))
    assert [[error.column for error in one.errors] for one in cleaned] == [[], ["year"]]
    made = create_many(
        [cleaned[0].draft], kind="programme", office_code=OFFICE, actor=user("canbo"), reason="nhập"
    )
    assert (made[0].number, made[0].state, made[0].begins_on) == (
        "CTĐN-2025-001",
        "approved",
        dt.date(2025, 1, 1),
    )
    assert [column.code for column in COLUMNS["programme"]][:2] == ["title", "year"]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"submitted_on": TODAY + dt.timedelta(days=1)}, "submitted_on"),
        ({"submitted_on": TODAY, "approved_on": dt.date(2026, 1, 1)}, "approved_on"),
        ({"lines": {"works": (planned("1"), planned("1"))}}, "works"),
        ({"lines": {"works": (planned("1", month=13),)}}, "works"),
        ({"lines": {"works": (planned("1", dropped_on=TODAY + dt.timedelta(days=1)),)}}, "works"),
        ({"lines": {"targets": (target("Số cầu thủ", 1),)}}, "targets"),
        ({"lines": {"targets": (target("Đoàn ra", 1), target("outbound.groups", 2))}}, "targets"),
        ({"lines": {"targets": (target("population.ethnic_groups", 20),)}}, "targets"),
        ({"lines": {"targets": (target("outbound.groups", Decimal("1.5")),)}}, "targets"),
    ],
)
def test_what_cannot_be_is_refused_by_field(values, column):
    assert [name for name, _message in errors_of(programme(**values), TODAY)] == [column]


def test_what_is_unusual_is_only_said():
    draft = programme(
        2025, approved_on=dt.date(2026, 2, 1), lines={"works": (planned("1", lead_office_code=""),)}
    )
    assert [name for name, _message in warnings_of(draft, TODAY)] == ["approved_on", "works"]


def test_flags_find_programmes_that_wait():
    enter(programme(2026))
    approved(2025)
    flags = {flag.code: flag for flag in SCHEME.flags}
    assert Record.objects.filter(flags["not_approved"].where(TODAY)).count() == 1
    assert Record.objects.filter(flags["not_reviewed"].where(TODAY)).count() == 1


GROWTH = {
    "figure": "economy.growth",
    "value": "9,0%",
    "period": "2022",
    "reference": "12/BC-UBND",
    "text": "9,0%",
}


def test_the_profile_states_figures_with_their_papers_and_replaces_them():
    record = enter(profile())
    state(record, GROWTH, actor=user("canbo"))
    state(record, {**GROWTH, "figure": "economy.growth_plan", "value": "7,7"}, actor=user("canbo"))
    state(
        record,
        {"figure": "population.ethnic_groups", "value": "20", "text": "20 dân tộc"},
        actor=user("canbo"),
    )
    state(record, {**GROWTH, "value": "8,9"}, actor=user("canbo"))
    found = profile_figures("lai-chau")
    assert [(one.measure, one.value, one.kind) for one in found] == [
        ("economy.growth", 890, "stated"), ("economy.growth_plan", 770, "target"),
        ("population.ethnic_groups", 20, "stated"),
    ]  # fmt: skip
    assert (found[0].since, found[0].until, found[0].paper_uid is not None) == (
        dt.date(2022, 1, 1), dt.date(2022, 12, 31), True,
    )  # fmt: skip
    panels = {str(panel.label): panel for panel in panels_of(row_of(record), user("canbo"))}
    assert panels["Tăng trưởng so với kế hoạch"].rows == [["2022", "8,9", "7,7", "", "1,2"]]
    assert Fact.objects.filter(source_uid=record.pk).count() == 0


def test_growth_may_be_below_nought_and_nothing_else():
    record = enter(profile())
    state(record, {**GROWTH, "value": "-1,2"}, actor=user("canbo"))
    assert profile_figures("lai-chau")[0].value == -120
    bad = (
        {**GROWTH, "figure": "population.ethnic_groups", "value": "-2"},
        {**GROWTH, "value": "chưa rõ"},
        {**GROWTH, "period": "năm ngoái"},
        {**GROWTH, "reference": "", "text": ""},
    )
    for values in bad:
        with pytest.raises(BadInput):
            state(record, values, actor=user("canbo"))
    with pytest.raises(NotAllowed):
        state(record, GROWTH, actor=user("kiemtra"))


def test_a_figure_is_taken_back_with_a_reason():
    record = enter(profile())
    state(record, GROWTH, actor=user("canbo"))
    values = {"figure": "economy.growth", "period": "2022", "reason": "đọc nhầm"}
    take_figure_back(record, values, actor=user("canbo"))
    assert profile_figures("lai-chau") == []
    with pytest.raises(BadInput):
        take_figure_back(record, values, actor=user("canbo"))


def test_the_profile_is_checked_again_and_again():
    record = enter(profile())
    for code in ("check", "renew", "check", "close"):
        step(record, code)
    assert record.is_closed
    with pytest.raises(WrongState):
        step(record, "renew")
