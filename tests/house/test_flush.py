import pytest
from django.db import connection

from bonphuong.trail.acting import acting
from bonphuong.trail.install import missing_guards
from bonphuong.trail.models import Action


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_each_transactional_test_starts_empty_and_guarded(turn):
    with acting(actor=None, verb="system.test"):
        pass
    assert Action.objects.count() == 1
    assert missing_guards(connection) == []
