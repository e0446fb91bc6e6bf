"""Writes of any family: who sees what is shared, what is hidden, taken back, merged, overtaken, restricted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.aid.services import turn_into_item
from bonphuong.families.letters.models import Letter
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kit.columns import columns_of
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.queries import draft_of, probe_of_draft, row_of, scheme_of
from bonphuong.kit.services import (
    correct,
    create,
    merge,
    save_lines,
    take_step,
    undo_many,
    unmerge,
    update_many,
    void,
)
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import live_facts
from bonphuong.procedures.errors import WrongState
from bonphuong.records.checks import check_replay
from bonphuong.records.enums import CommitmentSide
from bonphuong.records.models import Record
from bonphuong.records.services import CommitmentDraft, add_commitment
from bonphuong.records.sweeping import doubles_among
from bonphuong.records.twins import find_twins
from bonphuong.trail.models import ChangePayload
from tests.factories.aid import call, donor, item, money
from tests.factories.scholarships import student

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
TODAY = dt.date(2026, 11, 20)
DAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def clerk(db):
    return User.objects.get(username="vanthu.yte")


@pytest.fixture
def union(db):
    return User.objects.get(username="canbo.hunghi")


def letter(title="Công hàm Mẫu", *, lead="lc-dofa", **values):
    said = {
        "form": "note_verbale",
        "partner_code": "cn-yunnan",
        "partner_text": "Vân Nam",
        "received_on": DAY,
    }
    return Draft("incoming", title, lead, {**said, **values})


def enter(draft, actor, office="lc-dofa", family="letters"):
    return create(draft, family=family, office_code=office, actor=actor)


def sees(user, record):
    return Record.objects.visible_to(user).filter(pk=record.pk).exists()


def test_whom_a_step_hands_the_record_to_sees_it(officer, clerk):
    record = enter(letter(), officer)
    assert not sees(clerk, record)
    take_step(
        record, "assign", on=DAY, expected_version=record.version, actor=officer,
        values={"handler_office": "lc-health"},
    )  # fmt: skip
    assert sees(clerk, record)


def test_both_offices_and_their_leads_go_on_seeing_what_was_merged(officer, union, clerk):
    keep = enter(letter(), officer)
    double = enter(letter(lead="lc-health"), union, "lc-union")
    merge(keep, double, expected_version=double.version, actor=officer, reason="Nhập trùng")
    assert (sees(union, keep), sees(clerk, keep)) == (True, True)
    keep.refresh_from_db()
    draft = replace(draft_of(row_of(keep)), title="Công hàm Mẫu, sửa trích yếu")
    correct(keep, draft, expected_version=keep.version, actor=officer, reason="Gõ sai")
    assert (sees(union, keep), sees(clerk, keep)) == (True, True)
    double.refresh_from_db()
    unmerge(double, expected_version=double.version, actor=officer, reason="Gộp nhầm")
    assert not Record.objects.filter(duplicate_of=keep).exists()


def test_what_was_struck_out_is_no_double_of_anything(officer):
    first = enter(letter(), officer)
    probe = probe_of_draft(scheme_of("letters"), letter(), "lai-chau")
    assert [[twin.uid for twin in twins] for twins in find_twins([probe])] == [[first.pk]]
    second = enter(letter(), officer)
    [pair] = doubles_among(officer, family="letters")
    assert {pair.one.pk, pair.other.pk} == {first.pk, second.pk}
    void(first, expected_version=first.version, actor=officer, reason="Nhập nhầm")
    assert doubles_among(officer, family="letters") == []
    assert [[twin.uid for twin in twins] for twins in find_twins([probe])] == [[second.pk]]


def test_taking_back_takes_lines_and_facts_and_leaves_what_holds(officer):
    record = enter(item(DAY, money("approved", 500)), officer, family="aid")
    assert live_facts([record.pk])[record.pk]
    undo_many([record.pk], family="aid", actor=officer, reason="Nhập lại")
    assert not Record.objects.filter(pk=record.pk).exists()
    assert sum(fact.value for fact in Fact.objects.filter(source_uid=record.pk)) == 0
    assert check_replay() == []

    other = enter(item(DAY, money("approved", 500)), officer, family="aid")
    promise = CommitmentDraft(side=CommitmentSide.OURS, text="Giao mặt bằng", lead_office_code="lc-dofa")
    add_commitment(promise, actor=officer, record=other)
    with pytest.raises(BadInput):
        undo_many([other.pk], family="aid", actor=officer, reason="Nhập lại")


def test_others_may_not_change_and_nothing_is_overwritten_unseen(officer, clerk):
    record = enter(item(DAY, money("approved", 500)), officer, family="aid")
    before = draft_of(row_of(record))
    changed = replace(before, title="Dự án Mẫu khác")
    lines = (LineDraft({"series": "approved", "amount": 7, "currency": "USD"}),)
    writes = (
        lambda who, version: correct(record, changed, expected_version=version, actor=who, reason="x"),
        lambda who, version: save_lines(record, "sums", lines, expected_version=version, actor=who),
        lambda who, version: void(record, expected_version=version, actor=who, reason="x"),
    )
    for write in writes:
        with pytest.raises(NotAllowed):
            write(clerk, record.version)
        with pytest.raises(Conflict):
            write(officer, record.version + 1)
    with pytest.raises(NotAllowed):
        update_many([replace(changed, version=record.version)], family="aid", actor=clerk, reason="x")
    with pytest.raises(NotAllowed):
        undo_many([record.pk], family="aid", actor=clerk, reason="x")
    assert draft_of(row_of(Record.objects.get(pk=record.pk))) == before


def test_a_struck_record_takes_nothing_more(officer):
    record = enter(letter(), officer)
    void(record, expected_version=record.version, actor=officer, reason="Nhập nhầm")
    draft = draft_of(row_of(record))
    with pytest.raises(WrongState):
        correct(record, draft, expected_version=record.version, actor=officer, reason="x")
    with pytest.raises(WrongState):
        void(record, expected_version=record.version, actor=officer, reason="x")


def test_a_correction_reverses_at_the_old_day(officer):
    record = enter(item(DAY, money("approved", 500)), officer, family="aid")
    draft = draft_of(row_of(record))
    moved = replace(draft, values={**draft.values, "approved_on": dt.date(2026, 5, 4)})
    correct(record, moved, expected_version=record.version, actor=officer, reason="Sai ngày")
    facts = Fact.objects.filter(source_uid=record.pk, measure="aid.approved").order_by("pk")
    assert [(fact.on, fact.value > 0) for fact in facts] in (
        [(DAY, True), (DAY, False), (dt.date(2026, 5, 4), True)],
        [(DAY, True), (dt.date(2026, 5, 4), True), (DAY, False)],
    )


def test_a_program_s_own_draft_is_refused_in_words(officer):
    record = enter(call(DAY), officer, family="aid")
    with pytest.raises(BadInput):
        turn_into_item(record, {"donor": "Samaritan's Purse", "aid_kind": "relief"}, actor=officer)
    with pytest.raises(BadInput):
        enter(letter(sent_on=DAY), officer)


def test_days_of_another_procedure_take_a_case_as_far_as_its_own_goes(officer):
    # A sheet of donors says when opinions were asked of a body that needs none.
    asked = donor(donor_kind="company", asked_on=DAY, opinion_on=DAY, lines={}, certificate_from=None,
                  certificate_to=None, certificate_number="", certificate_kind="")  # fmt: skip
    assert enter(asked, officer, family="aid").state == "known"
    active = replace(asked, title="Nhà tài trợ Mẫu", values={**asked.values, "active_on": DAY})
    assert enter(active, officer, family="aid").state == "active"


def test_a_reply_to_what_is_gone_can_still_be_struck_out(officer):
    asked = enter(letter(), officer)
    said = {
        "form": "letter",
        "partner_text": "Vân Nam",
        "dated_on": DAY,
        "sent_on": DAY,
        "reply_to": asked.number,
    }
    reply = enter(Draft("outgoing", "Thư Mẫu", "lc-dofa", said), officer)
    assert Letter.objects.get(pk=asked.pk).answered_on == DAY
    asked.refresh_from_db()
    merge(
        enter(letter("Công hàm Thử"), officer),
        asked,
        expected_version=asked.version,
        actor=officer,
        reason="Trùng",
    )
    reply.refresh_from_db()
    void(reply, expected_version=reply.version, actor=officer, reason="Nhập nhầm")
    assert Letter.objects.get(pk=reply.pk).is_void


def test_restricted_fields_stay_out_of_columns_and_the_trail(officer):
    record = enter(student(passport_no="P1234567", birth_date="01/02/2003"), officer, family="scholarships")
    row = row_of(record)
    assert (row.passport_no, row.birth_date) == ("P1234567", "01/02/2003")
    columns = columns_of(scheme_of("scholarships"))["student"]
    assert {column.code for column in columns if column.restricted} == {"passport_no", "birth_date"}
    assert not any(column.on_screen or column.takes_import for column in columns if column.restricted)
    draft = draft_of(row)
    changed = replace(draft, values={**draft.values, "passport_no": "P7654321"})
    correct(record, changed, expected_version=record.version, actor=officer, reason="Hộ chiếu mới")
    trail = " ".join(ChangePayload.objects.values_list("old", flat=True))
    assert trail
    assert not any(secret in trail for secret in ("P1234567", "P7654321", "01/02/2003"))
    shown = f"{record.title} {record.words} {record.fold} {record.summary}"
    assert "1234567" not in shown
