"""Official papers, noted or with a file."""

from __future__ import annotations

import datetime as dt

from tests.factories.base import TrackedFactory

from bonphuong.papers.enums import PaperDirection, PaperKind
from bonphuong.papers.models import Paper


class PaperFactory(TrackedFactory[Paper]):
    """A decision of the province, known by its number; no file."""

    class Meta:
        model = Paper

    kind = PaperKind.DECISION
    direction = PaperDirection.IN
    number = "123"
    symbol = "QĐ-UBND"
    on = dt.date(2025, 5, 12)
    abstract = "Cử đoàn cán bộ tỉnh Ví Dụ thăm và làm việc tại tỉnh Vân Nam"
    issuer = "Ủy ban nhân dân tỉnh Ví Dụ"
    office_code = "so-ngoai-vu"
