"""How a content writes what JSON has no form for: periods and decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from bonphuong.kernel.periods import Period

#: Version of the shape of a content; renderers read all versions that were ever signed.
FORMAT = 1


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
