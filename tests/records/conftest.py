from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel import clock
from bonphuong.records import registry
from bonphuong.records.enums import TieKind
from bonphuong.records.schema import HeaderDraft, Tie
from tests.factories.procedures import province

TODAY = dt.date(2026, 4, 30)
PHONGSALY = (Tie(TieKind.COUNTRY, "LA", is_main=True), Tie(TieKind.PARTY, "la-phongsaly"))

TRIAL = registry.Family(
    code="trial",
    label="hồ sơ thử",
    plural="hồ sơ thử",
    model="records.Record",
    kinds=(
        registry.Kind("out", "đi thử", "đi thử", "THU", procedure="delegations.outbound"),
        registry.Kind("in", "đến thử", "đến thử", "DEN", procedure="delegations.inbound"),
        registry.Kind("note", "ghi thử", "ghi thử", "GHI"),
    ),
    url_name="desk:home",
)


@pytest.fixture
def today():
    """The day on which the tests of records happen."""
    with clock.fixed(TODAY):
        yield TODAY


@pytest.fixture
def trial():
    """A family of records for these tests alone."""
    registry.register(TRIAL)
    yield TRIAL
    del registry._FAMILIES["trial"]


@pytest.fixture
def lai_chau(shipped_procedures, db, today, trial):
    """The small province with the shipped procedures and the trial family."""
    return province()


@pytest.fixture
def draft():
    """A header of the Department of Health's trip to Phongsaly; what differs is given."""

    def make(**fields):
        values = {
            "family": "trial",
            "kind": "out",
            "title": "Thăm và làm việc tại tỉnh Phongsaly",
            "office_code": "lc-health",
            "begins_on": dt.date(2026, 5, 11),
            "ends_on": dt.date(2026, 5, 15),
            "head_name": "Tẩn Thị Thí Dụ",
            "ties": PHONGSALY,
        }
        return HeaderDraft(**{**values, **fields})

    return make
