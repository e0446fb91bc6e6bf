"""Notices to persons, and mail through the outbox."""

from __future__ import annotations

import datetime as dt
import email
import stat
from email import policy

import pytest
from django.core import mail
from django.db import transaction
from django.utils import translation

from bonphuong.kernel import clock
from bonphuong.kernel.crypto import Sealed
from bonphuong.kernel.uids import new_uid
from bonphuong.notices.enums import WORDS, NoticeKind
from bonphuong.notices.models import Mail, Notice
from bonphuong.notices.queries import mails_given_up, mails_to_send, notices_of, unread_count
from bonphuong.notices.services import Telling, mark_read, overtake, send_mails, tell, write_mail
from bonphuong.trail.acting import acting
from tests.factories.accounts import UserFactory
from tests.factories.notices import MailFactory, NoticeFactory

pytestmark = pytest.mark.django_db
FILES = "bonphuong.notices.backends.EmlBackend"


def as_system():
    return acting(actor=None, verb="system.test")


def telling(about=None):
    return Telling(
        NoticeKind.WAITING, about or new_uid(), "desk:delegation", {"number": "ĐR-2026-001", "step": {}}
    )


def test_a_notice_speaks_its_readers_language():
    notice = NoticeFactory.build(
        params={"number": "ĐR-2026-001", "step": {"vi": "Cho phép", "en": "Approve"}}
    )
    assert notice.text == "ĐR-2026-001 chờ anh chị: Cho phép"
    with translation.override("en"):
        assert notice.text == "ĐR-2026-001 waits for you: Approve"


def test_every_kind_has_its_words_and_none_names_a_title():
    assert set(WORDS) == set(NoticeKind)
    assert not any("%(title)" in str(words) for words in WORDS.values())


def test_a_notice_leads_to_its_page():
    notice = NoticeFactory.build()
    assert str(notice.about) in notice.url
    assert NoticeFactory.build(page="desk:gone").url == ""


def test_each_is_told_once_inside_the_act():
    one, other = UserFactory(), UserFactory()
    with as_system():
        assert len(tell([one, other, one], telling())) == 2
    assert (unread_count(one), unread_count(other)) == (1, 1)
    with pytest.raises(RuntimeError):
        tell([one], telling())


def test_what_is_taken_back_is_never_told():
    user = UserFactory()

    def begin():
        with as_system():
            tell([user], telling())
            raise ValueError("taken back")

    with pytest.raises(ValueError, match="taken back"):
        begin()
    assert not Notice.objects.exists()


def test_everybody_reads_their_own():
    mine, theirs = NoticeFactory(), NoticeFactory()
    assert list(notices_of(mine.user)) == [mine]
    assert mark_read(mine.user, [mine.pk, theirs.pk]) == 1
    assert (unread_count(mine.user), unread_count(theirs.user), mark_read(mine.user)) == (0, 1, 0)


def test_what_no_longer_holds_is_taken_off_the_desks():
    notice = NoticeFactory()
    NoticeFactory(user=notice.user, kind=NoticeKind.DECIDED, about=notice.about)
    with as_system():
        overtake(notice.about, [NoticeKind.WAITING])
    assert [one.kind for one in notices_of(notice.user).unread()] == ["decided"]


def test_a_letter_is_written_once_and_only_to_those_who_have_an_address():
    user, silent = UserFactory(email="canbo@example.org"), UserFactory()
    gone = UserFactory(email="cu@example.org", is_active=False)
    with as_system():
        assert write_mail(user, key="thu", subject="Việc\nchờ", body="Một việc").subject == "Việc chờ"
        assert write_mail(user, key="thu", subject="Việc chờ", body="Một việc") is None
        assert write_mail(silent, key="thu 2", subject="Việc chờ", body="Một việc") is None
        assert write_mail(gone, key="thu 3", subject="Việc chờ", body="Một việc") is None
    assert Mail.objects.get().body == "Một việc"


def test_the_words_of_a_letter_are_sealed_in_the_table():
    MailFactory(body="Một việc chờ anh chị.")
    stored = Mail.objects.values_list("body", flat=True).get()
    assert isinstance(stored, Sealed)
    assert "chờ" not in stored.token


def test_mail_is_sent_once():
    MailFactory()
    assert send_mails().sent == 1
    assert (send_mails().sent, len(mail.outbox), mails_to_send().count()) == (0, 1, 0)
    letter = mail.outbox[0]
    assert (letter.to, letter.subject, letter.body) == (
        ["canbo@example.org"],
        "Việc chờ tôi",
        "Một việc chờ anh chị.",
    )


def test_without_a_server_each_letter_is_a_file(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, tmp_path / "mail"
    MailFactory()
    with clock.fixed(dt.date(2026, 3, 3)):
        assert send_mails().sent == 1
    (path,) = (tmp_path / "mail").iterdir()
    letter = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert path.name.startswith("2026-03-03-")
    assert path.suffix == ".eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (letter["Subject"], letter["To"]) == ("Việc chờ tôi", "canbo@example.org")
    assert letter.get_content().strip() == "Một việc chờ anh chị."


def test_what_cannot_be_sent_stays_with_its_reason(settings, tmp_path):
    blocked = tmp_path / "mail"
    blocked.write_text("a file in the place of the folder")
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, blocked
    MailFactory()
    found = send_mails()
    assert (found.sent, found.failed, found.trouble.startswith("FileExistsError")) == (0, 1, True)
    for _again in range(7):
        send_mails()
    assert (mails_to_send().count(), mails_given_up().count(), send_mails().failed) == (0, 1, 0)


def test_no_server_at_all_is_told(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    MailFactory()
    MailFactory()
    assert send_mails().failed == 2
    with transaction.atomic():
        assert Mail.objects.filter(tries=1).count() == 2
