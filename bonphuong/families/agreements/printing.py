"""What the general papers say of an agreement beside its fields. Vietnamese is chosen by whoever prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext

from bonphuong.families.agreements.enums import Side
from bonphuong.kernel.dates import format_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.families.agreements.models import Agreement, Signatory


def print_context(row: Agreement) -> Mapping[str, Any]:
    """The signing as it is asked for, who signs, and when."""
    title, day = row.record.title, row.signed_on or row.planned_on
    words = {"title": title, "ours": row.our_side}
    proposal = ""
    if row.our_side and row.signed_on is None:
        proposal = pgettext("in an official paper", "To let %(ours)s sign %(title)s.") % words
    return {
        "about": pgettext("in an official paper", "signing %(title)s") % words,
        "about_after": pgettext("in an official paper", "carrying out %(title)s") % words,
        "dates": format_date(day) if day else "",
        "venue": row.signed_at,
        "participants": [_signatory(line) for line in row.signatories.all()],
        "proposals": [proposal] if proposal else [],
        "lines": ("signatories", "assessments"),
    }


def _signatory(line: Signatory) -> str:
    side = (
        pgettext("in an official paper", "Our side")
        if line.side == Side.OURS
        else pgettext("in an official paper", "The partner's side")
    )
    who = ", ".join(filter(None, (line.name_then, line.signer, line.signer_post)))
    return f"{side}: {who}"
