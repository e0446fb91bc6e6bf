"""What the product ships and the demonstration brings: parties, forms of address, ties, invented persons."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.models import Office
from bonphuong.accounts.validators import checked
from bonphuong.kernel.text import fold
from bonphuong.parties.models import AddressForm, Party, PartyAlias, PartyTie, Person
from bonphuong.parties.services.keeping import add_post, clean_aliases, create_person, index_party
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTY_FILES = ("china", "laos", "viet-nam", "international")
_CODES = {"country", "parent", "unit", "party", "office"}


def load_parties() -> int:
    """The parties that the product ships, with their names; what people added or changed stays as it is.

    Returns how many were new. Needs `reference.services.load_reference` first.
    """
    there = set(Party.objects.values_list("code", flat=True))
    rows = [
        row for name in PARTY_FILES for row in _data(f"{name}.json")["parties"] if row["code"] not in there
    ]
    if rows:
        with acting(actor=None, verb="system.parties.load"):
            _load_rows(rows)
    return len(rows)


def load_address_forms() -> int:
    """How people of a country are addressed; what people added or changed stays. Returns how many were new."""
    rows = [_row_of(row) for row in _data("address.json")["forms"]]
    there = set(AddressForm.objects.values_list("country_id", "gender", "title_word", "valid_from"))
    new = [
        row
        for row in rows
        if (row.get("country_id"), row.get("gender", ""), row.get("title_word", ""), row.get("valid_from"))
        not in there
    ]
    if new:
        with acting(actor=None, verb="system.parties.load"):
            AddressForm.objects.bulk_create(checked(AddressForm(**row)) for row in new)
    return len(new)


def load_demo_ties() -> int:
    """What ties the demonstration's offices to parties; returns how many ties were new."""
    rows = _data("demo_ties.json")["ties"]
    there = set(PartyTie.objects.values_list("party_id", "office_id", "kind"))
    new = [row for row in rows if (row["party"], row["office"], row["kind"]) not in there]
    if new:
        with acting(actor=None, verb="system.parties.load"):
            PartyTie.objects.bulk_create(checked(PartyTie(**_row_of(row))) for row in new)
    return len(new)


def load_demo_persons() -> int:
    """The fictional persons of the demonstration with their posts; returns how many were new."""
    rows = _data("demo_persons.json")["persons"]
    there = set(Person.objects.filter(is_demo=True).values_list("full_name", flat=True))
    new = [row for row in rows if row["full_name"] not in there]
    if new:
        with acting(actor=None, verb="system.parties.load"):
            for row in new:
                _load_person(row)
    return len(new)


def _load_rows(rows: list[dict[str, Any]]) -> None:
    parties, aliases = [], []
    for row in rows:
        names = clean_aliases(row.get("aliases", {}))
        party = Party(**_row_of({name: value for name, value in row.items() if name != "aliases"}))
        index_party(party, [text for text, _lang in names])
        parties.append(party)
        aliases += [PartyAlias(party=party, text=text, lang=lang, fold=fold(text)) for text, lang in names]
    Party.objects.bulk_create(parties)
    PartyAlias.objects.bulk_create(aliases)


def _load_person(row: Mapping[str, Any]) -> None:
    person = create_person(
        actor=None,
        office=Office.objects.get(pk=row["office"]),
        full_name=row["full_name"],
        name_native=row["name_native"],
        gender=row["gender"],
        nationality_id=row["nationality"],
        is_demo=True,
    )
    for post in row["posts"]:
        add_post(actor=None, person=person, **_row_of(post))


def _data(name: str) -> dict[str, Any]:
    path = Path(__file__).resolve().parents[1] / "data" / name
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _row_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the data as the fields of its model: codes for what it points at, days for days."""
    fields: dict[str, Any] = {}
    for name, value in row.items():
        if name in _CODES:
            fields[f"{name}_id"] = value
        elif name in {"valid_from", "valid_to"}:
            fields[name] = dt.date.fromisoformat(value) if value else None
        else:
            fields[name] = value
    return fields
