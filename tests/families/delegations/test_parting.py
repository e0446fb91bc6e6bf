"""Two delegations that were merged and are two after all."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.delegations.queries import with_all
from bonphuong.families.delegations.services import create, merge, unmerge
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.records.models import Record
from tests.factories.delegations import inbound
from tests.families.delegations.test_cases import OFFICE, count

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
START = dt.date(2025, 5, 12)


@pytest.fixture
def pair(officer: User) -> tuple[Record, Record]:
    kept = create(inbound(START, 8), office_code=OFFICE, actor=officer)
    union = User.objects.get(username="canbo.hunghi")
    double = create(inbound(START, 6, lead_office_code="lc-union"), office_code="lc-union", actor=union)
    merge(kept, double, expected_version=double.version, actor=officer, reason="Cùng một đoàn khách")
    return kept, Record.objects.get(pk=double.pk)


def test_each_of_the_two_counts_again_and_hosts_by_merging_are_no_hosts(officer, pair):
    kept, double = pair
    assert (count("inbound.groups", "2025"), count("inbound.cohosted", "2025", "lc-union")) == (1, 1)
    unmerge(double, expected_version=double.version, actor=officer, reason="Hai đoàn khác nhau")
    assert (count("inbound.groups", "2025"), count("inbound.person_visits", "2025")) == (2, 14)
    assert count("inbound.cohosted", "2025", "lc-union") == 0
    assert not with_all().get(pk=kept.pk).cohosts.exists()
    union = User.objects.get(username="canbo.hunghi")
    assert not Record.objects.visible_to(union).filter(pk=kept.pk).exists()


def test_a_host_that_was_there_before_stays(officer):
    kept = create(inbound(START, 8, cohosts=("lc-union",)), office_code=OFFICE, actor=officer)
    double = create(inbound(START, 8, lead_office_code="lc-union"), office_code=OFFICE, actor=officer)
    merge(kept, double, expected_version=double.version, actor=officer, reason="Trùng")
    double.refresh_from_db()
    unmerge(double, expected_version=double.version, actor=officer, reason="Không trùng")
    hosts = with_all().get(pk=kept.pk).cohosts.values_list("office_code", flat=True)
    assert list(hosts) == ["lc-union"]


def test_it_is_refused_without_a_reason_unseen_and_for_what_was_never_merged(officer, pair):
    kept, double = pair
    with pytest.raises(BadInput):
        unmerge(double, expected_version=double.version, actor=officer, reason=" ")
    with pytest.raises(BadInput):
        unmerge(kept, expected_version=kept.version, actor=officer, reason="Không trùng")
    with pytest.raises(Conflict):
        unmerge(double, expected_version=double.version - 1, actor=officer, reason="Không trùng")
    assert Record.objects.get(pk=double.pk).duplicate_of_id == kept.pk
