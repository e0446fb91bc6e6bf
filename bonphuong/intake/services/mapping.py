"""What a person says of headings, checked against the sheet and the columns."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.intake.finding import plain
from bonphuong.intake.headings import columns_for
from bonphuong.intake.models import ColumnMapping
from bonphuong.intake.queries import fingerprint
from bonphuong.intake.tables import mapped_tables
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.sheets.tables import column_number
from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.intake.models import Batch

_LETTER = re.compile(r"[A-Za-z]{1,3}")


def checked_mapping(batch: Batch, mapping: Mapping[str, str]) -> dict[str, str]:
    """Headings by their keys → codes. Raises BadInput for a heading, letter or code that is not there, or a code twice."""
    codes = {column.code for column in columns_for(get_family(batch.family), [])}
    found: dict[str, str] = {}
    for name, code in mapping.items():
        keys = _keys_named(batch, name)
        if not keys:
            raise _bad(_("The sheet has no column “%(name)s”.") % {"name": name[:60]})
        if code and code not in codes:
            raise _bad(_("There is no column called “%(code)s”.") % {"code": code[:60]})
        found.update(dict.fromkeys(keys, code))
    for table in batch.tables:
        said = Counter(found[key] for _text, key in table["headings"] if found.get(key))
        twice = next((code for code, number in said.items() if number > 1), "")
        if twice:
            raise _bad(_("Two columns cannot both be “%(code)s”.") % {"code": twice})
    return found


def remember(batch: Batch) -> None:
    """Keep what the headings are taken for, in tables of which a person has said something. Inside an open action."""
    for table in mapped_tables(batch) if batch.mapping else ():
        columns = {found.heading.key: found.code for found in table.matched if found.heading.text}
        if columns.keys() & batch.mapping.keys():
            ColumnMapping.objects.update_or_create(
                office_code=batch.office_code,
                family=batch.family,
                kind=table.kind,
                fingerprint=fingerprint(columns),
                defaults={"columns": columns, "used_at": clock.now()},
            )


def _keys_named(batch: Batch, name: str) -> list[str]:
    wanted = plain(name)
    keys = [key for table in batch.tables for _text, key in table["headings"] if wanted and key == wanted]
    letter = name.strip()
    if not keys and _LETTER.fullmatch(letter):
        index = column_number(letter.upper())
        keys = [t["headings"][index][1] for t in batch.tables if index < len(t["headings"])]
    return keys


def _bad(message: str) -> BadInput:
    return BadInput({"mapping": [message]})
