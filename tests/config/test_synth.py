"""The made-up nation: the same for the same seed, whole by every check, and never beside anybody's own data."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.db.models import Count, Sum

from bonphuong.config.cli import main
from bonphuong.config.synth.running import Order, run
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Fact
from bonphuong.records.models import Record
from tests.factories.accounts import UserFactory

SMALL = Order(provinces=2, years=1, delegations=120, seed=7, others=40)


def _fingerprint() -> object:
    records = Record.objects.order_by().values_list("book", "family", "kind", "state").annotate(n=Count("pk"))
    facts = Fact.objects.order_by().values_list("measure", "office").annotate(n=Sum("value"))
    return sorted(map(str, records)), sorted(map(str, facts))


def _played() -> tuple[object, object]:
    """What a run made, which is taken back again."""
    with transaction.atomic():
        done = run(SMALL)
        told = (done, _fingerprint(), [str(problem) for problem in check_ledger()])
        transaction.set_rollback(True)
    return told


@pytest.mark.any_database
def test_the_set_is_whole_by_every_check_and_the_same_for_the_same_seed(shipped):
    done, first, problems = _played()
    assert problems == []
    assert done.delegations == 120
    assert done.others + sum(done.refused.values()) > 20
    # The families' gates take most of what is made up: else the set would say little of them.
    assert done.others > sum(done.refused.values())
    assert _played()[1] == first


def test_it_is_refused_beside_anybody_s_own_data(shipped, capsys):
    UserFactory(username="that", full_name="Nguyễn Văn Mẫu")
    assert main(["synth", "--delegations", "1"]) == 2
    assert Record.objects.count() == 0


def test_impossible_wishes_are_refused(shipped):
    assert main(["synth", "--provinces", "99"]) == 2


def test_the_command_tells_how_fast_it_was(shipped, capsys):
    assert (
        main(["synth", "--provinces", "1", "--years", "1", "--delegations", "12", "--others", "0", "--json"])
        == 0
    )
    assert json.loads(capsys.readouterr().out)["delegations"] == 12
