import datetime as dt

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.intake import services
from bonphuong.intake.models import BatchRow
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Posting
from bonphuong.ledger.services import LateReasonNeeded, close_period
from bonphuong.procedures.models import Procedure
from bonphuong.records.models import Record
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from tests.intake.books import book, inbound, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày"]


class Cut(BaseException):
    """The power fails."""


def stage(officer, *rows, **said):
    content = book({"Đoàn ra 2025": [HEAD, *rows]})
    return services.stage_file(content, name="doan-ra.xlsx", office_code="lai-chau", actor=officer, **said)


def row(number, **changes):
    return outbound(number, **changes)[:7]


def post(batch, officer, **how):
    return services.post_batch(batch, actor=officer, reason="Nhập sổ", **how)


def test_each_piece_is_one_act_and_one_posting(officer):
    batch = stage(officer, *(row(n) for n in range(1, 6)))
    actions, postings = Action.objects.count(), Posting.objects.count()
    post(batch, officer, chunk=2)
    made = Action.objects.order_by("pk")[actions:]
    assert [action.verb for action in made] == ["intake.batch.post"] * 4  # three pieces, and the end
    assert {(a.reason, a.object_uid) for a in made} == {("Nhập sổ", str(batch.pk))}
    assert Posting.objects.count() - postings == 3


def test_progress_is_told_before_each_piece(officer):
    told = []
    post(
        stage(officer, *(row(n) for n in range(1, 6))),
        officer,
        chunk=2,
        progress=lambda *done: told.append(done),
    )
    assert told == [(0, 5), (2, 5), (4, 5)]


def test_what_was_cut_off_goes_on_and_enters_nothing_twice(officer):
    batch = stage(officer, *(row(n) for n in range(1, 8)))

    def fail_at(done, _all):
        if done == 4:
            raise Cut

    with pytest.raises(Cut):
        post(batch, officer, chunk=2, progress=fail_at)
    batch.refresh_from_db()
    assert (batch.status, batch.posted, Record.objects.count()) == ("posting", 4, 4)
    result = post(batch, officer, chunk=2)
    assert (batch.status, batch.posted, len(result.records), Record.objects.count()) == ("posted", 7, 3, 7)
    assert check_ledger() == []


def test_a_piece_that_fails_half_way_leaves_nothing_of_itself(officer, monkeypatch):
    batch = stage(officer, *(row(n) for n in range(1, 5)))
    monkeypatch.setattr(
        "bonphuong.intake.services.posting.update_rows", lambda *_a: (_ for _ in ()).throw(Cut)
    )
    with pytest.raises(Cut):
        post(batch, officer, chunk=2)
    batch.refresh_from_db()
    assert (batch.status, Record.objects.count(), Posting.objects.count()) == ("staged", 0, 0)


def test_rows_posted_meanwhile_by_somebody_else_are_not_posted_again(officer):
    batch = stage(officer, row(1), row(2), row(3))

    def somebody_else(done, _all):
        if done == 1:
            BatchRow.objects.filter(batch=batch, number=3).update(status="posted")

    result = post(batch, officer, chunk=1, progress=somebody_else)
    assert len(result.records) == 2


def test_a_sheet_is_entered_once(officer):
    batch = stage(officer, row(1))
    post(batch, officer)
    with pytest.raises(Conflict, match="đã ghi vào sổ"):
        post(batch, officer)
    with pytest.raises(Conflict):
        services.dry_run(batch)
    with pytest.raises(Conflict):
        services.set_mapping(batch, {})


def test_twins_go_in_only_where_asked_for(officer):
    batch = stage(officer, row(1), ["bis", *row(1)[1:]])
    assert post(batch, officer).preview.counts.twins == 1
    batch = stage(officer, ["lại", *row(1)[1:]])
    assert post(batch, officer, take_twins=True).preview.counts.posted == 1


def test_everything_is_judged_anew_when_it_is_entered(officer):
    batch, same = stage(officer, row(1)), stage(officer, row(1))
    assert services.dry_run(batch).counts.good == 1
    post(same, officer)
    result = post(batch, officer)
    assert (result.records, result.preview.counts.twins) == ((), 1)


def test_a_row_that_cannot_be_entered_after_all_is_named_and_the_others_go_in(officer):
    """No procedure was in force in 1950: only the family's writer can know that."""
    with acting(actor=None, verb="system.test"):
        Procedure.objects.filter(code="delegations.outbound").update(valid_from=dt.date(2000, 1, 1))
    early = row(2, F="05/03/1950", G="06/03/1950")
    batch = stage(officer, row(1), early, row(3), row(4))
    result = post(batch, officer)
    assert (result.preview.counts.posted, result.preview.counts.bad) == (3, 1)
    (error,) = result.preview.errors
    assert (error.row, error.cell, "delegations.outbound" in error.message) == (3, "", True)
    assert check_ledger() == []


def test_a_closed_period_asks_for_a_reason(officer):
    with acting(actor=None, verb="system.test"):
        close_period(book="lai-chau", office="lai-chau", report="monthly", period="2025-01",
                     since=dt.date(2025, 1, 1), until=dt.date(2025, 1, 31))  # fmt: skip
    batch = stage(officer, row(1))
    with pytest.raises(LateReasonNeeded):
        services.post_batch(batch, actor=officer, reason="")
    assert (Record.objects.count(), batch.status) == (0, "staged")
    assert len(post(batch, officer).records) == 1


def test_plans_are_not_what_took_place(officer):
    batch = stage(officer, row(1), happened=False)
    (uid,) = post(batch, officer).records
    planned = Delegation.objects.get(pk=uid)
    assert (planned.starts_on, planned.started_on, planned.approved_heads) == (dt.date(2025, 1, 7), None, 12)


def test_the_lead_office_is_that_of_the_sheet(officer):
    content = book(
        {
            "Đoàn vào": [
                ["Tên đoàn, quốc tịch", "Số người", "Cơ quan đón", "Thời gian"],
                [inbound(1)[1], 5, "Sở Y tế", "5/3/2025"],
            ]
        }
    )
    batch = services.stage_file(content, name="x.xlsx", office_code="lai-chau", actor=officer)
    (uid,) = post(batch, officer).records
    record = Record.objects.get(pk=uid)
    assert (record.office_code, record.delegation.lead_office_code) == ("lc-dofa", "lc-health")  # fmt: skip


def test_strangers_may_not_enter(officer, stranger, clerk):
    batch = stage(officer, row(1))
    for person in (stranger, clerk):
        with pytest.raises(NotAllowed):
            post(batch, person)
    assert Record.objects.count() == 0


def test_queries_do_not_grow_with_the_rows(officer, django_assert_max_num_queries):
    few, many = stage(officer, row(1)), stage(officer, *(row(n) for n in range(2, 120)))
    with django_assert_max_num_queries(110):
        post(few, officer)
    with django_assert_max_num_queries(130):
        post(many, officer)


def test_the_problem_of_a_sheet_is_said_by_field(officer):
    content = book({"Đoàn ra": [["TT", "Tên đoàn", "Nước đến"], [1, "Thăm", "Lào"]]})
    batch = services.stage_file(content, name="x.xlsx", office_code="lai-chau", actor=officer)
    with pytest.raises(BadInput) as refused:
        post(batch, officer)
    assert list(refused.value.errors) == [""]
