from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from bonphuong.accounts.models import User
from bonphuong.families.delegations.models import Delegation, Member
from bonphuong.families.delegations.queries import for_page, report_missing, visible_to, with_all
from bonphuong.families.delegations.services import (
    StepValues,
    correct,
    create,
    create_many,
    draft_of,
    merge,
    take_step,
    undo_many,
    void,
)
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.ledger.models import Fact, Posting
from bonphuong.papers.models import Paper
from bonphuong.procedures.errors import WrongState
from bonphuong.records.models import Record, RecordPaper
from bonphuong.records.queries import due_list
from bonphuong.trail.models import Action, ChangePayload
from tests.factories.delegations import finished, inbound, member, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICE = "lc-dofa"


def user(name: str) -> User:
    return User.objects.get(username=name)


def test_a_finished_case_passes_every_state_with_its_papers(officer):
    with clock.fixed(dt.date(2026, 3, 1)):
        draft = finished(dt.date(2026, 1, 12), 9, report_received_on=dt.date(2026, 1, 30))
        record = create(draft, office_code=OFFICE, actor=officer, reason="Nhập từ quyết định")
    assert (record.state, record.is_closed, record.number) == ("closed", True, "ĐR-2026-001")
    roles = RecordPaper.objects.filter(record=record).order_by("role").values_list("role", flat=True)
    assert list(roles) == ["decision", "report"]
    assert Action.objects.filter(verb="delegations.delegation.register").count() == 1


def test_a_trip_that_is_over_waits_for_its_report(officer):
    with clock.fixed(dt.date(2026, 2, 1)):
        draft = finished(dt.date(2026, 1, 16), 9)  # back on 20 January 2026
        record = create(draft, office_code=OFFICE, actor=officer)
        assert (record.state, record.due_on) == ("report_due", dt.date(2026, 2, 4))  # C23
        assert [row.pk for row in report_missing(officer)] == [record.pk]
        take_step(
            record, "receive_report", on=dt.date(2026, 2, 1), expected_version=record.version, actor=officer,
            values=StepValues(result="Đạt mục đích"),
        )  # fmt: skip
        assert record.state == "report_received"
        assert list(report_missing(officer)) == []


def test_colleagues_see_and_strangers_do_not(officer):
    record = create(inbound(dt.date(2026, 1, 12), cohosts=("lc-union",)), office_code=OFFICE, actor=officer)
    seen = {name: visible_to(user(name)).filter(pk=record.pk).exists() for name in (
        "canbo", "truongphong", "lanhdao", "kiemtra", "canbo.hunghi", "vanthu.yte", "canbo.laocai", "quantri",
    )}  # fmt: skip
    assert seen == {
        "canbo": True, "truongphong": True, "lanhdao": True, "kiemtra": True, "canbo.hunghi": True,
        "vanthu.yte": False, "canbo.laocai": False, "quantri": False,
    }  # fmt: skip
    with pytest.raises(Delegation.DoesNotExist):
        for_page(user("canbo.laocai"), record.pk)


def test_personal_trips_are_for_few_and_never_by_name(officer):
    draft = finished(
        dt.date(2026, 1, 12), 1, kind="personal", title="Đi việc riêng", members=(member("Vàng Văn Mẫu"),)
    )
    record = create(replace(draft, head_name=""), office_code=OFFICE, actor=officer)
    assert visible_to(user("kiemtra")).filter(pk=record.pk).exists() is False
    assert "vang van mau" not in record.fold
    assert set(Posting.objects.get().facts.values_list("partner", "slot1", "slot2")) == {("", "", "")}


def test_a_stranger_cannot_enter_nor_move(officer):
    with pytest.raises(NotAllowed):
        create(outbound(), office_code=OFFICE, actor=user("canbo.laocai"))
    record = create(outbound(), office_code=OFFICE, actor=officer)
    with pytest.raises(NotAllowed):
        take_step(
            record, "submit", on=clock.today(), expected_version=record.version, actor=user("vanthu.yte")
        )
    assert Posting.objects.count() == 0


def test_two_people_on_one_record_conflict_and_nothing_is_overwritten(officer):
    record = create(finished(dt.date(2026, 1, 12), 9), office_code=OFFICE, actor=officer)
    mine, theirs = Record.objects.get(pk=record.pk), Record.objects.get(pk=record.pk)
    draft = draft_of(with_all().get(pk=record.pk))
    correct(
        mine, replace(draft, actual_heads=8), expected_version=mine.version, actor=officer, reason="Đếm lại"
    )
    with pytest.raises(Conflict):
        correct(
            theirs,
            replace(draft, actual_heads=7),
            expected_version=theirs.version,
            actor=officer,
            reason="Khác",
        )
    assert with_all().get(pk=record.pk).actual_heads == 8


