"""A partner that was entered twice and merged: its figures are one partner's, though the ledger keeps both codes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.parties.queries import kept_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The dimension of facts that holds a party's code.
PARTNER = "partner"


def heads_of(parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Values by partner, those of doubles added to the one that stays."""
    kept = kept_codes()
    found: dict[str, Decimal] = {}
    for code, value in parts.items():
        head = kept.get(code, code)
        found[head] = found.get(head, Decimal(0)) + value
    return found
