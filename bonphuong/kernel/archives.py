"""Zip containers (Word, Excel, OpenDocument): measured before they are unpacked, rewritten the same twice."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import ProductError

MEGABYTE = 1024 * 1024
# The zip format counts years from 1980 and keeps two-second steps.
FIRST_MOMENT = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_LOCAL_HEADER = 30
_FIRST_PARTS = ("[Content_Types].xml", "mimetype", "_rels/.rels")


class ArchiveError(ProductError):
    """A container that must not be opened; nothing of it was unpacked to disk or kept."""

    code = "archive"


@dataclass(frozen=True)
class ArchiveLimits:
    """How much a container may hold: parts, bytes when unpacked, and how many times its packed size."""

    parts: int = 5_000
    unpacked: int = 400 * MEGABYTE
    ratio: int = 400
    # Below this size even the densest packing does no harm: an empty sheet packs a thousand to one.
    ratio_from: int = 30 * MEGABYTE


def open_archive(data: bytes, limits: ArchiveLimits | None = None) -> zipfile.ZipFile:
    """The container in `data`, once every part was measured by unpacking it in memory piece by piece.

    The sizes that a container declares are not believed: a bomb lies about them. Raises `ArchiveError`.
    """
    limits = limits or ArchiveLimits()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise ArchiveError(_("The file is damaged: it cannot be opened.")) from error
    if len(parts) > limits.parts:
        raise ArchiveError(_("The file has too many parts inside; it was not opened."), code="archive_bomb")
    total = 0
    for part in parts:
        if part.flag_bits & 1:
            raise ArchiveError(
                _("The file is protected by a password. Save it without one."), code="archive_password"
            )
        total += _measure(data, part, limits.unpacked - total)
    if total > limits.ratio_from and total > limits.ratio * len(data):
        raise _bomb()
    return archive


def canonical_zip(data: bytes, moment: dt.datetime) -> bytes:
    """The same parts, packed so that equal content gives equal bytes: fixed order, time and flags.

    `moment` is the time written on every part (aware; taken in UTC; never before 1980).
    """
    stamp = max(moment.astimezone(dt.UTC), FIRST_MOMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    return pack(parts, stamp)


def pack(parts: dict[str, bytes], moment: dt.datetime) -> bytes:
    """A container with `parts` (name to content), byte for byte the same for the same input."""
    stamp = max(moment.astimezone(dt.UTC), FIRST_MOMENT)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=_part_order):
            info = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return target.getvalue()


def _part_order(name: str) -> tuple[int, str]:
    return (_FIRST_PARTS.index(name) if name in _FIRST_PARTS else len(_FIRST_PARTS), name)


def _measure(data: bytes, part: zipfile.ZipInfo, ceiling: int) -> int:
    """Bytes of one part when unpacked, found by unpacking it in steps that never hold more than a megabyte."""
    start = part.header_offset
    header = data[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ArchiveError(_("The file is damaged: it cannot be opened."))
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start += _LOCAL_HEADER + name_length + extra_length
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        size = len(packed)
        if size > ceiling:
            raise _bomb()
        return size
    return _inflated_size(packed, ceiling)


def _inflated_size(packed: bytes, ceiling: int) -> int:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    try:
        while packed and not inflater.eof:
            piece = inflater.decompress(packed, MEGABYTE)
            size += len(piece)
            if size > ceiling:
                raise _bomb()
            packed = inflater.unconsumed_tail
    except zlib.error as error:
        raise ArchiveError(_("The file is damaged: it cannot be opened.")) from error
    return size


def _bomb() -> ArchiveError:
    message = _("The file unpacks to far more than it seems to hold; it was not opened.")
    return ArchiveError(message, code="archive_bomb")
