"""The canonical form of a content: one text and one digest for equal contents, on every machine."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bonphuong.kernel.periods import Period

#: Version of the shape of a content; renderers read all versions that were ever signed.
FORMAT = 1


def canonical(content: Mapping[str, Any]) -> str:
    """Sorted keys, no spaces, composed letters; floats are refused, for they do not come back the same."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_refuse)
    return unicodedata.normalize("NFC", text)


def digest_of(text: str) -> str:
    """SHA-256 of a content's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse(value: object) -> object:
    raise TypeError(f"a content holds plain data only, not {type(value).__name__}")


def moment_text(moment: dt.datetime) -> str:
    """A moment to the microsecond, in UTC, as contents keep it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def period_json(period: Period, language: str) -> dict[str, str]:
    """A period as plain data."""
    return {
        "code": period.code,
        "cutoff": str(period.cutoff),
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "label": period.label(language),
    }


def decimal_text(value: Decimal) -> str:
    """A decimal as contents keep it: no exponent, no zeros that say nothing."""
    whole = value.to_integral_value()
    return format(whole if value == whole else value.normalize(), "f")
