import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.safestring import mark_safe

from bonphuong.families.delegations.models import Member
from bonphuong.intake.models import Batch, BatchRow
from bonphuong.kernel.bulk import chunks, insert_rows, new_row, update_rows
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.models import Paper
from bonphuong.procedures.models import GuardRule
from bonphuong.records.models import Record, RecordTie
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Change
from tests.factories.delegations import DelegationFactory
from tests.factories.intake import BatchFactory, BatchRowFactory
from tests.factories.records import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_case]
DAY = dt.date(2025, 5, 8)


@pytest.mark.parametrize(
    ("number", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])]
)
def test_chunks_are_all_items_in_their_order(number, sizes):
    items = list(range(number))
    found = list(chunks(items, 3))

    assert [len(some) for some in found] == sizes
    assert [item for some in found for item in some] == items


@pytest.fixture
def act():
    with acting(actor=None, verb="system.test") as action:
        yield action


def paper(**values):
    return new_row(
        Paper, **{"kind": PaperKind.DECISION, "office_code": "lc-dofa", "number": "123", "on": DAY, **values}
    )


def stored(model):
    return {
        tuple(getattr(row, f.attname) for f in model._meta.concrete_fields) for row in model.objects.all()
    }


def test_a_new_row_is_what_the_model_itself_makes():
    quick = new_row(Paper, kind="decision", office_code="lc-dofa", on=DAY)
    slow = Paper(kind="decision", office_code="lc-dofa", on=DAY, uid=quick.uid, created_at=quick.created_at)
    names = [f.attname for f in Paper._meta.concrete_fields]
    assert [getattr(quick, name) for name in names] == [getattr(slow, name) for name in names]
    assert (quick._state.adding, quick.pk.version, quick == slow) == (True, 7, True)


def test_a_new_row_takes_relations_as_rows_or_keys():
    batch = BatchFactory()
    by_row, by_key = new_row(BatchRow, batch=batch, number=1), new_row(BatchRow, batch_id=batch.pk, number=2)
    assert (by_row.batch_id, by_key.batch_id, by_row.batch is batch) == (batch.pk, batch.pk, True)
    assert new_row(Batch, repeats=None).repeats is None


def test_a_misspelt_field_is_refused():
    with pytest.raises(TypeError, match="Paper has no field nubmer"):
        new_row(Paper, nubmer="1")


def test_rows_are_stored_as_django_stores_them(act):
    mine, theirs = [paper(number=str(n)) for n in range(3)], [paper(number=str(n)) for n in range(3)]
    insert_rows(mine)
    ours = stored(Paper)
    Paper.objects.all().delete()
    for old, new in zip(mine, theirs, strict=True):
        new.uid, new.created_at = old.uid, old.created_at
    Paper.objects.bulk_create(theirs)
    assert stored(Paper) == ours
    assert all(not row._state.adding and row._state.db == "default" for row in mine)


def test_triggers_see_every_row(act):
    insert_rows([paper() for _n in range(3)])
    assert Change.objects.filter(action=act, table="papers_paper", op="I").count() == 3


def test_without_an_open_action_nothing_is_written():
    with pytest.raises(DatabaseError, match="no open action"), transaction.atomic():
        insert_rows([paper()])
    assert Paper.objects.count() == 0


def test_all_or_nothing(act):
    record = RecordFactory()
    ties = [new_row(RecordTie, record=record, kind="country", code=code) for code in ("LA", "CN", "LA")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(ties)
    assert RecordTie.objects.count() == 0


def test_keys_made_by_the_database_are_known_where_asked_for(act):
    record = RecordFactory()
    first = RecordTie.objects.create(record=record, kind="country", code="LA")
    RecordTie.objects.all().delete()
    ties = [new_row(RecordTie, record=record, kind="country", code=code) for code in ("CN", "TH")]
    insert_rows(ties, with_keys=True)
    later = RecordTie.objects.create(record=record, kind="country", code="KR")
    assert {row.code: row.pk for row in RecordTie.objects.all()} == {
        "CN": ties[0].pk,
        "TH": ties[1].pk,
        "KR": later.pk,
    }
    assert first.pk < ties[0].pk < ties[1].pk < later.pk


def test_sealed_fields_are_sealed_with_their_row(act):
    member = new_row(Member, delegation=DelegationFactory(), order=1, full_name="Trần Thị Ví Dụ")
    member.passport_no = "B1234567"
    insert_rows([member])
    with connection.cursor() as cursor:
        cursor.execute("SELECT passport_no FROM delegations_member")
        assert "B1234567" not in cursor.fetchone()[0]
    assert Member.objects.get().passport_no == "B1234567"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"number": mark_safe("1/2")}, {"number": "1/2"}),
        ({"on": dt.datetime(2025, 5, 8, tzinfo=dt.UTC)}, {"on": DAY}),
        ({"uid": "01890000-0000-7000-8000-000000000001"}, {"uid": uuid.UUID(int=0x0189000000007000 << 64 | 0x8000000000000001)}),
        ({"on": "2025-05-08"}, {"on": DAY}),
    ],
)  # fmt: skip
def test_values_of_other_classes_are_taken_as_django_takes_them(act, given, kept):
    insert_rows([paper(**given)])
    row = Paper.objects.get()
    assert {name: getattr(row, name) for name in kept} == kept


def test_some_fields_of_many_rows_are_written_at_once(django_assert_num_queries):
    batch = BatchFactory()
    rows = [BatchRowFactory(batch=batch) for _n in range(3)]
    for place, row in enumerate(rows):
        row.status, row.twins, row.record_uid = "posted", [str(place)], uuid.UUID(int=place + 1)
    with django_assert_num_queries(1):
        update_rows(rows, ["status", "twins", "record_uid"])
    found = BatchRow.objects.order_by("number").values_list("status", "twins", "record_uid")
    assert list(found) == [("posted", [str(n)], uuid.UUID(int=n + 1)) for n in range(3)]


def test_rows_that_somebody_else_finished_are_left_as_they_are():
    batch = BatchFactory()
    rows = [BatchRowFactory(batch=batch, status=status) for status in ("new", "posted")]
    for row in rows:
        row.status = "good"
    update_rows(rows, ["status"], unless=("status", ("posted", "undone")))
    assert list(BatchRow.objects.order_by("number").values_list("status", flat=True)) == ["good", "posted"]


def test_nothing_is_nothing():
    insert_rows([])
    update_rows([], ["status"])
    assert (Record.objects.count(), GuardRule.objects.count()) == (0, 0)
