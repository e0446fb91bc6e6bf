from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.uids import new_uid
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures.errors import MissingPaper
from bonphuong.procedures.models import Case
from bonphuong.procedures.services import Passage
from bonphuong.records import services
from bonphuong.records.enums import PaperRole, TieKind, Visibility
from bonphuong.records.models import NumberSeries, Record, RecordPaper, RecordShare, RecordTie
from bonphuong.records.schema import Tie
from bonphuong.trail.models import Action
from tests.factories.papers import PaperFactory

MARCH_3 = dt.date(2026, 3, 3)


def finished(draft, **fields):
    decision = PaperFactory(office_code="lc-health", kind=PaperKind.DECISION)
    passage = Passage(
        "returned", on=MARCH_3, paper_uids=[decision.pk], dates={"returned": dt.date(2026, 4, 20)}
    )
    return draft(passage=passage, begins_on=dt.date(2026, 4, 16), ends_on=dt.date(2026, 4, 20), **fields)


def test_a_header_gets_number_book_case_ties_and_folded_text(lai_chau, draft):
    record = services.create_header(
        draft(words="Hội nghị thường niên", summary="Trao đổi y tế biên giới"), actor=lai_chau.clerk
    )
    assert (record.number, record.book, record.version) == ("THU-2026-001", "lai-chau", 1)
    assert (record.state, record.is_closed, record.due_on) == ("draft", False, None)
    assert record.fold == (
        "thu-2026-001 tham va lam viec tai tinh phongsaly trao doi y te bien gioi hoi nghi thuong nien tan thi thi du"
    )
    assert set(record.ties.values_list("kind", "code", "is_main")) == {
        ("country", "LA", True),
        ("party", "la-phongsaly", False),
    }
    assert Case.objects.get(pk=record.pk).office_code == "lc-health"
    assert Action.objects.latest("pk").verb == "records.record.create"


def test_a_kind_without_a_procedure_has_no_case(lai_chau, draft):
    record = services.create_header(draft(kind="note"), actor=lai_chau.clerk)
    assert (record.number, record.state, Case.objects.count()) == ("GHI-2026-001", "", 0)


def test_a_record_that_arrives_decided_stands_where_its_papers_say(lai_chau, draft):
    record = services.create_header(finished(draft), actor=lai_chau.officer)
    assert (record.state, record.due_on, record.due_rule.code) == (
        "report_due",
        dt.date(2026, 5, 5),
        "trip_report",
    )
    assert list(record.papers.values_list("role", flat=True)) == [PaperRole.DECISION]
    assert Case.objects.get(pk=record.pk).opened_on == MARCH_3


def test_numbers_run_without_gaps_by_prefix_and_year(lai_chau, draft):
    def number(**fields):
        return services.create_header(draft(**fields), actor=lai_chau.clerk).number

    assert number() == "THU-2026-001"
    assert number(kind="note") == "GHI-2026-001"
    assert number(begins_on=dt.date(2025, 6, 1), ends_on=None) == "THU-2025-001"
    assert number(begins_on=None, ends_on=None) == "THU-2026-002"
    assert number(year=2024) == "THU-2024-001"
    with pytest.raises(BadInput):
        number(title=" ")
    assert number(counts_on=dt.date(2025, 1, 2)) == "THU-2025-002"
    assert NumberSeries.objects.get(prefix="THU", year=2026).last == 2


def test_many_headers_cost_no_more_queries_than_one(lai_chau, draft, django_assert_num_queries):
    services.create_headers([finished(draft)], actor=lai_chau.officer)
    one, many = [finished(draft)], [finished(draft, shared_with=["lc-dofa"]) for _n in range(4)]
    one = [dataclasses.replace(one[0], shared_with=["lc-dofa"])]
    with CaptureQueriesContext(connection) as counted:
        services.create_headers(one, actor=lai_chau.officer)
    with django_assert_num_queries(len(counted)):
        records = services.create_headers(many, actor=lai_chau.officer)
    assert [record.number for record in records] == [f"THU-2026-00{n}" for n in (3, 4, 5, 6)]
    assert RecordPaper.objects.count() == 6


