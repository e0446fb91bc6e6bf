import pytest

from bonphuong.kernel.memo import remembering
from bonphuong.trail.acting import acting
from bonphuong.trail.queries import mark_of_state

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_mark_is_another_one_after_every_act_and_the_same_without():
    first = mark_of_state()
    assert mark_of_state() == first
    with acting(actor=None, verb="system.test"):
        pass
    assert mark_of_state() != first


def test_an_act_within_a_request_makes_it_read_the_mark_again():
    with remembering():
        first = mark_of_state()
        with acting(actor=None, verb="system.test"):
            pass
        assert mark_of_state() != first
