"""The sweep for what was entered twice, at the desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.parties.models import Apart, Party
from bonphuong.parties.services import create_party
from bonphuong.records.models import RecordLink
from bonphuong.records.sweeping import doubles_among
from tests.factories.delegations import inbound


@pytest.fixture
def pair(canbo):
    """C8: one visit entered by the Department and by the Union."""
    with clock.fixed(dt.date(2025, 11, 18)):
        one = create(inbound(dt.date(2025, 11, 3), 8), office_code="lc-dofa", actor=canbo)
        other = create(inbound(dt.date(2025, 11, 3), 8), office_code="lc-health", actor=canbo)
    return one, other


@pytest.fixture
def spelling(canbo):
    keep = Party.objects.get(pk="la-phongsaly")
    values = {name: getattr(keep, name) for name in ("kind", "level", "country", "parent")}
    return create_party(
        actor=canbo, code="la-phong-sa-ly-2", name_vi="Phôngsaly", name_en="Phongsali", **values
    )


def test_a_pair_is_found_and_leads_to_merging(sit, canbo, pair):
    one, other = pair
    assert [{found.one, found.other} for found in doubles_among(canbo)] == [{one, other}]
    page = sit("canbo").get(reverse("desk:doubles")).content.decode()
    assert one.number in page
    assert other.number in page


def test_two_that_are_two_are_not_offered_again(sit, canbo, pair):
    one, other = pair
    answer = sit("canbo").post(reverse("desk:doubles-apart", args=[one.pk, other.pk]))
    assert answer.status_code == 302
    assert RecordLink.objects.get().kind == "distinct"
    assert doubles_among(canbo) == []


def test_the_sweep_takes_few_queries(canbo, pair, django_assert_max_num_queries):
    canbo.access()
    with django_assert_max_num_queries(5):
        doubles_among(canbo)


def test_partners_are_merged_and_parted_again(sit, spelling):
    desk = sit("canbo")
    assert "Phôngsaly" in desk.get(reverse("desk:doubles")).content.decode()
    both = {"one": "la-phongsaly", "other": spelling.code}
    desk.post(reverse("desk:double-merge", args=["party"]), {**both, "verdict": "merge"})
    spelling.refresh_from_db()
    assert spelling.merged_into is None  # without a reason nothing happens
    desk.post(
        reverse("desk:double-merge", args=["party"]), {**both, "verdict": "merge", "reason": "một tỉnh"}
    )
    spelling.refresh_from_db()
    assert spelling.merged_into_id == "la-phongsaly"
    desk.post(reverse("desk:double-part", args=["party"]), {"double": spelling.code, "reason": "nhầm"})
    spelling.refresh_from_db()
    assert spelling.merged_into is None
    desk.post(reverse("desk:double-merge", args=["party"]), {**both, "verdict": "apart"})
    assert Apart.objects.count() == 1


@pytest.mark.parametrize("keys", [{"one": "không có", "other": "la-phongsaly"}, {}])
def test_unknown_keys_are_no_page(sit, canbo, keys):
    for kind in ("party", "person", "nobody"):
        assert sit("canbo").post(reverse("desk:double-merge", args=[kind]), keys).status_code == 404
