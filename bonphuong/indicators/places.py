"""Offices of provinces that were merged: which office answers today for what was counted at another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.reference.queries import as_now

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


def offices_as_now(codes: Iterable[str], day: dt.date | None = None) -> dict[str, str]:
    """Code → code of the office that answers for it on `day` (today).

    Itself, unless its whole book ended with a merger: then the root office in force of the province that its own one
    went to. A department that ended inside its book stays itself, for nobody said who took its work over. An unknown
    code stays too, so that no figure is lost.
    """
    day = day or clock.today()
    offices = {office.code: office for office in Office.objects.all()}
    roots = [office for office in offices.values() if office.belongs_to_id is None]
    stands = {root.code: _stands(root, day) for root in roots}
    ended = {root.code: root.place_id for root in roots if not stands[root.code] and root.place_id}
    heirs = as_now(ended.values(), day)
    at_place = {
        (root.place_id, root.kind): root.code for root in roots if stands[root.code] and root.place_id
    }
    found = {}
    for code in codes:
        book = offices[code].book if code in offices else ""
        place = heirs.get(ended.get(book) or "", "")
        found[code] = at_place.get((place, offices[book].kind), code) if place else code
    return found


def _stands(office: Office, day: dt.date) -> bool:
    started = office.valid_from is None or office.valid_from <= day
    return started and (office.valid_to is None or day <= office.valid_to)