def test_a_step_out_of_turn_is_refused(officer):
    record = create(outbound(), office_code=OFFICE, actor=officer)
    with pytest.raises(WrongState):
        take_step(
            record, "come_back", on=clock.today(), expected_version=record.version, actor=officer
        )  # fmt: skip


def test_a_step_in_the_future_is_refused(officer):
    record = create(outbound(), office_code=OFFICE, actor=officer)
    with pytest.raises(BadInput):
        take_step(
            record, "submit", on=clock.today() + dt.timedelta(days=1), expected_version=record.version, actor=officer
        )  # fmt: skip


def test_passports_are_sealed_and_leave_no_trace(officer):
    draft = outbound(members=(member(passport_no="C1234567", birth_date="1980-02-03"),))
    record = create(draft, office_code=OFFICE, actor=officer)
    [one] = Member.objects.filter(delegation=record.pk)
    assert one.passport_no == "C1234567"
    with connection.cursor() as cursor:
        cursor.execute("SELECT passport_no, birth_date FROM delegations_member")
        stored = cursor.fetchone()
    assert "1234567" not in str(stored)
    assert "1980" not in str(stored)
    row = with_all().get(pk=record.pk)
    correct(
        record,
        replace(draft_of(row), members=()),
        expected_version=record.version,
        actor=officer,
        reason="Bỏ",
    )
    assert not ChangePayload.objects.filter(old__contains="1234567").exists()


def test_members_keep_their_identity_when_the_list_is_reordered(officer):
    draft = outbound(members=(member("Một Mẫu"), member("Hai Thử"), member("Ba Ví Dụ")), approved_heads=3)
    record = create(draft, office_code=OFFICE, actor=officer)
    before = {m.full_name: m.pk for m in Member.objects.all()}
    stored = draft_of(with_all().get(pk=record.pk))
    changed = replace(stored, members=(stored.members[2], stored.members[0], member("Bốn Giả Định")))
    correct(record, changed, expected_version=record.version, actor=officer, reason="Xếp lại")
    after = {m.full_name: (m.pk, m.order) for m in Member.objects.order_by("order")}
    assert list(after) == ["Ba Ví Dụ", "Một Mẫu", "Bốn Giả Định"]
    assert after["Ba Ví Dụ"] == (before["Ba Ví Dụ"], 1)
    assert after["Một Mẫu"] == (before["Một Mẫu"], 2)


def test_many_are_entered_in_a_bounded_number_of_queries(officer, django_assert_max_num_queries):
    drafts = [finished(dt.date(2025, 1, 5) + dt.timedelta(days=n), 5, members=(member(),)) for n in range(60)]
    with django_assert_max_num_queries(60):
        records = create_many(drafts, office_code=OFFICE, actor=officer)
    assert len({record.number for record in records}) == 60


def test_undo_takes_everything_back(officer):
    records = create_many([finished(dt.date(2025, 1, 5), 5), outbound()], office_code=OFFICE, actor=officer)
    undo_many([record.pk for record in records], actor=officer, reason="Nhầm tệp")
    assert Delegation.objects.count() == 0
    assert [posting.n_facts for posting in Posting.objects.order_by("seq")] == [5, 5]


def test_an_inbound_visit_that_moves_is_consulted_anew(officer):
    with clock.fixed(dt.date(2026, 3, 1)):
        draft = inbound(
            dt.date(2026, 4, 12),
            started_on=None,
            ended_on=None,
            actual_heads=None,
            decided_on=dt.date(2026, 2, 20),
        )
        record = create(draft, office_code=OFFICE, actor=officer)
        assert record.state == "approved"
        later = replace(draft, starts_on=dt.date(2026, 4, 20), ends_on=dt.date(2026, 4, 21))
        correct(record, later, expected_version=record.version, actor=officer, reason="Bạn xin lùi ngày")
    assert record.state == "consulting"


def test_a_correction_confirms_no_step_for_whoever_may_not_register():
    clerk = user("vanthu.yte")
    record = create(outbound(lead_office_code="lc-health"), office_code="lc-health", actor=clerk)
    stored = draft_of(with_all().get(pk=record.pk))
    days = {"decided_on": dt.date(2024, 6, 1), "started_on": dt.date(2024, 6, 11)}
    with pytest.raises(BadInput) as refused:
        correct(
            record,
            replace(stored, actual_heads=9, **days),
            expected_version=record.version,
            actor=clerk,
            reason="Bổ sung ngày",
        )
    assert set(refused.value.errors) == set(days)
    assert Fact.objects.count() == 0


def test_days_that_a_correction_adds_move_the_case(officer):
    record = create(outbound(), office_code=OFFICE, actor=officer)
    stored = draft_of(with_all().get(pk=record.pk))
    gone = replace(
        stored, decided_on=dt.date(2024, 6, 1), decision_number="9/QĐ-UBND", started_on=dt.date(2024, 6, 11)
    )
    correct(record, gone, expected_version=record.version, actor=officer, reason="Bổ sung theo quyết định")
    assert record.state == "departed"
    back = replace(gone, ended_on=dt.date(2024, 6, 15))
    correct(record, back, expected_version=record.version, actor=officer, reason="Đã về")
    assert record.state == "report_due"


