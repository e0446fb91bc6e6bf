"""Printing sealed data in full. Each reading is an act that outlives whatever comes after: real transactions only."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.trail.models import Action
from tests.factories.delegations import inbound, member
from tests.families.conftest import load_province


@pytest.fixture
def guests(transactional_db):
    with clock.fixed(dt.date(2025, 12, 18)):
        load_province()
        people = (member("Dương Mẫu", passport_no="E12345678", birth_date="1970-02-01", nationality="CN"),)
        draft = inbound(dt.date(2025, 11, 3), members=people, actual_heads=1)
        yield create(draft, office_code="lc-dofa", actor=User.objects.get(username="canbo"))


def test_passports_print_in_full_for_a_reason_and_the_trail_knows(guests, at_desk):
    address = reverse("desk:delegation-print-file", args=[guests.pk, "guest_list"])
    given = {"print-guest_list-in_full": "on", "print-guest_list-reason": "Gửi Công an tỉnh"}
    answer = at_desk(User.objects.get(username="canbo")).post(address, given)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        printed = package.read("word/document.xml").decode()
    assert "E12345678" in printed
    assert "01/02/1970" in printed
    read = Action.objects.filter(verb="delegations.member.reveal").order_by("id")
    assert [action.reason for action in read] == [
        "passport_no: Gửi Công an tỉnh",
        "birth_date: Gửi Công an tỉnh",
    ]

    refused = at_desk(User.objects.get(username="kiemtra")).post(address, given)
    assert refused.status_code == 403
    assert read.count() == 2
