"""Two people on one record: one step, one conflict, whatever the database."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from copy import copy

import pytest
from django.db import connection

from bonphuong.kernel import clock
from bonphuong.kernel.errors import Conflict
from bonphuong.kernel.uids import new_uid
from bonphuong.procedures import services
from bonphuong.procedures.models import Case, Step
from tests.factories.procedures import province


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_takes_the_step():
    day = dt.date(2026, 4, 30)
    with clock.fixed(day):
        services.load_procedures()
        people = province()
        case = services.open_case(
            record_uid=new_uid(),
            procedure_code="delegations.outbound",
            on=day,
            office_code="lc-health",
            actor=people.clerk,
        )

    def submit(seen):
        try:
            with clock.fixed(day):
                services.take(seen, "submit", on=day, actor=people.officer)
        except Conflict:
            return "conflict"
        else:
            return "taken"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        outcomes = list(pool.map(submit, [copy(case) for _n in range(6)]))
    assert sorted(outcomes) == ["conflict"] * 5 + ["taken"]
    assert (Case.objects.get().version, Step.objects.count()) == (2, 1)
