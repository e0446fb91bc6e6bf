"""The gate of any family: each sort of cell, sums by their currency, lines, what tables demand, rows laid over records."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.uids import new_uid
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.fields import known_specs
from bonphuong.kit.queries import scheme_of
from bonphuong.kit.schema import clean_many
from bonphuong.kit.schema.ground import Ground, flag, whole
from bonphuong.kit.services import create
from bonphuong.kit.validators import table_findings
from bonphuong.records.registry import families, get_family
from tests.factories.aid import item, money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
TODAY, DAY = dt.date(2026, 11, 20), dt.date(2020, 2, 1)
LETTER = {"title": "Công hàm Mẫu", "form": "công hàm", "partner": "Tỉnh Vân Nam", "received_on": "5/3/2026"}


def gate(family, rows, officer, kind="incoming"):
    with clock.fixed(TODAY):
        return clean_many(scheme_of(family), rows, kind=kind, office_code="lc-dofa", actor=officer)


def told(cleaned):
    return [(error.column, error.message) for error in cleaned.errors]


def test_each_sort_of_cell_is_read(officer):
    [one] = gate(
        "letters",
        [{
            **LETTER, "dated_on": dt.datetime(2026, 3, 1, 8, 30), "country": "Trung Quốc", "field": "Y tế",
            "lead_office": "Sở Y tế", "needs_answer": "x", "answer_due_on": "20/3", "urgency": "",
        }],
        officer,
    )  # fmt: skip
    assert one.errors == ()
    draft = one.draft
    assert (draft.lead_office_code, draft.get("country_code"), draft.get("field_code")) == (
        "lc-health", "CN", "health",
    )  # fmt: skip
    assert (draft.get("dated_on"), draft.get("received_on")) == (dt.date(2026, 3, 1), dt.date(2026, 3, 5))
    assert (draft.get("form"), draft.get("needs_answer")) == ("note_verbale", True)
    assert (draft.get("partner_code"), draft.get("partner_text")) == ("cn-yunnan", "Tỉnh Vân Nam")
    assert draft.get("answer_due_on") == dt.date(2026, 3, 20)
    assert "urgency" not in draft.values


def test_what_cannot_be_read_is_told_by_its_column(officer):
    [one] = gate(
        "letters",
        [{**LETTER, "form": "thơ", "country": "Atlantis", "lead_office": "Sở Thử", "received_on": "31/2/2026",
          "needs_answer": "mai", "symbol": "9" * 300}],
        officer,
    )  # fmt: skip
    assert {column for column, _message in told(one)} >= {
        "form", "country", "lead_office", "received_on", "needs_answer", "symbol",
    }  # fmt: skip
    assert one.draft is None


def test_required_fields_and_late_days_to_come(officer):
    [empty] = gate("letters", [{"title": "Công hàm Mẫu"}], officer)
    assert {column for column, _message in told(empty)} >= {"form", "partner", "received_on"}
    [early] = gate("letters", [{**LETTER, "answered_on": "21/11/2026"}], officer)
    assert told(early) == [("answered_on", "Ngày này chưa tới.")]


def test_what_no_database_keeps_is_dropped_or_refused(officer):
    [one] = gate("letters", [{**LETTER, "symbol": "12\0/CV"}], officer)
    assert one.draft.get("symbol") == "12/CV"
    sums = [{"series": "approved", "amount": "4600000000000000000", "currency": "USD"}]
    row = {"title": "Dự án Mẫu", "donor": "Samaritan's Purse", "aid_kind": "Dự án", "sums": sums}
    [huge] = gate("aid", [row], officer, "item")
    assert [column for column, _message in told(huge)] == ["sums-0-amount"]


def test_numbers_that_cannot_be():
    with pytest.raises(BadValue):
        whole(-1)
    with pytest.raises(BadValue):
        whole(True)
    with pytest.raises(BadValue):
        flag("có lẽ")
    assert (whole("1.200"), whole(""), flag("có"), flag("")) == (1200, None, True, False)


def test_sums_are_in_the_smallest_unit_of_their_own_currency(officer):
    sums = [
        {"series": "approved", "amount": "1.000,5", "currency": "USD"},
        {"series": "approved", "amount": "27.300.000.000", "currency": "đồng"},
        {"series": "approved", "amount": "0,5", "currency": "VND"},
    ]
    row = {"title": "Dự án Mẫu", "donor": "Samaritan's Purse", "aid_kind": "Dự án", "sums": sums}
    [one] = gate("aid", [row], officer, "item")
    assert [column for column, _message in told(one)] == ["sums-2-amount"]
    [good] = gate("aid", [{**row, "sums": sums[:2]}], officer, "item")
    assert [line.get("amount") for line in good.draft.lines["sums"]] == [100_050, 27_300_000_000]


@pytest.mark.parametrize("family", [family.code for family in families() if family.scheme])
def test_an_empty_cell_is_nothing_in_every_field(family):
    ground, scheme = Ground("lai-chau"), scheme_of(family)
    for one in (one for kind in get_family(family).kinds for one in known_specs(scheme, kind.code)):
        found = ground.read(one, "")
        assert (one.name, len(found)) == (one.name, len(one.attrs))
        assert all(value in {"", None, False} for value in found)


def test_tables_have_the_last_word_in_words(officer):
    twice = (
        LineDraft({"since": DAY, "gate_type": "main"}),
        LineDraft({"since": DAY, "gate_type": "international"}),
    )
    gate_twice = Draft("gate", "Cửa khẩu Mẫu", "lc-dofa", {"gate_type": "main"}, {"grades": twice})
    assert [name for name, _message in table_findings(scheme_of("borders"), gate_twice)] == ["grades-1-since"]
    draft = Draft("incoming", "Công hàm Mẫu", "lc-dofa", {"sent_on": TODAY})
    assert [name for name, _message in table_findings(scheme_of("letters"), draft)] == ["sent_on"]
    huge = Draft("programme", "Chương trình Mẫu", "lc-dofa", {"year": 40_000})
    assert [name for name, _message in table_findings(scheme_of("programme"), huge)] == ["year"]
    fine = Draft("incoming", "Công hàm Mẫu", "lc-dofa", {"received_on": TODAY})
    assert table_findings(scheme_of("letters"), fine) == []


def test_a_row_over_a_record_changes_only_what_it_names_and_can_empty_a_cell(officer):
    with clock.fixed(TODAY):
        record = create(
            item(dt.date(2026, 3, 2), money("approved", 500), owner="Sở Y tế"),
            family="aid", office_code="lc-dofa", actor=officer,
        )  # fmt: skip
    named = {"record_uid": record.pk, "record_version": record.version}
    [same] = gate("aid", [{**named, "owner": "Sở Y tế"}], officer, "item")
    assert (same.changed, same.of) == ((), record.pk)
    [less] = gate("aid", [{**named, "owner": ""}], officer, "item")
    assert (less.changed, less.draft.get("owner")) == (("owner",), "")
    assert less.draft.get("approved_on") == dt.date(2026, 3, 2)
    [line] = less.draft.lines["sums"]
    assert (line.get("amount"), line.uid is None) == (50_000, False)
    [stale] = gate("aid", [{**named, "record_version": 0, "owner": "X"}], officer, "item")
    assert not stale.is_good
    [gone] = gate("aid", [{"record_uid": new_uid(), "owner": "X"}], officer, "item")
    assert not gone.is_good


def test_lines_given_as_drafts_pass_as_they_are(officer):
    row = {"title": "Dự án Mẫu", "donor": "Samaritan's Purse", "aid_kind": "Dự án"}
    [one] = gate("aid", [{**row, "sums": [LineDraft({"series": "approved", "amount": 5, "currency": "USD"})]}],
                 officer, "item")  # fmt: skip
    assert [line.get("amount") for line in one.draft.lines["sums"]] == [5]
