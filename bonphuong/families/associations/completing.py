"""What the gate adds: bodies named by their record number or by name become their numbers, and congresses know which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.queries import book_of
from bonphuong.families.associations.enums import BODIES, Kind
from bonphuong.families.associations.models import Association
from bonphuong.kernel.text import fold
from bonphuong.kit.schema import clean_many as clean_by_scheme
from bonphuong.records.registry import CellError, Cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.specs import Scheme

_NAMES = ("body_number", "union_number", "merged_into")
#: Folded number or name → (number, kind, country).
Bodies = dict[str, tuple[str, str, str]]


def clean_many(
    scheme: Scheme, rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> list[Cleaned]:
    """The kit's gate, with bodies resolved; one `Cleaned` for each row, in order."""
    cleaned = clean_by_scheme(scheme, rows, kind=kind, office_code=office_code, actor=actor)
    named = any(draft.get(name) for one in cleaned if (draft := _draft(one)) for name in _NAMES)
    bodies = bodies_of(book_of(office_code)) if named else {}
    return [_completed(one, bodies) for one in cleaned]


def bodies_of(book: str) -> Bodies:
    """Every union and association of a book by number and by name; the later entered of one name is left out."""
    rows = Association.objects.filter(
        kind__in=BODIES, record__book=book, record__duplicate_of=None, is_void=False
    )
    values = rows.order_by("record__number").values_list(
        "record__number", "record__title", "kind", "country_code"
    )
    found: Bodies = {}
    for number, title, kind, country in values:
        found[fold(number)] = (number, kind, country)
        found.setdefault(fold(title), (number, kind, country))
    return found


def _draft(one: Cleaned) -> Any:
    return one.draft


def _completed(one: Cleaned, bodies: Bodies) -> Cleaned:
    draft = _draft(one)
    if draft is None:
        return one
    values, errors = dict(draft.values), []
    for name in _NAMES:
        text = values.get(name) or ""
        if not text:
            continue
        body = bodies.get(fold(text))
        if body is None:
            message = _("No union or association has the number or the name “%(text)s”.") % {"text": text}
            errors.append(CellError(name, message))
            continue
        values[name] = body[0]
        if name == "body_number":
            values["body_kind"] = body[1]
            values["country_code"] = values.get("country_code") or body[2]
    if errors:
        return replace(one, draft=None, errors=(*one.errors, *errors))
    if draft.kind == Kind.CONGRESS and not values.get("body_kind"):
        values["body_kind"] = Kind.ASSOCIATION.value
    return replace(one, draft=replace(draft, values=values))
