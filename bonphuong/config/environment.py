"""Strict readers of the environment: a bad value stops the start with one plain line."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from bonphuong.kernel.files import write_once

if TYPE_CHECKING:
    from collections.abc import Sequence


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that `NAME_FILE` points to."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """1/0, true/false, yes/no; anything else is refused."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes"}:
        return True
    if value in {"0", "false", "no", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def choice(name: str, default: str, *, choices: Sequence[str]) -> str:
    """One of a few words; anything else is refused."""
    value = text(name, default).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def names(name: str, default: str) -> list[str]:
    """A list parted by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def data_dir() -> Path:
    """Where the database, uploads and keys are: `BONPHUONG_DATA`, by default `var/` of the current folder."""
    return Path(text("BONPHUONG_DATA", "var")).expanduser().resolve()


def secret(path: Path, name: str) -> str:
    """The signing secret: from the environment, else made once and kept beside the data, readable by us only."""
    given = text(name)
    if given:
        return given
    try:
        if not path.exists():
            write_once(path, secrets.token_urlsafe(48).encode("ascii"))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"the data directory cannot be used: {error}") from error


def database(data: Path) -> dict[str, Any]:
    """Django's settings for the one database named by `BONPHUONG_DATABASE_URL`, else SQLite in the data directory."""
    url = text("BONPHUONG_DATABASE_URL")
    if not url:
        return _sqlite(data / "bonphuong.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured("BONPHUONG_DATABASE_URL must begin with postgresql:// or sqlite://")


@dataclass(frozen=True)
class MailServer:
    """How to reach the server that sends mail."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    ssl: bool = False
    starttls: bool = False


def mail() -> tuple[str, MailServer]:
    """Django's mail backend and its server, as `BONPHUONG_MAIL_URL` names it; files on disk without one.

    smtps:// speaks TLS from the start, smtp:// asks for it (STARTTLS), smtp+plain:// goes without.
    """
    url = text("BONPHUONG_MAIL_URL")
    if not url:
        return "bonphuong.notices.backends.EmlBackend", MailServer()
    parts = urlsplit(url)
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured("BONPHUONG_MAIL_URL must be smtps://, smtp:// or smtp+plain:// and a host")
    return "django.core.mail.backends.smtp.EmailBackend", MailServer(
        host=parts.hostname,
        port=parts.port or _MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp",
    )


_MAIL_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
    }
