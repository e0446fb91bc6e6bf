from __future__ import annotations

from tests.families.conftest import leader, officer, province

__all__ = ["leader", "officer", "province"]
