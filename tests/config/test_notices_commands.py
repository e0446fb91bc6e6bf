"""Mail, versions and signers from the command line."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured

from bonphuong.accounts.enums import Role
from bonphuong.config import environment
from bonphuong.kernel import clock
from bonphuong.papers.enums import SigningMode
from bonphuong.procedures.models import Authority
from tests.factories.accounts import OfficeFactory, officer_of
from tests.factories.notices import MailFactory

FILES = "bonphuong.notices.backends.EmlBackend"


@pytest.fixture
def head(shipped):
    """Somebody who keeps the settings of a province."""
    user = officer_of(OfficeFactory(code="lai-chau"), Role.HEAD, full_name="Lò Minh Họa")
    OfficeFactory(code="lc-dofa", belongs_to=OfficeFactory(code="lai-chau"))
    return user


def test_waiting_letters_are_sent_to_files(bonphuong, db, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, tmp_path / "mail"
    MailFactory()
    answer = bonphuong("notices", "send")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == f"Đã gửi 1 thư vào tệp trong {tmp_path / 'mail'}.\n"
    assert bonphuong("notices", "send").out == "Đã gửi 0 thư.\n"


def test_what_cannot_be_sent_is_said(bonphuong, db, settings, tmp_path):
    blocked = tmp_path / "mail"
    blocked.write_text("")
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, blocked
    MailFactory()
    answer = bonphuong("notices", "send")
    assert (answer.status, "1 thư chưa gửi được" in answer.err) == (1, True)
    for _again in range(8):
        answer = bonphuong("notices", "send")
    assert (answer.status, "thử quá nhiều lần: 1" in answer.err) == (1, True)


def test_the_mail_of_the_day_is_written_once(bonphuong, shipped):
    assert bonphuong("notices", "digest").out.startswith("Đã soạn 0 thư.")


def test_versions_are_listed(bonphuong, shipped):
    rows = bonphuong("procedure", "list", "--json").json
    trip = next(row for row in rows if row["code"] == "delegations.outbound")
    assert (trip["version"], trip["running"]) == (1, 0)
    assert "delegations.outbound" in bonphuong("procedure", "list").out


def test_running_records_are_moved_in_somebodys_name(bonphuong, head):
    given = ("procedure", "move", "delegations.outbound")
    who = ("--user", head.username, "--reason", "Quy trình mới")
    assert bonphuong(*given, "1", *who).out == "Đã chuyển 0 hồ sơ.\n"
    assert bonphuong(*given, "7", *who).status == 1
    assert bonphuong(*given, "1", *who, "--state", "draft").status == 2


def test_a_signer_is_noted(bonphuong, head):
    given = (
        "procedure",
        "sign",
        "lai-chau",
        "--mode",
        "KT",
        "--name",
        "Trần Thị Thử",
        "--title",
        "Phó Chủ tịch",
    )
    more = (
        "--for",
        "Chủ tịch",
        "--organ",
        "Ủy ban nhân dân",
        "--source",
        "Quy chế làm việc",
        "--user",
        head.username,
    )
    with clock.fixed(dt.date(2026, 3, 3)):
        assert bonphuong(*given, *more).status == 0
        assert bonphuong(*given, *more, "--from", "mai").status == 2
    row = Authority.objects.get()
    assert (row.mode, row.on_behalf_of, row.organ, row.valid_from) == (
        SigningMode.KT,
        "Chủ tịch",
        "Ủy ban nhân dân",
        dt.date(2026, 3, 3),
    )


@pytest.mark.parametrize(
    ("url", "port", "ssl", "starttls"),
    [
        ("smtps://mail.example.org", 465, True, False),
        ("smtp://mail.example.org", 587, False, True),
        ("smtp://mail.example.org:2525", 2525, False, True),
        ("smtp+plain://mail.example.org", 25, False, False),
    ],
)
def test_a_mail_server_is_named_by_one_address(monkeypatch, url, port, ssl, starttls):
    monkeypatch.setenv("BONPHUONG_MAIL_URL", url)
    backend, server = environment.mail()
    assert backend.endswith("smtp.EmailBackend")
    assert (server.host, server.port, server.ssl, server.starttls) == (
        "mail.example.org",
        port,
        ssl,
        starttls,
    )


def test_name_and_password_of_a_mail_server(monkeypatch):
    monkeypatch.setenv("BONPHUONG_MAIL_URL", "smtps://can%40bo:m%3Aat@mail.example.org")
    server = environment.mail()[1]
    assert (server.user, server.password) == ("can@bo", "m:at")


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "mail.example.org"])
def test_what_names_no_mail_server_stops_the_start(monkeypatch, url):
    monkeypatch.setenv("BONPHUONG_MAIL_URL", url)
    with pytest.raises(ImproperlyConfigured):
        environment.mail()


def test_without_a_server_mail_becomes_files(monkeypatch):
    monkeypatch.delenv("BONPHUONG_MAIL_URL", raising=False)
    assert environment.mail()[0] == FILES
