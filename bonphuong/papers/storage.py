"""Files of papers and templates under MEDIA_ROOT, named by the digest of their content.

A file is written whole under another name, brought to the disk, and only then given its own: whoever reads
sees all of it or nothing. It is never changed and never removed here: a row that is rolled back leaves at
most a file that nobody names.
"""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from bonphuong.kernel.files import write_over
from bonphuong.papers.errors import StorageUnavailable

FOLDER = "papers"
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where a content is kept: its name below MEDIA_ROOT, its SHA-256 in hexadecimal, its size in bytes."""

    name: str
    digest: str
    size: int


def store(content: bytes) -> StoredFile:
    """Keep a content. The same content twice is one file. Raises StorageUnavailable."""
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile(name=f"{FOLDER}/{digest[:2]}/{digest}", digest=digest, size=len(content))
    target = _path(stored.name)
    try:
        if not (target.exists() and target.stat().st_size == stored.size):
            write_over(target, content)
    except OSError as error:
        raise _unavailable(error) from error
    return stored


def read(name: str | None, digest: str) -> bytes:
    """A content as it was kept. Raises StorageUnavailable where it is missing or no longer the same."""
    try:
        content = _path(name or "").read_bytes()
    except OSError as error:
        raise StorageUnavailable(
            _("The file of this paper cannot be read. Ask the administrator.")
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        message = _("The file of this paper was changed on the disk. Ask the administrator.")
        raise StorageUnavailable(message, code="storage_changed")
    return content


def state(name: str, digest: str) -> str:
    """What is wrong with a file: "missing" or "changed"; nothing where it is whole."""
    try:
        read(name, digest)
    except StorageUnavailable as error:
        return "changed" if error.code == "storage_changed" else "missing"
    return ""


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def _unavailable(error: OSError) -> StorageUnavailable:
    if error.errno in _FULL:
        return StorageUnavailable(_("The disk is full: the file was not kept. Ask the administrator."))
    if error.errno == errno.EROFS:
        return StorageUnavailable(_("The disk is read-only: the file was not kept. Ask the administrator."))
    return StorageUnavailable(_("The file could not be kept. Ask the administrator."))
