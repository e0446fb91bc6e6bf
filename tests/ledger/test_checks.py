from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import BookHead, Fact, Posting
from bonphuong.trail import install
from tests.factories.ledger import draft, post

pytestmark = pytest.mark.django_db


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
