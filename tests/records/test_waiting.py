"""What waits for whom, who hears of it, and the mail of the day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.accounts.enums import Role
from bonphuong.kernel import clock
from bonphuong.notices.models import Mail, Notice
from bonphuong.notices.queries import unread_count
from bonphuong.papers.enums import SigningMode
from bonphuong.procedures.enums import Answer, BodyKind, Standing
from bonphuong.procedures.models import Procedure
from bonphuong.procedures.services import Body, Reply
from bonphuong.records import services
from bonphuong.records.enums import Visibility, WaitingKind
from bonphuong.records.models import Record
from bonphuong.records.opinions import asked_by, asked_of, visible_opinion
from bonphuong.records.services import CommitmentDraft
from bonphuong.records.waiting import waiting_for
from bonphuong.trail.acting import acting
from tests.factories.accounts import DepartmentFactory, officer_of
from tests.factories.papers import PaperFactory
from tests.factories.procedures import AuthorityFactory

APRIL_1 = dt.date(2026, 4, 1)
QUESTION = "Đề nghị cho ý kiến về nội dung chuyến đi"


@pytest.fixture
def trip(lai_chau, draft):
    """A trip of the Department of Health, just asked for."""
    return services.create_header(draft(opened_on=APRIL_1), actor=lai_chau.clerk)


@pytest.fixture
def police(lai_chau):
    """The Police with people in the desk."""
    office = DepartmentFactory(code="lc-police", belongs_to=lai_chau.root, name_vi="Công an tỉnh Ví Dụ")
    return officer_of(office, Role.OFFICER, full_name="Vàng Văn Thử")


def advance(record, code, actor, **options):
    given = {"on": APRIL_1, "expected_version": record.version, "actor": actor}
    services.advance(record, code, **{**given, **options})


def to_decision(record, people):
    advance(record, "submit", people.clerk)
    advance(record, "take_in", people.officer)
    advance(record, "send_up", people.officer)


def kinds(user):
    return [item.kind for item in waiting_for(user)]


def told(user):
    return [
        (notice.kind, notice.read_at is None)
        for notice in Notice.objects.filter(user=user).order_by("at", "pk")
    ]


def ask(record, people, *bodies, **options):
    given = {"question": QUESTION, "on": APRIL_1, "actor": people.officer}
    return services.ask_opinions(record, bodies, **{**given, **options})


# --- waiting ----------------------------------------------------------------------------------------


def test_each_step_waits_at_its_own_desk(trip, lai_chau):
    assert (kinds(lai_chau.clerk), kinds(lai_chau.leader)) == ([WaitingKind.DESK], [])
    to_decision(trip, lai_chau)
    item = waiting_for(lai_chau.leader)[0]
    assert (item.kind, item.record, item.way.code, item.since) == (
        WaitingKind.DECIDE,
        trip,
        "approve",
        APRIL_1,
    )
    assert (kinds(lai_chau.clerk), kinds(lai_chau.stranger)) == ([], [])


def test_a_returned_record_waits_for_its_owner(trip, lai_chau):
    advance(trip, "submit", lai_chau.clerk)
    advance(trip, "return_for_revision", lai_chau.officer, note="thiếu thư mời")
    assert kinds(lai_chau.clerk) == [WaitingKind.RETURNED]


def test_a_decision_waits_for_whoever_holds_the_authority(trip, lai_chau):
    AuthorityFactory(holder=lai_chau.head, mode=SigningMode.TUQ)
    to_decision(trip, lai_chau)
    assert WaitingKind.DECIDE in kinds(lai_chau.head)


def test_an_opinion_waits_for_the_office_asked_and_then_for_those_who_asked(trip, lai_chau, police):
    ask(trip, lai_chau, Body(BodyKind.POLICE, office_code="lc-police"))
    item = waiting_for(police)[0]
    assert (item.kind, item.due_on, item.standing) == (
        WaitingKind.OPINION,
        dt.date(2026, 4, 10),
        Standing.LATE,
    )
    assert WaitingKind.CHASE in kinds(lai_chau.clerk)
    assert WaitingKind.CHASE not in [i.kind for i in waiting_for(lai_chau.clerk, dt.date(2026, 4, 10))]


def test_commitments_wait_for_the_office_that_leads(lai_chau):
    promise = CommitmentDraft("Gửi danh sách", "lc-health", due_on=dt.date(2026, 5, 5))
    services.add_commitment(promise, actor=lai_chau.clerk)
    services.add_commitment(
        CommitmentDraft("Việc còn xa", "lc-health", due_on=dt.date(2026, 6, 5)), actor=lai_chau.clerk
    )
    item = waiting_for(lai_chau.clerk)[0]
    assert (kinds(lai_chau.clerk), item.days_left, item.is_masked) == ([WaitingKind.COMMITMENT], 5, True)
    assert kinds(lai_chau.leader) == []


def test_what_is_late_comes_first(trip, lai_chau, police):
    ask(trip, lai_chau, Body(BodyKind.POLICE, office_code="lc-police"))
    ask(trip, lai_chau, Body(BodyKind.POLICE, text="Ai đó"), on=dt.date(2026, 4, 29))
    assert waiting_for(lai_chau.clerk)[0].standing is Standing.LATE


def test_a_stranger_waits_for_nothing(trip, lai_chau):
    assert waiting_for(lai_chau.stranger) == []


def test_a_double_and_a_closed_record_wait_for_nobody(trip, lai_chau, draft):
    other = services.create_header(draft(opened_on=APRIL_1), actor=lai_chau.clerk)
    services.mark_duplicate(other, trip, expected_version=1, actor=lai_chau.officer, reason="trùng")
    assert [item.record for item in waiting_for(lai_chau.clerk)] == [trip]
    services.strike_header(trip, expected_version=trip.version, actor=lai_chau.clerk)
    assert waiting_for(lai_chau.clerk) == []


def test_many_things_cost_no_more_queries_than_one(lai_chau, draft, police):
    def cost():
        lai_chau.clerk.forget_access()
        with CaptureQueriesContext(connection) as found:
            waiting_for(lai_chau.clerk)
        return len(found)

    def enter():
        record = services.create_header(draft(opened_on=APRIL_1), actor=lai_chau.clerk)
        ask(record, lai_chau, Body(BodyKind.POLICE, office_code="lc-police"))

    enter()
    one = cost()
    for _n in range(4):
        enter()
    assert cost() == one


# --- who hears ---------------------------------------------------------------------------------------


def test_the_next_desk_hears_and_what_is_over_goes_off(trip, lai_chau):
    advance(trip, "submit", lai_chau.clerk)
    assert told(lai_chau.officer) == [("waiting", True)]
    assert (unread_count(lai_chau.head), unread_count(lai_chau.clerk)) == (1, 0)
    advance(trip, "take_in", lai_chau.officer)
    # Taken in at the same desk: nobody is told anew, and the notice no longer stands.
    assert told(lai_chau.officer) == [("waiting", False)]
    advance(trip, "send_up", lai_chau.officer)
    assert told(lai_chau.leader) == [("waiting", True)]


def test_the_owner_hears_of_a_return_with_its_reason_and_of_the_decision(trip, lai_chau):
    advance(trip, "submit", lai_chau.clerk)
    advance(trip, "return_for_revision", lai_chau.officer, note="thiếu thư mời")
    assert Notice.objects.get(user=lai_chau.clerk).params["reason"] == "thiếu thư mời"
    advance(trip, "resubmit", lai_chau.clerk)
    advance(trip, "take_in", lai_chau.officer)
    advance(trip, "send_up", lai_chau.officer)
    advance(
        trip,
        "approve",
        lai_chau.leader,
        paper_uids=[PaperFactory(kind="decision", office_code="lai-chau").pk],
    )
    assert told(lai_chau.clerk) == [("returned", False), ("decided", True)]


def test_whoever_holds_an_authority_hears_too(trip, lai_chau):
    AuthorityFactory(holder=lai_chau.head)
    to_decision(trip, lai_chau)
    assert ("waiting", True) in told(lai_chau.head)


def test_nobody_hears_of_a_record_that_they_may_not_see(lai_chau, draft):
    private = services.create_header(
        draft(visibility=Visibility.PERSONAL, opened_on=APRIL_1, title="Về thăm thân nhân"),
        actor=lai_chau.clerk,
    )
    advance(private, "submit", lai_chau.clerk)
    advance(private, "return_for_revision", lai_chau.officer, note="thiếu đơn")
    # The clerk may not see private trips once entered; the officers of the focal agency may.
    assert told(lai_chau.clerk) == []
    assert told(lai_chau.head) == [("waiting", False)]
    assert "thăm thân" not in str(list(Notice.objects.values_list("params", flat=True)))


def test_an_office_asked_hears_sees_the_record_and_answers(trip, lai_chau, police):
    assert not Record.objects.visible_to(police).exists()
    (opinion,) = ask(trip, lai_chau, Body(BodyKind.POLICE, office_code="lc-police"))
    assert told(police) == [("opinion_asked", True)]
    assert list(Record.objects.visible_to(police)) == [trip]
    assert (
        Notice.objects.get(user=police).text == f"Sở Y tế tỉnh Lai Châu xin ý kiến anh chị về {trip.number}"
    )
    reply = Reply(on=dt.date(2026, 4, 2), answer=Answer.AGREE)
    services.answer_opinion(opinion, reply, expected_version=1, actor=police)
    assert (told(police), told(lai_chau.officer)) == (
        [("opinion_asked", False)],
        [("opinion_answered", True)],
    )
    assert kinds(police) == []


def test_a_question_withdrawn_hides_the_record_again(trip, lai_chau, police):
    (opinion,) = ask(trip, lai_chau, Body(BodyKind.POLICE, office_code="lc-police"))
    services.withdraw_opinion(
        opinion, on=APRIL_1, reason="đổi nội dung", expected_version=1, actor=lai_chau.officer
    )
    assert told(police) == [("opinion_asked", False), ("opinion_withdrawn", True)]
    assert not Record.objects.visible_to(police).exists()


def test_an_office_asked_about_a_private_trip_sees_the_question_only(lai_chau, draft, police):
    private = services.create_header(
        draft(visibility=Visibility.PERSONAL, opened_on=APRIL_1), actor=lai_chau.clerk
    )
    (opinion,) = ask(private, lai_chau, Body(BodyKind.POLICE, office_code="lc-police"))
    found = visible_opinion(police, opinion.pk)
    assert (found.record, found.opinion.question) == (None, QUESTION)
    assert [one.record for one in asked_of(police)] == [None]
    assert asked_by(lai_chau.clerk) == []
    assert waiting_for(police)[0].is_masked


# --- the mail of the day -----------------------------------------------------------------------------


def addressed(user):
    with acting(actor=None, verb="system.test"):
        user.email = f"{user.username}@example.org"
        user.save()


def test_one_letter_a_day_says_what_waits(trip, lai_chau, today):
    addressed(lai_chau.clerk)
    addressed(lai_chau.leader)
    assert (services.write_digests(), services.write_digests()) == (1, 0)
    letter = Mail.objects.get()
    assert (letter.user, letter.subject) == (lai_chau.clerk, "Bốn Phương, 30/04/2026: 1 việc chờ anh chị")
    assert trip.title in letter.body
    with clock.fixed(dt.date(2026, 5, 1)):
        assert services.write_digests() == 1


def test_a_letter_speaks_the_readers_language(trip, lai_chau):
    lai_chau.clerk.language = "en"
    addressed(lai_chau.clerk)
    services.write_digests()
    assert Mail.objects.get().subject == "Bốn Phương, 30 Apr 2026: 1 thing waits for you"


def test_a_private_trip_goes_by_its_number(lai_chau, draft):
    private = services.create_header(
        draft(visibility=Visibility.PERSONAL, opened_on=APRIL_1, title="Về thăm thân nhân"),
        actor=lai_chau.clerk,
    )
    advance(private, "submit", lai_chau.clerk)
    for person in (lai_chau.officer, lai_chau.clerk):
        addressed(person)
    assert services.write_digests() == 1
    letter = Mail.objects.get()
    assert (letter.user, private.number in letter.body, "thăm thân" in letter.body) == (
        lai_chau.officer,
        True,
        False,
    )


def test_whoever_has_no_address_or_no_account_any_more_gets_none(trip, lai_chau):
    addressed(lai_chau.clerk)
    with acting(actor=None, verb="system.test"):
        lai_chau.clerk.is_active = False
        lai_chau.clerk.save()
    assert services.write_digests() == 0


# --- another version ---------------------------------------------------------------------------------


def newer(code):
    """A second version of a procedure, the same but for its number."""
    old = Procedure.objects.get(code=code)
    with acting(actor=None, verb="system.test"):
        new = Procedure.objects.get(pk=old.pk)
        new.pk, new.version, new.valid_from = None, 2, APRIL_1
        new.save()
        for state in old.states.all():
            state.pk, state.procedure, state.phase = None, new, None
            state.save()


def test_a_record_follows_its_case_to_another_version(trip, lai_chau):
    newer("delegations.outbound")
    version = trip.version
    services.move_record_to_version(
        trip, 2, expected_version=version, actor=lai_chau.head, reason="Quy trình mới"
    )
    assert (trip.state, trip.version, Record.objects.get(pk=trip.pk).version) == (
        "draft",
        version + 1,
        version + 1,
    )


def test_all_that_runs_is_moved_at_once(trip, lai_chau, draft):
    services.create_header(draft(opened_on=APRIL_1), actor=lai_chau.clerk)
    newer("delegations.outbound")
    moved = services.move_records_to_version(
        "delegations.outbound", 2, actor=lai_chau.head, reason="Quy trình mới"
    )
    again = services.move_records_to_version(
        "delegations.outbound", 2, actor=lai_chau.head, reason="Quy trình mới"
    )
    assert (moved, again) == (2, 0)
