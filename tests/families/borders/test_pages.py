"""The desk's pages of any family show these three: lists, forms, records, lines, steps, acts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from bonphuong.kit.services import create
from tests.factories.activities import held
from tests.factories.borders import gate, joint, month, opening, section
from tests.factories.twinning import pair
from tests.families.borders.people import allowed, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DRAFTS = {
    "section": ("borders", lambda: section({"markers": [{"number": 62, "sub_number": "2"}]})),
    "gate": ("borders", lambda: gate({"grades": [{"gate_type": "main", "since": dt.date(2005, 12, 1)}]})),
    "opening": ("borders", lambda: opening(operating_on=dt.date(2012, 3, 31))),
    "joint": ("borders", joint),
    "traffic": ("borders", lambda: month(people_out=12)),
    "pair": (
        "twinning",
        lambda: pair(
            {"activities": [{"on": dt.date(2025, 9, 3), "what": "Ngày hội"}]}, signed_on=dt.date(2014, 9, 3)
        ),
    ),
    "activity": ("activities", held),
}


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(user("canbo"))
    return client


@pytest.mark.parametrize("kind", DRAFTS)
def test_every_page_of_a_kind_opens(desk, kind):
    family, made = DRAFTS[kind]
    record = create(made(), family=family, office_code="lc-dofa", actor=user("canbo"), reason="nhập sổ")
    item = reverse("desk:record", args=[record.pk])
    scheme = __import__(f"bonphuong.families.{family}.scheme", fromlist=["SCHEME"]).SCHEME
    addresses = [
        f"{reverse('desk:records', args=[family])}?kind={kind}",
        f"{reverse('desk:record-new', args=[family])}?kind={kind}",
        item,
        f"{item}/edit",
        *(f"{item}/lines/{line.name}" for line in scheme.lines_of(kind)),
        *(f"{item}/steps/{code}" for code in sorted(allowed(record))),
        *(f"{reverse('desk:records', args=[family])}?kind={kind}&flag={flag.code}" for flag in scheme.flags),
    ]
    answers = {address: desk.get(address).status_code for address in addresses}
    assert {address: status for address, status in answers.items() if status not in {200, 302}} == {}