def test_the_same_tie_and_ones_own_share_are_kept_once_or_not_at_all(lai_chau, draft):
    tie = Tie(TieKind.COUNTRY, "LA")
    record = services.create_header(
        draft(ties=(tie, tie), shared_with=["lc-health", "lc-dofa", "lc-dofa"]), actor=lai_chau.clerk
    )
    assert (RecordTie.objects.count(), record.shares.get().office_code) == (1, "lc-dofa")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"ends_on": dt.date(2026, 5, 10)}, "ends_on"),
        ({"opened_on": dt.date(2026, 5, 1)}, "on"),
        ({"paper_uids": [new_uid()]}, "papers"),
        ({"opened_on": dt.date(1999, 1, 1)}, "procedure"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(lai_chau, draft, fields, field):
    with pytest.raises(BadInput) as caught:
        services.create_header(draft(**fields), actor=lai_chau.clerk)
    assert list(caught.value.errors) == [field]
    assert (Record.objects.count(), Case.objects.count(), NumberSeries.objects.count()) == (0, 0, 0)


def test_records_are_added_by_those_who_may(lai_chau, draft):
    for person in (lai_chau.leader, lai_chau.stranger):
        with pytest.raises(NotAllowed):
            services.create_header(draft(), actor=person)
    with pytest.raises(NotAllowed):
        services.create_header(finished(draft), actor=lai_chau.clerk)
    with pytest.raises(NotAllowed):
        services.create_header(draft(office_code="nowhere"), actor=lai_chau.officer)


def test_a_change_raises_the_version_and_the_text_that_finds_it(lai_chau, draft):
    record = services.create_header(draft(shared_with=["lc-dofa"]), actor=lai_chau.clerk)
    services.update_header(
        record,
        expected_version=1,
        actor=lai_chau.clerk,
        title="Thăm  tỉnh Luông Pha Băng",
        head_name="Vàng Văn Mẫu",
        visibility=Visibility.BOOK,
        ties=[Tie(TieKind.COUNTRY, "LA")],
        shared_with=[],
    )
    stored = Record.objects.get()
    assert (record.version, stored.version, stored.title) == (2, 2, "Thăm tỉnh Luông Pha Băng")
    assert stored.fold == record.fold == "thu-2026-001 tham tinh luong pha bang vang van mau"
    assert (stored.visibility, stored.begins_on) == (Visibility.BOOK, dt.date(2026, 5, 11))
    assert (RecordTie.objects.count(), RecordShare.objects.count()) == (1, 0)


def test_nothing_is_overwritten_unseen(lai_chau, draft):
    record = services.create_header(draft(), actor=lai_chau.clerk)
    seen_by_another = Record.objects.get()
    services.update_header(record, expected_version=1, actor=lai_chau.clerk, title="Một")
    with pytest.raises(Conflict):
        services.update_header(seen_by_another, expected_version=1, actor=lai_chau.officer, title="Hai")
    assert Record.objects.get().title == "Một"
    assert seen_by_another.version == 1


def test_a_change_is_checked_against_what_stays(lai_chau, draft):
    record = services.create_header(draft(), actor=lai_chau.clerk)
    with pytest.raises(BadInput) as caught:
        services.update_header(
            record, expected_version=1, actor=lai_chau.clerk, begins_on=dt.date(2026, 5, 20)
        )
    assert list(caught.value.errors) == ["ends_on"]
    with pytest.raises(NotAllowed):
        services.update_header(record, expected_version=1, actor=lai_chau.stranger, title="Ba")


def test_new_days_give_a_new_deadline(lai_chau, draft):
    decision = PaperFactory(office_code="lc-health", kind=PaperKind.DECISION)
    passage = Passage("approved", on=MARCH_3, paper_uids=[decision.pk])
    record = services.create_header(draft(passage=passage), actor=lai_chau.officer)
    assert (record.due_rule.code, record.due_on) == ("confirm_departure", dt.date(2026, 5, 14))
    services.update_header(
        record,
        expected_version=1,
        actor=lai_chau.officer,
        begins_on=dt.date(2026, 6, 1),
        ends_on=dt.date(2026, 6, 3),
    )
    assert Record.objects.get().due_on == dt.date(2026, 6, 4)
    services.update_header(
        record, expected_version=2, actor=lai_chau.officer, dates={"begins_on": dt.date(2026, 6, 2)}
    )
    assert record.due_on == dt.date(2026, 6, 5)


def test_records_taken_back_leave_only_the_trail(lai_chau, draft):
    record = services.create_header(finished(draft), actor=lai_chau.officer)
    with pytest.raises(NotAllowed):
        services.remove_records([record.pk], actor=lai_chau.stranger, reason="nhập nhầm")
    assert services.remove_records([record.pk], actor=lai_chau.officer, reason="nhập nhầm") == 1
    assert (Record.objects.count(), Case.objects.count(), RecordTie.objects.count()) == (0, 0, 0)
    assert services.create_header(draft(), actor=lai_chau.clerk).number == "THU-2026-002"


def test_a_decision_is_needed_for_a_decided_record(lai_chau, draft):
    with pytest.raises(MissingPaper):
        services.create_header(draft(passage=Passage("approved", on=MARCH_3)), actor=lai_chau.officer)


def test_nobody_hangs_up_a_paper_that_they_may_not_see(lai_chau, draft):
    # Whoever sees the record would see the paper.
    record = services.create_header(draft(), actor=lai_chau.officer)
    paper = PaperFactory(office_code="dien-bien")
    with pytest.raises(BadInput):
        services.attach_papers(record, [paper.pk], actor=lai_chau.officer)
    with pytest.raises(BadInput):
        services.create_header(draft(paper_uids=[paper.pk]), actor=lai_chau.officer)
