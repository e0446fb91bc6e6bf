"""A place as people name it: a country, a partner there, or a unit of Viet Nam."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceDraft:
    """A place in order; the first of a draft is the main one. Codes are permanent."""

    country_code: str
    party_code: str = ""
    unit_code: str = ""
    text: str = ""
