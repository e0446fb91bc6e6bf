"""What the general papers say of aid beside its fields. Vietnamese is chosen by whoever prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext

from bonphuong.families.aid.enums import Kind
from bonphuong.kernel.dates import date_range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.families.aid.models import Aid


def print_context(row: Aid) -> Mapping[str, Any]:
    """The approval as it is asked for, the time of carrying out, the tables that go with it."""
    words = {"title": row.record.title, "donor": row.donor_text, "owner": row.owner}
    asked = {
        Kind.ITEM: pgettext("in an official paper", "approving the aid “%(title)s”"),
        Kind.RELIEF: pgettext("in an official paper", "accepting the relief “%(title)s”"),
        Kind.DONOR: pgettext("in an official paper", "the work of %(title)s in the province"),
        Kind.CALL: pgettext("in an official paper", "calling for aid for “%(title)s”"),
    }
    first, last = row.starts_on, row.ends_on
    proposals = []
    if row.kind == Kind.ITEM and row.donor_text and row.owner:
        whole = pgettext("in an official paper", "To approve the aid of %(donor)s; %(owner)s carries it out.")
        proposals = [whole % words]
    return {
        "about": asked[Kind(row.kind)] % words,
        "about_after": pgettext("in an official paper", "carrying out the aid “%(title)s”") % words
        if row.kind in {Kind.ITEM, Kind.RELIEF}
        else "",
        "dates": date_range(first, last, "vi") if first and last else "",
        "proposals": proposals,
        "lines": ("sums", "goods", "places", "results", "certificates"),
    }
