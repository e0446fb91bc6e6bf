import pytest

from bonphuong.accounts.models import User
from bonphuong.exchange.enums import Scope
from bonphuong.exchange.models import CalendarFeed
from bonphuong.exchange.queries import feed_of_token, feeds_of, own_feed
from bonphuong.exchange.services import MOST, FeedDraft, revoke, subscribe
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action


def test_only_the_digest_of_a_secret_is_kept(officer):
    feed, token = subscribe(FeedDraft("Điện thoại"), actor=officer)
    row = CalendarFeed.objects.filter(pk=feed.pk).values().get()
    assert len(token) >= 40
    assert token not in repr(row)
    assert row["hint"] == token[-4:]
    assert feed_of_token(token) == feed
    assert Action.objects.latest("id").verb == "exchange.feed.make"


def test_a_revoked_secret_is_as_one_that_never_was(officer):
    feed, token = subscribe(FeedDraft("Điện thoại"), actor=officer)
    revoke(feed, actor=officer)
    assert feed_of_token(token) is None
    assert feed_of_token("") is None
    assert feeds_of(officer) == []


def test_nobody_else_reaches_an_address(officer):
    feed, _token = subscribe(FeedDraft("Điện thoại"), actor=officer)
    head = User.objects.get(username="truongphong")
    with pytest.raises(NotAllowed):
        revoke(feed, actor=head)
    with pytest.raises(CalendarFeed.DoesNotExist):
        own_feed(head, feed.pk)
    assert feeds_of(officer) == [feed]


def test_somebody_who_left_is_read_no_more(officer):
    _feed, token = subscribe(FeedDraft("Điện thoại"), actor=officer)
    with acting(actor=None, verb="system.command_line"):
        User.objects.filter(pk=officer.pk).update(is_active=False)
    assert feed_of_token(token) is None


def test_somebody_who_lost_the_role_is_read_no_more(officer):
    _feed, token = subscribe(FeedDraft("Đơn vị", Scope.OFFICE, "lc-health"), actor=officer)
    assert feed_of_token(token) is not None
    with acting(actor=None, verb="system.command_line"):
        officer.assignments.all().delete()
    assert feed_of_token(token) is None


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (FeedDraft(" "), "name"),
        (FeedDraft("x" * 81), "name"),
        (FeedDraft("x", "moon"), "scope"),
        (FeedDraft("x", sorts=("moon",)), "scope"),
        (FeedDraft("x", Scope.OFFICE, "lao-cai"), "office"),
        (FeedDraft("x", Scope.OFFICE), "office"),
        (FeedDraft("x", remind_days=61), "remind_days"),
        (FeedDraft("x", remind_days=-1), "remind_days"),
    ],
)
def test_what_cannot_be_is_refused(officer, draft, field):
    with pytest.raises(BadInput) as refusal:
        subscribe(draft, actor=officer)
    assert list(refusal.value.errors) == [field]


def test_a_person_has_at_most_ten_addresses(officer):
    for number in range(MOST):
        subscribe(FeedDraft(f"Máy {number}"), actor=officer)
    with pytest.raises(BadInput):
        subscribe(FeedDraft("Máy nữa"), actor=officer)


def test_who_sees_no_records_has_no_calendar(officer):
    with pytest.raises(NotAllowed):
        subscribe(FeedDraft("x"), actor=User.objects.get(username="quantri"))
