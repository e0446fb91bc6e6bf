from __future__ import annotations

import pytest

from bonphuong.kernel import clock
from tests.families.borders.people import NOW


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(NOW):
        yield
