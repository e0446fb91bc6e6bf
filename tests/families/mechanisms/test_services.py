"""From one meeting to the next: promises carried on, series joined, results asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.mechanisms import services
from bonphuong.families.mechanisms.filters import FLAGS
from bonphuong.families.mechanisms.panels import panels_of
from bonphuong.families.mechanisms.queries import ahead_of, meetings_of, promises_by_name, series_of
from bonphuong.families.mechanisms.scheme import clean_many
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import save_lines
from bonphuong.records.enums import CommitmentStatus
from bonphuong.records.models import Commitment, Record, RecordLink
from bonphuong.records.services import change_commitment
from tests.factories.mechanisms import mechanism, meeting
from tests.families.mechanisms.moving import enter, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
D = dt.date
TODAY = D(2025, 11, 10)


def flagged(code: str, today: dt.date = TODAY) -> list[Record]:
    flag = next(flag for flag in FLAGS if flag.code == code)
    return list(Record.objects.filter(family="mechanisms").filter(flag.where(today)))


@pytest.fixture
def held(officer) -> Record:
    """A meeting of a series, held, with three promises of which one is done."""
    series = enter(mechanism(), officer)
    record = enter(meeting(held_on=D(2025, 10, 29), session_number=11, series_number=series.number), officer)
    texts = "Gửi danh sách cán bộ học tiếng\nKhảo sát cặp chợ\nTrao đổi số liệu thông quan"
    given = {"promises": texts, "field": "trade", "office": "lc-industry", "due_on": D(2025, 11, 1)}
    services.promise(record, given, actor=officer)
    done = Commitment.objects.get(record=record, text__startswith="Khảo sát")
    change_commitment(done, expected_version=1, actor=officer, status="done", settled_on=D(2025, 11, 5),
                      evidence="Biên bản mẫu")  # fmt: skip
    step(record, "track", D(2025, 11, 5), officer)
    return record


def test_what_is_unfinished_goes_to_the_next_agenda_and_remembers_where_it_comes_from(officer, held):
    with clock.fixed(TODAY):
        new = services.prepare_next(held, {"planned_on": D(2026, 6, 15), "form": "online"}, actor=officer)
    row = row_of(new)
    assert (new.state, row.session_number, row.form, row.partner_code) == (
        "scheduled",
        12,
        "online",
        "cn-jinping",
    )
    assert [
        (point.topic, point.field_code, point.office_code, point.carried) for point in row.agenda.all()
    ] == [
        ("Gửi danh sách cán bộ học tiếng", "trade", "lc-industry", f"{held.number}.1"),
        ("Trao đổi số liệu thông quan", "trade", "lc-industry", f"{held.number}.3"),
    ]
    series = series_of(held)
    held.refresh_from_db()
    assert (held.state, series_of(new), ahead_of(held)) == ("next_session", series, new)
    assert row_of(series).next_due_on == D(2026, 6, 15)
    assert {member.unit_code for member in row.members.all() if member.side == "ours"} == {
        "vn-lai-chau", "vn-dien-bien", "vn-lao-cai-2025", "vn-tuyen-quang-2025",
    }  # fmt: skip
    with pytest.raises(BadInput):
        services.prepare_next(held, {"planned_on": D(2026, 7, 1)}, actor=officer)


def test_a_carried_point_shows_how_the_promise_stands_now(officer, held):
    new = services.prepare_next(held, {"planned_on": D(2026, 6, 15)}, actor=officer)
    promise = Commitment.objects.get(record=held, text__startswith="Gửi")
    change_commitment(promise, expected_version=1, actor=officer, status="done", settled_on=D(2025, 12, 1),
                      evidence="CV 12/SNgV")  # fmt: skip
    name = f"{held.number}.1"
    assert promises_by_name([name, "không có", "X.9"], "lai-chau")[name][1].evidence == "CV 12/SNgV"
    [carried] = [panel for panel in panels_of(row_of(new), officer) if len(panel.heads) == 5]
    assert [row[2] for row in carried.rows] == [CommitmentStatus.DONE.label, CommitmentStatus.OPEN.label]
    assert carried.rows[0][4] == "CV 12/SNgV"


def test_the_line_keeps_its_memory_when_the_agenda_is_edited(officer, held):
    new = services.prepare_next(held, {"planned_on": D(2026, 6, 15)}, actor=officer)
    lines = draft_of(row_of(new)).lines["agenda"]
    save_lines(
        new, "agenda", [LineDraft({"topic": "Khai mạc"}), *lines], expected_version=new.version, actor=officer
    )
    assert [point.carried for point in row_of(new).agenda.all()] == [
        "",
        f"{held.number}.1",
        f"{held.number}.3",
    ]


def test_the_first_meeting_of_a_series_is_prepared_from_the_series(officer):
    series = enter(mechanism(), officer)
    first = services.prepare_next(series, {"planned_on": D(2024, 6, 12)}, actor=officer)
    assert row_of(first).session_number == 1
    assert {m.unit_code for m in row_of(first).members.all() if m.unit_code} == {
        "vn-lai-chau", "vn-dien-bien", "vn-lao-cai", "vn-ha-giang",
    }  # fmt: skip
    assert [one.pk for one in meetings_of(series)] == [first.pk]
    with pytest.raises(BadInput):
        services.prepare_next(series, {}, actor=officer)


def test_a_lone_meeting_goes_on_with_its_members_as_they_are_now(officer):
    lines = {"members": (LineDraft({"side": "ours", "unit_code": "vn-ha-giang"}),)}
    record = enter(meeting(held_on=D(2024, 6, 12), lines=lines), officer)
    new = services.prepare_next(record, {"planned_on": D(2026, 6, 15)}, actor=officer)
    assert [m.unit_code for m in row_of(new).members.all()] == ["vn-tuyen-quang-2025"]
    assert row_of(new).session_number == 1


def test_a_meeting_is_put_into_a_series_and_moved_to_another(officer):
    one, two = enter(mechanism(), officer), enter(mechanism(title="Cơ chế mẫu thứ hai"), officer)
    record = enter(meeting(held_on=D(2024, 6, 12)), officer)
    services.join_series(record, {"number": one.number}, actor=officer)
    assert series_of(record) == one
    services.join_series(record, {"number": two.number}, actor=officer)
    assert (series_of(record), RecordLink.objects.filter(from_record=record).count()) == (two, 1)
    with pytest.raises(BadInput):
        services.join_series(record, {"number": "CC-1900-001"}, actor=officer)
    with pytest.raises(BadInput):
        services.join_series(record, {"number": ""}, actor=officer)
    assert series_of(record) == two


def test_units_are_asked_for_results_once_and_see_the_record(officer):
    clerk = User.objects.get(username="vanthu.yte")
    series = enter(mechanism(), officer)
    assert not Record.objects.visible_to(clerk).filter(pk=series.pk).exists()
    asked = {"year": 2025, "field": "health", "offices": "Sở Y tế\nlc-industry", "due_on": D(2025, 11, 1)}
    with clock.fixed(D(2025, 10, 1)):
        services.ask_results(series, asked, actor=officer)
        services.ask_results(series, asked, actor=officer)
    lines = list(row_of(series).results.all())
    assert [(line.office_code, line.asked_on) for line in lines] == [
        ("lc-health", D(2025, 10, 1)), ("lc-industry", D(2025, 10, 1)),
    ]  # fmt: skip
    assert Record.objects.visible_to(clerk).filter(pk=series.pk).exists()
    assert flagged("results_missing") == [series]
    with pytest.raises(BadInput):
        services.ask_results(series, {**asked, "offices": "Sở Không Có"}, actor=officer)
    with pytest.raises(NotAllowed):
        services.ask_results(series, {**asked, "year": 2024}, actor=clerk)


def test_ready_made_filters_find_what_waits(officer, held):
    series = series_of(held)
    assert flagged("promise_late") == [held]
    assert flagged("left_undone") == [held]
    assert flagged("silent") == []
    assert flagged("silent", D(2026, 11, 10)) == [series]
    assert flagged("without_minutes", D(2025, 12, 1)) == []
    bare = enter(meeting(title="Chưa có biên bản", held_on=D(2025, 10, 1)), officer)
    assert flagged("without_minutes") == [bare]
    late = enter(meeting(title="Quá ngày", planned_on=D(2025, 11, 1)), officer)
    assert flagged("to_confirm") == [late]
    services.prepare_next(held, {"planned_on": D(2025, 12, 15)}, actor=officer)
    assert flagged("next_due") == [series]


def test_the_pages_of_both_kinds_show_their_tables(officer, held):
    series = series_of(held)
    services.ask_results(series, {"offices": "lc-health", "year": 2025}, actor=officer)
    shown = panels_of(row_of(series), officer)
    assert [len(panel.rows) for panel in shown] == [1, 7, 2, 1]
    assert [len(panel.rows) for panel in panels_of(row_of(held), officer)] == [2]


def test_sheets_name_meetings_as_officers_do(officer):
    rows = [
        {"title": "Hội đàm vòng 3", "sort": "hội đàm", "partner": "Kim Bình", "form": "trực tiếp", "held_on": "23/7/2025",
         "session_number": "3", "field": "Cửa khẩu, lối mở", "venue": "Ma Lù Thàng"},
        {"title": "Thiếu hình thức", "held_on": "1/1/2099"},
    ]  # fmt: skip
    good, bad = clean_many(rows, kind="meeting", office_code="lc-dofa", actor=officer)
    assert good.errors == ()
    assert (good.draft.get("sort"), good.draft.get("partner_code"), good.draft.get("form")) == (
        "talks",
        "cn-jinping",
        "place",
    )
    assert {error.column for error in bad.errors} == {"form", "held_on"}
