"""Which edition a file shows: by what it says of itself, in whichever place that survived, else by its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import ProductError
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition
from bonphuong.reports.rendering.reading import ANCHOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User

EDITION, DIGEST = "bonphuong-edition", "bonphuong-digest"
_NUMBER = re.compile(r"\b\d+[\w.]*/[\w&-]+(?:-[\w&]+)*")
_FIRST_LINES = 20


class UnknownDocument(ProductError):
    """A file that shows no report of which anything is known here, or none that the person may see."""

    code = "unknown_document"


@dataclass(frozen=True)
class SelfTold:
    """What a file says of itself: properties, names of its places, its first lines."""

    properties: Mapping[str, str]
    bookmarks: Iterable[str] = ()
    lines: Iterable[str] = ()


def find_edition(told: SelfTold, user: User | None) -> tuple[Edition, str]:
    """The edition, and by what it was found: "property", "place" or "number".

    Without a user every edition is known. Raises UnknownDocument.
    """
    rows = Edition.objects.all() if user is None else Edition.objects.visible_to(user)
    rows = rows.select_related("definition")
    for uid, by in _names(told):
        found = rows.filter(pk=uid).first()
        if found is not None:
            return found, by
    found = _by_number(rows.exclude(status=EditionStatus.DRAFT), told.lines)
    if found is not None:
        return found, "number"
    if EDITION in told.properties and not told.properties[EDITION]:
        raise UnknownDocument(
            _("The file was printed from a report that nobody had begun: nothing of it is kept.")
        )
    raise UnknownDocument(_("The file shows no report that is known here, or none that you may see."))


def _names(told: SelfTold) -> Iterable[tuple[UUID, str]]:
    places = sorted(name[len(ANCHOR) :] for name in told.bookmarks if name.startswith(ANCHOR))
    for text, by in ((told.properties.get(EDITION, ""), "property"), *((one, "place") for one in places)):
        try:
            yield UUID(text), by
        except ValueError:
            continue


def _by_number(rows: QuerySet[Edition], lines: Iterable[str]) -> Edition | None:
    """The one signed edition whose number stands at the head of the paper; none where several could be meant."""
    first = [line for line, _index in zip(lines, range(_FIRST_LINES), strict=False)]
    numbers = {match for line in first for match in _NUMBER.findall(line)}
    if not numbers:
        return None
    found = list(rows.filter(paper_number__in=numbers))
    if len(found) > 1:
        found = [row for row in found if row.paper_on and any(_day(row) in line for line in first)]
    signed = [row for row in found if row.status == EditionStatus.SIGNED]
    return (signed or found)[0] if len(signed) == 1 or len(found) == 1 else None


def _day(row: Edition) -> str:
    return "" if row.paper_on is None else f"{row.paper_on:%d} tháng {row.paper_on:%m} năm {row.paper_on:%Y}"
