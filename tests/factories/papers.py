"""Official papers, noted or with a file."""

from __future__ import annotations

import datetime as dt

from bonphuong.papers.enums import PaperDirection, PaperKind, TemplateCode
from bonphuong.papers.models import DocumentTemplate, Paper
from tests.factories.base import TrackedFactory


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


class DocumentTemplateFactory(TrackedFactory[DocumentTemplate]):
    """A province's own wording of the decision; its file is not on the disk."""

    class Meta:
        model = DocumentTemplate

    code = TemplateCode.OUTBOUND_DECISION
    office_code = "so-ngoai-vu"
    version = 1
    valid_from = dt.date(2025, 1, 1)
    file = "papers/00/00"
    file_name = "quyet-dinh.docx"
    size = 20_000
    digest = "0" * 64
