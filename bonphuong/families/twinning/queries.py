"""Reads of twinned pairs: which have been silent, which are due for a look, what they did in a year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from bonphuong.families.twinning.enums import SILENT_DAYS, Deed, Standing
from bonphuong.families.twinning.models import Activity, Review
from bonphuong.families.twinning.rules import reviews_of, standing_of
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kit.specs import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.twinning.models import Pair


def silent(today: dt.date) -> Q:
    """Records of pairs that run and of which nothing was heard for a year: neither activity nor review."""
    after = today - dt.timedelta(days=SILENT_DAYS)
    lived = (
        Q(pair__signed_on__gte=after)
        | Q(pair__active_on__gte=after, pair__signed_on__isnull=True)
        | Q(pair__reviewed_on__gte=after)
        | Q(pair__resumed_on__gte=after)
        | Q(pair__renewed_on__gte=after)
    )
    met = Exists(Activity.objects.filter(row_id=OuterRef("pk"), on__gte=after))
    looked = Exists(Review.objects.filter(row_id=OuterRef("pk"), on__gte=after))
    return Q(pair__standing=Standing.ACTIVE, pair__is_void=False) & ~lived & ~Q(met) & ~Q(looked)


def review_overdue(today: dt.date) -> Q:
    """Records of pairs that should have been looked at again by now."""
    return Q(pair__standing=Standing.ACTIVE, pair__is_void=False, pair__next_review_on__lt=today)


def paused(today: dt.date) -> Q:
    """Records of pairs that rest."""
    del today
    return Q(pair__standing=Standing.PAUSED, pair__is_void=False)


def last_heard(row: Pair) -> dt.date | None:
    """The latest day on which the pair gave a sign of life."""
    days = [line.on for line in row.activities.all()]
    days += [*reviews_of(row), *(day for day in (row.since, row.resumed_on, row.renewed_on) if day)]
    return max(days, default=None)


def panels(row: Pair, user: User) -> Sequence[Panel]:
    """How alive the pair is, and what it did year by year."""
    del user
    return [*_alive(row), *_years(row)]


def _alive(row: Pair) -> list[Panel]:
    heard, today = last_heard(row), clock.today()
    if heard is None or standing_of(row) != Standing.ACTIVE:
        return []
    is_silent = (today - heard).days > SILENT_DAYS
    facts = [(_("Last heard of"), format_date(heard)), (_("Days since"), str((today - heard).days))]
    if row.next_review_on:
        facts.append((_("Next review by"), format_date(row.next_review_on)))
    overdue = row.next_review_on is not None and row.next_review_on < today
    text = _("Silent for a year: neither activity nor review.") if is_silent else ""
    return [Panel(_("Signs of life"), rows=facts, text=text, tone="warn" if is_silent or overdue else "good")]


def _years(row: Pair) -> list[Panel]:
    done: dict[int, Counter[str]] = {}
    for line in row.activities.all():
        year = done.setdefault(line.on.year, Counter())
        year["people"] += (line.people_ours or 0) + (line.people_theirs or 0)
        year[line.deed] += 1
    if not done:
        return []
    rows = [
        (
            str(year),
            str(sum(found[deed] for deed in Deed.values)),
            str(found["people"] or ""),
            "; ".join(f"{Deed(deed).label} {found[deed]}" for deed in Deed.values if found[deed]),
        )
        for year, found in sorted(done.items(), reverse=True)
    ]
    heads = (_("Year"), _("Activities"), _("People of both sides"), _("Of what kind"))
    return [Panel(_("Year by year"), heads=heads, rows=rows)]
