"""The canonical form of plain data: one text and one digest for equal data, on every machine and for ever.

What was signed and frozen is found again by its digest: nothing here may ever write the same data differently.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from typing import Any


def canonical(content: Any) -> str:
    """Sorted keys, no spaces, composed letters.

    Raises TypeError for what JSON does not know, ValueError for a number that is none. Quantities go in as text:
    a float is written as Python writes it.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text)


def digest_of(content: str | bytes) -> str:
    """SHA-256 in hexadecimal; of a text, that of its UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def moment_text(moment: dt.datetime | None) -> str:
    """A moment in UTC to the microsecond, which JSON has no form for; nothing for none."""
    return "" if moment is None else moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
