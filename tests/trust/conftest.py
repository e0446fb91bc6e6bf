"""The province of the demonstration, for whoever enters a few records and asks a report about them."""

from __future__ import annotations

from tests.reports.conftest import leader, officer, province

__all__ = ["leader", "officer", "province"]
