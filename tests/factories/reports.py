"""Definitions and editions; the factories of single rows are for their own texts only."""

from __future__ import annotations

import datetime as dt

import factory

from bonphuong.kernel.canonical import digest_of
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.reports.models import (
    BriefingBook,
    CommentReply,
    DraftEstimate,
    DraftText,
    Edition,
    EditionContent,
    EditionFile,
    FormDraft,
    ReportDefinition,
    Review,
    ReviewComment,
    Sending,
)
from tests.factories.accounts import UserFactory
from tests.factories.base import TrackedFactory
from tests.factories.papers import PaperFactory

#: The least that passes the gate: one figure, one sentence.
SMALL = {
    "title": "Đoàn ra {=period}",
    "kind": "BÁO CÁO",
    "symbol": "BC",
    "report_kind": "external_affairs",
    "figures": {"out": {"indicator": "outbound.groups", "headline": True}},
    "sections": [
        {
            "code": "out",
            "title": "Đoàn ra",
            "figures": ["out"],
            "blocks": [{"paragraph": {"when": {"some": "out"}, "say": "Có {out}."}}, {"slot": "words"}],
        }
    ],
}


class ReportDefinitionFactory(TrackedFactory[ReportDefinition]):
    class Meta:
        model = ReportDefinition
        django_get_or_create = ("code", "office_code", "office_kind", "language", "version")

    code = "small"
    office_code = ""
    office_kind = ""
    language = "vi"
    version = 1
    cutoff = "calendar"
    content = factory.LazyFunction(lambda: SMALL)
    source = "Ví dụ"


class FormDraftFactory(TrackedFactory[FormDraft]):
    class Meta:
        model = FormDraft

    office_code = "lc-dofa"
    code = "small"
    base = factory.SubFactory(ReportDefinitionFactory)
    cutoff = "calendar"
    late_rule = "carry"
    content = factory.LazyFunction(lambda: SMALL)


class EditionFactory(TrackedFactory[Edition]):
    """A draft for June 2025 of the department; another period by its code."""

    class Meta:
        model = Edition

    definition = factory.SubFactory(ReportDefinitionFactory)
    code = factory.LazyAttribute(lambda o: o.definition.code)
    cutoff = factory.LazyAttribute(lambda o: o.definition.cutoff)
    office_code = "lc-dofa"
    book = "lai-chau"
    period_code = "2025-06"
    since = factory.LazyAttribute(lambda o: Period.parse(o.period_code, Cutoff(o.cutoff)).since)
    until = factory.LazyAttribute(lambda o: Period.parse(o.period_code, Cutoff(o.cutoff)).until)


class EditionContentFactory(factory.django.DjangoModelFactory[EditionContent]):
    class Meta:
        model = EditionContent

    edition = factory.SubFactory(EditionFactory, status="signed")
    content = '{"figures":[],"records":[]}'
    digest = factory.LazyAttribute(lambda o: digest_of(o.content))
    as_of = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)
    heads = factory.LazyFunction(dict)
    signed_id = "1"
    signed_name = "Trần Minh Họa"
    signed_at = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)


class DraftTextFactory(TrackedFactory[DraftText]):
    class Meta:
        model = DraftText

    edition = factory.SubFactory(EditionFactory)
    slot = "words"
    body = "Các đoàn bám sát chương trình năm."


class DraftEstimateFactory(TrackedFactory[DraftEstimate]):
    class Meta:
        model = DraftEstimate

    edition = factory.SubFactory(EditionFactory)
    figure = "out"
    value = 45


class BriefingBookFactory(factory.django.DjangoModelFactory[BriefingBook]):
    class Meta:
        model = BriefingBook

    party_code = "la-phongsaly"
    office_code = "lc-dofa"
    book = "lai-chau"
    title = "Sổ tay làm việc: Phông Sa Lỳ"
    since = dt.date(2025, 1, 1)
    until = dt.date(2025, 12, 18)
    content = '{"sections":[]}'
    digest = factory.LazyAttribute(lambda o: digest_of(o.content))
    holds = factory.LazyFunction(
        lambda: {"records": [], "promises": [], "people": [], "offices": [], "figures": []}
    )
    as_of = dt.datetime(2025, 12, 18, tzinfo=dt.UTC)
    made_id = "1"
    made_name = "Nguyễn Thị Mẫu"
    made_at = dt.datetime(2025, 12, 18, tzinfo=dt.UTC)


class ReviewFactory(TrackedFactory[Review]):
    class Meta:
        model = Review

    edition = factory.SubFactory(EditionFactory)
    person = factory.SubFactory(UserFactory)
    due_on = dt.date(2025, 7, 5)
    asked_by = factory.SelfAttribute("person")
    asked_name = "Nguyễn Thị Mẫu"


class ReviewCommentFactory(TrackedFactory[ReviewComment]):
    class Meta:
        model = ReviewComment

    edition = factory.SubFactory(EditionFactory)
    kind = "section"
    section = "out"
    body = "Nêu rõ kết quả từng đoàn."
    author = factory.SubFactory(UserFactory)
    author_name = "Trần Minh Họa"


class CommentReplyFactory(TrackedFactory[CommentReply]):
    class Meta:
        model = CommentReply

    comment = factory.SubFactory(ReviewCommentFactory)
    body = "Đã bổ sung."
    author = factory.SubFactory(UserFactory)
    author_name = "Nguyễn Thị Mẫu"


class EditionFileFactory(TrackedFactory[EditionFile]):
    class Meta:
        model = EditionFile

    edition = factory.SubFactory(EditionFactory, status="signed")
    paper = factory.SubFactory(PaperFactory)
    ending = "docx"


class SendingFactory(TrackedFactory[Sending]):
    class Meta:
        model = Sending

    edition = factory.SubFactory(EditionFactory, status="signed")
    office_code = "lc-union"
    road = "documents"
    sent_on = dt.date(2025, 7, 2)
    by_name = "Nguyễn Thị Mẫu"
