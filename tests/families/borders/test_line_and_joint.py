"""The line with its markers and counties; joint inspections and patrols from their plan to their report."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.families.borders.enums import Condition
from bonphuong.families.borders.scheme import SCHEME, clean_many
from bonphuong.families.borders.services import note_check
from bonphuong.families.borders.services.acts import markers_in
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import for_page, row_of
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Statement
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.queries import case_of, deadlines
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record
from tests.factories.borders import joint, section
from tests.families.borders.people import TODAY, allowed, enter, everything, live, step, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
BORDER = "canbo.bienphong"
HELD = {
    "officers_all": 48, "teams": 3, "meetings": 12, "km": Decimal(150), "hours": Decimal(7), "leaflets": 300,
    "marker_from": "29", "marker_to": "71",
}  # fmt: skip


def stretch(**values) -> Record:
    markers = [
        {"number": n, "sub_number": sub, "condition": "unknown"}
        for n, sub in ((61, ""), (62, "1"), (62, "2"))
    ]
    return enter(section({"markers": markers}, verified_on=dt.date(2025, 1, 1), **values), actor=BORDER)


def flagged(code: str, record: Record, day: dt.date = TODAY) -> bool:
    flag = next(flag for flag in SCHEME.flags if flag.code == code)
    return Record.objects.filter(flag.where(day), pk=record.pk).exists()


def test_a_patrol_is_planned_agreed_held_and_reported():
    record = enter(joint(), actor=BORDER)
    seen = [record.state]
    for code, values in (("agree", {}), ("hold", {}), ("report", {"result": "Đường biên, mốc giới ổn định"})):
        for other in sorted(everything(record) - allowed(record)):
            with pytest.raises(WrongState):
                step(record, other, actor=BORDER, note="thử")
        step(record, code, actor=BORDER, **values)
        seen.append(record.state)
    assert (seen, record.is_closed) == (["planned", "agreed", "held", "reported"], True)


def test_only_who_confirms_may_say_that_it_was_held():
    record = enter(joint(), actor=BORDER)
    with pytest.raises(NotAllowed):
        step(record, "agree", actor="vanthu.yte")


def test_a_patrol_counts_by_its_day_with_its_numbers_once():
    record = enter(joint(held_on=dt.date(2025, 12, 25), **HELD), actor=BORDER)
    assert live(record) == {
        "border.joint_patrols": 1,
        "border.joint_officers": 48,
        "border.joint_meetings": 12,
        "border.joint_km": 150_000,
        "border.leaflets": 300,
    }
    assert (record.state, record.counts_on) == ("held", dt.date(2025, 12, 25))
    assert check_ledger() == []


def test_officers_of_both_sides_stand_once_where_they_are_parted():
    numbers = {**HELD, "officers_ours": 25, "officers_theirs": 23}
    record = enter(joint(held_on=dt.date(2025, 12, 25), **numbers), actor=BORDER)
    assert live(record)["border.joint_officers"] == 48


def test_an_inspection_is_no_patrol_and_what_was_called_off_is_nothing():
    inspected = enter(joint(joint_kind="inspection", held_on=dt.date(2025, 5, 29)), actor=BORDER)
    dropped = enter(joint(), actor=BORDER)
    step(dropped, "cancel", actor=BORDER, note="mưa lũ")
    assert (live(inspected), live(dropped)) == ({"border.joint_inspections": 1}, {})


def test_its_deadlines_are_counted_from_the_plan_and_from_the_day_it_was_held():
    record = enter(joint(), actor=BORDER)
    planned = deadlines(case_of(record.pk), {"planned_on": dt.date(2026, 10, 5)}, today=TODAY)
    step(record, "agree", on=dt.date(2026, 10, 1), actor=BORDER)
    step(record, "hold", on=dt.date(2026, 10, 6), actor=BORDER)
    held = deadlines(case_of(record.pk), {"planned_on": dt.date(2026, 10, 5)}, today=TODAY)
    assert [(d.rule.code, d.due_on) for d in planned] == [("confirm_held", dt.date(2026, 10, 8))]
    assert (held[0].rule.code, held[0].due_on) == ("report", dt.date(2026, 10, 20))
    assert [
        flagged("not_reported", record, day) for day in (dt.date(2026, 10, 20), dt.date(2026, 10, 21))
    ] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("61-63", [(61, ""), (62, ""), (63, "")]),
        ("65 đến 64", [(64, ""), (65, "")]),
        ("62(2), 70", [(62, "2"), (70, "")]),
    ],
)
def test_markers_are_read_as_officers_write_them(text, found):
    assert markers_in(text) == found


@pytest.mark.parametrize("text", ["", "mốc đôi", "62("])
def test_what_is_no_marker_is_refused(text):
    with pytest.raises(BadInput):
        markers_in(text)


def test_a_check_of_markers_is_noted_on_those_listed_and_adds_the_others():
    record = stretch()
    note_check(
        record, {"markers": "61-63", "on": dt.date(2026, 5, 29), "condition": "good"}, actor=user(BORDER)
    )
    note_check(
        record, {"markers": "62(2)", "on": dt.date(2026, 6, 1), "condition": "damaged"}, actor=user(BORDER)
    )
    assert [(str(m), m.condition, m.checked_on) for m in row_of(record).markers.all()] == [
        ("61", Condition.GOOD, dt.date(2026, 5, 29)),
        ("62(1)", Condition.GOOD, dt.date(2026, 5, 29)),
        ("62(2)", Condition.DAMAGED, dt.date(2026, 6, 1)),
        ("63", Condition.GOOD, dt.date(2026, 5, 29)),
    ]
    panel = SCHEME.panels(for_page(user("canbo"), record.pk), user("canbo"))[0]
    assert (panel.tone, "62(2)" in str(panel.text)) == ("warn", True)
    assert (flagged("unsound", record), flagged("unchecked", record)) == (True, False)
    assert flagged("unchecked", record, dt.date(2027, 6, 1))


def test_a_check_to_come_is_refused():
    record = stretch()
    with pytest.raises(BadInput):
        note_check(record, {"markers": "61", "on": dt.date(2026, 12, 1)}, actor=user(BORDER))


def test_everybody_in_the_province_sees_the_line():
    record = stretch()
    assert (record.visibility, for_page(user("canbo.hunghi"), record.pk).pk) == (Visibility.BOOK, record.pk)


def test_a_stretch_is_confirmed_looked_at_again_and_left():
    record = enter(section(), actor=BORDER)
    seen = [record.state]
    for code in ("keep", "verify", "leave"):
        step(record, code, actor=BORDER)
        seen.append(record.state)
    assert seen == ["noted", "kept", "kept", "left"]


def test_the_whole_border_states_its_length_its_markers_and_its_counties():
    counties = [
        {"partner_code": code, "partner_text": code} for code in ("cn-jinping", "cn-luchun", "cn-jiangcheng")
    ]
    draft = section({"counties": counties}, is_whole=True, length_km=Decimal("265.165"), marker_count=101)
    record = enter(draft)
    stated = {s.measure: (s.value, s.since, s.office) for s in Statement.objects.all()}
    assert (stated, live(record)) == (
        {
            "border.length": (265_165, None, "lai-chau"),
            "border.markers": (101, None, "lai-chau"),
            "border.neighbour_counties": (3, None, "lai-chau"),
        },
        {},
    )


@pytest.mark.parametrize(
    ("kind", "values", "column"),
    [
        ("joint", {"joint_kind": "tuần tra"}, "held_on"),
        ("joint", {"joint_kind": "tuần tra", "held_on": "05/10/2026", "held_until": "01/10/2026"}, "held_until"),
        ("joint", {"joint_kind": "tuần tra", "held_on": "05/12/2026"}, "held_on"),
        ("joint", {"joint_kind": "", "held_on": "05/10/2026"}, "joint_kind"),
        ("joint", {"joint_kind": "tuần tra", "held_on": "05/10/2026", "officers_all": "10", "officers_ours": "8",
                   "officers_theirs": "8"}, "officers_all"),
        ("section", {"markers": [{"number": "62", "sub_number": "2"}, {"number": "62", "sub_number": "2"}]}, "markers"),
        ("section", {"length_km": "dài"}, "length_km"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_by_its_column(kind, values, column):
    row = {"title": "Việc trên biên giới", **values}
    cleaned = clean_many([row], kind=kind, office_code="lc-border-guard", actor=user("canbo"))[0]
    assert column in {error.column for error in cleaned.errors}


def test_a_patrol_faster_than_a_car_is_pointed_out():
    row = {
        "title": "Tuần tra",
        "joint_kind": "tuần tra",
        "held_on": "05/10/2026",
        "km": "150",
        "hours": "3",
        "teams": "2",
    }
    cleaned = clean_many([row], kind="joint", office_code="lc-border-guard", actor=user("canbo"))[0]
    assert [(w.column, cleaned.errors) for w in cleaned.warnings] == [("km", ())]
