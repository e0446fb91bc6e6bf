"""The address of a calendar of somebody of the fictional province; packages between it and a national office."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bonphuong.exchange.models import (
    CalendarFeed,
    LineQuery,
    PartnerKey,
    ReceivedFigure,
    ReceivedPackage,
    ReportDeadline,
    SentPackage,
)
from bonphuong.exchange.queries import digest_of
from bonphuong.exchange.signing import fingerprint_of, public_of
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.kernel.uids import new_uid
from tests.factories.accounts import UserFactory
from tests.factories.base import TrackedFactory


class CalendarFeedFactory(TrackedFactory[CalendarFeed]):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)
    name = "Lịch đối ngoại"
    digest = factory.Sequence(lambda n: digest_of(f"token-{n}"))
    hint = "en-0"


class PartnerKeyFactory(TrackedFactory[PartnerKey]):
    class Meta:
        model = PartnerKey

    office_code = "tinh-mau"
    public = factory.Sequence(
        lambda n: public_of(Ed25519PrivateKey.from_private_bytes(bytes([n % 256] * 32)))
    )
    fingerprint = factory.LazyAttribute(lambda o: fingerprint_of(o.public))
    state = "trusted"
    confirmed_by = "Bùi Thị Thử"


class _ToldFactory(TrackedFactory[Any]):
    class Meta:
        abstract = True

    office_code = "tinh-mau"
    book = "tinh-mau"
    to_office = "vufo"
    report = "annual"
    period_code = "2025"
    cutoff = "statutory"
    since = factory.LazyAttribute(lambda o: Period.parse(o.period_code, Cutoff(o.cutoff)).since)
    until = factory.LazyAttribute(lambda o: Period.parse(o.period_code, Cutoff(o.cutoff)).until)
    version = 1
    edition_uid = factory.LazyFunction(new_uid)
    as_of = dt.datetime(2025, 12, 17, tzinfo=dt.UTC)
    content_digest = "c" * 64
    file_digest = factory.Sequence(lambda n: f"{n:064x}")
    file_name = "papers/00/0"
    size = 1000
    fingerprint = "f" * 64


class SentPackageFactory(_ToldFactory):
    class Meta:
        model = SentPackage

    made_by = "Nguyễn Thị Mẫu"


class ReceivedPackageFactory(_ToldFactory):
    class Meta:
        model = ReceivedPackage

    signer = "Trần Minh Họa"
    signed_at = dt.datetime(2025, 12, 17, 8, tzinfo=dt.UTC)
    received_by = "Đỗ Minh Họa"
    received_at = dt.datetime(2025, 12, 18, tzinfo=dt.UTC)


class ReceivedFigureFactory(factory.django.DjangoModelFactory[ReceivedFigure]):
    """42 groups abroad in the year of its package; another figure by its indicator."""

    class Meta:
        model = ReceivedFigure

    package = factory.SubFactory(ReceivedPackageFactory)
    order = factory.Sequence(lambda n: n + 1)
    indicator = "outbound.groups"
    key = factory.LazyAttribute(lambda o: f"{o.indicator}@period")
    label = "Đoàn ra"
    unit = "đoàn"
    basis = "counted"
    status = "recorded"
    since = factory.LazyAttribute(lambda o: o.package.since)
    until = factory.LazyAttribute(lambda o: o.package.until)
    value = "42"
    recorded = factory.LazyAttribute(lambda o: o.value)
    text = factory.LazyAttribute(lambda o: f"{o.value} {o.unit}")
    rows = 3


class LineQueryFactory(TrackedFactory[LineQuery]):
    class Meta:
        model = LineQuery

    received = factory.SubFactory(ReceivedPackageFactory)
    key = "outbound.groups@period"
    label = "Đoàn ra"
    value = "42 đoàn"
    text = "Số này đã gồm đoàn của huyện chưa?"
    asked_by = "Đỗ Minh Họa"


class ReportDeadlineFactory(TrackedFactory[ReportDeadline]):
    class Meta:
        model = ReportDeadline
        django_get_or_create = ("to_office", "report", "period_kind", "valid_from")

    to_office = "vufo"
    report = "annual"
    period_kind = "year"
    days = 6
    valid_from = dt.date(2020, 1, 1)
    source = "Ví dụ"
