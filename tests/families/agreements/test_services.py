"""Acts, filters and tables of agreements; deadlines across holidays; sheets as officers write them."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.agreements import services
from bonphuong.families.agreements.queries import FLAGS, chain_of, panels_of
from bonphuong.families.agreements.scheme import clean_many
from bonphuong.families.agreements.validators import errors_of, warnings_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import save_lines
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.records.models import Commitment, Record
from bonphuong.records.services import attach_papers, change_commitment
from tests.factories.agreements import agreement, in_force, of_district
from tests.families.agreements.moving import count, enter, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
D = dt.date
TODAY = D(2026, 11, 20)


def flagged(code: str, today: dt.date = TODAY) -> list[Record]:
    flag = next(flag for flag in FLAGS if flag.code == code)
    return list(Record.objects.filter(family="agreements").filter(flag.where(today)).order_by("number"))


def test_an_amendment_follows_what_it_amends_and_both_show_the_chain(officer):
    first = enter(in_force(D(2019, 1, 10)), officer)
    amendment = services.begin_amendment(first, {"title": ""}, actor=officer)
    row = row_of(amendment)
    assert (amendment.state, row.is_amendment, row.partner_code, row.level) == (
        "idea",
        True,
        "cn-honghe",
        "province",
    )
    second = services.begin_replacement(first, {"title": "Thỏa thuận mẫu mới"}, actor=officer)
    assert (second.title, row_of(second).is_amendment) == ("Thỏa thuận mẫu mới", False)
    assert {one.pk for one in chain_of(second, officer)} == {first.pk, amendment.pk, second.pk}
    [chain] = panels_of(row_of(second), officer)
    assert [row[0] if isinstance(row[0], str) else row[0][0] for row in chain.rows] == [
        first.number, *sorted([amendment.number, second.number]),
    ]  # fmt: skip
    clerk = User.objects.get(username="vanthu.yte")
    assert chain_of(second, clerk) == []
    with pytest.raises(NotAllowed):
        services.begin_amendment(first, {}, actor=clerk)


def test_what_follows_an_inherited_one_is_of_its_heir(officer):
    record = enter(
        of_district(inherited_on=D(2025, 7, 1), heir_office_code="lai-chau", heir_level="province"),
        officer,
        "lai-chau",
    )
    assert row_of(services.begin_replacement(record, {}, actor=officer)).level == "province"


def test_a_year_is_assessed_once_and_the_list_shows_what_waits(officer):
    with clock.fixed(TODAY):
        record = enter(in_force(D(2024, 1, 10)), officer)
        assert flagged("not_assessed") == [record]
        services.assess(record, {"year": 2025, "progress": "well"}, actor=officer)
        assert flagged("not_assessed") == [record]
        services.assess(record, {"year": 2026, "progress": "little"}, actor=officer)
        services.assess(record, {"progress": "partly", "proposal": "renew"}, actor=officer)
        assert flagged("not_assessed") == []
        lines = list(row_of(record).assessments.all())
        assert [(one.year, one.progress, one.proposal, one.office_code) for one in lines] == [
            (2025, "well", "", "lc-dofa"), (2026, "partly", "renew", "lc-dofa"),
        ]  # fmt: skip
        for wrong in ({"year": 2027, "progress": "well"}, {"year": 2025}):
            with pytest.raises(BadInput):
                services.assess(record, wrong, actor=officer)


def test_obligations_are_tracked_to_done(officer):
    with clock.fixed(TODAY):
        record = enter(in_force(D(2024, 1, 10)), officer)
        given = {
            "obligations": "Họp hằng năm\n\nTrao đổi đoàn thanh niên",
            "office": "lc-union",
            "due_on": D(2026, 1, 1),
        }
        services.oblige(record, given, actor=officer)
        owed = list(Commitment.objects.filter(record=record, kind="obligation").order_by("pk"))
        assert [(one.text, one.lead_office_code, one.party_code, one.made_on) for one in owed] == [
            ("Họp hằng năm", "lc-union", "cn-honghe", D(2024, 1, 10)),
            ("Trao đổi đoàn thanh niên", "lc-union", "cn-honghe", D(2024, 1, 10)),
        ]  # fmt: skip
        assert flagged("obligation_late") == [record]
        assert panels_of(row_of(record), officer)[-1].tone == "warn"
        for one in owed:
            change_commitment(one, expected_version=1, actor=officer, status="done", settled_on=D(2026, 1, 1),
                              evidence="Biên bản mẫu")  # fmt: skip
        assert flagged("obligation_late") == []
        assert panels_of(row_of(record), officer)[-1].tone == "good"
        with pytest.raises(BadInput):
            services.oblige(record, {"obligations": " "}, actor=officer)


def test_a_person_classifies_and_the_figures_follow(officer):
    with clock.fixed(TODAY):
        record = enter(
            agreement(kind="minutes", level="", form="memorandum", signed_on=D(2026, 3, 1)), officer
        )
        assert flagged("unclassified") == [record]
        for wrong in ({"classified_as": "minutes"}, {"classified_as": "?", "classification_reason": "x"}):
            with pytest.raises(BadInput):
                services.classify(record, wrong, actor=officer)
        said = {"classified_as": "memorandum", "classification_reason": "Không tạo nghĩa vụ"}
        services.classify(record, said, actor=officer)
        row = row_of(record)
        assert (record.state, row.classified_by, row.classified_on) == (
            "classified",
            officer.full_name,
            TODAY,
        )
        assert (count("agreements.minutes", "2026"), count("agreements.signed", "2026")) == (1, 0)
        again = {"classified_as": "agreement", "classification_reason": "Có nghĩa vụ của hai bên"}
        services.classify(record, again, actor=officer)
        assert (count("agreements.minutes", "2026"), count("agreements.signed", "2026")) == (0, 1)
        assert flagged("unclassified") == []


def test_texts_lie_side_by_side_with_their_digests(officer):
    record = enter(in_force(D(2024, 1, 10), equal_texts=True), officer)
    note = PaperNote("other", "lc-dofa", "", D(2024, 1, 10), "Thỏa thuận mẫu bản tiếng Việt")
    [paper] = note_papers([note], actor=officer)
    attach_papers(record, [paper.pk], actor=officer)
    lines = [
        LineDraft({"language": "vi", "title": "Thỏa thuận", "body": "Điều 1\nĐiều 2",
                   "reference": "Thỏa thuận mẫu bản tiếng Việt"}),
        LineDraft({"language": "zh", "title": "示例协议", "body": "第一条"}),
        LineDraft({"language": "en", "title": "Example", "is_authentic": False}),
    ]  # fmt: skip
    save_lines(record, "texts", lines, expected_version=record.version, actor=officer)
    texts = list(row_of(record).texts.all())
    assert [text.paper_uid for text in texts] == [paper.pk, None, None]
    digest = hashlib.sha256("第一条".encode()).hexdigest()
    assert [text.digest[:8] for text in texts][1:] == [digest[:8], ""]
    [panel] = panels_of(row_of(record), officer)
    assert list(panel.heads) == ["tiếng Việt", "tiếng Trung", "tiếng Anh *"]
    assert panel.rows[0] == ("Thỏa thuận", "示例协议", "Example")
    assert panel.rows[1:3] == [("Điều 1", "第一条", ""), ("Điều 2", "", "")]
    assert digest[:12] in panel.rows[3][1]


def test_parties_are_shown_as_they_were_and_as_they_are(officer):
    signatories = (
        LineDraft({"side": "theirs", "party_code": "cn-luchun", "party_text": "Lục Xuân", "name_then": "Chính quyền huyện Lục Xuân"}),
        LineDraft({"side": "ours", "unit_code": "vn-lai-chau.muong-te", "name_then": "UBND huyện Mường Tè", "signer": "Lò Mẫu"}),
        LineDraft({"side": "ours", "name_then": "Sở Kế hoạch và Đầu tư", "name_now": "Sở Tài chính"}),
    )  # fmt: skip
    record = enter(of_district(lines={"signatories": signatories}), officer, "lai-chau")
    [panel] = panels_of(row_of(record), officer)
    assert [tuple(row[1:]) for row in panel.rows] == [
        ("UBND huyện Mường Tè", "Lai Châu", "Lò Mẫu"),
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", ""),
        ("Chính quyền huyện Lục Xuân", "Lục Xuân", ""),
    ]
    step(record, "inherit", D(2025, 7, 1), officer, inherited_from="UBND huyện Mường Tè",
         inherited_basis="NĐ 177/2025/NĐ-CP", heir_office="lai-chau", heir_level="province")  # fmt: skip
    held = panels_of(row_of(record), officer)[0]
    assert [(row[0], row[1], row[4]) for row in held.rows] == [
        ("05/05/2019", "Mường Tè", ""), ("01/07/2025", "Lai Châu", "NĐ 177/2025/NĐ-CP"),
    ]  # fmt: skip


def test_ready_made_filters_find_what_waits(officer):
    with clock.fixed(TODAY):
        soon = enter(in_force(D(2022, 1, 10), expires_on=D(2027, 3, 1), title="Sắp hết hạn"), officer)
        past = enter(in_force(D(2015, 1, 10), expires_on=D(2020, 1, 10), title="Quá hạn"), officer)
        applied = enter(in_force(D(2014, 1, 10), expires_on=D(2019, 1, 10), title="Vẫn áp dụng"), officer)
        step(applied, "apply_after_expiry", D(2019, 1, 10), officer, "Hai bên vẫn áp dụng")
        endless = enter(in_force(D(2016, 1, 10), has_no_end=True, title="Không thời hạn"), officer)
        district = enter(of_district(title="Của huyện"), officer, "lai-chau")
        inherited = enter(
            of_district(title="Kế thừa", inherited_on=D(2025, 7, 1), heir_office_code="lai-chau"),
            officer,
            "lai-chau",
        )
        assert flagged("expiring") == [soon]
        assert flagged("past_its_day") == [past]
        assert flagged("expired_applied") == [applied]
        assert flagged("no_end") == [endless]
        assert flagged("district") == [district]
        assert flagged("inherited") == [inherited]


def test_overdue_opinions_and_reports_are_found(officer):
    with clock.fixed(D(2026, 2, 12)):
        asked = enter(agreement(title="Chờ ý kiến"), officer)
        for code in ("start_drafting", "consult"):
            step(asked, code, D(2026, 2, 12), officer)
        signed = enter(
            agreement(title="Chờ báo cáo", decided_on=D(2026, 1, 5), signed_on=D(2026, 1, 20)), officer
        )
    # C24: seven working days from 12 February 2026, over Tết.
    assert asked.due_on == D(2026, 3, 2)
    assert signed.due_on == D(2026, 2, 4)
    assert (flagged("consultation_late", D(2026, 3, 2)), flagged("consultation_late", D(2026, 3, 3))) == (
        [],
        [asked],
    )
    assert (flagged("report_late", D(2026, 2, 4)), flagged("report_late", D(2026, 2, 5))) == ([], [signed])


def test_an_objection_asks_for_the_prime_minister(officer):
    with clock.fixed(D(2026, 3, 2)):
        record = enter(agreement(), officer)
        for code in ("start_drafting", "consult"):
            step(record, code, D(2026, 3, 2), officer)
        step(record, "receive_opinions", D(2026, 3, 2), officer, has_objection=True)
        assert flagged("objection") == [record]
        step(record, "ask_pm", D(2026, 3, 2), officer)
        assert record.due_on == D(2026, 3, 11)
        step(record, "receive_pm_opinion", D(2026, 3, 2), officer)
    assert flagged("objection") == []


def test_expiry_is_awaited_from_the_day_written_in_the_text(officer):
    record = enter(in_force(D(2022, 1, 10), expires_on=D(2027, 3, 1)), officer)
    assert record.due_on == D(2027, 3, 1)
    step(record, "renew", D(2026, 10, 1), officer, expires_on=D(2032, 3, 1))
    assert (record.due_on, record.ends_on) == (D(2032, 3, 1), D(2032, 3, 1))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (agreement(level=""), "level"),
        (in_force(D(2024, 1, 1), expires_on=D(2023, 1, 1)), "expires_on"),
        (in_force(D(2024, 1, 1), expires_on=D(2029, 1, 1), has_no_end=True), "has_no_end"),
        (in_force(D(2024, 1, 1), ended_on=D(2023, 1, 1)), "ended_on"),
        (agreement(effective_on=D(2024, 1, 1)), "effective_on"),
        (of_district(reviewed_on=D(2025, 8, 1), inherited_on=D(2025, 7, 1)), "reviewed_on"),
        (agreement(classified_as="agreement", classified_by="Lò Mẫu"), "classification_reason"),
        (agreement(classified_as="agreement", classification_reason="x"), "classified_by"),
    ],
)
def test_what_cannot_be_is_refused(draft, field):
    assert field in {name for name, _message in errors_of(draft, TODAY)}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (agreement(form="minutes"), "form"),
        (in_force(D(2024, 1, 1), has_objection=True), "has_objection"),
        (in_force(D(2015, 1, 1), expires_on=D(2020, 1, 1)), "expires_on"),
        (in_force(D(2015, 1, 1)), "expires_on"),
        (of_district(), "level"),
        (in_force(D(2015, 1, 1), has_no_end=True, renewal="automatic"), "renewal"),
    ],
)
def test_what_is_unusual_is_said(draft, field):
    assert field in {name for name, _message in warnings_of(draft, TODAY)}


def test_annex_3_is_read_as_officers_write_it(officer):
    rows = [
        {"title": "Thỏa thuận hợp tác mẫu", "our_side": "UBND tỉnh Lai Châu", "partner": "Hồng Hà", "signed_on": "05/5/2019",
         "signed_at": "Mông Tự", "level": "cấp tỉnh", "field": "Thương mại", "form": "Bản ghi nhớ",
         "effective_on": "05/5/2019", "expires_on": "05/5/2024", "implementation": "Đang thực hiện"},
        {"title": "Thiếu cấp ký", "signed_on": "1/1/2099"},
    ]  # fmt: skip
    good, bad = clean_many(rows, kind="agreement", office_code="lc-dofa", actor=officer)
    assert good.errors == ()
    draft = good.draft
    assert (draft.get("partner_code"), draft.get("level"), draft.get("field_code"), draft.get("form")) == (
        "cn-honghe", "province", "trade", "memorandum",
    )  # fmt: skip
    assert {error.column for error in bad.errors} == {"level", "signed_on"}
