"""A student from the quota to what came after: each step by the right person, what it counts as, who sees the name."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.scholarships.scheme import COLUMNS, clean_many, create_many
from bonphuong.families.scholarships.services import file_pause
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import create, merge, reveal, save_lines, take_step, unmerge, void
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.facts import counted
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import Where, live_facts, sum_facts
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.queries import case_of
from bonphuong.records.models import Record
from bonphuong.records.queries import search
from bonphuong.trail.models import Action, ChangePayload
from tests.factories.scholarships import student

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = NOW.date()
OFFICE = "lc-dofa"


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(NOW):
        yield


def user(name: str) -> User:
    return User.objects.get(username=name)


def enter(draft, actor="canbo", office=OFFICE) -> Record:
    return create(draft, family="scholarships", office_code=office, actor=user(actor), reason="nhập sổ")


def step(record: Record, code: str, on: dt.date = TODAY, actor="canbo", note="", **values) -> Record:
    numbers = values.pop("numbers", None)
    return take_step(
        record, code, on=on, expected_version=record.version, actor=user(actor), values=values,
        paper_numbers=numbers, note=note,
    )  # fmt: skip


def at(measure: str, on: dt.date, since: dt.date | None = None) -> int:
    return sum_facts([Where((("lai-chau", None),), measure, on, since)])[0].value


def live(record: Record) -> dict[str, int]:
    found = counted(live_facts([record.pk]).get(record.pk, ()))
    return {code: value for code, value in found.items() if value}


ROAD = (
    ("nominate", dt.date(2023, 6, 1), "canbo", {}),
    ("admit", dt.date(2023, 7, 3), "lanhdao", {"decision_number": "11/QĐ-UBND", "numbers": {"decision": "11/QĐ-UBND"}}),
    ("settle_residence", dt.date(2023, 8, 20), "canbo", {"residence_until": dt.date(2024, 8, 20)}),
    ("start_language", dt.date(2023, 9, 1), "canbo", {}),
    ("start_major", dt.date(2024, 9, 5), "canbo", {}),
    ("graduate", dt.date(2026, 6, 30), "canbo", {"grade": "good"}),
    ("follow", dt.date(2026, 7, 15), "canbo", {}),
)  # fmt: skip
STATES = (
    "quota_agreed", "nominated", "admitted", "visa_residence", "language_year", "major", "graduated", "alumni",
)  # fmt: skip


def walked(upto: int) -> Record:
    record = enter(student())
    for code, on, actor, values in ROAD[:upto]:
        step(record, code, on, actor, **values)
    return record


def test_the_whole_road_is_walked_by_the_right_people():
    record = enter(student())
    seen = [record.state]
    for code, on, actor, values in ROAD:
        step(record, code, on, actor, **values)
        seen.append(record.state)
    assert tuple(seen) == STATES
    assert record.is_closed
    row = row_of(record)
    assert (row.entered_on, row.major_on, row.graduated_on) == (
        dt.date(2023, 9, 1), dt.date(2024, 9, 5), dt.date(2026, 6, 30),
    )  # fmt: skip
    assert row.has_language_year
    assert check_ledger() == []


@pytest.mark.parametrize(
    ("upto", "allowed"),
    [
        (0, {"nominate", "cancel"}),
        (1, {"admit", "reject", "return_for_revision", "cancel"}),
        (2, {"settle_residence", "start_language", "start_major", "cancel"}),
        (3, {"start_language", "start_major", "cancel"}),
        (4, {"start_major", "suspend", "graduate", "withdraw"}),
        (5, {"suspend", "graduate", "withdraw"}),
        (6, {"follow"}),
        (7, set()),
    ],
)
def test_no_step_is_taken_out_of_turn(upto, allowed):
    record = walked(upto)
    everything = {t.code for t in case_of(record.pk).procedure.transitions.all()}
    for code in sorted(everything - allowed):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao", note="thử")
    ways = case_of(record.pk).procedure.transitions.filter(from_state__code=record.state)
    assert {way.code for way in ways} == allowed


def test_only_leaders_admit_and_only_with_the_decision():
    record = walked(1)
    for actor in ("canbo", "truongphong", "canbo.hunghi"):
        with pytest.raises(NotAllowed):
            step(record, "admit", actor=actor, numbers={"decision": "1/QĐ"}, decision_number="1/QĐ")
    with pytest.raises(MissingPaper):
        step(record, "admit", actor="lanhdao", decision_number="1/QĐ")
    with pytest.raises(NotAllowed):
        step(record, "reject", actor="canbo", note="hết chỉ tiêu")
    step(record, "return_for_revision", note="thiếu danh sách")
    assert step(record, "resubmit").state == "nominated"
    assert step(record, "reject", actor="lanhdao", note="hết chỉ tiêu").state == "rejected"
    assert live(record) == {}


def test_nothing_is_present_before_it_has_entered_and_nothing_in_the_future():
    record = walked(3)
    assert live(record) == {}
    with pytest.raises(BadInput):
        step(record, "start_language", TODAY + dt.timedelta(days=1))
    assert step(record, "cancel", note="bên bạn đổi người").state == "cancelled"
    assert live(record) == {}


def test_c17_a_student_is_present_from_the_entry_to_the_leaving():
    record = enter(student(nominated_on=dt.date(2023, 6, 1), entered_on=dt.date(2023, 9, 1)))
    assert record.state == "major"
    step(record, "withdraw", dt.date(2025, 5, 31), leave_reason="Hoàn cảnh gia đình")
    facts = Fact.objects.filter(source_uid=record.pk, measure="students.present").order_by("on")
    assert [(fact.on, fact.value) for fact in facts] == [(dt.date(2023, 9, 1), 1), (dt.date(2025, 5, 31), -1)]
    assert at("students.present", dt.date(2024, 12, 31)) == 1
    assert at("students.present", dt.date(2025, 6, 1)) == 0
    assert at("students.new", dt.date(2023, 12, 31), dt.date(2023, 1, 1)) == 1
    assert at("students.new", dt.date(2025, 12, 31), dt.date(2024, 1, 1)) == 0
    assert at("students.withdrawn", dt.date(2025, 12, 31), dt.date(2025, 1, 1)) == 1


def test_facts_know_level_funding_sex_sender_and_field():
    record = walked(4)
    fact = Fact.objects.get(source_uid=record.pk, measure="students.new")
    assert (fact.slot1, fact.slot2, fact.slot3) == ("college", "full", "f")
    assert (fact.country, fact.partner, fact.field) == ("LA", "la-phongsaly", "education")


def test_a_pause_takes_the_student_out_and_back_and_a_second_one_does_not_overwrite_it():
    record = walked(5)
    step(record, "suspend", dt.date(2025, 1, 10), leave_reason="Chữa bệnh")
    assert (record.state, live(record)) == ("suspended", {"students.new": 1})
    step(record, "resume_major", dt.date(2025, 3, 1))
    assert at("students.present", dt.date(2025, 2, 1)) == 0
    assert at("students.present", dt.date(2025, 3, 1)) == 1
    with pytest.raises(BadInput):
        step(record, "suspend", dt.date(2025, 9, 1), leave_reason="Chữa bệnh")
    postings = Fact.objects.filter(source_uid=record.pk).count()
    file_pause(record, {}, actor=user("canbo"))
    assert Fact.objects.filter(source_uid=record.pk).count() == postings
    step(record, "suspend", dt.date(2025, 9, 1), leave_reason="Chữa bệnh")
    step(record, "withdraw", dt.date(2025, 12, 1), leave_reason="Không trở lại")
    row = row_of(record)
    assert [(one.since, one.until) for one in row.breaks.all()] == [
        (dt.date(2025, 1, 10), dt.date(2025, 3, 1))
    ]
    assert at("students.present", dt.date(2025, 8, 31)) == 1
    assert at("students.present", TODAY) == 0
    assert live(record) == {"students.new": 1, "students.withdrawn": 1}


def test_a_language_student_may_return_to_the_language_year():
    record = walked(4)
    step(record, "suspend", dt.date(2024, 1, 10), leave_reason="Chữa bệnh")
    assert step(record, "resume_language", dt.date(2024, 2, 1)).state == "language_year"


def test_a_mistake_counts_for_nothing_and_what_was_entered_twice_counts_once():
    one, two = walked(5), walked(5)
    assert at("students.present", TODAY) == 2
    merge(one, two, expected_version=two.version, actor=user("canbo"), reason="nhập hai lần")
    assert at("students.present", TODAY) == 1
    unmerge(two, expected_version=two.version, actor=user("canbo"), reason="khác người")
    assert at("students.present", TODAY) == 2
    void(one, expected_version=one.version, actor=user("canbo"), reason="nhầm")
    assert at("students.present", TODAY) == 1
    assert check_ledger() == []


def test_a_class_list_comes_in_by_the_gate_with_its_errors_by_cell():
    rows = [
        {"full_name": "Tua-yang Ba", "gender": "Nữ", "partner": "Phông Sa Lỳ", "school": "Trường Cao đẳng Lai Châu",
         "major": "Y sĩ đa khoa", "level": "Cao đẳng", "funding": "toàn phần", "entered_on": "01/9/2024",
         "cohort": "K12"},
        {"full_name": "Tua-yang Bốn", "gender": "Nam", "partner": "U Đôm Xay", "school": "Trường Cao đẳng Lai Châu",
         "funding": "tự túc", "entered_on": "05/9/2023", "graduated_on": "30/6/2026"},
        {"full_name": "", "school": "Trường Cao đẳng Lai Châu"},
        {"full_name": "Tua-yang Năm", "school": "Trường Cao đẳng Lai Châu", "level": "tiến sĩ vũ trụ"},
        {"full_name": "Tua-yang Sáu", "school": "Trường Cao đẳng Lai Châu", "graduated_on": "30/6/2026"},
        {"full_name": "Tua-yang Bảy", "school": "Trường Cao đẳng Lai Châu", "scheme_number": "HB-1999-001"},
    ]  # fmt: skip
    cleaned = clean_many(rows, kind="student", office_code=OFFICE, actor=user("canbo"))
    assert [sorted({error.column for error in one.errors}) for one in cleaned] == [
        [], [], ["full_name"], ["level"], ["entered_on"], ["scheme_number"],
    ]  # fmt: skip
    good = [one.draft for one in cleaned if one.is_good]
    made = create_many(good, kind="student", office_code=OFFICE, actor=user("canbo"), reason="danh sách lớp")
    assert [(record.state, record.number) for record in made] == [
        ("major", "LHS-2024-001"), ("graduated", "LHS-2023-001"),
    ]  # fmt: skip
    assert [row_of(record).country_code for record in made] == ["LA", "LA"]
    assert (at("students.present", TODAY), at("students.graduated", TODAY)) == (1, 1)


def test_a_list_brought_back_updates_by_the_record():
    record = walked(5)
    row = {
        "record_uid": record.pk,
        "record_version": record.version,
        "cohort": "K13",
        "full_name": "Tua-yang Tám",
    }
    [cleaned] = clean_many([row], kind="student", office_code=OFFICE, actor=user("canbo"))
    assert (cleaned.errors, sorted(cleaned.changed)) == ((), ["cohort", "full_name"])
    assert cleaned.draft.get("school") == "Trường Cao đẳng Lai Châu"


def test_the_name_is_seen_by_its_office_and_by_nobody_else():
    record = walked(5)
    seen = {name: Record.objects.visible_to(user(name)).filter(pk=record.pk).exists() for name in (
        "canbo", "truongphong", "lanhdao", "kiemtra", "canbo.hunghi", "vanthu.yte", "canbo.laocai", "quantri",
    )}  # fmt: skip
    assert seen == {
        "canbo": True, "truongphong": True, "lanhdao": True, "kiemtra": True, "canbo.hunghi": False,
        "vanthu.yte": False, "canbo.laocai": False, "quantri": False,
    }  # fmt: skip
    with pytest.raises(Record.DoesNotExist):
        for_page(user("vanthu.yte"), record.pk)
    assert [one.pk for one in search(user("canbo"), "tua-yang mot")] == [record.pk]
    assert not search(user("vanthu.yte"), "tua-yang mot").exists()


def test_no_name_stands_in_titles_papers_actions_or_facts():
    record = walked(7)
    name = "Tua-yang"
    assert name not in record.title
    assert name not in str(record)
    assert not any(name in action.object_text or name in action.reason for action in Action.objects.all())
    assert not any(name in paper.paper.abstract for paper in record.papers.select_related("paper"))
    texts = Fact.objects.filter(source_uid=record.pk).values_list(
        "slot1", "slot2", "slot3", "partner", "unit"
    )
    assert not any(name in text for row in texts for text in row)


def test_passport_and_birth_date_are_sealed_and_never_leave():
    record = enter(student(passport_no="PA1234567", birth_date="2004-02-03"))
    row = row_of(record)
    assert [column.code for column in COLUMNS["student"] if column.restricted] == [
        "birth_date",
        "passport_no",
    ]
    assert not any(column.takes_import for column in COLUMNS["student"] if column.restricted)
    assert "PA1234567" not in str(list(ChangePayload.objects.values_list()))
    with pytest.raises(NotAllowed):
        reveal(record, row, "passport_no", actor=user("kiemtra"), reason="kiểm tra")
    with pytest.raises(BadInput):
        reveal(record, row, "passport_no", actor=user("canbo"), reason=" ")


def test_results_and_life_after_the_course_are_kept_by_year():
    record = walked(6)
    results = [LineDraft({"school_year": "2024-2025", "score": 8, "grade": "good", "conduct": "very_good"})]
    save_lines(record, "results", results, expected_version=record.version, actor=user("canbo"))
    bad = [LineDraft({"school_year": "2024/2025"})]
    with pytest.raises(BadInput):
        save_lines(record, "results", bad, expected_version=record.version, actor=user("canbo"))
    after = [LineDraft({"on": dt.date(2026, 10, 1), "employer": "Trường mầm non bản Mẫu", "in_field": True})]
    save_lines(record, "afterwards", after, expected_version=record.version, actor=user("canbo"))
    row = row_of(record)
    assert [str(one) for one in row.results.all()] == ["2024-2025 good"]
    assert [one.in_field for one in row.afterwards.all()] == [True]
