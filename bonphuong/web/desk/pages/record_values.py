"""Fields of a record and of its lines as a page writes them, and as a form asks for them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kernel.crypto import HIDDEN
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number, spell
from bonphuong.kit.fields import known
from bonphuong.kit.money import SCALED, tidied, whole_units_of
from bonphuong.kit.names import Names, names_of
from bonphuong.kit.specs import Holds
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from bonphuong.kit.fields import Known
    from bonphuong.kit.specs import Spec

NAMED = {
    Holds.COUNTRY: "countries",
    Holds.OFFICE: "offices",
    Holds.PARTY: "parties",
    Holds.UNIT: "units",
    Holds.FIELD: "fields",
}
#: Fields that stand in the figures' column of a table.
NUMBERS = {Holds.WHOLE, Holds.DECIMAL, Holds.DONG, Holds.MINOR, Holds.CENTS}
# From here on a sum is also written in words.
_SPELLED_FROM = 1_000_000


def all_known(model: type[Model], specs: Iterable[Spec]) -> list[Known]:
    """Specs completed by their table."""
    return [known(model, spec) for spec in specs]


def names_in(*groups: tuple[Sequence[Known], Sequence[Any]]) -> Names:
    """The names of all codes that these fields hold in these rows and lines, read together."""
    wanted: dict[str, set[str]] = {name: set() for name in NAMED.values()}
    for fields, holders in groups:
        for one in fields:
            if one.holds in NAMED:
                wanted[NAMED[one.holds]] |= {str(getattr(holder, one.attr)) for holder in holders}
    return names_of(**wanted)


def shown(one: Known, holder: Any, names: Names) -> str:
    """A field as a page writes it; what is restricted only as being there, nothing for nothing."""
    if one.name == "title" and not hasattr(holder, "title"):
        return str(holder.record.title)
    value = getattr(holder, one.attr)
    if one.spec.restricted:
        return HIDDEN if value else ""
    if one.holds == Holds.PARTY:
        return getattr(holder, one.attrs[1]) or (names.party(value) if value else "")
    if one.holds == Holds.FLAG:
        return _("yes") if value else ""
    if one.holds == Holds.CHOICE:
        return str(dict(one.choices).get(value, value or ""))
    if one.holds in NAMED:
        return _named(one.holds, value, names) if value else ""
    return _plain(one, holder, value)


def _named(holds: Holds, code: str, names: Names) -> str:
    read = {
        Holds.COUNTRY: names.country,
        Holds.OFFICE: names.office,
        Holds.UNIT: names.unit,
        Holds.FIELD: names.field,
    }
    return read[holds](code)


def _plain(one: Known, holder: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dt.date):
        return format_date(value, language())
    if one.holds == Holds.YEAR:
        return str(value)
    if one.holds in SCALED:
        return format_number(whole_units_of(one.holds, value, holder) or 0, language())
    if isinstance(value, int | Decimal):
        return format_number(tidied(value), language())
    return str(value)


def in_words(one: Known, holder: Any) -> str:
    """A large sum in đồng in words; nothing for others."""
    value = getattr(holder, one.attr, None)
    if one.holds != Holds.DONG or not isinstance(value, int) or value < _SPELLED_FROM:
        return ""
    return _("%(words)s đồng") % {"words": spell(value, language())}


def stored(one: Known, holder: Any) -> dict[str, object]:
    """A field's columns as the gate takes them back: sums in whole units."""
    if one.holds in SCALED:
        return {one.name: whole_units_of(one.holds, getattr(holder, one.attr), holder)}
    return {attr: getattr(holder, attr) for attr in one.attrs}


def typed(one: Known, holder: Any, names: Names) -> object:
    """A field as a form begins with it: codes where one is chosen, names where one types."""
    if one.holds in {Holds.CHOICE, Holds.OFFICE, Holds.FIELD, Holds.FLAG, Holds.CURRENCY, Holds.DAY}:
        return getattr(holder, one.attr)
    return shown(one, holder, names)
