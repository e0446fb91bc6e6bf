"""The demonstration on PostgreSQL, from inside. On SQLite the program loads it from outside, for all who look at it."""

from __future__ import annotations

import pytest

from bonphuong.accounts.models import User
from bonphuong.config.demonstration import load, stage
from bonphuong.config.loading import load_shipped
from bonphuong.families.delegations.models import Delegation
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure, national_total
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Posting
from bonphuong.ledger.queries import moment_of
from bonphuong.records.models import Record
from bonphuong.records.queries import twins_of
from tests.config.test_demonstration import FICTION, PROVINCE, TODAY


# Each step in a transaction of its own, as there: PostgreSQL takes twice as long for all of them in one.
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_it_loads_once_on_this_database():
    load_shipped()
    with clock.fixed(stage.moment(TODAY, 12)):
        assert not load.is_loaded()
        played = load.load()
        assert played > 600
        assert load.is_loaded()
        assert check_ledger() == []
        with pytest.raises(load.NotForRealData):
            load.load()
        request = FigureRequest("inbound.groups", PROVINCE, Period.parse("2025"))
        assert (figure(request).value, figure(request).status) == (15, "recorded")
        together = FigureRequest("inbound.groups", None, Period.parse("2026"))
        twice = Record.objects.get(title__startswith="Hội Hữu nghị đối ngoại nhân dân Vân Nam")
        officer = User.objects.get(username=stage.OFFICER)
        assert [twin.office_code for twin in twins_of(officer, twice)] == [stage.FOCAL]
        # The same guests went on to the neighbour: the nation counts their journey once.
        assert national_total(together)[0] - national_total(together)[1] == 1
    last = moment_of(Posting.objects.order_by("posted_at").values_list("posted_at", flat=True).last() or 0)
    assert last < stage.moment(TODAY, 12)
    assert set(Record.objects.filter(kind="personal").values_list("visibility", flat=True)) == {"personal"}
    _everybody_is_invented()


def _everybody_is_invented():
    heads = Delegation.objects.exclude(head_name="").values_list("head_name", flat=True)
    names = {*heads, *User.objects.filter(is_demo=True).values_list("full_name", flat=True)}
    assert [name for name in names if not any(mark in name for mark in FICTION)] == []
