"""Writes: parties and their names, ties, notes, persons and their posts; and the reading of restricted data.

`actor` is the person who acts; None is the system itself and needs an open "system.…" action around the call.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.accounts.validators import checked
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.text import fold, nfc, sort_key
from bonphuong.parties.enums import NameLanguage, RestrictedField, TieKind
from bonphuong.parties.models import Party, PartyAlias, PartyNote, PartyTie, Person, Post
from bonphuong.parties.queries import passport_index
from bonphuong.parties.rules import name_key
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bonphuong.accounts.models import Office, User

    Aliases = Mapping[str, Iterable[str]]

PARTY_FIXED = {"code", "fold", "sort", "is_demo"}
PERSON_FIXED = {"uid", "office", "office_id", "fold", "sort", "passport_index", "is_demo"}


def create_party(
    *, actor: User | None, code: str, aliases: Aliases | None = None, reason: str = "", **fields: Any
) -> Party:
    """A new party with its other names by language. Raises NotAllowed and BadInput by field."""
    _require(actor, Permission.PARTY_CHANGE)
    party = Party(code=code, **fields)
    names = clean_aliases(aliases or {})
    index_party(party, [text for text, _lang in names])
    with acting(actor=actor, verb="parties.party.add", reason=reason, obj=code):
        checked(party).save(force_insert=True)
        for text, lang in names:
            PartyAlias.objects.create(party=party, text=text, lang=lang, fold=fold(text))
    return party


def change_party(*, actor: User | None, party: Party, reason: str = "", **fields: Any) -> Party:
    """Change what a party is called or where it stands. Its old names stay as aliases."""
    _require(actor, Permission.PARTY_CHANGE)
    if PARTY_FIXED & fields.keys():
        raise BadInput({"code": [_("A party keeps its code.")]})
    before = {(party.name_vi, NameLanguage.VI), (party.name_en, NameLanguage.EN)}
    with acting(actor=actor, verb="parties.party.change", reason=reason, obj=party):
        for name, value in fields.items():
            setattr(party, name, value)
        for text, lang in sorted(
            before - {(party.name_vi, NameLanguage.VI), (party.name_en, NameLanguage.EN)}
        ):
            PartyAlias.objects.get_or_create(
                party=party, text=text, defaults={"lang": lang, "fold": fold(text)}
            )
        index_party(party, _alias_texts(party))
        checked(party).save()
    return party


def add_alias(
    *,
    actor: User | None,
    party: Party,
    text: str,
    lang: NameLanguage,
    until: dt.date | None = None,
    reason: str = "",
) -> PartyAlias:
    """Another name of a party, in any script; the same name again changes nothing. Raises NotAllowed, BadInput.

    `until` is the last day of a former name.
    """
    _require(actor, Permission.PARTY_CHANGE)
    clean = " ".join(nfc(text).split())
    present = PartyAlias.objects.filter(party=party, text=clean).first()
    if present:
        return present
    alias = PartyAlias(party=party, text=clean, lang=lang, until=until, fold=fold(clean))
    with acting(actor=actor, verb="parties.alias.add", reason=reason, obj=party):
        checked(alias).save(force_insert=True)
        index_party(party, _alias_texts(party))
        party.save(update_fields=["fold", "sort"])
    return alias


def remove_alias(*, actor: User, alias: PartyAlias, reason: str = "") -> None:
    """Take away a name that was never one. Raises NotAllowed."""
    _require(actor, Permission.PARTY_CHANGE)
    party = alias.party
    with acting(actor=actor, verb="parties.alias.remove", reason=reason, obj=party):
        alias.delete()
        index_party(party, _alias_texts(party))
        party.save(update_fields=["fold", "sort"])


def add_note(*, actor: User, party: Party, office: Office, text: str) -> PartyNote:
    """Note something about a party for one's own office; no other office reads it. Raises NotAllowed, BadInput."""
    _require(actor, Permission.PARTY_CHANGE, office.code)
    note = PartyNote(party=party, office=office, text=text.strip(), author=actor)
    with acting(actor=actor, verb="parties.note.add", office=office.code, obj=party):
        checked(note).save(force_insert=True)
    return note


def tie_party(
    *, actor: User | None, party: Party, office: Office, kind: TieKind, reason: str = "", **fields: Any
) -> PartyTie:
    """Tie an office to a party, from `valid_from` where the day is known. Raises NotAllowed and BadInput."""
    _require(actor, Permission.PARTY_CHANGE, office.code)
    tie = PartyTie(party=party, office=office, kind=kind, **fields)
    with acting(actor=actor, verb="parties.tie.add", reason=reason, office=office.code, obj=party):
        checked(tie).save(force_insert=True)
    return tie


def end_tie(*, actor: User | None, tie: PartyTie, on: dt.date, reason: str = "") -> PartyTie:
    """End a tie; `on` is its last day. Raises NotAllowed and BadInput."""
    _require(actor, Permission.PARTY_CHANGE, tie.office_id)
    tie.valid_to = on
    with acting(actor=actor, verb="parties.tie.end", reason=reason, office=tie.office_id, obj=tie.party):
        checked(tie).save(update_fields=["valid_to"])
    return tie


