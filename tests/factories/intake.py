"""A sheet that was loaded, one of its rows, and what its headings were taken for."""

from __future__ import annotations

import factory

from bonphuong.intake.cells import StoredCells, pack_cells
from bonphuong.intake.models import Batch, BatchRow, ColumnMapping
from tests.factories.accounts import UserFactory
from tests.factories.base import TrackedFactory


class BatchFactory(TrackedFactory[Batch]):
    class Meta:
        model = Batch

    office_code = "lc-dofa"
    book = "lai-chau"
    family = "delegations"
    file_name = "doan-ra-2025.xlsx"
    digest = "0" * 64
    actor = factory.SubFactory(UserFactory)
    rows = 1


class BatchRowFactory(factory.django.DjangoModelFactory[BatchRow]):
    class Meta:
        model = BatchRow

    batch = factory.SubFactory(BatchFactory)
    number = factory.Sequence(lambda n: n + 5)
    cells = pack_cells(StoredCells((1, "Thăm và làm việc tại tỉnh Phongsaly", 9)))


class ColumnMappingFactory(TrackedFactory[ColumnMapping]):
    class Meta:
        model = ColumnMapping

    office_code = "lc-dofa"
    family = "delegations"
    kind = "outbound"
    fingerprint = factory.Sequence(lambda n: f"{n:064x}")
    columns = factory.LazyFunction(lambda: {"doan": "title"})
