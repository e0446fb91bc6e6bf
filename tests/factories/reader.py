"""Documents that were read, a claim of one, and a state known from elsewhere."""

from __future__ import annotations

import datetime as dt
import hashlib

import factory

from bonphuong.papers.enums import PaperKind
from bonphuong.reader.extract import VERSION, read
from bonphuong.reader.models import KnownState, ReadDocument, StoredClaim
from tests.factories.base import TrackedFactory
from tests.factories.papers import PaperFactory

TEXT = "09:15 | 20/06/2025\n\nTin vắn đối ngoại của tỉnh Ví Dụ\n\nTrong tháng 5, tỉnh cử 3 đoàn đi công tác nước ngoài.\n"


class ReadDocumentFactory(TrackedFactory[ReadDocument]):
    """A short article of 20 June 2025, told apart; its claims are made by themselves."""

    class Meta:
        model = ReadDocument

    paper = factory.SubFactory(PaperFactory, kind=PaperKind.NEWS_ARTICLE, on=dt.date(2025, 6, 20))
    office_code = factory.SelfAttribute("paper.office_code")
    book = "lai-chau"
    text = TEXT
    digest = factory.LazyAttribute(lambda o: hashlib.sha256(o.text.encode()).hexdigest())
    title = "Tin vắn đối ngoại của tỉnh Ví Dụ"
    published_on = dt.date(2025, 6, 20)
    layout = factory.LazyAttribute(lambda o: read(o.text).as_json())
    reader_version = VERSION


class StoredClaimFactory(TrackedFactory[StoredClaim]):
    """The one claim of that article: three groups in May 2025."""

    class Meta:
        model = StoredClaim

    document = factory.SubFactory(ReadDocumentFactory)
    number = factory.Sequence(lambda n: n + 1)
    content = factory.LazyAttribute(lambda o: read(o.document.text).claims[0].as_json())
    kind = factory.LazyAttribute(lambda o: o.content["kind"])
    subject = factory.LazyAttribute(lambda o: o.content["subject"] or "")
    topic = factory.LazyAttribute(lambda o: o.content["topic"])
    value = factory.LazyAttribute(lambda o: o.content["value"] or "")
    since = factory.LazyAttribute(lambda o: o.content["since"])
    until = factory.LazyAttribute(lambda o: o.content["until"])
    text = factory.LazyAttribute(lambda o: o.content["text"])


class KnownStateFactory(TrackedFactory[KnownState]):
    """A gate that has been international since May 2020."""

    class Meta:
        model = KnownState

    topic = "gate.status"
    thing = "gate-ma-lu-thang"
    name_vi = "Cửa khẩu Ví Dụ"
    name_en = "Ví Dụ gate"
    state = "international"
    valid_from = dt.date(2020, 5, 7)
    source = "NQ 63/NQ-CP (07/5/2020)"
    proved = True
