"""One file between two servers: parts, a manifest with the digest of each, and the signature of an office.

The same content, header and key give the same bytes. Whatever comes from outside is measured before it is unpacked,
and believed only as far as the manifest and the signature bear it out.
"""

from __future__ import annotations

import binascii
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.exchange import signing
from bonphuong.exchange.errors import PackageError
from bonphuong.kernel.archives import FIRST_MOMENT, MEGABYTE, ArchiveError, ArchiveLimits, open_archive, pack
from bonphuong.kernel.canonical import canonical, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "bonphuong-package"
#: Version of the format. What is newer is refused with a word about it; what is older is read for ever.
VERSION = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_BYTES = 40 * MEGABYTE
ENDING = "bppkg"
_LIMITS = ArchiveLimits(parts=40, unpacked=120 * MEGABYTE, ratio=200, ratio_from=8 * MEGABYTE)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}(/[a-z0-9][a-z0-9_-]{0,60}){0,2}\.[a-z0-9]{1,8}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
# As canonical JSON writes it; after a backslash that is itself written as one, these are letters as others.
_ZERO = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True)
class Envelope:
    """A file whose digests and signature are right; whether its key is trusted is another question."""

    kind: str
    sender: str
    receiver: str
    header: Mapping[str, Any]
    parts: Mapping[str, bytes]
    public: str
    digest: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that signed it."""
        return signing.fingerprint_of(self.public)

    def read_json(self, name: str) -> Any:
        """A part that is JSON. Raises PackageError where it is missing or none."""
        if name not in self.parts:
            raise PackageError(
                _("The package lacks the part “%(name)s”.") % {"name": name}, code="part_missing"
            )
        return _json(self.parts[name], name)


def seal(
    kind: str,
    header: Mapping[str, Any],
    parts: Mapping[str, bytes],
    *,
    sender: str,
    receiver: str,
    key: Ed25519PrivateKey,
) -> bytes:
    """The file: `parts` by name under a signed manifest that holds `header`, plain data."""
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "kind": kind,
        "from": sender,
        "to": receiver,
        "header": header,
        "key": signing.public_of(key),
        "parts": {name: {"sha256": digest_of(part), "size": len(part)} for name, part in parts.items()},
    }
    body = canonical(manifest).encode()
    signature = signing.sign(key, body).encode("ascii")
    return pack({**parts, MANIFEST: body, SIGNATURE: signature}, FIRST_MOMENT)


def open_envelope(data: bytes) -> Envelope:
    """What a file holds, once every digest and the signature were found right. Raises PackageError; keeps nothing."""
    if len(data) > MOST_BYTES:
        message = _("The file is too big for a package: more than %(most)s MB.")
        raise PackageError(message % {"most": MOST_BYTES // MEGABYTE}, code="too_big")
    parts = _unpacked(data)
    if MANIFEST not in parts or SIGNATURE not in parts:
        raise PackageError(_("This file is no package of Bốn Phương."), code="no_package")
    body, signature = parts.pop(MANIFEST), parts.pop(SIGNATURE)
    manifest = _checked(_json(body, MANIFEST))
    if not signing.is_signed(manifest["key"], signature.decode("ascii", "replace"), body):
        raise PackageError(
            _("The signature does not fit: the package was changed on its way, or was never signed so."),
            code="bad_signature",
        )
    _compare(parts, manifest["parts"])
    return Envelope(
        kind=manifest["kind"],
        sender=manifest["from"],
        receiver=manifest["to"],
        header=manifest["header"],
        parts=parts,
        public=manifest["key"],
        digest=digest_of(data),
    )


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        archive = open_archive(data, _LIMITS)
    except ArchiveError as error:
        raise PackageError(error.message, code=error.code) from error
    names = archive.namelist()
    for name in names:
        if name not in {MANIFEST, SIGNATURE} and not _NAME.fullmatch(name):
            message = _("The package holds a part whose name is not allowed: %(name)s.")
            raise PackageError(message % {"name": ascii(name)[:80]}, code="bad_name")
    if len(set(names)) != len(names):
        raise PackageError(_("The package holds a part twice."), code="part_twice")
    try:
        return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise PackageError(_("The file is damaged: it cannot be opened."), code="archive") from error


def _checked(manifest: Any) -> dict[str, Any]:
    """The manifest, if it has the shape of one that this version reads."""
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise PackageError(_("This file is no package of Bốn Phương."), code="no_package")
    version = manifest.get("version")
    if not isinstance(version, int) or version < 1:
        raise PackageError(_("This file is no package of Bốn Phương."), code="no_package")
    if version > VERSION:
        message = _(
            "The package is of format %(theirs)s, and this installation reads up to %(ours)s. Bring it up to date first."
        )
        raise PackageError(message % {"theirs": version, "ours": VERSION}, code="newer_format")
    texts = ("kind", "from", "to", "key")
    if not all(isinstance(manifest.get(name), str) for name in texts) or not isinstance(
        manifest.get("header"), dict
    ):
        raise PackageError(_("The manifest of the package is damaged."), code="bad_manifest")
    parts = manifest.get("parts")
    if not isinstance(parts, dict) or not all(_is_part(part) for part in parts.values()):
        raise PackageError(_("The manifest of the package is damaged."), code="bad_manifest")
    signing.fingerprint_of(manifest["key"])
    return manifest


def _is_part(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and isinstance(part.get("sha256"), str)
        and _DIGEST.fullmatch(part["sha256"]) is not None
        and isinstance(part.get("size"), int)
    )


def _compare(parts: Mapping[str, bytes], told: Mapping[str, Mapping[str, Any]]) -> None:
    if parts.keys() != told.keys():
        odd = min(parts.keys() ^ told.keys())
        message = _("The parts of the package are not those of its manifest: %(name)s.")
        raise PackageError(message % {"name": odd[:80]}, code="parts_differ")
    for name, part in parts.items():
        if digest_of(part) != told[name]["sha256"] or len(part) != told[name]["size"]:
            message = _("The part “%(name)s” of the package is not what was signed.")
            raise PackageError(message % {"name": name}, code="part_changed")


def _json(content: bytes, name: str) -> Any:
    try:
        found = json.loads(content.decode("utf-8"), parse_constant=_no_constant)
        _check_text(found)
    except (ValueError, RecursionError, binascii.Error) as error:
        message = _("The part “%(name)s” of the package cannot be read.")
        raise PackageError(message % {"name": name}, code="part_unreadable") from error
    return found


def _check_text(found: Any) -> None:
    """Raises ValueError for text that not every database keeps.

    Half of a pair of surrogates, written as an escape, is text that no database and no file takes; the sign of number
    zero, which canonical JSON writes as an escape, is none that PostgreSQL takes.
    """
    text = canonical(found)
    text.encode()
    if _ZERO.search(text):
        raise ValueError(text[:80])


def _no_constant(text: str) -> None:
    raise ValueError(text)
