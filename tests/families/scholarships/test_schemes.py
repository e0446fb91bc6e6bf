"""A programme of scholarships: its way, rates by dates, payments, next year's budget, what its page shows."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.scholarships.panels import panels_of
from bonphuong.families.scholarships.queries import budget_of, groups_of, paid_by_years, students_of
from bonphuong.families.scholarships.scheme import SCHEME, clean_many
from bonphuong.families.scholarships.services import enrol, pay
from bonphuong.families.scholarships.validators import errors_of, warnings_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import create, save_lines, take_step
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import Where, sum_facts
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.queries import case_of
from bonphuong.records.models import Record
from bonphuong.trail.models import Action
from tests.factories.scholarships import rate, scheme, student

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = NOW.date()
OFFICE = "lc-dofa"
OLD, NEW = dt.date(2023, 9, 1), dt.date(2026, 1, 1)
RATES = (
    rate("living", 3_000_000, OLD, dt.date(2025, 12, 31), source="NQ 01/2023/NQ-HĐND (ví dụ)"),
    rate("living", 3_600_000, NEW, source="NQ 02/2025/NQ-HĐND (ví dụ)"),
    rate("kit", 2_000_000, OLD, per="once"),
    rate("travel", 1_500_000, OLD, per="year"),
    rate("tuition", 900_000, OLD, per="month", level="university"),
)
QUOTAS = (
    LineDraft({"school_year": "2025-2026", "places": 2, "level": "college"}),
    LineDraft({"school_year": "2027-2028", "places": 3, "level": "college"}),
)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(NOW):
        yield


def user(name: str) -> User:
    return User.objects.get(username=name)


def enter(draft) -> Record:
    return create(draft, family="scholarships", office_code=OFFICE, actor=user("canbo"), reason="nhập sổ")


def step(record: Record, code: str, on: dt.date = TODAY, actor="canbo", note="", **values) -> Record:
    numbers = values.pop("numbers", None)
    return take_step(
        record, code, on=on, expected_version=record.version, actor=user(actor), values=values,
        paper_numbers=numbers, note=note,
    )  # fmt: skip


def running(**values) -> Record:
    return enter(
        scheme(
            decided_on=dt.date(2023, 8, 1),
            decision_number="21/QĐ-UBND",
            started_on=dt.date(2023, 9, 1),
            lines={"rates": RATES, "quotas": QUOTAS},
            **values,
        )
    )


def under(record: Record, name: str, **values) -> Record:
    return enter(student(name, scheme_number=record.number, **values))


def pay_living(
    record: Record, since: dt.date, until: dt.date, paid_on: dt.date = TODAY, item="living"
) -> None:
    values = {"item": item, "since": since, "until": until, "paid_on": paid_on}
    pay(Record.objects.get(pk=record.pk), values, actor=user("canbo"))


def paid(record: Record) -> list[tuple]:
    return [(one.since, one.until, one.months, one.rate, one.amount) for one in row_of(record).payments.all()]


def test_the_whole_road_of_a_programme():
    record = enter(scheme(lines={"quotas": QUOTAS}))
    seen = [record.state]
    for code, actor, values in (
        ("consult", "canbo", {}),
        ("send_up", "canbo", {}),
        ("approve", "lanhdao", {"decision_number": "21/QĐ-UBND", "numbers": {"decision": "21/QĐ-UBND"}}),
        ("begin", "canbo", {}),
        ("review", "canbo", {"result": "Hoàn thành"}),
        ("close", "canbo", {}),
    ):
        step(record, code, actor=actor, **values)
        seen.append(record.state)
    assert seen == ["drafting", "consulting", "awaiting_decision", "agreed", "running", "reviewed", "closed"]
    assert record.is_closed
    facts = Fact.objects.filter(source_uid=record.pk, measure="students.quota")
    assert [(one.value, one.slot1, one.on) for one in facts] == [(5, "college", TODAY)]


def test_forbidden_steps_of_a_programme_are_refused():
    record = enter(scheme())
    for code in ("send_up", "approve", "begin", "review", "close"):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao")
    step(record, "consult")
    step(record, "send_up")
    with pytest.raises(NotAllowed):
        step(record, "approve", decision_number="1", numbers={"decision": "1"})
    with pytest.raises(MissingPaper):
        step(record, "approve", actor="lanhdao", decision_number="1")
    with pytest.raises(NotAllowed):
        step(record, "return_for_revision", note="thiếu kinh phí")
    step(record, "return_for_revision", actor="lanhdao", note="thiếu kinh phí")
    assert step(record, "resubmit").state == "consulting"
    assert step(record, "cancel", note="bên bạn rút").state == "cancelled"
    assert case_of(record.pk).procedure.code == "scholarships.scheme"


def test_months_are_paid_by_the_rate_that_held_in_each():
    record = running()
    one = under(record, "Tua-yang Một", entered_on=dt.date(2025, 9, 5))
    pay_living(record, dt.date(2025, 9, 1), dt.date(2026, 2, 28))
    assert paid(one) == [
        (dt.date(2025, 9, 1), dt.date(2025, 12, 31), 4, 3_000_000, 12_000_000),
        (dt.date(2026, 1, 1), dt.date(2026, 2, 28), 2, 3_600_000, 7_200_000),
    ]
    assert {line.school_year for line in row_of(one).payments.all()} == {"2025-2026"}
    assert sum_facts([Where((("lai-chau", None),), "stipends.paid", TODAY, TODAY)])[0].vnd == 19_200_000


def test_months_paid_or_away_are_left_out_and_nothing_is_paid_twice():
    record = running()
    one = under(record, "Tua-yang Một", entered_on=dt.date(2025, 9, 5), suspended_on=dt.date(2025, 10, 20),
                resumed_on=dt.date(2025, 12, 10))  # fmt: skip
    under(record, "Tua-yang Hai", entered_on=dt.date(2024, 9, 5), withdrawn_on=dt.date(2025, 5, 31))
    pay_living(record, dt.date(2025, 9, 1), dt.date(2025, 9, 30))
    pay_living(record, dt.date(2025, 9, 1), dt.date(2025, 12, 31))
    assert [(line[0].month, line[2]) for line in paid(one)] == [(9, 1), (10, 1), (12, 1)]
    with pytest.raises(BadInput):
        pay_living(record, dt.date(2025, 9, 1), dt.date(2025, 12, 31))
    assert Action.objects.filter(verb="scholarships.scheme.pay").count() == 2


def test_what_is_paid_once_or_by_the_year_is_paid_so():
    record = running()
    one = under(record, "Tua-yang Một", entered_on=dt.date(2024, 9, 5))
    pay_living(record, dt.date(2024, 9, 1), dt.date(2025, 12, 31), item="kit")
    pay_living(record, dt.date(2024, 9, 1), dt.date(2025, 12, 31), item="travel")
    assert [(line.item, line.school_year, line.amount) for line in row_of(one).payments.all()] == [
        ("kit", "2024-2025", 2_000_000), ("travel", "2024-2025", 1_500_000), ("travel", "2025-2026", 1_500_000),
    ]  # fmt: skip


def test_nobody_pays_for_another_office_or_in_days_to_come():
    record = running()
    under(record, "Tua-yang Một", entered_on=dt.date(2025, 9, 5))
    values = {"item": "living", "since": NEW, "until": NEW, "paid_on": TODAY}
    with pytest.raises(NotAllowed):
        pay(record, values, actor=user("canbo.hunghi"))
    with pytest.raises(BadInput):
        pay(record, {**values, "paid_on": TODAY + dt.timedelta(days=1)}, actor=user("canbo"))
    with pytest.raises(BadInput):
        pay(record, {**values, "until": OLD}, actor=user("canbo"))


def test_school_years_stand_against_the_years_of_reports():
    record = running()
    one = under(record, "Tua-yang Một", entered_on=dt.date(2025, 9, 5))
    pay_living(record, dt.date(2025, 9, 1), dt.date(2025, 11, 30), dt.date(2025, 12, 1))
    pay_living(record, dt.date(2025, 12, 1), dt.date(2026, 1, 31), dt.date(2026, 2, 1))
    assert dict(paid_by_years([row_of(one)])) == {
        ("2025-2026", 2025): 9_000_000,
        ("2025-2026", 2026): 6_600_000,
    }


def test_next_years_budget_is_made_of_who_stays_who_comes_and_the_rates():
    record = running()
    under(record, "Tua-yang Một", entered_on=dt.date(2025, 9, 5), expected_end_on=dt.date(2028, 6, 30))
    under(record, "Tua-yang Hai", entered_on=dt.date(2024, 9, 5), expected_end_on=dt.date(2027, 6, 30))
    row = row_of(record)
    lines = budget_of(row, list(students_of(row, user("canbo"))), TODAY)
    assert [(line.item, line.people, line.rate, line.times, line.amount) for line in lines] == [
        ("kit", 3, 2_000_000, 1, 6_000_000),
        ("living", 4, 3_600_000, 10, 144_000_000),
        ("travel", 4, 1_500_000, 1, 6_000_000),
    ]


def test_students_are_put_under_a_programme_by_their_numbers():
    record = running()
    one = enter(student("Tua-yang Một", entered_on=dt.date(2025, 9, 5)))
    with pytest.raises(BadInput):
        enrol(record, {"numbers": "LHS-1999-001"}, actor=user("canbo"))
    enrol(record, {"numbers": f"{one.number}\n"}, actor=user("canbo"))
    assert [student.pk for student in students_of(row_of(record), user("canbo"))] == [one.pk]


def test_the_page_counts_by_annex_7_and_names_nobody_there():
    record = running()
    under(record, "Tua-yang Một", entered_on=dt.date(2025, 9, 5))
    under(record, "Tua-yang Hai", entered_on=dt.date(2025, 9, 5), gender="m")
    under(record, "Tua-yang Ba", entered_on=dt.date(2023, 9, 5), graduated_on=dt.date(2026, 6, 30))
    [group] = groups_of(students_of(row_of(record), user("canbo")))
    assert (group.students, group.women, group.studying, group.graduated) == (3, 2, 2, 1)
    panels = {str(panel.label): panel for panel in panels_of(row_of(record), user("canbo"))}
    annex = panels["Số liệu cho phụ lục lưu học sinh"]
    assert [cell for row in annex.rows for cell in row] == [
        "1", "Phông Sa Lỳ", "Giáo dục mầm non, cao đẳng", "Trường Cao đẳng Lai Châu", "2023-2026", "3 (2)",
        "được cấp toàn phần", "2 / 1",
    ]  # fmt: skip
    assert "Tua-yang" not in str(annex)
    assert len(panels["Lưu học sinh"].rows) == 3
    assert check_ledger() == []


def test_a_stranger_sees_no_student_of_a_programme():
    record = running()
    under(record, "Tua-yang Một", entered_on=dt.date(2025, 9, 5))
    assert list(students_of(row_of(record), user("canbo.hunghi"))) == []


def test_rates_that_overlap_and_years_written_otherwise_are_refused():
    record = running()
    twice = [*RATES, rate("living", 4_000_000, dt.date(2026, 6, 1))]
    with pytest.raises(BadInput):
        save_lines(record, "rates", twice, expected_version=record.version, actor=user("canbo"))
    lines = {"quotas": (LineDraft({"school_year": "2025", "places": 900}),)}
    assert [name for name, _message in errors_of(scheme(lines=lines), TODAY)] == ["quotas"]
    assert [name for name, _message in warnings_of(scheme(lines=lines), TODAY)] == ["quotas"]


def test_costs_count_on_the_day_they_are_paid():
    record = running()
    cost = LineDraft({"item": "insurance", "amount": 9_000_000, "paid_on": dt.date(2026, 3, 2)})
    save_lines(record, "costs", [cost], expected_version=record.version, actor=user("canbo"))
    fact = Fact.objects.get(source_uid=record.pk, measure="scholarships.costs")
    assert (fact.vnd, fact.slot3, fact.on) == (9_000_000, "insurance", dt.date(2026, 3, 2))


def test_a_programme_is_named_by_its_number_or_its_name_in_a_list():
    record = running()
    rows = [
        {"full_name": "Tua-yang Một", "school": "Trường Mẫu", "scheme_number": record.number.lower()},
        {"full_name": "Tua-yang Hai", "school": "Trường Mẫu", "scheme_number": record.title},
    ]
    cleaned = clean_many(rows, kind="student", office_code=OFFICE, actor=user("canbo"))
    assert [one.draft.get("scheme_number") for one in cleaned] == [record.number, record.number]


@pytest.mark.parametrize(
    ("code", "values", "expected"),
    [
        ("residence_ending", {"residence_until": TODAY + dt.timedelta(days=20)}, 1),
        ("residence_ending", {"residence_until": TODAY + dt.timedelta(days=90)}, 0),
        ("should_be_over", {"expected_end_on": dt.date(2026, 6, 30)}, 1),
        ("without_sex", {"gender": ""}, 1),
        ("without_programme", {}, 1),
    ],
)
def test_flags_find_what_needs_a_look(code, values, expected):
    enter(student("Tua-yang Một", entered_on=dt.date(2025, 9, 5), **values))
    [flag] = [flag for flag in SCHEME.flags if flag.code == code]
    assert Record.objects.filter(flag.where(TODAY)).count() == expected
