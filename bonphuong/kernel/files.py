"""Files that are whole or not there: written under another name, brought to the disk, then given their own."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write_once(path: Path, content: bytes) -> None:
    """Make a file that its owner alone reads; one that is there by now stays as it is. Raises OSError."""
    with _written_beside(path, content) as fresh:
        try:
            # A link never replaces: of two processes that begin together one wins and both use its file.
            path.hardlink_to(fresh)
        except FileExistsError:
            return


def write_over(path: Path, content: bytes) -> None:
    """Write a file that its owner alone reads, in the place of one that may be there. Raises OSError."""
    with _written_beside(path, content) as fresh:
        fresh.replace(path)


@contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file that goes away; the folder, made where it is missing, is on the disk with what came."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may forget the name of a file whose content is safe.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
