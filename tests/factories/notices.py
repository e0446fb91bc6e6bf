"""A notice and a letter to somebody of the fictional province."""

from __future__ import annotations

import factory

from bonphuong.kernel.uids import new_uid
from bonphuong.notices.enums import NoticeKind
from bonphuong.notices.models import Mail, Notice
from tests.factories.accounts import UserFactory
from tests.factories.base import TrackedFactory


class NoticeFactory(TrackedFactory[Notice]):
    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    kind = NoticeKind.WAITING
    about = factory.LazyFunction(new_uid)
    page = "desk:delegation"
    params = factory.LazyFunction(
        lambda: {"number": "ĐR-2026-001", "step": {"vi": "Cho phép", "en": "Approve"}}
    )


class MailFactory(TrackedFactory[Mail]):
    class Meta:
        model = Mail

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"thu:{n}")
    address = "canbo@example.org"
    subject = "Việc chờ tôi"
    body = "Một việc chờ anh chị."
