"""The hand-worked case that needs three provinces (C22); the others stand beside the family that they are about."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bonphuong.accounts.models import Office
from bonphuong.families.delegations.services import create
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure, national_total
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period
from bonphuong.records.enums import LinkKind
from bonphuong.records.services import link
from tests.factories.accounts import officer_of
from tests.factories.delegations import inbound

if TYPE_CHECKING:
    from decimal import Decimal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICES = {"lai-chau": "lc-dofa", "lao-cai": "lcai-dofa", "yen-bai": "yb-office"}
START = dt.date(2025, 4, 14)


def count(office: str) -> Decimal | None:
    return figure(FigureRequest("inbound.groups", office, Period.parse("2025"))).value


@pytest.mark.parametrize("pairs", [((0, 1), (0, 2)), ((0, 1), (1, 2)), ((2, 0), (1, 2), (0, 1))])
def test_c22_one_journey_through_three_provinces(pairs):
    records, people = [], []
    # Yên Bái had its own register until the end of June 2025.
    with clock.fixed(dt.date(2025, 5, 20)):
        for office in OFFICES.values():
            people.append(officer_of(Office.objects.get(pk=office)))
            draft = inbound(START, 8, lead_office_code=office)
            records.append(create(draft, office_code=office, actor=people[-1]))
        assert [count(book) for book in OFFICES] == [1, 1, 1]
        whole = FigureRequest("inbound.groups", None, Period.parse("2025"))
        heads = FigureRequest("inbound.person_visits", None, Period.parse("2025"))
        # "Receptions", and events.
        assert national_total(whole) == (3, 3)
        for one, other in pairs:
            link(records[one], records[other], LinkKind.SAME_VISIT, actor=people[one])
        assert (national_total(whole), national_total(heads)) == ((3, 1), (24, 8))
        assert [count(book) for book in OFFICES] == [1, 1, 1]
