"""What the gate adds to students: a title without their name, the country of the sender, the programme's number.

The header's title is seen wherever a record is named (the trail, links, abstracts of papers); a student's name is
a field of the record alone, for those who may see it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from bonphuong.accounts.queries import book_of
from bonphuong.families.scholarships.enums import Course, Kind
from bonphuong.kernel.text import fold
from bonphuong.kit.schema import clean_many as clean_by_scheme
from bonphuong.parties.models import Party
from bonphuong.records.models import Record
from bonphuong.records.registry import CellError, Cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.specs import Scheme


def clean_many(
    scheme: Scheme, rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> list[Cleaned]:
    """The kit's gate, with students completed; one `Cleaned` for each row, in order."""
    cleaned = clean_by_scheme(scheme, rows, kind=kind, office_code=office_code, actor=actor)
    known = _Known([one.draft for one in cleaned if one.draft is not None], book_of(office_code))
    return [_completed(one, known) for one in cleaned]


class _Known:
    """Countries of senders and numbers of programmes, each read once for a batch."""

    def __init__(self, drafts: Sequence[Any], book: str) -> None:
        students = [draft for draft in drafts if draft.kind == Kind.STUDENT]
        parties = Party.objects.filter(pk__in={draft.get("partner_code") or "" for draft in students})
        self.countries = {party.code: party.country_id or "" for party in parties}
        self.schemes: dict[str, str] = {}
        if any(draft.get("scheme_number") for draft in students):
            found = Record.objects.live().filter(family="scholarships", kind=Kind.SCHEME, book=book)
            for number, title in found.order_by("number").values_list("number", "title"):
                self.schemes[fold(title)] = self.schemes[fold(number)] = number


def _completed(one: Cleaned, known: _Known) -> Cleaned:
    draft: Any = one.draft
    if draft is None or draft.kind != Kind.STUDENT:
        return one
    named = draft.get("scheme_number") or ""
    number = known.schemes.get(fold(named), "")
    if named and not number:
        message = _("No scholarship programme has the number or the name “%(text)s”.") % {"text": named}
        return replace(one, draft=None, errors=(*one.errors, CellError("scheme_number", message)))
    return replace(one, draft=complete(draft, known.countries, number))


def complete(draft: Draft, countries: Mapping[str, str], scheme_number: str = "") -> Draft:
    """A student's draft with all that follows from it; pure."""
    values = dict(draft.values)
    if scheme_number:
        values["scheme_number"] = scheme_number
    if not values.get("country_code") and values.get("partner_code"):
        values["country_code"] = countries.get(values["partner_code"], "")
    _fill_days(values)
    return replace(draft, values=values, title=title_of(values))


def _fill_days(values: dict[str, Any]) -> None:
    """Entry, language year and major follow from each other where a list gives only one of them."""
    language, major = values.get("language_on"), values.get("major_on")
    entered = values["entered_on"] = values.get("entered_on") or language or major
    if entered is None or language or major:
        return
    has_year = values.get("has_language_year") and values.get("course") != Course.SHORT
    values["language_on" if has_year else "major_on"] = entered


def title_of(values: Mapping[str, Any]) -> str:
    """What a student's record is called: where from and which course, never who. In the language of the papers."""
    with override("vi"):
        parts = [
            _("Scholarship student"),
            str(values.get("partner_text") or ""),
            str(values.get("major") or values.get("school") or ""),
            str(values.get("cohort") or ""),
        ]
    return ", ".join(part for part in parts if part)[:300]
