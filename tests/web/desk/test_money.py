"""Sums, years and lateness on the pages of families that deal in money."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt

import pytest

from bonphuong.families.aid.models import Aid
from bonphuong.kernel.periods import Period
from bonphuong.kit.services import create
from bonphuong.ledger.services import close_books
from bonphuong.reference.models import Currency
from tests.factories.aid import item, money
from tests.factories.reference import ExchangeRateFactory

D = dt.date


@pytest.fixture
def record(people):
    own, quote = Currency.objects.get(pk="USD"), Currency.objects.get(pk="VND")
    ExchangeRateFactory(currency=own, quote=quote, on=D(2025, 3, 1))
    sums = (money("whole_life", 70_000), money("year_plan", 1_234, year=2026))
    return create(item(D(2025, 3, 3), *sums), family="aid", office_code="lc-dofa", actor=people["canbo"])


@pytest.fixture
def client(people, at_desk):
    return at_desk(people["canbo"])


def _table(client, record):
    page = client.get(f"/records/item/{record.pk}").context["page"]
    [table] = [table for table in page.tables if table.spec.name == "sums"]
    heads = [str(label) for label, _is_number in table.heads]
    return page, [dict(zip(heads, (cell.text for cell in cells), strict=True)) for _uid, cells in table.rows]


def test_sums_are_shown_in_whole_units_and_years_plainly(client, record):
    _page, rows = _table(client, record)
    assert rows[0]["số tiền"] == "70.000"
    assert (rows[0]["quy ra đồng"], rows[0]["quy ra đô la Mỹ"]) == ("1.750.000.000", "70.000")
    assert rows[1]["năm"] == "2026"


def test_the_account_is_in_the_unit_of_the_measure_with_dong_beside(client, record):
    page, _rows = _table(client, record)
    [approved] = [one for one in page.parts.accounts if one.measure.code == "aid.approved"]
    assert (approved.total, approved.unit, approved.beside) == (70_000, "USD", ["1.750.000.000 VND"])
    written = client.get(f"/records/item/{record.pk}").content.decode()
    assert "+70.000 USD" in " ".join(written.split())


def test_a_table_saved_as_it_stands_stays_as_it_is(client, record):
    url = f"/records/item/{record.pk}/lines/sums"
    rows = client.get(url).context["rows"]
    given = {"version": str(client.get(url).context["version"]), "reason": "Xem lại"}
    for number, form in enumerate(rows.forms):
        assert not {"vnd", "usd"} & set(form.fields)
        given |= {
            f"sums-{number}-{name}": form[name].value() or "" for name in form.fields if name != "DELETE"
        }
    assert (given["sums-0-amount"], given["sums-1-year"]) == ("70.000", "2026")
    given |= {"sums-TOTAL_FORMS": str(len(rows.forms)), "sums-INITIAL_FORMS": str(len(rows.forms))}
    before = list(Aid.objects.get().sums.order_by("order").values())
    assert client.post(url, given).status_code == 302
    assert list(Aid.objects.get().sums.order_by("order").values()) == before


def test_an_act_asks_why_it_comes_late_only_when_the_ledger_does(client, people, record):
    close_books(
        actor=people["truongphong"], office="lai-chau", report="monthly", period=Period.parse("2025-10")
    )
    url = f"/records/item/{record.pk}/act/disburse"
    form = client.get(url).context["form"]
    assert form["late_reason"].is_hidden
    # What an act begins with is chosen already.
    assert form["currency"].value() == "USD"
    given = {"on": "1/10/2025", "amount": "500", "currency": "USD", "late_reason": ""}
    answer = client.post(url, given)
    assert answer.status_code == 422
    assert not answer.context["form"]["late_reason"].is_hidden
    assert set(answer.context["form"].errors) == {"late_reason"}
    assert client.post(url, {**given, "late_reason": "Nhà tài trợ báo muộn"}).status_code == 302
    assert Aid.objects.get().sums.filter(series="disbursed").count() == 1
