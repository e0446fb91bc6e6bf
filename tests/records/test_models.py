"""What a row is called where only its name is shown, as in the trail."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from bonphuong.records.models import Record
from bonphuong.trail.acting import acting
from tests.factories.records import (
    CommitmentFactory,
    NumberSeriesFactory,
    RecordFactory,
    RecordLinkFactory,
    RecordPaperFactory,
    RecordShareFactory,
    RecordTieFactory,
)

pytestmark = pytest.mark.django_db


def test_rows_say_what_they_are():
    record, other = RecordFactory(number="ĐR-2024-900"), RecordFactory()
    link = RecordLinkFactory(from_record=record, to_record=other)
    assert str(record) == "ĐR-2024-900 Thăm và làm việc tại tỉnh Phongsaly"
    assert str(link) == f"{record.pk} related {other.pk}"
    assert str(RecordShareFactory(record=record)) == "lc-union"
    assert str(RecordTieFactory(record=record)) == "party:la-phongsaly"
    assert str(RecordPaperFactory(record=record)) == "quyết định"
    assert str(NumberSeriesFactory()) == "ĐR-2025"
    assert str(CommitmentFactory()) == "Gửi danh sách 10 cán bộ học tiếng Trung"


def test_the_database_itself_refuses_nonsense():
    record = RecordFactory(number="ĐR-2024-900")
    nonsense = (
        lambda: RecordFactory(number="ĐR-2024-900"),
        lambda: RecordFactory(begins_on="2025-05-02", ends_on="2025-05-01"),
        lambda: Record.objects.filter(pk=record.pk).update(duplicate_of=record),
        lambda: RecordLinkFactory(from_record=record, to_record=record),
    )
    for write in nonsense:
        with acting(actor=None, verb="system.test"), pytest.raises(IntegrityError), transaction.atomic():
            write()
