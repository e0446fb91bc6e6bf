"""The way of a report after it is signed: to whom it was sent, by which road, and in a package to the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.stage import OFFICER, PROVINCE, Stage
from bonphuong.kernel import clock
from bonphuong.reports.queries import signed_edition
from bonphuong.reports.services import note_sending, package_edition, undo_sending

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bonphuong.kernel.periods import Period
    from bonphuong.reports.models import Edition


def send(stage: Stage, edition: Edition, rows: Iterable[Mapping[str, Any]]) -> None:
    """Who received a signed report on the day of its signing; what was noted by mistake is taken back."""
    officer = stage.person(OFFICER)
    for row in rows:
        made = note_sending(
            actor=officer,
            edition=edition,
            road=row["road"],
            sent_on=clock.today(),
            offices=row.get("offices", ()),
            names=row.get("names", ()),
            note=row.get("note", ""),
        )
        for one in made if "undone" in row else ():
            undo_sending(actor=officer, sending=one, reason=row["undone"])


def pack(stage: Stage, *, code: str, period: Period, to: str) -> None:
    """The officer puts a signed report into a package; it stands among its sendings by itself."""
    signed = signed_edition(code, PROVINCE, period)
    if signed is not None:
        package_edition(actor=stage.person(OFFICER), edition=signed.edition, to_office=to)
