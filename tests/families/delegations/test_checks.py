from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import create
from bonphuong.ledger.checks import check_ledger
from bonphuong.records.models import Record
from bonphuong.trail.acting import acting
from tests.factories.delegations import finished

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]


def codes() -> list[str]:
    return [problem.code for problem in check_ledger()]


def test_a_record_changed_behind_the_ledgers_back_is_found(officer):
    record = create(finished(dt.date(2025, 5, 8), 9), office_code="lc-dofa", actor=officer)
    assert codes() == []
    with acting(actor=None, verb="system.test"):
        Delegation.objects.filter(pk=record.pk).update(actual_heads=8)
    assert codes() == ["replay"]


def test_a_record_that_vanished_is_found(officer):
    record = create(finished(dt.date(2025, 5, 8), 9), office_code="lc-dofa", actor=officer)
    with acting(actor=None, verb="system.test"):
        Record.objects.filter(pk=record.pk).delete()
    assert codes() == ["orphan"]
