"""Headers of records and what hangs on them."""

from __future__ import annotations

import datetime as dt

import factory

from bonphuong.records.enums import CommitmentSide, LinkKind, PaperRole, TieKind
from bonphuong.records.models import (
    Commitment,
    NumberSeries,
    Record,
    RecordLink,
    RecordPaper,
    RecordShare,
    RecordTie,
)
from tests.factories.base import TrackedFactory
from tests.factories.papers import PaperFactory


class RecordFactory(TrackedFactory[Record]):
    class Meta:
        model = Record

    family = "delegations"
    kind = "outbound"
    number = factory.Sequence(lambda n: f"ĐR-2025-{n:03d}")
    title = "Thăm và làm việc tại tỉnh Phongsaly"
    office_code = "lc-dofa"
    book = "lai-chau"


class RecordShareFactory(TrackedFactory[RecordShare]):
    class Meta:
        model = RecordShare

    record = factory.SubFactory(RecordFactory)
    office_code = "lc-union"
    book = factory.SelfAttribute("record.book")


class RecordTieFactory(TrackedFactory[RecordTie]):
    class Meta:
        model = RecordTie

    record = factory.SubFactory(RecordFactory)
    kind = TieKind.PARTY
    code = "la-phongsaly"


class RecordLinkFactory(TrackedFactory[RecordLink]):
    class Meta:
        model = RecordLink

    from_record = factory.SubFactory(RecordFactory)
    to_record = factory.SubFactory(RecordFactory)
    kind = LinkKind.RELATED


class RecordPaperFactory(TrackedFactory[RecordPaper]):
    class Meta:
        model = RecordPaper

    record = factory.SubFactory(RecordFactory)
    paper = factory.SubFactory(PaperFactory)
    role = PaperRole.DECISION


class CommitmentFactory(TrackedFactory[Commitment]):
    class Meta:
        model = Commitment

    side = CommitmentSide.OURS
    text = "Gửi danh sách 10 cán bộ học tiếng Trung"
    book = "lai-chau"
    lead_office_code = "lc-dofa"
    party_code = "cn-honghe"
    made_on = dt.date(2026, 3, 2)
    due_on = dt.date(2026, 5, 4)


class NumberSeriesFactory(TrackedFactory[NumberSeries]):
    class Meta:
        model = NumberSeries

    book = "lai-chau"
    prefix = "ĐR"
    year = 2025
    last = 30