def create_person(
    *, actor: User | None, office: Office, full_name: str, reason: str = "", **fields: Any
) -> Person:
    """Somebody whom the office keeps; `passport_no` and `birth_date` (ISO) are sealed. Raises NotAllowed, BadInput."""
    _require(actor, Permission.PARTY_CHANGE, office.code)
    person = Person(office=office, full_name=full_name, **fields)
    _index_person(person)
    with acting(actor=actor, verb="parties.person.add", reason=reason, office=office.code, obj=person):
        checked(person).save(force_insert=True)
    return person


def change_person(*, actor: User | None, person: Person, reason: str = "", **fields: Any) -> Person:
    """Change a person. Restricted data may be overwritten without being read. Raises NotAllowed, BadInput."""
    _require(actor, Permission.PARTY_CHANGE, person.office_id)
    if PERSON_FIXED & fields.keys():
        raise BadInput({"": [_("A person stays with the office that entered them.")]})
    with acting(
        actor=actor, verb="parties.person.change", reason=reason, office=person.office_id, obj=person
    ):
        for name, value in fields.items():
            setattr(person, name, value)
        _index_person(person)
        checked(person).save()
    return person


def add_post(*, actor: User | None, person: Person, title_vi: str, reason: str = "", **fields: Any) -> Post:
    """Give a person a post in a party, in an office, or in a unit by its name. Raises NotAllowed and BadInput."""
    _require(actor, Permission.PARTY_CHANGE, person.office_id)
    post = Post(person=person, title_vi=title_vi, **fields)
    with acting(actor=actor, verb="parties.post.add", reason=reason, office=person.office_id, obj=person):
        checked(post).save(force_insert=True)
    return post


def end_post(*, actor: User | None, post: Post, on: dt.date, reason: str = "") -> Post:
    """End a post; `on` is its last day. Raises NotAllowed and BadInput."""
    _require(actor, Permission.PARTY_CHANGE, post.person.office_id)
    post.valid_to = on
    office = post.person.office_id
    with acting(actor=actor, verb="parties.post.end", reason=reason, office=office, obj=post.person):
        checked(post).save(update_fields=["valid_to"])
    return post


def reveal(*, actor: User, person: Person, field: RestrictedField, reason: str) -> str:
    """The plain text of a restricted field, for a stated reason; the reading itself enters the trail.

    Raises NotAllowed, BadInput without a reason, and RuntimeError inside another transaction: what was read
    must stay on record even when the caller's own work comes to nothing.
    """
    if not can(actor, Permission.RESTRICTED_READ, person.office_id):
        raise NotAllowed(_("You may not read restricted personal data."))
    if not reason.strip():
        raise BadInput({"reason": [_("Say why you need to read this.")]})
    why = f"{field.value}: {reason.strip()}"
    verb, office = "parties.person.reveal", person.office_id
    with (
        transaction.atomic(durable=True),
        acting(actor=actor, verb=verb, reason=why, office=office, obj=person),
    ):
        return str(getattr(person, field.value))


def _require(actor: User | None, permission: Permission, office_code: str | None = None) -> None:
    if actor is not None and not can(actor, permission, office_code):
        raise NotAllowed(_("You may not change parties here."))


def clean_aliases(aliases: Aliases) -> list[tuple[str, str]]:
    """Each name once, tidy, with its language."""
    found: dict[str, str] = {}
    for lang, texts in aliases.items():
        for text in texts:
            found.setdefault(" ".join(nfc(text).split()), lang)
    return list(found.items())


def _alias_texts(party: Party) -> list[str]:
    return list(PartyAlias.objects.filter(party=party).values_list("text", flat=True))


def index_party(party: Party, aliases: Iterable[str]) -> None:
    """Let a party be found by all its names, and stand in the order of its Vietnamese one."""
    texts = (party.name_vi, party.name_en, party.name_native, *aliases)
    party.fold = _searchable(texts)
    party.sort = sort_key(party.name_vi)


def _searchable(texts: Iterable[str]) -> str:
    """Every name folded, as it is typed and without its dashes and apostrophes."""
    keys = [key(text) for text in texts if text for key in (fold, name_key)]
    # Bars mark where a name begins and ends, so that words of two names never meet.
    return f"|{'|'.join(dict.fromkeys(keys))}|"


def _index_person(person: Person) -> None:
    _check_birth_date(person.birth_date)
    person.fold = (
        f"|{'|'.join(dict.fromkeys(fold(text) for text in (person.full_name, person.name_native) if text))}|"
    )
    person.sort = sort_key(person.full_name)
    person.passport_index = passport_index(person.passport_no)


def _check_birth_date(text: str) -> None:
    try:
        wrong = bool(text) and dt.date.fromisoformat(text) > clock.today()
    except ValueError:
        wrong = True
    if wrong:
        raise BadInput({"birth_date": [_("This is no day on which somebody can be born.")]})
