from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel import clock
from bonphuong.kernel.uids import new_uid
from bonphuong.procedures import services
from tests.factories.procedures import province

TODAY = dt.date(2026, 4, 30)


@pytest.fixture
def today():
    """The day on which the tests of cases happen."""
    with clock.fixed(TODAY):
        yield TODAY


@pytest.fixture
def lai_chau(shipped_procedures, db, today):
    """The small province with the shipped procedures."""
    return province()


@pytest.fixture
def trip(lai_chau):
    """An outbound case of the Department of Health, just opened."""
    return services.open_case(
        record_uid=new_uid(),
        procedure_code="delegations.outbound",
        on=dt.date(2026, 3, 2),
        office_code="lc-health",
        actor=lai_chau.clerk,
    )
