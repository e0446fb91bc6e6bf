"""What keeps pages quick: few queries, answered by indexes, and little to send. Times are measured in `bench`."""

import datetime as dt
import gzip
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create, create_many
from bonphuong.records.models import Record, is_guest
from bonphuong.web.desk.forms.records import RecordFilter
from bonphuong.web.desk.pages.delegations import shelf
from bonphuong.web.desk.pages.ordering import order_of
from bonphuong.web.desk.pages.waiting import keep_count
from tests.factories.delegations import finished, inbound

D = dt.date
MOST_BYTES = 150_000


@pytest.fixture
def register(people):
    drafts = [finished(D(2025, 3, 3 + n), 5, head_name=f"Mẫu {n}") for n in range(3)]
    return create_many(drafts, office_code="lc-dofa", actor=people["canbo"])


def _queries(client, address):
    client.get(address)
    cache.clear()
    # The number beside the desk in the frame is counted once a minute, not by each page.
    keep_count(User.objects.get(pk=client.session["_auth_user_id"]), 0)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in caught]


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/", 70),
        ("/delegations/", 24),
        ("/delegations/?kind=outbound", 28),
        ("/delegations/?kind=outbound&period=2025&country=LA&more=1", 34),
        ("/records/aid/", 22),
        ("/records/agreements/?flag=late", 22),
        ("/records/", 40),
    ],
)
def test_pages_ask_little_of_the_database(register, people, at_desk, page, most):
    assert len(_queries(at_desk(people["canbo"]), page)) <= most


def test_a_record_asks_little_of_the_database(register, people, at_desk):
    address = reverse("desk:delegation", args=[register[0].pk])
    assert len(_queries(at_desk(people["canbo"]), address)) <= 70


def test_counts_of_a_list_are_one_query_and_are_kept_until_something_changes(register, people, at_desk):
    client = at_desk(people["canbo"])
    counting = [
        sql for sql in _queries(client, "/delegations/?kind=outbound") if "COUNT(" in sql and "n_late" in sql
    ]
    assert len(counting) == 1
    with CaptureQueriesContext(connection) as caught:
        client.get("/delegations/?kind=outbound")
    assert not [query for query in caught if "n_late" in query["sql"]]
    create(finished(D(2025, 5, 5), 4, head_name="Mới"), office_code="lc-dofa", actor=people["canbo"])
    assert client.get("/delegations/?kind=outbound").context["page"].count == 4


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole, as it should"
)
@pytest.mark.parametrize("order", ["", "oldest"])
def test_a_page_of_a_list_comes_out_of_its_index_in_order(register, people, order):
    wanted = RecordFilter(kind="outbound", order=order)
    [rows] = shelf().parts(people["canbo"], wanted)
    plan = order_of(order).sort(wanted.narrow(rows))[:51].explain()
    assert "record_list" in plan
    assert "USE TEMP B-TREE" not in plan


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole, as it should"
)
def test_what_is_due_comes_out_of_its_index(register, people):
    rows = Record.objects.visible_to(people["canbo"]).live().filter(due_on__lte=D(2026, 1, 1))
    assert "record_due" in rows.order_by("due_on").explain()


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole, as it should"
)
def test_counts_need_the_index_alone(register, people):
    wanted = RecordFilter()
    [rows] = shelf().parts(people["canbo"], wanted)
    assert "COVERING INDEX record_list" in rows.order_by().values("kind", "state", "due_on").explain()


def _sent(client, address):
    """The bytes of a page and of all that it names, as they go over the line."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    sent = len(answer.content)
    page = (
        gzip.decompress(answer.content).decode()
        if answer.headers.get("content-encoding") == "gzip"
        else answer.content.decode()
    )
    named = {found.split("#")[0] for found in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    assert any(name.endswith("components.css") for name in named)
    for name in named:
        asset = client.get(name, headers={"accept-encoding": "gzip"})
        body = b"".join(asset.streaming_content) if asset.streaming else asset.content
        assert asset.status_code == 200, name
        sent += len(body)
    return sent


@pytest.mark.parametrize("page", ["/", "/delegations/", "/records/aid/"])
def test_a_first_visit_sends_little(register, people, at_desk, page):
    assert _sent(at_desk(people["canbo"]), page) < MOST_BYTES


@pytest.fixture
def shown(people):
    """A visit of another province that names our department as a host."""
    office = people["canbo.laocai"].access().holdings[0].office
    draft = inbound(D(2025, 3, 4), lead_office_code=office, cohosts=("lc-dofa",), head_name="Khách")
    return create(draft, office_code=office, actor=people["canbo.laocai"])


def test_what_another_book_shows_stands_in_the_list_in_its_place(register, shown, people, at_desk):
    page = at_desk(people["canbo"]).get("/delegations/").context["page"]
    assert page.count == 4
    assert [row.record.pk for row in page.rows] == [
        register[2].pk,
        *sorted([register[1].pk, shown.pk], reverse=True),
        register[0].pk,
    ]
    oldest = at_desk(people["canbo"]).get("/delegations/?sort=oldest").context["page"]
    assert [row.record.pk for row in oldest.rows] == [row.record.pk for row in reversed(page.rows)]


def test_whoever_is_shown_nothing_is_not_a_guest(register, shown, people):
    assert [is_guest(people[name]) for name in ("canbo", "canbo.hunghi")] == [True, False]
    assert Record.objects.visible_to(people["canbo"]).filter(pk=shown.pk).exists()
    assert not Record.objects.visible_to(people["canbo.hunghi"]).filter(pk=shown.pk).exists()


@pytest.mark.parametrize("mark", ["khong-phai", ".", "2025-13-45.x", "2025-01-01.khong"])
def test_a_mark_that_cannot_be_read_begins_the_list_anew(register, people, at_desk, mark):
    assert len(at_desk(people["canbo"]).get("/delegations/", {"after": mark}).context["page"].rows) == 3
