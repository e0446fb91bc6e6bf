"""Keys: a person confirms whose key is believed, and that another took its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.accounts.rules import can
from bonphuong.exchange.enums import KeyState
from bonphuong.exchange.models import PartnerKey
from bonphuong.exchange.rules import HANDLE, TRUST, must
from bonphuong.exchange.signing import fingerprint_of, has_key, own_key, public_of, read_key_file
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def trust_key(
    text: str, *, fingerprint: str, actor: User, office: str = "", replace: bool = False
) -> PartnerKey:
    """Believe the key in `text` (a line as `signing.key_file` writes it) from now on.

    `fingerprint` is what the office told by another way; it must be that of the key. Where another key of the office
    was believed, `replace` says that a person saw both. Raises NotAllowed, BadInput, Conflict, PackageError.
    """
    if not can(actor, TRUST):
        raise NotAllowed(_("You may not confirm keys."))
    code, public = read_key_file(text)
    found = fingerprint_of(public)
    if (office and office != code) or not Office.objects.filter(pk=code).exists():
        raise BadInput(
            {
                "key": [
                    _("This is the key of “%(office)s”, an office that is not meant here.") % {"office": code}
                ]
            }
        )
    if "".join(fingerprint.split()).lower() != found:
        message = _("The fingerprint of this key is another. Ask the office again, by telephone or on paper.")
        raise BadInput({"fingerprint": [message]})
    with acting(actor=actor, verb="exchange.key.trust", office=code, obj=f"{code} {found}"):
        rows = PartnerKey.objects.select_for_update().filter(office_code=code)
        now = rows.filter(state=KeyState.TRUSTED).first()
        if now is not None and now.fingerprint == found:
            return now
        if now is not None:
            if not replace:
                raise Conflict(
                    _("Another key of this office is believed now. Say that the new one takes its place.")
                )
            now.state, now.ended_at = KeyState.REPLACED, clock.now()
            now.save(update_fields=["state", "ended_at"])
        key, _made = PartnerKey.objects.update_or_create(
            office_code=code,
            fingerprint=found,
            defaults={
                "public": public,
                "state": KeyState.TRUSTED,
                "confirmed_by": actor.get_full_name(),
                "confirmed_at": clock.now(),
                "ended_at": None,
            },
        )
        return key


def make_key(office: str, *, actor: User) -> str:
    """The public key of an office that signs here; made now where it has none. Raises NotAllowed."""
    must(actor, HANDLE, office)
    if has_key(office):
        return public_of(own_key(office))
    with acting(actor=actor, verb="exchange.key.make", office=office, obj=office):
        return public_of(own_key(office))
