import pytest
from django.db.models import Sum

from bonphuong.intake import services
from bonphuong.intake.models import BatchRow
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Fact
from bonphuong.papers.models import Paper
from bonphuong.procedures.models import Case
from bonphuong.records.models import Record, RecordTie
from bonphuong.records.services import CommitmentDraft, add_commitment, update_header
from bonphuong.trail.models import Action
from tests.intake.books import book, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày", "Số quyết định"]


def row(number):
    values = outbound(number)
    return [*values[:7], values[9]]


@pytest.fixture
def batch(officer):
    content = book({"Đoàn ra": [HEAD, row(1), row(2), row(3)]})
    made = services.stage_file(content, name="doan-ra.xlsx", office_code="lai-chau", actor=officer)
    services.post_batch(made, actor=officer, reason="Nhập sổ")
    return made


def test_everything_goes_and_the_ledger_shows_the_reversals(batch, officer):
    assert Fact.objects.filter(measure="outbound.groups").aggregate(Sum("value")) == {"value__sum": 3}
    services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    assert Fact.objects.filter(measure="outbound.groups").aggregate(Sum("value")) == {"value__sum": 0}
    assert (Record.objects.count(), Case.objects.count(), RecordTie.objects.count()) == (0, 0, 0)
    assert check_ledger() == []
    assert (batch.status, batch.undo_reason, batch.posted) == ("undone", "Nhầm tệp", 0)
    assert services.preview_of(batch).counts.undone == 3


def test_it_is_one_act(batch, officer):
    before = Action.objects.count()
    services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    assert [a.verb for a in Action.objects.order_by("pk")[before:]] == ["intake.batch.undo"]


def test_the_papers_that_it_noted_go_too(batch, officer):
    assert Paper.objects.count() == 3
    services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    assert Paper.objects.count() == 0


def test_what_was_changed_since_is_named_and_nothing_is_taken_back(batch, officer):
    changed = Record.objects.get(title__contains="minh họa 2)")
    update_header(changed, expected_version=changed.version, actor=officer, title="Tên mới")
    with pytest.raises(Conflict, match=r"dòng 3 \(ĐR-2025-002\)"):
        services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    batch.refresh_from_db()
    assert (Record.objects.count(), batch.status) == (3, "posted")


def test_what_something_else_holds_on_to_is_named(batch, officer):
    record = Record.objects.first()
    add_commitment(CommitmentDraft("Gửi tài liệu", "lc-dofa"), actor=officer, record=record)
    with pytest.raises(Conflict, match="Gửi tài liệu"):
        services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    assert Record.objects.count() == 3


def test_a_reason_is_needed(batch, officer):
    with pytest.raises(BadInput):
        services.undo_batch(batch, actor=officer, reason=" ")


def test_twice_is_once(batch, officer):
    services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    with pytest.raises(Conflict):
        services.undo_batch(batch, actor=officer, reason="Nhầm tệp")


def test_what_was_never_entered_cannot_be_taken_back(officer):
    content = book({"Đoàn ra": [HEAD, row(1)]})
    waiting = services.stage_file(content, name="x.xlsx", office_code="lai-chau", actor=officer)
    with pytest.raises(Conflict):
        services.undo_batch(waiting, actor=officer, reason="Nhầm")


def test_the_same_file_can_be_loaded_again_afterwards(batch, officer):
    services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    content = book({"Đoàn ra": [HEAD, row(1), row(2), row(3)]})
    again = services.stage_file(content, name="doan-ra.xlsx", office_code="lai-chau", actor=officer)
    preview = services.dry_run(again)
    assert (preview.counts.good, preview.notes) == (3, ())


def test_strangers_may_not_take_back(batch, stranger, clerk):
    for person in (stranger, clerk):
        with pytest.raises(NotAllowed):
            services.undo_batch(batch, actor=person, reason="Nhầm")
    assert BatchRow.objects.filter(status="posted").count() == 3
