"""A large sheet is entered in a thread of its own, with a connection of its own."""

import pytest

from bonphuong.accounts.models import User
from bonphuong.intake import services
from bonphuong.intake.rules import is_worked_on
from bonphuong.intake.tasks import post_behind
from bonphuong.ledger.checks import check_ledger
from bonphuong.records.models import Record
from tests.families.conftest import load_province
from tests.intake.test_tasks import stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(db) -> User:
    load_province()
    return User.objects.get(username="canbo")


def test_rows_are_entered_behind_the_page(officer):
    batch = stage(officer)
    post_behind(batch, actor=officer, reason="Nhập sổ").join(60)
    batch.refresh_from_db()
    assert (batch.status, batch.posted, batch.aim, batch.trouble) == ("posted", 3, 3, "")
    assert (is_worked_on(batch), Record.objects.count(), check_ledger()) == (False, 3, [])


def test_what_stops_it_is_said_beside_the_sheet(officer):
    batch = stage(officer)
    services.set_mapping(batch, {"D": ""}, actor=officer)
    post_behind(batch, actor=officer, reason="Nhập sổ").join(60)
    batch.refresh_from_db()
    assert (is_worked_on(batch), batch.status, Record.objects.count()) == (False, "staged", 0)
    assert "Số người" in batch.trouble
