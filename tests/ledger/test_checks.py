from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import BookHead, Closing, Coverage, Fact, Posting, Statement
from bonphuong.ledger.services import close_period, declare_coverage, post_statement
from bonphuong.trail import install
from bonphuong.trail.acting import acting
from tests.factories.ledger import BOOK, draft, post

pytestmark = [pytest.mark.django_db, pytest.mark.each_case]


@pytest.fixture
def tampering():
    """The guards taken off, as somebody with the database file in hands could."""
    post(draft(on=dt.date(2025, 5, 8)))
    post(draft(on=dt.date(2025, 5, 9)))
    assert check_ledger() == []
    install.uninstall(connection)
    yield
    install.install(connection)


def codes() -> set[str]:
    install.install(connection)
    found = {problem.code for problem in check_ledger()}
    install.uninstall(connection)
    return found


@pytest.mark.usefixtures("tampering")
def test_missing_guards_are_found():
    found = check_ledger()
    assert {problem.code for problem in found} == {"guard_missing"}
    assert any("ledger_fact" in problem.place for problem in found)


@pytest.mark.parametrize("model", [Statement, Coverage, Closing])
@pytest.mark.parametrize("change", [{"seq": 9}, {"book": "x"}])
def test_a_declaration_that_was_moved_is_found(model, change):
    # Number and book of a declaration say when and where it holds.
    year = {"since": dt.date(2025, 1, 1), "until": dt.date(2025, 12, 31)}
    with acting(actor=None, verb="system.test"):
        post_statement(book=BOOK, office=BOOK, measure="outbound.groups", value=42, kind="stated", **year)
        declare_coverage(book=BOOK, office=BOOK, measures=["outbound.groups"], **year)
        close_period(book=BOOK, office=BOOK, report="annual", period="2025", **year)
    install.uninstall(connection)
    model.objects.update(**change)
    install.install(connection)
    assert {problem.code for problem in check_ledger()} == {"changed"}


@pytest.mark.usefixtures("tampering")
@pytest.mark.parametrize(
    "change",
    [{"value": 2}, {"on": dt.date(2025, 5, 7)}, {"country": "LA"}, {"book": "x"}, {"source_version": 9}],
)
def test_a_changed_fact_is_found(change):
    Fact.objects.filter(seq=1).update(**change)
    assert codes() == {"changed"}


@pytest.mark.usefixtures("tampering")
def test_a_removed_fact_is_found():
    Fact.objects.filter(seq=1).delete()
    assert codes() == {"changed"}


@pytest.mark.usefixtures("tampering")
def test_a_changed_time_is_found():
    Posting.objects.filter(seq=1).update(posted_at=1)
    assert codes() == {"changed"}


@pytest.mark.usefixtures("tampering")
def test_a_cut_tail_is_found():
    Fact.objects.filter(seq=2).delete()
    Posting.objects.filter(seq=2).delete()
    assert codes() == {"head"}


@pytest.mark.usefixtures("tampering")
def test_a_removed_middle_is_found():
    Fact.objects.filter(seq=1).delete()
    Posting.objects.filter(seq=1).delete()
    assert {"gap", "changed"} <= codes()


@pytest.mark.usefixtures("tampering")
def test_a_lost_head_is_found():
    BookHead.objects.all().delete()
    assert codes() == {"head_missing"}
