"""Aid from and to sheets: the headings of annexes 5 and 6, money in cells, remarks on certificates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.families.aid.scheme import COLUMNS, clean_many, create_many, prepare, update_many, with_all
from bonphuong.kernel import clock
from bonphuong.kernel.text import fold
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import create
from bonphuong.records.registry import get_family
from tests.factories.aid import donor, item, money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICE = "lc-dofa"
ROW = {
    "title": "Nước sạch bản Ví Dụ", "donor": "Samaritan's Purse", "donor_country": "Mỹ", "owner": "Sở Y tế",
    "aid_kind": "PDA", "field": "Y tế", "places_text": "các xã biên giới", "starts_on": "01/01/2026",
    "ends_on": "31/12/2026", "whole_life_usd": "120.000 USD", "slice_usd": 60000, "decision_number": "77/QĐ-UBND",
    "approved_on": "05/02/2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day():
    with clock.fixed(dt.date(2026, 11, 20)):
        yield


def clean(rows, actor, kind="item"):
    return clean_many(rows, kind=kind, office_code=OFFICE, actor=actor)


def headings(kind: str) -> set[str]:
    return {fold(alias) for column in get_family("aid").columns_of(kind) for alias in column.aliases}


def test_the_annexes_are_read_by_their_own_headings():
    annex_5 = ("tên khoản", "nhà tài trợ", "quốc tịch", "chủ khoản viện trợ", "loại", "lĩnh vực", "địa bàn",
               "cam kết tổng", "cam kết năm", "giải ngân kỳ", "lũy kế", "số QĐ phê duyệt", "tình trạng")  # fmt: skip
    annex_6 = (
        "tên tổ chức",
        "quốc tịch",
        "số giấy ĐK",
        "loại giấy",
        "hạn",
        "lĩnh vực",
        "địa bàn",
        "đại diện",
    )
    assert [name for name in annex_5 if fold(name) not in headings("item")] == []
    assert [name for name in annex_6 if fold(name) not in headings("donor")] == []


def test_a_row_of_annex_5_becomes_an_item_with_its_sums(officer):
    [cleaned] = clean([ROW], officer)
    assert cleaned.errors == ()
    [record] = create_many([cleaned.draft], office_code=OFFICE, actor=officer)
    row = row_of(record)
    assert (record.state, row.aid_kind, row.donor_country, row.field_code) == (
        "approved",
        "non_project",
        "US",
        "health",
    )
    assert [(one.series, one.amount, one.currency, one.year) for one in row.sums.all()] == [
        ("whole_life", 12_000_000, "USD", None), ("year_slice", 6_000_000, "USD", 2026),
    ]  # fmt: skip


def test_money_stands_in_the_columns_and_comes_back_unchanged(officer):
    sums = (money("approved", 50_000), money("disbursed", 7_000, on=dt.date(2025, 6, 1)),
            money("disbursed", 3_000, on=dt.date(2026, 6, 1)))  # fmt: skip
    record = create(item(dt.date(2025, 5, 1), *sums), family="aid", office_code=OFFICE, actor=officer)
    rows = list(with_all().filter(pk=record.pk))
    prepare(rows)
    cells = {column.code: column.value(rows[0]) for column in COLUMNS["item"]}
    assert (cells["whole_life_usd"], cells["slice_usd"]) == (Decimal("50000.00"), None)
    assert (cells["disbursed_year_usd"], cells["disbursed_usd"]) == (Decimal("3000.00"), Decimal("10000.00"))
    assert cells["standing"] == "đã phê duyệt"


def test_the_same_file_brought_back_changes_the_one_sum(officer):
    [cleaned] = clean([ROW], officer)
    [record] = create_many([cleaned.draft], office_code=OFFICE, actor=officer)
    given = {
        "record_uid": record.pk,
        "record_version": record.version,
        "whole_life_usd": 120000,
        "slice_usd": 65000,
    }
    [again] = clean([given], officer)
    assert (again.errors, again.changed) == ((), ("sums",))
    update_many([again.draft], actor=officer, reason="Sửa theo tệp")
    assert [one.amount for one in row_of(record).sums.all()] == [12_000_000, 6_500_000]
    [same] = clean([{**given, "record_version": record.version + 1, "slice_usd": 65000}], officer)
    assert same.changed == ()


def test_several_sums_are_not_overwritten_by_one_cell(officer):
    sums = (money("whole_life", 50_000), money("whole_life", 20_000))
    record = create(item(dt.date(2025, 5, 1), *sums), family="aid", office_code=OFFICE, actor=officer)
    given = {"record_uid": record.pk, "record_version": record.version, "whole_life_usd": 60000}
    [cleaned] = clean([given], officer)
    assert cleaned.changed == ()
    assert [one.column for one in cleaned.warnings] == ["whole_life_usd"]


def test_what_is_wrong_is_told_by_cell(officer):
    rows = [
        {**ROW, "aid_kind": "cứu trợ khẩn cấp"},
        {**ROW, "whole_life_usd": "nhiều"},
        {**ROW, "donor": ""},
        {**ROW, "ends_on": "1/1/2020"},
        {**ROW, "approved_on": "1/1/2027"},
        {**ROW, "sums": [{"series": "disbursed", "amount": 5, "currency": "USD"}]},
        {**ROW, "sums": [{"series": "year_slice", "amount": 5, "currency": "USD", "year": 2027}]},
        {**ROW, "sums": [{"series": "approved", "amount": 5, "currency": "USD", "share": "other"}]},
        {**ROW, "submitted_on": "6/2/2026"},
    ]
    found = [{one.column for one in cleaned.errors} for cleaned in clean(rows, officer)]
    assert found == [
        {"aid_kind"}, {"whole_life_usd"}, {"donor"}, {"ends_on"}, {"approved_on"}, {"sums-0-on"}, {"sums-0-year"},
        {"sums-0-unit"}, {"approved_on"},
    ]  # fmt: skip


def test_unusual_things_are_remarked_on_and_stop_nothing(officer):
    create(donor(), family="aid", office_code=OFFICE, actor=officer)
    sums = [
        {"series": "approved", "amount": 50, "currency": "USD"},
        {"series": "disbursed", "amount": 60, "currency": "USD", "on": "1/6/2026"},
        {"series": "approved", "amount": 40, "currency": "USD", "share": "whole"},
    ]
    plain = {name: value for name, value in ROW.items() if not name.endswith("_usd")}
    rows = [{**plain, "sums": sums}, {**plain, "field": "Thương mại"}, {**plain, "approved_on": "5/2/2023"}]
    found = clean(rows, officer)
    assert [one.errors for one in found] == [(), (), ()]
    assert [len(one.warnings) for one in found] == [2, 1, 1]


def test_a_certificate_longer_than_its_decree_allows_is_remarked_on(officer):
    given = {
        "title": "Quỹ Ví Dụ", "certificate_kind": "Đăng ký hoạt động", "certificate_number": "1/CNV",
        "certificate_from": "1/3/2024", "certificate_to": "1/3/2028",
    }  # fmt: skip
    [cleaned] = clean([given], officer, "donor")
    assert [one.column for one in cleaned.warnings] == ["certificate_to"]
    assert "NĐ 58/2022/NĐ-CP" in cleaned.warnings[0].message
    [record] = create_many([cleaned.draft], office_code=OFFICE, actor=officer)
    assert (row_of(record).donor_text, record.state) == ("Quỹ Ví Dụ", "active")


def test_many_rows_take_a_bounded_number_of_queries(officer, django_assert_max_num_queries):
    rows = [{**ROW, "title": f"Khoản Mẫu {n}"} for n in range(60)]
    with django_assert_max_num_queries(90):
        drafts = [one.draft for one in clean(rows, officer)]
        create_many(drafts, office_code=OFFICE, actor=officer)
