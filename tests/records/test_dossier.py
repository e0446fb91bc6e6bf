"""Everything done with a partner, whatever family it is of: doubles as one, bodies below on wish, bounded reads."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.parties.models import Party
from bonphuong.parties.services import create_party, merge_parties
from bonphuong.records import dossier
from bonphuong.records.enums import CommitmentSide, CommitmentStatus
from bonphuong.records.models import RecordTie
from bonphuong.records.services import CommitmentDraft, add_commitment, change_commitment
from tests.factories.delegations import inbound, outbound
from tests.families.conftest import leader, officer, province  # noqa: F401 - fixtures

DAY = dt.date(2025, 12, 18)
LATELY = dt.date(2025, 12, 10)
pytestmark = pytest.mark.usefixtures("province")


@pytest.fixture(autouse=True)
def _today(db):
    with clock.fixed(DAY):
        yield


def visit(officer, code, on, **more):  # noqa: F811
    return create(inbound(on, 3, partner_code=code, **more), office_code="lc-dofa", actor=officer)


def promise(officer, text, due=None, side="ours", party="la-phongsaly", done=None):  # noqa: F811
    draft = CommitmentDraft(
        text, "lc-dofa", side=side, party_code=party, made_on=dt.date(2025, 1, 2), due_on=due
    )
    made = add_commitment(draft, actor=officer)
    if done:
        settled = {"status": CommitmentStatus.DONE, "settled_on": done, "evidence": "Công văn"}
        change_commitment(made, expected_version=1, actor=officer, **settled)
    return made


def found(user, code, **how):
    return set(dossier.records_with(user, dossier.scope_of(code, **how)))


def test_a_partner_is_read_under_all_its_names_and_with_what_lies_in_it_on_wish(officer):  # noqa: F811
    province_, county = visit(officer, "cn-yunnan", LATELY), visit(officer, "cn-jinping", LATELY)
    values = {"kind": "locality", "level": "province", "country_id": "CN"}
    double = create_party(actor=officer, code="cn-van-nam", name_vi="Vân Nan", name_en="Yun-nan", **values)
    twice = visit(officer, "cn-van-nam", dt.date(2025, 3, 3))
    merge_parties(keep=Party.objects.get(pk="cn-yunnan"), double=double, actor=officer, reason="Trùng")
    assert found(officer, "cn-yunnan") == found(officer, "cn-van-nam") == {province_, twice}
    assert found(officer, "cn-yunnan", below=True) == {province_, twice, county}


def test_ties_know_the_book_so_that_other_books_are_never_read(officer):  # noqa: F811
    record = visit(officer, "la-phongsaly", LATELY)
    assert set(RecordTie.objects.filter(record=record).values_list("book", flat=True)) == {"lai-chau"}
    scope = dossier.scope_of("la-phongsaly")
    plan = (
        dossier.records_with(officer, scope).explain()
        if connection.vendor == "sqlite"
        else "record_tie_code_book"
    )
    assert "record_tie_code_book" in plan


def test_private_trips_are_nobodys_relation(officer):  # noqa: F811
    trip = create(
        outbound(kind="personal", partner_code="la-phongsaly", members=()),
        office_code="lc-dofa",
        actor=officer,
    )
    assert trip not in found(officer, "la-phongsaly")


def test_promises_are_counted_by_side_and_by_whether_they_were_kept_in_time(officer):  # noqa: F811
    due = dt.date(2025, 6, 30)
    promise(officer, "Mở, quá hạn", due)
    promise(officer, "Mở, phía bạn", side=CommitmentSide.THEIRS)
    promise(officer, "Đúng hẹn", due, done=due)
    promise(officer, "Muộn một ngày", due, done=due + dt.timedelta(days=1))
    promise(officer, "Không định ngày", done=DAY)
    promise(officer, "Của đối tác khác", party="cn-yunnan")
    tally = dossier.tally_of(dossier.promises_with(officer, dossier.scope_of("la-phongsaly")), DAY)
    assert (tally.open_ours, tally.open_theirs, tally.late) == (1, 1, 1)
    assert (tally.kept, tally.in_time, tally.all) == (3, 2, 5)


def test_dealings_of_many_partners_cost_the_same_as_of_one(officer):  # noqa: F811
    visit(officer, "la-phongsaly", LATELY)
    visit(officer, "cn-jinping", LATELY)
    visit(officer, "cn-jinping", dt.date(2025, 5, 5))
    visit(officer, "cn-jinping", dt.date(2024, 5, 5))
    promise(officer, "Gửi danh sách", dt.date(2025, 2, 1))
    with CaptureQueriesContext(connection) as one:
        dossier.dealings_of(officer, ["cn-jinping"], 2025)
    with CaptureQueriesContext(connection) as many:
        found_ = dossier.dealings_of(officer, ["cn-jinping", "la-phongsaly", "cn-yunnan"], 2025)
    assert len(one) == len(many)
    assert (found_["cn-jinping"].done, found_["cn-jinping"].last) == (2, LATELY)
    assert (found_["la-phongsaly"].promises, found_["la-phongsaly"].late) == (1, 1)
    assert found_["cn-yunnan"] == dossier.Dealings()


def test_pieces_come_from_families_without_a_query_for_each_record(officer):  # noqa: F811
    visit(officer, "la-phongsaly", LATELY)
    scope = dossier.scope_of("la-phongsaly")
    with CaptureQueriesContext(connection) as one:
        dossier.pieces_with(officer, scope, ("terms", "gifts", "met", "matters"))
    for day in range(1, 6):
        visit(officer, "la-phongsaly", dt.date(2025, 4, day))
    with CaptureQueriesContext(connection) as six:
        dossier.pieces_with(officer, scope, ("terms", "gifts", "met", "matters"))
    assert len(one) == len(six)
