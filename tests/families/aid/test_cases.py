"""The hand-worked cases of aid (C19, C20, C25), each as it is written there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.aid.scheme import clean_many
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import create, create_many
from tests.factories.aid import item, money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICE = "lc-dofa"


def value(
    indicator: str, period: str = "2026", office: str | None = "lai-chau", cutoff=Cutoff.CALENDAR
) -> Decimal:
    found = figure(FigureRequest(indicator, office, Period.parse(period, cutoff)))
    return found.value if found.value is not None else Decimal(0)


def nine_and_nineteen():
    """Nine new items of USD 1,000,000 with a slice of 600,000, nineteen carried over with one of 570,000."""
    new = [
        item(
            dt.date(2026, month, 10),
            money("whole_life", 1_000_000 // 9 + (1_000_000 % 9 if month == 1 else 0)),
            money("year_slice", 600_000 // 9 + (600_000 % 9 if month == 1 else 0), year=2026),
            *([money("disbursed", 150_000, on=dt.date(2026, 8, 3))] if month == 1 else []),
            title=f"Khoản mới Mẫu {month}",
        )
        for month in range(1, 10)
    ]
    carried = [
        item(
            dt.date(2024, 5, 1 + n),
            money("whole_life", 90_000),
            money("year_slice", 30_000, year=2026),
            title=f"Khoản chuyển tiếp Mẫu {n}",
        )
        for n in range(19)
    ]
    return [*new, *carried]


@pytest.mark.parametrize("cutoff", [Cutoff.CALENDAR, Cutoff.STATUTORY])
def test_c19_slices_and_approvals_stand_beside_one_another(officer, cutoff):
    with clock.fixed(dt.date(2026, 11, 20)):
        create_many(nine_and_nineteen(), family="aid", office_code=OFFICE, actor=officer)
        assert value("aid.committed_year", cutoff=cutoff) == 1_170_000
        assert value("aid.committed_year.new", cutoff=cutoff) == 600_000
        assert value("aid.committed_year.carried", cutoff=cutoff) == 570_000
        assert value("aid.approved", cutoff=cutoff) == 1_000_000
        assert value("aid.disbursed.new", cutoff=cutoff) == 150_000
        assert value("aid.disbursed_share.new", cutoff=cutoff) == 25
        assert value("aid.items", cutoff=cutoff) == 9
        assert value("aid.running", cutoff=cutoff) == 28


def test_c20_a_province_counts_its_share_and_the_nation_the_whole_once(officer):
    neighbour = User.objects.get(username="canbo.laocai")
    day = dt.date(2026, 4, 2)
    ours = item(
        day,
        money("approved", 40_000),
        money("approved", 120_000, share="whole"),
        money("approved", 40_000, share="other", unit_code="vn-lao-cai-2025"),
        money("approved", 40_000, share="other", unit_code="vn-dien-bien"),
    )
    theirs = item(
        day,
        money("approved", 80_000),
        money("approved", 120_000, share="whole"),
        lead_office_code="lcai-dofa",
    )
    with clock.fixed(dt.date(2026, 11, 20)):
        create(ours, family="aid", office_code=OFFICE, actor=officer)
        assert value("aid.approved") == 40_000
        create(theirs, family="aid", office_code="lcai-dofa", actor=neighbour)
        assert value("aid.approved") == 40_000
        assert value("aid.approved", office=None) == 120_000


def test_c25_both_sums_are_kept_and_the_rate_is_remarked_on(officer):
    given = {
        "title": "Dự án Thử", "donor": "Samaritan's Purse", "aid_kind": "Dự án", "approved_on": "2/4/2026",
        "sums": [{
            "series": "whole_life", "amount": "1.000.000", "currency": "USD", "rate": "25.000",
            "rate_source": "tỷ giá báo cáo", "stated_vnd": "27.300.000.000",
        }],
    }  # fmt: skip
    with clock.fixed(dt.date(2026, 11, 20)):
        [cleaned] = clean_many([given], kind="item", office_code=OFFICE, actor=officer)
        assert cleaned.errors == ()
        [remark] = [one for one in cleaned.warnings if one.column.startswith("sums")]
        assert "27.300" in remark.message
        assert "25.000" in remark.message
        record = create(cleaned.draft, family="aid", office_code=OFFICE, actor=officer)
    [line] = row_of(record).sums.all()
    assert (line.amount, line.vnd, line.usd, line.stated_vnd) == (
        100_000_000, 27_300_000_000, 100_000_000, 27_300_000_000,
    )  # fmt: skip


def test_a_sum_in_dong_has_its_dollars_by_the_rate_of_its_day(officer):
    sums = (
        LineDraft(
            {"series": "disbursed", "amount": 49_000_000, "currency": "VND", "on": dt.date(2025, 6, 1)}
        ),
    )
    with clock.fixed(dt.date(2026, 11, 20)):
        record = create(item(dt.date(2025, 5, 1), *sums), family="aid", office_code=OFFICE, actor=officer)
        assert value("aid.disbursed", "2025") == 2000
    [line] = row_of(record).sums.all()
    assert (line.rate, line.rate_on) == (Decimal(24500), dt.date(2025, 1, 1))
    assert line.rate_source != ""
