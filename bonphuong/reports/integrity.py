"""What must always be true of signed editions: looked at by `bonphuong check` with the ledger's own checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.canonical import digest_of
from bonphuong.ledger.checks import Problem
from bonphuong.ledger.models import Posting
from bonphuong.reports.changes import reproduce
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition, EditionContent

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "reports.editions"
_CHUNK = 50


def check_editions() -> list[Problem]:
    """Signed editions that are not what was signed, or that the ledger no longer bears out. Empty when all is well."""
    problems = [problem for frozen in _contents() for problem in _check(frozen)]
    bare = Edition.objects.exclude(status=EditionStatus.DRAFT).filter(frozen__isnull=True)
    problems += [
        Problem(str(edition), "edition_empty", _("The content of this signed report is missing."))
        for edition in bare.order_by("pk")
    ]
    return problems


def _contents() -> Iterator[EditionContent]:
    return EditionContent.objects.select_related("edition").order_by("pk").iterator(_CHUNK)


def _check(frozen: EditionContent) -> Iterator[Problem]:
    place = str(frozen.edition)
    if digest_of(frozen.content) != frozen.digest:
        yield Problem(place, "edition_changed", _("The content of this report is not what was signed."))
        return
    for book, (seq, digest) in frozen.heads.items():
        if seq and not Posting.objects.filter(book=book, seq=seq, digest=digest).exists():
            message = _(
                "The book %(book)s is not the one that this report read: its posting %(seq)s is another."
            )
            yield Problem(place, "edition_head", message % {"book": book, "seq": seq})
            return
    found = reproduce(frozen.edition)
    if not found.is_same:
        labels = "; ".join(dict.fromkeys(change.label for change in found.differences))
        message = _("This report does not come out again as it was signed: %(labels)s.") % {"labels": labels}
        yield Problem(place, "edition_differs", message)
