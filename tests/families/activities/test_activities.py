"""Other activities: planned, held, reported; what they count as; how a section of a report finds them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.activities.enums import Section
from bonphuong.families.activities.queries import by_section, told
from bonphuong.families.activities.scheme import COLUMNS, SCHEME, clean_many
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.periods import Period
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import create, take_step, void
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.facts import counted
from bonphuong.ledger.queries import live_facts
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.queries import case_of, deadlines
from bonphuong.records.models import Record
from tests.factories.activities import activity, held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(NOW):
        yield


def user(name: str) -> User:
    return User.objects.get(username=name)


def enter(draft, actor="canbo") -> Record:
    return create(draft, family="activities", office_code="lc-dofa", actor=user(actor), reason="nhập sổ")


def step(record: Record, code: str, on: dt.date = TODAY, actor="canbo", note="", **values) -> Record:
    return take_step(
        record, code, on=on, expected_version=record.version, actor=user(actor), values=values, note=note
    )


def live(record: Record) -> dict[str, int]:
    found = counted(live_facts([record.pk]).get(record.pk, ()))
    return {code: value for code, value in found.items() if value}


def test_an_activity_is_planned_held_and_reported():
    record = enter(activity())
    states, counts = [record.state], [live(record)]
    step(record, "hold", on=dt.date(2026, 10, 6))
    states.append(record.state)
    counts.append(live(record))
    step(record, "report", on=dt.date(2026, 10, 12), result="Nhận 38 bộ hồ sơ")
    states.append(record.state)
    assert states == ["planned", "done", "reported"]
    assert (counts, record.counts_on, record.is_closed) == (
        [{}, {"activities.held": 1}],
        dt.date(2026, 10, 6),
        True,
    )


def test_steps_out_of_turn_are_refused():
    record = enter(activity())
    with pytest.raises(WrongState):
        step(record, "report", result="x")
    step(record, "hold", on=dt.date(2026, 10, 6))
    for code in ("hold", "cancel"):
        with pytest.raises(WrongState):
            step(record, code, note="x")
    with pytest.raises(BadInput):
        step(record, "report")


def test_another_office_does_not_confirm_it():
    record = enter(activity())
    with pytest.raises(NotAllowed):
        step(record, "hold", actor="vanthu.yte")


def test_what_was_called_off_counts_for_nothing():
    record = enter(activity())
    step(record, "cancel", note="thời tiết xấu")
    assert (record.state, live(record)) == ("cancelled", {})


def test_a_finished_one_is_registered_at_once_and_struck_out_again():
    record = enter(held(reported_on=dt.date(2026, 10, 9)))
    counts = live(record)
    void(record, expected_version=record.version, actor=user("canbo"), reason="nhập nhầm")
    assert (record.state, counts, live(record)) == ("reported", {"activities.held": 1}, {})
    assert check_ledger() == []


def test_the_day_to_confirm_it_is_counted_from_the_planned_day():
    record = enter(activity())
    row = row_of(record)
    found = deadlines(case_of(record.pk), {"planned_on": row.planned_on}, today=TODAY)
    assert [(d.rule.code, d.due_on) for d in found] == [("confirm_done", dt.date(2026, 10, 8))]


def test_a_section_of_a_report_finds_its_activities_by_day():
    enter(held(dt.date(2026, 10, 20), title="Chứng nhận lãnh sự"))
    enter(held(dt.date(2026, 10, 5), title="Bảo hộ công dân", section="protection"))
    enter(held(dt.date(2026, 10, 7), title="Gặp mặt kiều bào", section="overseas"))
    enter(held(dt.date(2026, 9, 30), title="Trước kỳ"))
    enter(activity(title="Chưa diễn ra"))
    found = by_section(user("canbo"), dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    assert {section: [row.record.title for row in rows] for section, rows in found.items()} == {
        "consular": ["Bảo hộ công dân", "Chứng nhận lãnh sự"],
        "overseas": ["Gặp mặt kiều bào"],
    }


def test_the_figure_of_a_section_is_the_measure_filtered():
    enter(held(dt.date(2026, 10, 20)))
    enter(held(dt.date(2026, 10, 5), section="protection"))
    enter(held(dt.date(2026, 10, 7), section="overseas"))
    period = Period.parse("2026-10")
    asked = [
        FigureRequest("activities.held", "lai-chau", period),
        FigureRequest("activities.held", "lai-chau", period, filters={"slot1": ("consular", "protection")}),
    ]
    assert [found.value for found in figures(asked)] == [3, 2]


def test_an_activity_is_told_as_one_line_with_its_numbers():
    record = enter(held(quantity2_name="Người được giúp", quantity2_value=Decimal("1250.5")))
    row = row_of(record)
    assert told(row, "vi") == (
        "05/10/2026: Tiếp nhận hồ sơ chứng nhận lãnh sự (minh họa) (Hồ sơ: 38 bộ; Người được giúp: 1.250,5)"
    )
    assert SCHEME.panels(for_page(user("canbo"), record.pk), user("canbo"))[0].rows[1][1] == told(row)


def test_what_nobody_confirmed_is_shown_from_the_day_after():
    record = enter(activity())
    flag = next(flag for flag in SCHEME.flags if flag.code == "not_said")
    asked = [Record.objects.filter(flag.where(day), pk=record.pk).exists()
             for day in (dt.date(2026, 10, 5), dt.date(2026, 10, 6))]  # fmt: skip
    assert asked == [False, True]


def test_a_row_of_a_sheet_with_three_numbers_becomes_an_activity():
    row = {"title": "Tuyên truyền", "section": "Thông tin đối ngoại", "held_on": "06/10/2026",
           "quantity1_name": "Bản tin", "quantity1_value": "12", "quantity1_unit": "số",
           "quantity2_name": "Lượt xem", "quantity2_value": "345.200", "quantity3_value": "1,5",
           "quantity3_unit": "triệu đồng"}  # fmt: skip
    cleaned = clean_many([row], kind="activity", office_code="lc-dofa", actor=user("canbo"))[0]
    assert (cleaned.errors, cleaned.draft.get("section"), cleaned.draft.get("quantity2_value")) == (
        (),
        Section.INFORMATION,
        345200,
    )


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"held_on": ""}, "held_on"),
        ({"held_on": "06/12/2026"}, "held_on"),
        ({"until_on": "01/10/2026"}, "until_on"),
        ({"quantity1_value": "12"}, "quantity1_name"),
        ({"quantity1_unit": "bộ"}, "quantity1_value"),
        ({"section": "thể thao"}, "section"),
        ({"section": ""}, "section"),
    ],
)
def test_what_cannot_be_is_named_by_its_column(values, column):
    row = {"title": "Việc", "section": "lãnh sự", "held_on": "06/10/2026", **values}
    cleaned = clean_many([row], kind="activity", office_code="lc-dofa", actor=user("canbo"))[0]
    assert column in {error.column for error in cleaned.errors}


def test_no_two_columns_answer_to_one_heading():
    aliases = [alias for column in COLUMNS["activity"] for alias in column.aliases]
    assert sorted(set(aliases)) == sorted(aliases)
