"""The province of the demonstration on the day of the pages."""

import pytest

from bonphuong.accounts.models import User
from tests.web.conftest import lai_chau, today  # noqa: F401 - fixtures


@pytest.fixture
def officer(today):  # noqa: F811
    """The officer of the focal agency."""
    return User.objects.get(username="canbo")