def test_what_was_called_off_cannot_have_taken_place(officer):
    draft = outbound(decided_on=dt.date(2024, 6, 1), decision_number="9/QĐ-UBND")
    record = create(draft, office_code=OFFICE, actor=officer)
    take_step(
        record, "cancel", on=dt.date(2024, 6, 5), expected_version=record.version, actor=officer,
        values=StepValues(note="Phía bạn xin hoãn"),
    )  # fmt: skip
    stored = replace(draft_of(with_all().get(pk=record.pk)), started_on=dt.date(2024, 6, 11))
    with pytest.raises(BadInput):
        correct(record, stored, expected_version=record.version, actor=officer, reason="Vẫn đi")


def test_what_was_struck_out_waits_for_nothing_and_stays(officer):
    with clock.fixed(dt.date(2026, 2, 1)):
        record = create(finished(dt.date(2026, 1, 16), 9), office_code=OFFICE, actor=officer)
        assert [item.record for item in due_list(officer)] == [record]
        void(record, expected_version=record.version, actor=officer, reason="Nhập nhầm")
        assert due_list(officer) == []
        stored = draft_of(with_all().get(pk=record.pk))
        other = create(finished(dt.date(2026, 1, 16), 9), office_code=OFFICE, actor=officer)
        said = {"actor": officer, "reason": "Nhầm"}
        for write in (
            lambda: void(record, expected_version=record.version, **said),
            lambda: correct(record, stored, expected_version=record.version, **said),
            lambda: merge(record, other, expected_version=other.version, **said),
            lambda: take_step(
                record, "receive_report", on=clock.today(), expected_version=record.version, actor=officer
            ),
        ):
            with pytest.raises(WrongState):
                write()


def test_a_group_of_nobody_is_refused(officer):
    record = create(finished(dt.date(2026, 1, 16), 9), office_code=OFFICE, actor=officer)
    stored = replace(draft_of(with_all().get(pk=record.pk)), actual_heads=0)
    with pytest.raises(BadInput):
        correct(record, stored, expected_version=record.version, actor=officer, reason="Đếm lại")


def test_a_personal_trip_is_told_to_nobody_who_may_not_see_it(officer):
    # Papers and the trail have more readers than the record.
    draft = finished(
        dt.date(2026, 1, 16), 1, kind="personal", title="Bà Lò Thị Ví Dụ thăm con", head_name="Lò Thị Ví Dụ",
        content="Thăm con gái của bà Ví Dụ", report_received_on=dt.date(2026, 1, 30),
    )  # fmt: skip
    record = create(draft, office_code=OFFICE, actor=officer)
    stored = draft_of(with_all().get(pk=record.pk))
    correct(record, stored, expected_version=record.version, actor=officer, reason="Xem lại")
    void(record, expected_version=record.version, actor=officer, reason="Nhập nhầm")
    assert not Paper.objects.filter(abstract__contains="Ví Dụ").exists()
    assert not Action.objects.filter(object_text__contains="Ví Dụ").exists()
    assert (Record.objects.get().head_fold, Record.objects.get().summary) == ("", "")


def test_a_double_is_merged_once(officer):
    start = dt.date(2025, 5, 12)
    kept, other = create_many([inbound(start), inbound(start)], office_code=OFFICE, actor=officer)
    double = create(inbound(start, lead_office_code="lc-union"), office_code=OFFICE, actor=officer)
    merge(kept, double, expected_version=double.version, actor=officer, reason="Trùng")
    with pytest.raises(BadInput):
        merge(other, double, expected_version=double.version, actor=officer, reason="Trùng")


def test_the_office_of_a_double_goes_on_seeing_after_a_correction(officer):
    union = user("canbo.hunghi")
    start = dt.date(2025, 5, 12)
    kept = create(inbound(start), office_code=OFFICE, actor=officer)
    double = create(inbound(start), office_code="lc-union", actor=union)
    merge(kept, double, expected_version=double.version, actor=officer, reason="Trùng")
    stored = draft_of(with_all().get(pk=kept.pk))
    correct(kept, stored, expected_version=kept.version, actor=officer, reason="Xem lại")
    assert Record.objects.visible_to(union).filter(pk=kept.pk).exists()


def test_taking_back_stands_in_the_trail_of_its_office(officer):
    record = create(outbound(), office_code=OFFICE, actor=officer)
    undo_many([record.pk], actor=officer, reason="Nhầm tệp")
    assert Action.objects.get(verb="delegations.delegation.undo").office == OFFICE
