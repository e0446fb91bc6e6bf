"""Acts of aid: the year opened, disbursements, calls turned into items, certificates kept and asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation

from bonphuong.accounts.models import User
from bonphuong.families.aid.enums import Cover
from bonphuong.families.aid.flags import FLAGS
from bonphuong.families.aid.models import Aid
from bonphuong.families.aid.panels import panels
from bonphuong.families.aid.queries import Certificates, items_of_call, question_of_row
from bonphuong.families.aid.services import disburse, open_year, turn_into_item
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import correct, create, merge, take_step, undo_many, unmerge, void
from bonphuong.ledger.queries import live_facts
from bonphuong.records.models import Record
from tests.factories.aid import call, donor, item, money, relief

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICE = "lc-dofa"
TODAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _on_a_day():
    with clock.fixed(TODAY):
        yield


def enter(draft, actor):
    return create(draft, family="aid", office_code=OFFICE, actor=actor)


def counted(record) -> dict[str, int]:
    """Measure → what is live in the ledger for the record."""
    found: dict[str, int] = {}
    for fact in live_facts([record.pk]).get(record.pk, ()):
        found[fact.measure] = found.get(fact.measure, 0) + fact.value
    return {code: value for code, value in found.items() if value}


def flagged(code: str) -> set[str]:
    [flag] = [one for one in FLAGS if one.code == code]
    return set(Record.objects.filter(flag.where(TODAY), family="aid").values_list("title", flat=True))


def test_a_pledge_counts_before_approval_and_nothing_else_does(officer):
    record = enter(
        item(None, money("pledged", 70_000, on=dt.date(2026, 2, 3)), money("whole_life", 60_000)), officer
    )
    assert counted(record) == {"aid.pledged": 7_000_000}


def test_approved_goes_before_whole_life_and_neither_is_added(officer):
    sums = (money("whole_life", 120_000), money("approved", 90_000), money("counterpart", 5_000))
    record = enter(item(dt.date(2026, 5, 4), *sums), officer)
    assert counted(record) == {
        "aid.items": 1, "aid.running": 1, "aid.approved": 9_000_000, "aid.counterpart": 500_000,
    }  # fmt: skip


def test_goods_stand_for_the_value_only_where_no_sum_is(officer):
    goods = {
        "goods": (LineDraft({"goods": "Sữa", "amount": 50_000_000, "currency": "VND", "quantity": 200}),)
    }
    alone = enter(item(dt.date(2026, 5, 4), lines=goods, aid_kind="non_project"), officer)
    both = enter(item(dt.date(2026, 5, 5), money("approved", 9_000), lines=goods, title="Khoản Thử"), officer)
    assert (counted(alone)["aid.approved"], counted(alone)["aid.in_kind"]) == (200_000, 200_000)
    assert (counted(both)["aid.approved"], counted(both)["aid.in_kind"]) == (900_000, 200_000)


def test_relief_stands_apart(officer):
    goods = {"goods": (LineDraft({"goods": "Gạo", "amount": 25_000_000, "currency": "VND"}),)}
    results = {"results": (LineDraft({"text": "Hộ được giúp", "people": 300, "on": dt.date(2026, 8, 20)}),)}
    record = enter(
        relief(offered_on=dt.date(2026, 8, 1), accepted_on=dt.date(2026, 8, 3), distributed_on=dt.date(2026, 8, 9),
               lines={**goods, **results}), officer,
    )  # fmt: skip
    assert counted(record) == {
        "aid.relief_items": 1, "aid.relief": 100_000, "aid.relief_distributed": 100_000, "aid.relief_people": 300,
    }  # fmt: skip


def test_a_year_is_opened_from_its_plan_once(officer):
    planned = money("year_plan", 30_000, year=2026)
    record = enter(item(dt.date(2025, 5, 4), money("whole_life", 90_000), planned), officer)
    assert "aid.committed_year" not in counted(record)
    assert flagged("no_slice") == {"Dự án Mẫu"}
    open_year(record, {}, actor=officer)
    assert counted(record)["aid.committed_year"] == 3_000_000
    [fact] = [one for one in live_facts([record.pk])[record.pk] if one.measure == "aid.committed_year"]
    assert (fact.on, fact.slot2) == (dt.date(2026, 1, 1), "carried")
    assert flagged("no_slice") == set()
    with pytest.raises(BadInput):
        open_year(record, {}, actor=officer)


def test_a_slice_of_a_year_to_come_is_refused_and_one_without_plan_needs_a_sum(officer):
    record = enter(item(dt.date(2026, 5, 4), money("whole_life", 90_000)), officer)
    lines = {**draft_of(row_of(record)).lines, "sums": (money("year_slice", 9, year=2027),)}
    draft = replace(draft_of(row_of(record)), lines=lines)
    with pytest.raises(BadInput):
        correct(record, draft, expected_version=record.version, actor=officer, reason="Thử")
    record = enter(item(dt.date(2025, 5, 4), money("whole_life", 90_000), title="Khoản Thử"), officer)
    with pytest.raises(BadInput):
        open_year(record, {}, actor=officer)
    open_year(record, {"amount": 12_000}, actor=officer)
    assert counted(record)["aid.committed_year"] == 1_200_000


def test_a_disbursement_is_noted_by_its_day(officer):
    record = enter(item(dt.date(2026, 5, 4), money("whole_life", 90_000)), officer)
    given = {
        "on": dt.date(2026, 6, 1),
        "amount": "25000000",
        "currency": "VND",
        "source": "Giấy báo có (ví dụ)",
    }
    disburse(record, given, actor=officer)
    assert counted(record)["aid.disbursed"] == 100_000
    with pytest.raises(BadInput):
        disburse(record, {"on": dt.date(2026, 12, 1), "amount": 5}, actor=officer)
    with pytest.raises(NotAllowed):
        disburse(record, given, actor=User.objects.get(username="canbo.laocai"))


def test_a_call_becomes_an_item_and_shows_its_result_against_its_target(officer):
    target = money("target", 100_000)
    record = enter(call(dt.date(2026, 1, 15), target), officer)
    assert counted(record) == {"aid.calls": 1, "aid.calls_target": 10_000_000}
    assert flagged("nobody_approached") == {"Xây trường mầm non bản Ví Dụ"}
    made = turn_into_item(
        record, {"donor": "Plan International", "donor_kind": "foreign_ngo", "amount": 40_000}, actor=officer
    )
    row = row_of(made)
    assert (made.kind, made.state, row.donor_code, row.field_code) == (
        "item",
        "approach",
        "plan-international",
        "education",
    )
    assert counted(made) == {"aid.pledged": 4_000_000}
    assert [one.pk for one in items_of_call(record, officer)] == [made.pk]
    [panel] = panels(row_of(record), officer)
    assert "40%" in str(panel.text).replace(",0", "")


def test_certificates_are_kept_and_asked_for_the_day_of_approval(officer):
    file = enter(donor(), officer)
    assert [one.number for one in row_of(file).certificates.all()] == ["12/CNV-HĐ"]
    early = enter(item(dt.date(2023, 5, 4), title="Trước giấy"), officer)
    good = enter(item(dt.date(2026, 5, 4), title="Trong giấy"), officer)
    other = enter(item(dt.date(2026, 5, 4), title="Khác lĩnh vực", field_code="trade"), officer)
    below = {"places": (LineDraft({"unit_code": "vn-lai-chau.muong-te"}),)}
    inside = enter(item(dt.date(2026, 5, 4), title="Trong tỉnh", lines=below), officer)
    away = {"places": (LineDraft({"unit_code": "vn-dien-bien"}),)}
    outside = enter(item(dt.date(2026, 5, 4), title="Ngoài tỉnh", lines=away), officer)
    asked = Certificates("lai-chau")
    answers = {
        one.title: asked.ask(question_of_row(row_of(one), TODAY)).findings
        for one in (early, good, other, inside, outside)
    }
    assert answers == {
        "Trước giấy": (Cover.NO_CERTIFICATE,), "Trong giấy": (Cover.FITS,), "Khác lĩnh vực": (Cover.FIELD,),
        "Trong tỉnh": (Cover.FITS,), "Ngoài tỉnh": (Cover.PLACE,),
    }  # fmt: skip
    assert flagged("uncovered") == {"Trước giấy"}


def test_a_field_below_and_a_kind_are_asked_too(officer):
    enter(donor(scopes=({"field_code": "society"}, {"aid_kind": "non_project"})), officer)
    project = enter(item(dt.date(2026, 5, 4)), officer)
    question = question_of_row(row_of(project), TODAY)
    assert Certificates("lai-chau").ask(question).findings == (Cover.KIND,)
    assert Certificates("lai-chau").ask(replace(question, aid_kind="non_project")).fits
    assert Certificates("lai-chau").ask(replace(question, donor_code="", donor_text="Ai Đó")).findings == (
        Cover.NO_FILE,
    )


def test_without_lines_the_donors_own_field_is_the_scope(officer):
    file = enter(donor(scopes=(), field_code="health"), officer)
    good, other = (
        enter(item(dt.date(2026, 5, 4), title=code, field_code=code), officer) for code in ("health", "trade")
    )
    asked = Certificates("lai-chau")
    findings = [asked.ask(question_of_row(row_of(one), TODAY)).findings for one in (good, other)]
    assert findings == [(Cover.FITS,), (Cover.FIELD,)]
    draft = replace(draft_of(row_of(file)), values={**draft_of(row_of(file)).values, "field_code": ""})
    correct(file, draft, expected_version=file.version, actor=officer, reason="Chưa rõ")
    assert Certificates("lai-chau").ask(question_of_row(row_of(good), TODAY)).findings == (Cover.NO_SCOPE,)


def test_an_extension_keeps_what_was_in_force_before(officer):
    file = enter(donor(), officer)
    with clock.fixed(dt.date(2026, 10, 1)):
        take_step(
            file, "extend", on=dt.date(2026, 10, 1), expected_version=file.version, actor=officer,
            values={"certificate_number": "20/CNV-HĐ", "certificate_from": dt.date(2027, 3, 1),
                    "certificate_to": dt.date(2030, 2, 28)},
        )  # fmt: skip
    row = row_of(file)
    assert [one.number for one in row.certificates.all()] == ["12/CNV-HĐ", "20/CNV-HĐ"]
    item_ = enter(item(dt.date(2026, 5, 4)), officer)
    assert Certificates("lai-chau").ask(question_of_row(row_of(item_), TODAY)).fits
    assert counted(file) == {"aid.ngos": 1}


@pytest.mark.parametrize(
    ("left", "codes"),
    [(179, {"ending_180"}), (89, {"ending_180", "ending_90"}), (29, {"ending_180", "ending_90", "ending_30"}), (-1, {"certificate_over"})],
)  # fmt: skip
def test_certificates_are_watched_before_their_end(officer, left, codes):
    enter(donor(certificate_to=TODAY + dt.timedelta(days=left)), officer)
    watched = {"ending_180", "ending_90", "ending_30", "certificate_over"}
    assert {code for code in watched if flagged(code)} == codes


def test_a_donor_that_ended_counts_no_more(officer):
    file = enter(donor(), officer)
    assert counted(file) == {"aid.ngos": 1}
    for step in ("watch_end", "expire"):
        take_step(file, step, on=TODAY, expected_version=file.version, actor=officer)
    assert counted(file) == {}


def test_filters_find_what_they_say(officer):
    enter(item(dt.date(2025, 5, 4), money("whole_life", 9_000), ends_on=dt.date(2026, 1, 1), approved_by="ministry",
               title="Khoản cũ"), officer)  # fmt: skip
    enter(item(dt.date(2026, 5, 4), LineDraft({"series": "whole_life", "amount": 500, "currency": "CHF"}),
               title="Không tỷ giá"), officer)  # fmt: skip
    enter(item(dt.date(2026, 5, 4), money("approved", 4_000), money("approved", 9_000, share="whole"),
               title="Nhiều tỉnh"), officer)  # fmt: skip
    enter(donor(certificate_from=None, certificate_to=None, certificate_kind="", asked_on=TODAY), officer)
    assert flagged("carried_over") == {"Khoản cũ"}
    assert flagged("past_end") == {"Khoản cũ"}
    assert flagged("central") == {"Khoản cũ"}
    assert flagged("no_worth") == {"Không tỷ giá"}
    assert flagged("share") == {"Nhiều tỉnh"}
    assert flagged("running") == {"Khoản cũ", "Không tỷ giá", "Nhiều tỉnh"}
    assert flagged("opinion_waits") == {"Samaritan's Purse"}
    assert flagged("no_file") == set()
    enter(item(title="Người lạ", donor_code="", donor_text="Quỹ Giả Định"), officer)
    assert flagged("no_file") == {"Người lạ"}


def test_a_double_counts_once_and_parts_again(officer):
    one = enter(item(dt.date(2026, 5, 4), money("approved", 9_000)), officer)
    two = enter(item(dt.date(2026, 5, 4), money("approved", 9_000), title="Dự án Mẫu (nhập lại)"), officer)
    merge(one, two, expected_version=two.version, actor=officer, reason="Hai đơn vị cùng nhập")
    assert (counted(one)["aid.items"], counted(two)) == (1, {})
    two.refresh_from_db()
    unmerge(two, expected_version=two.version, actor=officer, reason="Là hai khoản")
    assert counted(two)["aid.items"] == 1


def test_struck_out_and_taken_back_stand_for_nothing(officer):
    one = enter(item(dt.date(2026, 5, 4), money("approved", 9_000)), officer)
    void(one, expected_version=one.version, actor=officer, reason="Nhập nhầm")
    two = enter(donor(), officer)
    undo_many([two.pk], family="aid", actor=officer, reason="Nhầm tệp")
    assert (counted(one), counted(two)) == ({}, {})
    assert Aid.objects.filter(pk=two.pk).exists() is False


@pytest.mark.parametrize("draft", [
    item(dt.date(2026, 5, 4), money("approved", 9_000), money("year_slice", 9_000, year=2026),
         money("disbursed", 100, on=dt.date(2026, 6, 1)), LineDraft({
             "series": "pledged", "amount": 100, "currency": "USD", "rate": 25000, "stated_vnd": 9_000_000,
             "on": dt.date(2026, 2, 2)})),
    relief(offered_on=dt.date(2026, 8, 1), accepted_on=dt.date(2026, 8, 1),
           lines={"sums": (money("pledged", 5, on=dt.date(2026, 8, 1)),)}),
    donor(), donor(certificate_to=dt.date(2026, 1, 1)), call(dt.date(2026, 1, 5), money("target", 10)),
])  # fmt: skip
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_has_its_panels(officer, draft, lang):
    record = enter(draft, officer)
    enter(donor(title="Quỹ Ví Dụ", donor_code="", donor_text="Quỹ Ví Dụ"), officer)
    with translation.override(lang):
        found = panels(row_of(record), officer)
        assert all(str(panel.label) for panel in found)
    assert found
