"""Stored records beside the rows of a sheet that name them: what the row changes, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.intake.headings import LANGUAGES
from bonphuong.kernel.bulk import chunks
from bonphuong.kernel.dates import format_date
from bonphuong.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Family

# What a list in CSV puts before a text that a spreadsheet program would take for a formula.
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


@dataclass(frozen=True)
class Stored:
    """A record as lists show it: its columns by code."""

    uid: UUID
    version: int
    number: str
    kind: str
    office_code: str
    shown: Mapping[str, object]

    def has(self, code: str, cell: object) -> bool:
        """Whether a cell says what is stored."""
        return same(cell, self.shown.get(code))

    def lacks(self, code: str) -> bool:
        """Whether nothing is stored in this column."""
        return _comparable(self.shown.get(code)) is None


def stored_rows(family: Family, uids: Iterable[UUID], user: User, *, lang: str = "") -> dict[UUID, Stored]:
    """Uid → the record, of those of the family that the person may see. The number of queries grows by batches.

    Its columns are shown in the reader's language, or in `lang`.
    """
    found: dict[UUID, Stored] = {}
    for some in chunks(list(dict.fromkeys(uids))):
        seen = Record.objects.visible_to(user).filter(
            pk__in=some, family=family.code, duplicate_of__isnull=True
        )
        rows = list(family.get_facts_rows().filter(pk__in=seen.values("pk")))
        for row, shown in zip(rows, _shown(family, rows, lang or languages()[0]), strict=True):
            header: Record = row.record
            found[header.pk] = Stored(
                uid=header.pk,
                version=header.version,
                number=header.number,
                kind=header.kind,
                office_code=header.office_code,
                shown=shown,
            )
    return found


def languages() -> list[str]:
    """The reader's language first: a list may have been taken away in the other."""
    own = (translation.get_language() or "vi")[:2]
    return sorted(LANGUAGES, key=lambda language: language != own)


def _shown(family: Family, rows: Sequence[Any], language: str) -> list[dict[str, object]]:
    prepare = family.get_prepare()
    with translation.override(language):
        if prepare is not None and rows:
            prepare(rows)
        return [
            {
                column.code: plain_value(column.value(row))
                for column in family.columns_of(row.record.kind)
                if not column.restricted
            }
            for row in rows
        ]


def plain_value(value: object) -> object:
    """A value of a column as a cell holds it."""
    if value is None or isinstance(value, bool | int | Decimal | dt.date):
        return (_("yes") if value else None) if isinstance(value, bool) else value
    return str(value) or None


def same(cell: object, stored: object) -> bool:
    """Whether a cell of a sheet says what a column shows: spaces, and the ways of writing a day, do not count."""
    one, other = _comparable(cell), _comparable(stored)
    if one == other:
        return True
    if isinstance(other, dt.date) and isinstance(one, str):
        return one in {other.isoformat(), *(format_date(other, language) for language in LANGUAGES)}
    if isinstance(other, int | Decimal) and isinstance(one, str):
        return one in {str(other), f"{other:,}".replace(",", ".")}
    if isinstance(other, str) and isinstance(one, int | Decimal):
        return str(one) == other
    return False


def _comparable(value: object) -> object:
    if value is None or value is False:
        return None
    if value is True:
        return _("yes")
    if isinstance(value, str):
        bare = value[1:] if value.startswith(_GUARDED) else value
        return " ".join(bare.split()) or None
    if isinstance(value, dt.datetime):
        return value.date()
    return value
