"""The same body or person entered twice: found, merged so that all reads see one, and parted again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.accounts.models import Office, User
from bonphuong.families.delegations.schema import PlaceDraft, clean_many
from bonphuong.families.delegations.services import create
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure, split
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.periods import Period
from bonphuong.parties.alike import alike_parties, alike_persons
from bonphuong.parties.models import Party
from bonphuong.parties.queries import codes_as_one, holders_on, resolve, search_parties
from bonphuong.parties.services import (
    add_post,
    create_party,
    create_person,
    merge_parties,
    merge_persons,
    say_apart,
    unmerge_party,
    unmerge_person,
)
from bonphuong.records.queries import tied_to
from tests.factories.delegations import finished


@pytest.fixture
def officer(loaded_province: None, db: None) -> User:
    return User.objects.get(username="canbo")


@pytest.fixture
def twice(officer: User) -> tuple[Party, Party]:
    """Phongsaly, and the same province entered again under another spelling."""
    keep = Party.objects.get(pk="la-phongsaly")
    values = {name: getattr(keep, name) for name in ("kind", "level", "country", "parent")}
    double = create_party(
        actor=officer, code="la-phong-sa-ly-2", name_vi="Phôngsaly", name_en="Phongsali", **values
    )
    return keep, double


def _visit(officer: User, code: str, day: dt.date, title: str) -> None:
    places = (PlaceDraft("LA", party_code=code, text="Phongsaly"),)
    create(
        finished(day, 5, title=title, partner_code=code, head_name=title, places=places),
        office_code="lc-dofa",
        actor=officer,
    )


def test_two_spellings_are_found_and_a_word_that_they_differ_is_kept(officer, twice):
    keep, double = twice
    [pair] = [one for one in alike_parties(officer) if double in {one.one, one.other}]
    assert {pair.one, pair.other} == {keep, double}
    say_apart(kind="party", one=keep.code, other=double.code, actor=officer)
    assert [one for one in alike_parties(officer) if double in {one.one, one.other}] == []


def test_a_merged_partner_is_one_in_names_records_and_figures_and_is_parted_again(officer, twice):
    keep, double = twice
    with clock.fixed(dt.date(2025, 12, 1)):
        _visit(officer, keep.code, dt.date(2025, 5, 5), "Thăm A")
        _visit(officer, double.code, dt.date(2025, 6, 5), "Thăm B")
        year = FigureRequest(
            "outbound.groups", "lai-chau", Period.parse("2025"), filters={"partner": (keep.code,)}
        )
        every = FigureRequest("outbound.groups", "lai-chau", Period.parse("2025"))
        assert figure(year).value == 1
        merge_parties(keep=keep, double=double, actor=officer, reason="một tỉnh")
        assert figure(year).value == 2
        assert split(every, "partner") == {keep.code: Decimal(2)}
        assert tied_to(officer, "party", keep.code).count() == 2
        assert resolve("Phôngsaly") == keep
        [cleaned] = clean_many(
            [{"title": "Thăm", "places": "Phongsali", "heads": 3, "time": "5/5/2025"}],
            kind="outbound", office_code="lc-dofa", actor=officer,
        )  # fmt: skip
        assert cleaned.draft.places[0].party_code == keep.code
        assert double not in search_parties(officer, "phong")
        unmerge_party(double=double, actor=officer, reason="hai nơi")
        assert figure(year).value == 1
        assert codes_as_one([keep.code]) == [keep.code]


def test_what_cannot_be_one_is_refused(officer, twice):
    keep, double = twice
    honghe = Party.objects.get(pk="cn-honghe")
    for one, other, reason in ((keep, keep, "x"), (keep, honghe, "x"), (keep, double, " ")):
        with pytest.raises(BadInput):
            merge_parties(keep=one, double=other, actor=officer, reason=reason)
    with pytest.raises(NotAllowed):
        merge_parties(keep=keep, double=double, actor=User.objects.get(username="kiemtra"), reason="x")


def test_one_person_under_two_entries(officer):
    dofa = Office.objects.get(pk="lc-dofa")
    phongsaly = Party.objects.get(pk="la-phongsaly")
    both = [
        create_person(actor=officer, office=dofa, full_name=name, passport_no=passport)
        for name, passport in (("Somsak Tua-yang", "P1234567"), ("SOMSAK TUA-YANG", ""))
    ]
    for person in both:
        add_post(actor=officer, person=person, title_vi="Phó Tỉnh trưởng", party=phongsaly)
    [pair] = alike_persons(officer)
    assert {pair.one.pk, pair.other.pk} == {person.pk for person in both}
    keep, double = both
    merge_persons(keep=keep, double=double, actor=officer, reason="một người")
    assert alike_persons(officer) == []
    assert len(holders_on(officer, "la-phongsaly")) == 2
    unmerge_person(double=double, actor=officer, reason="hai người")
    assert len(alike_persons(officer)) == 1


def test_two_passports_are_two_people(officer):
    dofa = Office.objects.get(pk="lc-dofa")
    for passport in ("P1", "P2"):
        person = create_person(actor=officer, office=dofa, full_name="Somsak Tua-yang", passport_no=passport)
        add_post(
            actor=officer,
            person=person,
            title_vi="Phó Tỉnh trưởng",
            party=Party.objects.get(pk="la-phongsaly"),
        )
    assert alike_persons(officer) == []
