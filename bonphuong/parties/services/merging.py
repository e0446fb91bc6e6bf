"""The same body or person entered twice: one stays, the other is read as it; and parted again where that was wrong.

Nothing is rewritten: codes of the double stay where they are (ledger, signed reports, records) and are read as the
code of the one that stays. So a merge is undone by taking one pointer away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.parties.models import Apart, Party, Person
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def merge_parties(*, keep: Party, double: Party, actor: User, reason: str) -> Party:
    """`keep` stays; `double` and whatever was merged into it are read as it from now on.

    Raises NotAllowed, and BadInput for two that cannot be one: a party and its own superior, two countries.
    """
    _may(actor)
    _say_why(reason)
    if keep.country_id != double.country_id:
        raise BadInput({"double": [_("They lie in two countries.")]})
    if double.parent_id == keep.code or keep.parent_id == double.code:
        raise BadInput({"double": [_("One of them lies in the other.")]})
    with acting(actor=actor, verb="parties.party.merge", reason=reason, obj=keep):
        _refuse(Party, keep.pk, double.pk)
        Party.objects.filter(merged_into=double).update(merged_into=keep)
        Party.objects.filter(pk=double.pk).update(merged_into=keep)
        double.merged_into = keep
    return keep


def unmerge_party(*, double: Party, actor: User, reason: str) -> Party:
    """A party of its own again, with everything that was ever entered under its code."""
    _may(actor)
    _say_why(reason)
    with acting(actor=actor, verb="parties.party.unmerge", reason=reason, obj=double):
        Party.objects.filter(pk=double.pk).update(merged_into=None)
        double.merged_into = None
    return double


def merge_persons(*, keep: Person, double: Person, actor: User, reason: str) -> Person:
    """`keep` stays; posts of `double` are shown as its own. Raises NotAllowed, BadInput."""
    for person in (keep, double):
        _may(actor, person.office_id)
    _say_why(reason)
    with acting(
        actor=actor, verb="parties.person.merge", reason=reason, office=keep.office_id, obj=str(keep.pk)
    ):
        _refuse(Person, keep.pk, double.pk)
        Person.objects.filter(merged_into=double).update(merged_into=keep)
        Person.objects.filter(pk=double.pk).update(merged_into=keep)
        double.merged_into = keep
    return keep


def unmerge_person(*, double: Person, actor: User, reason: str) -> Person:
    """A person of their own again."""
    _may(actor, double.office_id)
    _say_why(reason)
    with acting(
        actor=actor, verb="parties.person.unmerge", reason=reason, office=double.office_id, obj=str(double.pk)
    ):
        Person.objects.filter(pk=double.pk).update(merged_into=None)
        double.merged_into = None
    return double


def say_apart(*, kind: str, one: str, other: str, actor: User, reason: str = "") -> Apart:
    """Say that two that look alike are not the same: the sweep offers them no more. Raises NotAllowed."""
    _may(actor)
    first, second = sorted((one, other))
    with acting(actor=actor, verb="parties.apart.say", reason=reason, obj=f"{first} {second}"):
        return Apart.objects.get_or_create(kind=kind, one=first, other=second)[0]


def _may(actor: User, office: str | None = None) -> None:
    if not can(actor, Permission.PARTY_CHANGE, office):
        raise NotAllowed(_("You may not change parties and persons."))


def _refuse(model: type[Party | Person], keep: object, double: object) -> None:
    """Raise BadInput for one that was merged already, as it is now: two people may be at the same pair.

    Both are locked in one order, so that neither the other way round makes a ring.
    """
    rows = model._default_manager.select_for_update().filter(pk__in=[keep, double]).order_by("pk")
    if keep == double or any(row.merged_into_id is not None for row in rows):
        raise BadInput({"double": [_("Choose the one that stays, not one that was itself entered twice.")]})


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise BadInput({"reason": [_("Say why.")]})
