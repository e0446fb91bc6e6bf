"""The figures that tell how a relation with a partner goes: one list, for its page and for briefing books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.partners import PARTNER
from bonphuong.indicators.queries import figures

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.indicators.figures import Figure
    from bonphuong.kernel.periods import Period

#: In the order in which they are told. Each is of a measure that knows the partner.
RELATION = (
    "outbound.groups",
    "outbound.person_visits",
    "inbound.groups",
    "inbound.person_visits",
    "border.day_contacts",
    "sessions.held",
    "mechanisms.meetings",
    "agreements.in_force",
    "twinning.active",
    "greetings.sent",
    "greetings.received",
    "students.present",
    "aid.approved",
    "support.approved",
)


def relation_figures(
    codes: Sequence[str],
    office: str | None,
    period: Period,
    *,
    wanted: Sequence[str] = RELATION,
    as_of: dt.datetime | None = None,
) -> list[Figure]:
    """The figures of a partner under all its codes, as of a moment (now). One that the tables lack is left out."""
    known = set(Indicator.objects.filter(code__in=wanted).values_list("code", flat=True))
    filters = {PARTNER: tuple(codes)}
    return figures([FigureRequest(code, office, period, as_of, filters) for code in wanted if code in known])


def told(found: Sequence[Figure]) -> list[Figure]:
    """Those that have something to tell: nought without entries behind it is not a finding."""
    return [one for one in found if one.value]
