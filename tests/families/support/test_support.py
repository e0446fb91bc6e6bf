"""Support to partners: its way, what it counts as, and that it is never added to aid received."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.support.panels import panels
from bonphuong.families.support.scheme import SCHEME, clean_many, create_many
from bonphuong.families.support.services import disburse, open_year
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.periods import Period
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import create, merge, take_step, undo_many
from bonphuong.ledger.queries import live_facts
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.models import Procedure
from bonphuong.records.models import Record
from tests.factories.support import dong, support

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICE = "lc-dofa"
TODAY = dt.date(2026, 11, 20)
DECISION = {"decision": "55/QĐ-UBND"}
ROAD = (
    "ask", "consult", "send_up", "approve", "agree", "start", "adjust", "hand_over", "settle", "close",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day():
    with clock.fixed(TODAY):
        yield


def enter(draft, actor):
    return create(draft, family="support", office_code=OFFICE, actor=actor)


def take(record, step: str, *, on: dt.date = TODAY, actor: User | None = None, papers=None):
    decided = step in {"approve", "reject", "adjust"} or (
        step == "return_for_revision" and record.state == "awaiting_decision"
    )
    who = actor or User.objects.get(username="lanhdao" if decided else "canbo")
    noted = step in {"reject", "return_for_revision", "cancel"}
    given = DECISION if step in {"approve", "adjust"} and papers is None else papers or {}
    return take_step(
        record, step, on=on, expected_version=record.version, actor=who, paper_numbers=given,
        note="Lý do minh họa" if noted else "",
    )  # fmt: skip


def walk(record, *steps: str) -> list[str]:
    seen = [record.state]
    for step in steps:
        take(record, step)
        seen.append(record.state)
    return seen


def counted(record) -> dict[str, int]:
    found: dict[str, int] = {}
    for fact in live_facts([record.pk]).get(record.pk, ()):
        found[fact.measure] = found.get(fact.measure, 0) + fact.value
    return {code: value for code, value in found.items() if value}


def flagged(code: str) -> set[str]:
    [flag] = [one for one in SCHEME.flags if one.code == code]
    return set(Record.objects.filter(flag.where(TODAY), family="support").values_list("title", flat=True))


def test_support_goes_from_the_request_to_its_close(officer):
    record = enter(support(), officer)
    assert walk(record, *ROAD) == [
        "draft", "partner_request", "consulting", "awaiting_decision", "approved", "agreed", "implementing", "adjusted",
        "handed_over", "settled", "closed",
    ]  # fmt: skip
    assert row_of(record).decision_number == "55/QĐ-UBND"


def test_support_turns_aside(officer):
    assert walk(enter(support(), officer), "consult", "send_up", "reject")[-1] == "rejected"
    assert walk(enter(support(), officer), "cancel")[-1] == "cancelled"
    record = enter(support(), officer)
    assert walk(record, "consult", "return_for_revision", "resubmit", "send_up", "return_for_revision")[-3:] == [
        "consulting", "awaiting_decision", "returned_for_revision",
    ]  # fmt: skip


def test_every_transition_was_walked():
    [procedure] = Procedure.objects.filter(code="support.support")
    walked = {*ROAD, "reject", "cancel", "return_for_revision", "resubmit"}
    assert set(procedure.transitions.values_list("code", flat=True)) == walked


def test_forbidden_steps_are_refused(officer, leader):
    record = enter(support(), officer)
    for step in ("approve", "start", "hand_over", "settle", "close"):
        with pytest.raises(WrongState):
            take(record, step)
    with pytest.raises(NotAllowed):
        take(record, "ask", actor=User.objects.get(username="canbo.laocai"))
    walk(record, "consult", "send_up")
    with pytest.raises(NotAllowed):
        take(record, "approve", actor=officer)
    with pytest.raises(MissingPaper):
        take_step(record, "approve", on=TODAY, expected_version=record.version, actor=leader)


def test_opinions_are_due_in_working_days(officer):
    with clock.fixed(dt.date(2026, 2, 12)):
        record = enter(support(), officer)
        take(record, "consult", on=dt.date(2026, 2, 12))
    # Fifteen working days from Thursday 12 February 2026; public holiday for Tết from 16 to 20 February.
    assert record.due_on == dt.date(2026, 3, 12)


def test_it_counts_by_series_and_never_as_aid(officer):
    sums = (
        dong("promised", 3_000_000_000, on=dt.date(2025, 10, 13)),
        dong("approved", 2_500_000_000),
        dong("year_slice", 1_000_000_000, year=2026),
        dong("disbursed", 250_000_000, on=dt.date(2026, 6, 1)),
        dong("counterpart", 100_000_000),
    )
    record = enter(support(dt.date(2026, 2, 2), *sums), officer)
    assert counted(record) == {
        "support.promised": 12_244_898, "support.items": 1, "support.running": 1, "support.approved": 10_000_000,
        "support.committed_year": 4_000_000, "support.disbursed": 1_000_000, "support.counterpart": 400_000,
    }  # fmt: skip
    year = Period.parse("2026")
    asked = [
        figure(FigureRequest(code, "lai-chau", year)).recorded
        for code in ("aid.approved", "aid.disbursed", "aid.items")
    ]
    assert asked == [0, 0, 0]
    assert figure(FigureRequest("support.disbursed_share", "lai-chau", year)).value == 25
    assert figure(FigureRequest("support.approved.laos", "lai-chau", year)).recorded == 100_000


def test_people_are_counted_by_what_they_do(officer):
    groups = {
        "groups": (
            LineDraft({"role": "expert", "people": 4, "since": dt.date(2026, 3, 2)}),
            LineDraft(
                {
                    "role": "trainee",
                    "people": 20,
                    "women": 9,
                    "since": dt.date(2026, 4, 2),
                    "until": dt.date(2026, 5, 2),
                }
            ),
            LineDraft({"role": "exchange", "people": 6, "since": dt.date(2026, 5, 2)}),
        )
    }
    record = enter(support(dt.date(2026, 2, 2), support_kind="course", lines=groups), officer)
    assert counted(record) == {
        "support.items": 1, "support.running": 1, "support.experts": 4, "support.trainees": 20, "support.exchanged": 6,
    }  # fmt: skip
    assert flagged("experts") == {record.title}


def test_things_given_stand_for_the_value_only_where_no_sum_is(officer):
    given = {"given": (LineDraft({"what": "Máy tính", "amount": 50_000_000, "currency": "VND"}),)}
    alone = enter(support(dt.date(2026, 2, 2), support_kind="goods", lines=given), officer)
    both = enter(support(dt.date(2026, 2, 2), dong("approved", 25_000_000), lines=given), officer)
    assert (counted(alone)["support.approved"], counted(both)["support.approved"]) == (200_000, 100_000)


def test_completed_support_runs_no_more(officer):
    record = enter(
        support(dt.date(2026, 2, 2), started_on=dt.date(2026, 3, 2), completed_on=dt.date(2026, 9, 2)),
        officer,
    )
    assert counted(record) == {"support.items": 1, "support.completed": 1}
    assert flagged("running") == set()


def test_the_year_is_opened_and_spent(officer):
    planned = dong("year_plan", 500_000_000, year=2026)
    record = enter(
        support(dt.date(2025, 2, 3), dong("approved", 900_000_000), planned, ends_on=dt.date(2026, 1, 1)),
        officer,
    )
    assert (flagged("no_slice"), flagged("past_end")) == ({record.title}, {record.title})
    open_year(record, {}, actor=officer)
    disburse(record, {"on": dt.date(2026, 5, 1), "amount": 125_000_000}, actor=officer)
    assert counted(record)["support.committed_year"] == 2_000_000
    assert counted(record)["support.disbursed"] == 500_000
    assert flagged("no_slice") == set()
    with pytest.raises(BadInput):
        open_year(record, {}, actor=officer)
    with pytest.raises(BadInput):
        disburse(record, {"on": dt.date(2026, 5, 1)}, actor=officer)
    assert [str(panel.label) for panel in panels(row_of(record), officer)] == [
        "Tiền theo từng loại số liệu",
        "Năm nay",
    ]


def test_a_row_of_a_sheet_is_read_and_what_is_wrong_is_told(officer):
    row = {
        "title": "Nhà ở nội trú", "partner": "Phongsaly", "country": "Lào", "support_kind": "Công trình",
        "field": "Giáo dục và đào tạo", "budget": "ngân sách tỉnh", "approved_on": "2/2/2026",
        "sums": [{"series": "approved", "amount": "1.500.000.000", "currency": "VND"}],
    }  # fmt: skip
    rows = [
        row, {**row, "partner": ""}, {**row, "country": "Việt Nam"}, {**row, "support_kind": "không rõ"},
        {**row, "approved_on": "2/2/2027"}, {**row, "completed_on": "1/1/2026"},
        {**row, "groups": [{"role": "trainee", "people": 5, "since": "1/1/2027"}]},
        {**row, "sums": [{"series": "year_slice", "amount": 5}]},
    ]  # fmt: skip
    cleaned = clean_many(rows, kind="support", office_code=OFFICE, actor=officer)
    assert [{one.column for one in some.errors} for some in cleaned] == [
        set(), {"partner"}, {"country"}, {"support_kind"}, {"approved_on"}, {"completed_on"}, {"groups-0-since"},
        {"sums-0-year"},
    ]  # fmt: skip
    [record] = create_many([cleaned[0].draft], office_code=OFFICE, actor=officer)
    assert (row_of(record).partner_code, counted(record)["support.approved"]) == ("la-phongsaly", 6_000_000)


def test_unusual_things_are_remarked_on(officer):
    row = {
        "title": "Lớp Mẫu", "partner": "Phongsaly", "support_kind": "Lớp bồi dưỡng", "approved_on": "2/2/2026",
        "started_on": "3/2/2026",
        "sums": [
            {"series": "approved", "amount": 100, "currency": "USD", "rate": 25000, "stated_vnd": 2730000},
            {"series": "disbursed", "amount": 200, "currency": "USD", "on": "3/3/2026"},
        ],
    }  # fmt: skip
    [cleaned] = clean_many([row], kind="support", office_code=OFFICE, actor=officer)
    assert cleaned.errors == ()
    assert sorted(one.column for one in cleaned.warnings) == ["groups", "sums", "sums-0-stated_vnd"]


def test_a_double_counts_once(officer):
    one = enter(support(dt.date(2026, 2, 2), dong("approved", 100_000_000)), officer)
    two = enter(support(dt.date(2026, 2, 2), dong("approved", 100_000_000)), officer)
    merge(one, two, expected_version=two.version, actor=officer, reason="Nhập hai lần")
    assert (counted(one)["support.approved"], counted(two)) == (400_000, {})


def test_what_was_taken_back_counts_for_nothing(officer):
    one = enter(support(dt.date(2026, 2, 2), dong("approved", 100_000_000)), officer)
    undo_many([one.pk], family="support", actor=officer, reason="Nhầm tệp")
    assert counted(one) == {}
