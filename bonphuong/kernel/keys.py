"""The key file of restricted fields: outside the database, readable by its owner only.

It holds several keys by name. New values are sealed with the current one, old values open as long as theirs
is there, and removing a key makes everything under it unreadable for good: that is how erasure will work once
a person has a key of their own. The file must be kept in its own safe copy: without it the fields are lost.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bonphuong.kernel.files import write_once, write_over

_KEY_BYTES = 32
_LOOK_EVERY = 1.0  # seconds: a bulk load asks tens of thousands of times in one
_seen: dict[str, tuple[float, Keyring]] = {}  # path to when it was read and what it held


@dataclass(frozen=True, slots=True)
class Keyring:
    """What the file holds: ciphers by key name, the name of the current one, and the secret of blind indexes."""

    current: str
    ciphers: dict[str, AESGCM]
    index_secret: bytes


def keyring() -> Keyring:
    """The keys of the file, looked at again a second later; the file is made on first use."""
    path = str(settings.BONPHUONG_KEYS)
    seen = _seen.get(path)
    if seen is not None and time.monotonic() - seen[0] < _LOOK_EVERY:
        return seen[1]
    ring = _open(Path(path))
    _seen.clear()
    _seen[path] = (time.monotonic(), ring)
    return ring


def cipher(name: str) -> AESGCM | None:
    """The cipher of a key; one that another process has just added is found, a destroyed one is None."""
    found = keyring().ciphers.get(name)
    if found is None:
        look_again()
        found = keyring().ciphers.get(name)
    return found


def look_again() -> None:
    """Forget what was read, so that the next use reads the file."""
    _seen.clear()


def add_key() -> str:
    """Make a new key the current one and return its name; values under older keys stay readable."""
    keyring()
    content = _read(_path())
    name = _new_name()
    content["keys"][name] = _new_secret()
    content["current"] = name
    _replace(_path(), content)
    return name


def destroy_key(name: str) -> None:
    """Remove a key that is not the current one: what it sealed can never be read again."""
    content = _read(_path())
    if name == content["current"]:
        raise ValueError("the current key cannot be destroyed; add another first")
    del content["keys"][name]
    _replace(_path(), content)


def _path() -> Path:
    return Path(settings.BONPHUONG_KEYS)


def _open(path: Path) -> Keyring:
    try:
        if not path.exists():
            _create(path)
        content = _read(path)
    except OSError as error:
        raise ImproperlyConfigured(f"the key file cannot be used: {error}") from error
    try:
        ciphers = {name: AESGCM(_bytes(secret)) for name, secret in content["keys"].items()}
        ring = Keyring(content["current"], ciphers, _bytes(content["index"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ImproperlyConfigured(
            f"the key file {path.name} is damaged: restore it from its copy"
        ) from error
    if ring.current not in ring.ciphers:
        raise ImproperlyConfigured(
            f"the key file {path.name} lacks its current key: restore it from its copy"
        )
    return ring


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="ascii"))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"the key file {path.name} is damaged: restore it from its copy"
        ) from error
    if not isinstance(content, dict):
        raise ImproperlyConfigured(f"the key file {path.name} is damaged: restore it from its copy")
    return content


def _create(path: Path) -> None:
    name = _new_name()
    write_once(path, _bytes_of({"current": name, "keys": {name: _new_secret()}, "index": _new_secret()}))


def _replace(path: Path, content: dict[str, Any]) -> None:
    write_over(path, _bytes_of(content))
    look_again()


def _bytes_of(content: dict[str, Any]) -> bytes:
    return json.dumps(content, indent=1, sort_keys=True).encode("ascii")


def _new_name() -> str:
    # Random, so that a file made anew after a loss never claims to hold the lost keys.
    return f"k{secrets.token_hex(4)}"


def _new_secret() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _bytes(secret: str) -> bytes:
    raw = base64.b64decode(secret, validate=True)
    if len(raw) != _KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return raw
