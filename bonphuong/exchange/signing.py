"""The keys with which offices sign packages: Ed25519, one file for each office beside the other keys, never in the database.

Whoever has the file can sign in the office's name: it is readable by its owner only, and lost with the disk. A new
one is another key, which the receivers must confirm again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from bonphuong.exchange.errors import PackageError
from bonphuong.kernel.files import write_once

_BYTES = 32
#: Words before a public key in its file, so that a person sees what it is.
PREFIX = "bonphuong-key"


def has_key(office: str) -> bool:
    """Whether the office can sign on this server."""
    return _path(office).exists()


def own_key(office: str) -> Ed25519PrivateKey:
    """The key with which the office signs; made on first use."""
    path = _path(office)
    if not path.exists():
        write_once(path, base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()))
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_bytes(), validate=True))
    except (ValueError, OSError) as error:
        raise ImproperlyConfigured(
            f"the key file {path.name} cannot be used: restore it from its copy"
        ) from error


def public_of(key: Ed25519PrivateKey) -> str:
    """The public half, in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def fingerprint_of(public: str) -> str:
    """SHA-256 of a public key, in hexadecimal. Raises PackageError for a text that is no key."""
    return hashlib.sha256(_raw(public)).hexdigest()


def spaced(fingerprint: str) -> str:
    """A fingerprint in groups of four, as people read it to one another."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))


def key_file(office: str, public: str) -> str:
    """The public key as a line of text that is sent to whoever receives packages."""
    return f"{PREFIX} {office} {public}\n"


def read_key_file(text: str) -> tuple[str, str]:
    """(office, public key) of such a line. Raises PackageError."""
    parts = text.split()
    if len(parts) != 3 or parts[0] != PREFIX:
        raise PackageError(
            _("This is no public key of an office: it is one line that begins with “bonphuong-key”.")
        )
    fingerprint_of(parts[2])
    return parts[1], parts[2]


def sign(key: Ed25519PrivateKey, content: bytes) -> str:
    """The signature of a content, in base64: the same for the same content and key."""
    return base64.b64encode(key.sign(content)).decode()


def is_signed(public: str, signature: str, content: bytes) -> bool:
    """Whether the signature is that of the key over exactly these bytes."""
    try:
        raw = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(_raw(public)).verify(raw, content)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _raw(public: str) -> bytes:
    try:
        raw = base64.b64decode(public, validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    if len(raw) != _BYTES:
        raise PackageError(
            _("This is no public key of an office: it is one line that begins with “bonphuong-key”.")
        )
    return raw


def _path(office: str) -> Path:
    return Path(settings.BONPHUONG_KEYS).parent / "offices" / f"{office}.key"
