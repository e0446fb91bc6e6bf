"""Gates and openings: the Government's road and the province's, both sides' word, upgrades, pauses."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.families.borders.models import BorderItem, Grade
from bonphuong.families.borders.scheme import SCHEME, clean_many
from bonphuong.families.borders.services import pause_gate, resume_gate
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import void
from bonphuong.ledger.checks import check_ledger
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.records.models import Record
from tests.factories.borders import gate, opening
from tests.families.borders.people import (
    TODAY,
    allowed,
    decision,
    enter,
    everything,
    level,
    live,
    step,
    user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

GATE_ROAD = (
    ("survey", "canbo", {}),
    ("send_dossier", "lanhdao", {}),
    ("note_opinions", "canbo", {}),
    ("resolve", "canbo", {"vn_decision": "63/NQ-CP"}),
    ("partner_decides", "canbo", {"partner_decision": "Văn bản minh họa"}),
    ("ready", "canbo", {}),
    ("exchange_notes", "canbo", {}),
    ("announce", "canbo", {"announced_paper": "Thông báo chung"}),
    ("operate", "canbo", {}),
)
GATE_STATES = (
    "proposed", "provincial_survey", "provincial_dossier", "ministries_opinion", "government_resolution",
    "partner_decision", "infrastructure_and_forces", "diplomatic_notes", "joint_announcement", "operating",
)  # fmt: skip
OPENING_ROAD = (
    ("form_team", "lanhdao", {}),
    ("survey", "canbo.bienphong", {}),
    ("consult", "canbo", {}),
    ("agree", "canbo.bienphong", {"partner_decision": "Biên bản thống nhất"}),
    ("decide", "lanhdao", {"vn_decision": "12/QĐ-UBND"}),
    ("announce", "canbo.bienphong", {"announced_paper": "Thông báo"}),
    ("operate", "canbo.bienphong", {}),
)


def walk(record: Record, road=GATE_ROAD, upto: int | None = None) -> Record:
    for code, actor, values in road[:upto]:
        papers = {"papers": [decision()]} if code == "decide" else {}
        step(record, code, actor=actor, **values, **papers)
    return record


def old_gate(**values) -> Record:
    """A main gate that has worked since 2005 and is to become international."""
    grades = [{"gate_type": "main", "since": dt.date(2005, 12, 1), "at_latest": True}]
    return enter(
        gate({"grades": grades}, vn_decided_on=dt.date(2020, 5, 7), vn_decision="63/NQ-CP", **values)
    )


def test_a_gate_goes_the_whole_road():
    record = enter(gate())
    seen = [record.state]
    for code, actor, values in GATE_ROAD:
        step(record, code, actor=actor, **values)
        seen.append(record.state)
    assert tuple(seen) == GATE_STATES
    assert step(record, "close", close_reason="Chuyển vị trí").is_closed


@pytest.mark.parametrize("upto", range(10))
def test_no_step_of_a_gate_is_taken_out_of_turn(upto):
    record = walk(enter(gate()), upto=upto)
    for code in sorted(everything(record) - allowed(record)):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao", note="thử")


def test_an_opening_goes_the_provinces_road():
    record = enter(opening(), actor="canbo.bienphong")
    walk(record, OPENING_ROAD)
    row = row_of(record)
    assert (record.state, row.standing, row.type_now, row.gate_code) == (
        "operating",
        "operating",
        "opening",
        "loi-thu",
    )


@pytest.mark.parametrize("upto", range(8))
def test_no_step_of_an_opening_is_taken_out_of_turn(upto):
    record = walk(enter(opening(), actor="canbo.bienphong"), OPENING_ROAD, upto)
    for code in sorted(everything(record) - allowed(record)):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao", note="thử")


def test_who_may_take_which_step():
    record = enter(opening(), actor="canbo.bienphong")
    with pytest.raises(NotAllowed):
        step(record, "form_team", actor="canbo.bienphong")
    walk(record, OPENING_ROAD, 2)
    with pytest.raises(NotAllowed):
        step(record, "consult", actor="canbo.bienphong")
    walk(record, OPENING_ROAD[2:], 2)
    with pytest.raises(MissingPaper):
        step(record, "decide", actor="lanhdao", vn_decision="12/QĐ-UBND")
    with pytest.raises(NotAllowed):
        step(record, "decide", actor="canbo", vn_decision="12/QĐ-UBND", papers=[decision()])


def test_sent_back_sent_again_and_rejected():
    record = walk(enter(gate()), upto=3)
    step(record, "return_for_revision", note="thiếu quy hoạch")
    assert record.state == "returned_for_revision"
    step(record, "resubmit", actor="lanhdao")
    step(record, "note_opinions")
    assert step(record, "reject", actor="lanhdao", note="chưa phù hợp quy hoạch").state == "rejected"


def test_decided_by_one_side_a_gate_works_as_before_and_is_not_announced():
    record = old_gate()
    row = row_of(record)
    days = (dt.date(2005, 11, 30), dt.date(2005, 12, 1), TODAY)
    assert (record.state, row.standing, row.type_now) == ("government_resolution", "upgrading", "main")
    assert ([level(day, "main") for day in days], level(TODAY, "international")) == ([0, 1, 1], 0)
    assert live(record) == {"border.gates_operating": 1}


def test_both_sides_are_shown_and_the_missing_word_is_pointed_out():
    record = old_gate()
    panel = SCHEME.panels(for_page(user("canbo"), record.pk), user("canbo"))[0]
    assert panel.rows[0][1:] == ("07/05/2020 (63/NQ-CP)", "–")
    assert (panel.tone, "một bên" in str(panel.text).lower()) == ("warn", True)
    flag = next(flag for flag in SCHEME.flags if flag.code == "one_sided")
    asked = [Record.objects.filter(flag.where(day), pk=record.pk).exists()
             for day in (dt.date(2021, 5, 6), dt.date(2021, 5, 7))]  # fmt: skip
    assert asked == [False, True]


def test_an_upgrade_moves_the_level_from_the_old_type_to_the_new():
    record = old_gate()
    walk(record, GATE_ROAD[4:7])
    step(record, "announce", on=dt.date(2026, 6, 1), announced_paper="Thông báo chung")
    step(record, "operate", on=dt.date(2026, 7, 1))
    days = (dt.date(2026, 6, 30), dt.date(2026, 7, 1))
    assert [(level(d, "main"), level(d, "international"), level(d)) for d in days] == [(1, 0, 1), (0, 1, 1)]
    assert live(record) == {"border.gates_operating": 1, "border.gates_announced": 1}
    assert [g.gate_type for g in Grade.objects.filter(row_id=record.pk).order_by("since")] == [
        "main",
        "international",
    ]


def test_a_second_upgrade_leaves_the_first_where_it_was():
    record = enter(
        opening(operating_on=dt.date(2012, 3, 31), operating_at_latest=True), actor="canbo.bienphong"
    )
    step(record, "upgrade", on=dt.date(2020, 1, 10), actor="canbo.bienphong", gate_type="auxiliary")
    row = row_of(record)
    assert (record.state, row.standing, row.type_now, row.operating_on) == (
        "proposed",
        "upgrading",
        "opening",
        None,
    )
    walk(record, OPENING_ROAD[:5])
    step(record, "announce", on=dt.date(2022, 1, 1), actor="canbo.bienphong", announced_paper="Thông báo")
    step(record, "operate", on=dt.date(2022, 2, 1), actor="canbo.bienphong")
    days = (dt.date(2012, 3, 31), dt.date(2022, 1, 31), dt.date(2022, 2, 1))
    assert [(level(d, "opening"), level(d, "auxiliary")) for d in days] == [(1, 0), (1, 0), (0, 1)]
    assert check_ledger() == []


def test_a_dropped_upgrade_leaves_the_gate_as_it_was_and_it_is_not_called_off():
    record = enter(opening(operating_on=dt.date(2012, 3, 31)), actor="canbo.bienphong")
    with pytest.raises(BadInput):
        step(record, "upgrade", actor="canbo.bienphong", gate_type="opening")
    step(record, "upgrade", actor="canbo.bienphong", gate_type="auxiliary")
    with pytest.raises(BadInput):
        step(record, "cancel", actor="canbo.bienphong", note="thôi")
    step(record, "drop_upgrade", actor="canbo.bienphong", note="bạn chưa sẵn sàng")
    row = row_of(record)
    assert (record.state, row.gate_type, row.operating_on, level(TODAY, "opening")) == (
        "operating",
        "opening",
        dt.date(2012, 3, 31),
        1,
    )


def test_an_upgrade_cannot_be_dropped_by_a_gate_that_never_worked():
    record = enter(gate())
    with pytest.raises(BadInput):
        step(record, "drop_upgrade", note="thôi")
    assert step(record, "cancel", note="thôi").state == "cancelled"


def test_a_gate_shut_to_everything_is_out_of_those_in_operation_until_it_is_open_again():
    record = enter(opening(operating_on=dt.date(2012, 3, 31)), actor="canbo.bienphong")
    actor = user("canbo.bienphong")
    pause_gate(record, {"since": dt.date(2020, 2, 1), "scope": "all", "reason": "Dịch"}, actor=actor)
    assert (row_of(record).standing, level(TODAY)) == ("paused", 0)
    with pytest.raises(BadInput):
        pause_gate(record, {"since": dt.date(2021, 2, 1), "scope": "all"}, actor=actor)
    resume_gate(record, {"until": dt.date(2023, 2, 20), "paper": "Thông báo"}, actor=actor)
    days = (dt.date(2020, 1, 31), dt.date(2020, 2, 1), dt.date(2023, 2, 19), dt.date(2023, 2, 20))
    assert ([level(day) for day in days], row_of(record).standing) == ([1, 0, 0, 1], "operating")
    with pytest.raises(BadInput):
        resume_gate(record, {"until": dt.date(2024, 1, 1)}, actor=actor)
    assert check_ledger() == []


def test_a_gate_shut_to_travellers_alone_still_works():
    record = old_gate()
    pause_gate(record, {"since": dt.date(2020, 2, 20), "scope": "people"}, actor=user("canbo"))
    flag = next(flag for flag in SCHEME.flags if flag.code == "shut")
    assert (level(dt.date(2021, 1, 1)), Record.objects.filter(flag.where(TODAY), pk=record.pk).exists()) == (
        1,
        True,
    )


def test_an_upgrade_while_shut_is_no_gate_of_either_type():
    pauses = [{"since": dt.date(2020, 2, 1), "until": dt.date(2023, 1, 8), "scope": "all"}]
    grades = [{"gate_type": "opening", "since": dt.date(2012, 1, 1)}]
    lines = {"grades": grades, "pauses": pauses}
    enter(opening(lines, gate_type="auxiliary", operating_on=dt.date(2021, 1, 1)), actor="canbo.bienphong")
    days = (dt.date(2019, 1, 1), dt.date(2020, 6, 1), dt.date(2022, 1, 1), dt.date(2023, 1, 8))
    assert [(level(d, "opening"), level(d, "auxiliary")) for d in days] == [(1, 0), (0, 0), (0, 0), (0, 1)]


def test_a_closed_gate_counts_no_longer():
    record = enter(opening(operating_on=dt.date(2012, 3, 31)), actor="canbo.bienphong")
    step(record, "close", on=dt.date(2024, 1, 1), actor="canbo.bienphong", close_reason="Sạt lở")
    assert ([level(d) for d in (dt.date(2023, 12, 31), dt.date(2024, 1, 1))], live(record)) == ([1, 0], {})


def test_a_mistake_counts_for_nothing():
    record = old_gate()
    void(record, expected_version=record.version, actor=user("canbo"), reason="nhập nhầm")
    assert live(record) == {}


def test_the_code_of_a_gate_stays_when_its_name_is_corrected():
    record = old_gate(title="Ma Lù Thàng – Kim Thủy Hà")
    assert BorderItem.objects.get(pk=record.pk).gate_code == "ma-lu-thang"


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"gate_type": "lối mở"}, "gate_type"),
        ({"title": "Toàn tuyến"}, "title"),
        ({"closed_on": "01/01/2010", "operating_on": "01/01/2012"}, "closed_on"),
        ({"vn_decided_on": "01/12/2026"}, "vn_decided_on"),
        ({"grades": [{"gate_type": "chính", "since": "01/01/2012", "until": "01/01/2020"},
                     {"gate_type": "quốc tế", "since": "01/01/2015"}]}, "grades"),
        ({"pauses": [{"since": "01/01/2020", "until": "01/01/2019"}]}, "pauses"),
        ({"events": [{"on": "01/12/2026", "what": "Sẽ công bố"}]}, "events"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_by_its_column(values, column):
    row = {"title": "Ví Dụ – Thị Lệ", "gate_type": "quốc tế", "partner": "Kim Thủy Hà", **values}
    cleaned = clean_many([row], kind="gate", office_code="lc-zone", actor=user("canbo"))[0]
    assert column in {error.column for error in cleaned.errors}


def test_an_announcement_without_one_sides_decision_is_pointed_out():
    row = {
        "title": "Ví Dụ – Thị Lệ",
        "gate_type": "quốc tế",
        "vn_decided_on": "07/5/2020",
        "announced_on": "01/6/2026",
    }
    cleaned = clean_many([row], kind="gate", office_code="lc-zone", actor=user("canbo"))[0]
    assert ([w.column for w in cleaned.warnings], cleaned.errors) == (["announced_on"], ())
