"""Figures of months: statements for exactly their month and gate, replaced by later ones, never added up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from bonphuong.families.borders.models import BorderItem, Posted
from bonphuong.families.borders.rules import code_of, month_of, month_span
from bonphuong.families.borders.scheme import SCHEME, clean_many, undo_many
from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure
from bonphuong.kernel.periods import Period
from bonphuong.kit.queries import draft_of, for_page, row_of
from bonphuong.kit.services import correct, merge, unmerge, void
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Fact, Statement
from bonphuong.ledger.queries import statements_at
from bonphuong.ledger.services import state_figure
from bonphuong.procedures.errors import WrongState
from bonphuong.records.models import Record
from tests.factories.borders import month, opening
from tests.families.borders.people import allowed, enter, everything, step, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
BORDER = "canbo.bienphong"
AT = {"slot1": ("vi-du",)}
SEPTEMBER = Period.parse("2026-09")


def asked(measure: str, period: Period = SEPTEMBER, filters=AT):
    return figure(FigureRequest(measure, "lai-chau", period, filters=filters))


def stands(measure: str = "border.people_out") -> list[int]:
    return [s.value for s in statements_at({"lai-chau": None}, {measure})]


def test_a_month_is_stated_for_its_gate_and_nothing_else():
    record = enter(month(people_out=1200, people_in=1100, export_amount=Decimal(5_000_000)), actor=BORDER)
    at_gate, elsewhere, whole = (
        asked("border.people_out"),
        asked("border.people_out", filters={"slot1": ("ma-lu-thang",)}),
        asked("border.people_out", filters={}),
    )
    assert (at_gate.value, at_gate.status) == (1200, FigureStatus.STATED)
    assert (elsewhere.status, whole.status) == (FigureStatus.NOT_ENTERED, FigureStatus.NOT_ENTERED)
    assert asked("border.export_value").value == 5_000_000
    assert (Fact.objects.filter(source_uid=record.pk).exists(), record.begins_on) == (False, None)


def test_months_are_never_added_up():
    for text, people in (("07/2026", 10), ("08/2026", 20), ("09/2026", 30)):
        enter(month(text, people_out=people), actor=BORDER)
    quarter = asked("border.people_out", Period.parse("2026-Q3"))
    assert (quarter.value, quarter.status, len(quarter.others)) == (None, FigureStatus.NONE, 3)


def test_the_whole_border_is_a_series_of_its_own():
    enter(month(title="Toàn tuyến", people_out=5000), actor=BORDER)
    enter(month(people_out=1200), actor=BORDER)
    assert (asked("border.people_out", filters={}).value, asked("border.people_out").value) == (5000, 1200)


def test_a_month_stated_again_replaces_what_stood_and_leaves_its_trail():
    first = enter(month(people_out=1200, cases=2, stated_on=dt.date(2026, 10, 2)), actor=BORDER)
    second = enter(month(people_out=1250, stated_on=dt.date(2026, 10, 9)), actor=BORDER)
    assert (stands(), stands("border.cases")) == ([1250], [2])
    old, new = Statement.objects.filter(measure="border.people_out").order_by("seq")
    assert (new.replaces, new.signer) == (old.uid, "Đồn Biên phòng (minh họa)")
    shown = [
        SCHEME.panels(for_page(user("canbo"), r.pk), user("canbo"))[0].rows[2][1] for r in (first, second)
    ]
    assert shown == ["1", "1"]


def test_an_older_paper_entered_later_does_not_replace_a_newer_one():
    enter(month(people_out=1250, stated_on=dt.date(2026, 10, 9)), actor=BORDER)
    late = enter(month(people_out=1200, stated_on=dt.date(2026, 10, 2)), actor=BORDER)
    flag = next(flag for flag in SCHEME.flags if flag.code == "replaced")
    assert (stands(), Record.objects.filter(flag.where(dt.date(2026, 11, 22)), pk=late.pk).exists()) == (
        [1250],
        True,
    )


def test_the_same_figure_again_writes_nothing_new():
    enter(month(people_out=1200, stated_on=dt.date(2026, 10, 2)), actor=BORDER)
    enter(month(people_out=1200, stated_on=dt.date(2026, 10, 9)), actor=BORDER)
    assert Statement.objects.count() == 1


def test_a_correction_replaces_and_a_corrected_month_moves():
    record = enter(month(people_out=1200), actor=BORDER)
    draft = draft_of(row_of(record))
    values = {**draft.values, "people_out": 1300}
    correct(
        record,
        replace(draft, values=values),
        expected_version=record.version,
        actor=user(BORDER),
        reason="gõ sai",
    )
    assert stands() == [1300]
    row = {"record_uid": record.pk, "record_version": record.version, "month": "08/2026"}
    cleaned = clean_many([row], kind="traffic", office_code="lc-border-guard", actor=user(BORDER))[0]
    correct(record, cleaned.draft, expected_version=record.version, actor=user(BORDER), reason="sai tháng")
    found = statements_at({"lai-chau": None}, {"border.people_out"})
    assert [(s.value, s.since) for s in found] == [(1300, dt.date(2026, 8, 1))]


def test_a_month_taken_back_gives_way_to_the_one_before():
    enter(month(people_out=1200, stated_on=dt.date(2026, 10, 2)), actor=BORDER)
    second = enter(month(people_out=1250, stated_on=dt.date(2026, 10, 9)), actor=BORDER)
    step(second, "cancel", actor=BORDER, note="đơn vị xin rút")
    assert stands() == [1200]


def test_a_month_undone_is_withdrawn():
    record = enter(month(people_out=1200, cases=1), actor=BORDER)
    undo_many([record.pk], actor=user(BORDER), reason="nhập nhầm tệp")
    assert (stands(), stands("border.cases"), Posted.objects.count(), BorderItem.objects.count()) == (
        [],
        [],
        0,
        0,
    )
    assert check_ledger() == []


def test_a_month_struck_out_is_withdrawn():
    record = enter(month(people_out=1200), actor=BORDER)
    void(record, expected_version=record.version, actor=user(BORDER), reason="nhập nhầm")
    assert stands() == []


def test_a_month_found_entered_twice_states_nothing_until_it_is_parted_again():
    first = enter(month(people_out=1200, stated_on=dt.date(2026, 10, 2)), actor=BORDER)
    second = enter(month(people_out=1250, stated_on=dt.date(2026, 10, 9)), actor=BORDER)
    merge(first, second, expected_version=second.version, actor=user("canbo"), reason="cùng một báo cáo")
    merged = stands()
    second.refresh_from_db()
    unmerge(second, expected_version=second.version, actor=user("canbo"), reason="hai báo cáo khác nhau")
    assert (merged, stands()) == ([1200], [1250])


def test_what_a_person_stated_by_hand_is_replaced_by_a_record_and_left_by_its_end():
    state_figure(
        actor=user("canbo"), office="lai-chau", measure="border.people_out", since=SEPTEMBER.since,
        until=SEPTEMBER.until, value=900, kind="stated", dimensions={"slot1": "vi-du"},
    )  # fmt: skip
    record = enter(month(people_out=1200), actor=BORDER)
    before = stands()
    step(record, "cancel", actor=BORDER, note="rút")
    assert (before, stands()) == ([1200], [])


def test_trade_in_another_currency_is_a_series_of_its_own():
    enter(month(export_amount=Decimal(3_000_000), currency="CNY"), actor=BORDER)
    enter(month(title="Lối Thử", import_amount=Decimal(7_000_000), currency="VND"), actor=BORDER)
    assert asked("border.export_value").status == FigureStatus.NOT_ENTERED
    assert asked("border.export_value", filters={**AT, "currency": ("CNY",)}).value == 3_000_000
    other = {"slot1": ("loi-thu",), "currency": ("VND",)}
    assert asked("border.import_value", filters=other).value == 7_000_000


def test_a_gates_page_shows_its_months():
    gate = enter(opening(title="Ví Dụ – Thị Lệ", operating_on=dt.date(2012, 3, 31)), actor=BORDER)
    enter(month("08/2026", people_out=1100), actor=BORDER)
    enter(month("09/2026", people_out=1200, export_amount=Decimal(123_456)), actor=BORDER)
    enter(month("09/2026", title="Nơi khác", people_out=7), actor=BORDER)
    panel = SCHEME.panels(for_page(user("canbo"), gate.pk), user("canbo"))[-1]
    assert [row[0:2] for row in panel.rows] == [("09/2026", "1.200"), ("08/2026", "1.100")]
    assert panel.rows[0][5] == "123.456 USD"


def test_figures_are_received_and_checked_against_the_paper():
    record = enter(month(people_out=1200), actor=BORDER)
    for code in sorted(everything(record) - allowed(record)):
        with pytest.raises(WrongState):
            step(record, code, actor="canbo", note="thử")
    step(record, "return_for_revision", actor="canbo", note="thiếu phương tiện")
    step(record, "resubmit", actor=BORDER)
    assert step(record, "check", actor="canbo").state == "checked"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10/2026", (dt.date(2026, 10, 1), dt.date(2026, 10, 31))),
        ("2026-02", (dt.date(2026, 2, 1), dt.date(2026, 2, 28))),
        ("Tháng 9 năm 2026", (dt.date(2026, 9, 1), dt.date(2026, 9, 30))),
        ("13/2026", None),
        ("quý III", None),
    ],
)
def test_months_are_read_as_officers_write_them(text, days):
    assert month_of(text) == days


def test_a_month_by_another_cut_off_keeps_its_days_and_a_corrected_one_takes_the_new():
    statutory = (dt.date(2026, 9, 15), dt.date(2026, 10, 14))
    assert month_span("10/2026", *statutory) == statutory
    assert month_span("12/2026", *statutory) == (dt.date(2026, 12, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ma Lù Thàng", "ma-lu-thang"),
        ("Ma Lù Thàng – Kim Thủy Hà", "ma-lu-thang"),
        ("Cửa khẩu quốc tế Ma Lù Thàng", "ma-lu-thang"),
        ("Lối mở Pô Tô - Cửa Cải", "po-to"),
        ("Toàn tuyến", ""),
        ("", ""),
    ],
)
def test_a_gate_has_one_code_however_it_is_written(name, code):
    assert code_of(name) == code


def test_a_sheet_of_months_is_read_with_amounts_in_whole_units():
    row = {"title": "Cửa khẩu Ma Lù Thàng", "month": "09/2026", "people_out": "1.200", "export_amount": "345.200,5",
           "stated_by": "Đồn Biên phòng (minh họa)"}  # fmt: skip
    cleaned = clean_many([row], kind="traffic", office_code="lc-border-guard", actor=user(BORDER))[0]
    assert cleaned.errors == ()
    record = enter(cleaned.draft, actor=BORDER)
    stored = BorderItem.objects.get(pk=record.pk)
    assert (stored.gate_code, stored.since_on, stored.export_amount, record.begins_on) == (
        "ma-lu-thang",
        dt.date(2026, 9, 1),
        Decimal("345200.50"),
        dt.date(2026, 9, 1),
    )


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"month": "quý III", "people_out": "1"}, "month"),
        ({"month": "11/2026", "people_out": "1"}, "month"),
        ({"month": "09/2026"}, ""),
        ({"month": "09/2026", "people_out": "nhiều"}, "people_out"),
        ({"month": "09/2026", "people_out": "1", "stated_on": "01/12/2026"}, "stated_on"),
    ],
)
def test_what_cannot_be_is_named_by_its_column(values, column):
    row = {"title": "Ma Lù Thàng", "stated_by": "Đồn", **values}
    cleaned = clean_many([row], kind="traffic", office_code="lc-border-guard", actor=user(BORDER))[0]
    assert column in {error.column for error in cleaned.errors}


def test_figures_without_a_source_are_pointed_out():
    row = {"title": "Ma Lù Thàng", "month": "09/2026", "people_out": "12"}
    cleaned = clean_many([row], kind="traffic", office_code="lc-border-guard", actor=user(BORDER))[0]
    assert ([w.column for w in cleaned.warnings], cleaned.errors) == (["stated_by"], ())
