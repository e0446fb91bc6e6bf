"""The quantities of an activity, in order and as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.families.activities.enums import QUANTITIES
from bonphuong.kernel.numbers import format_number

if TYPE_CHECKING:
    from decimal import Decimal

    from bonphuong.families.activities.models import Activity


@dataclass(frozen=True)
class Quantity:
    """One quantity: "hồ sơ chứng nhận lãnh sự", 38, "bộ"."""

    name: str
    value: Decimal
    unit: str

    def text(self, lang: str) -> str:
        """The quantity in words: "hồ sơ chứng nhận lãnh sự: 38 bộ"."""
        number = format_number(self.value, lang, decimals=decimals_of(self.value))
        return " ".join(part for part in (f"{self.name}:" if self.name else "", number, self.unit) if part)


def decimals_of(value: Decimal) -> int:
    """How many decimals it needs: the table keeps three for all."""
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def quantities_of(row: Activity) -> list[Quantity]:
    """Those that have a value."""
    found = [
        (
            getattr(row, f"quantity{n}_name"),
            getattr(row, f"quantity{n}_value"),
            getattr(row, f"quantity{n}_unit"),
        )
        for n in QUANTITIES
    ]
    return [Quantity(name, value, unit) for name, value, unit in found if value is not None]
