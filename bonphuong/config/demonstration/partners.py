"""Dossiers of partners: promises of both sides and how they were kept, notes, receptions, a briefing book."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.models import Office
from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import played
from bonphuong.config.demonstration.stage import FOCAL, OFFICER, Act, Stage, moment
from bonphuong.kernel import clock
from bonphuong.parties.services import add_note
from bonphuong.records.enums import CommitmentStatus
from bonphuong.records.services import CommitmentDraft, add_commitment, change_commitment
from bonphuong.reports.briefing import Wanted
from bonphuong.reports.services import make_briefing

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "partners.json"
#: The partner whose briefing book stands ready when the demonstration is opened.
BRIEFED = "cn-yunnan"
_NOTED = dt.timedelta(days=5)
_BEFORE = dt.timedelta(days=2)


def partner_acts(today: dt.date) -> Iterator[Act]:
    """Everything in its time; the book is made two days before today."""
    data = json.loads((DATA / FILE).read_text(encoding="utf-8"))
    yield from played(data["events"])
    for row in data["promises"]:
        noted = dt.date.fromisoformat(row["made"]) + _NOTED
        # The keeping is noted after the promise, whichever day it happened on.
        kept = max(dt.date.fromisoformat(row["settled"]) if row["settled"] else noted, noted)
        yield Act(moment(noted, 17, 10), partial(_promise, row=row))
        if row["settled"]:
            yield Act(moment(kept, 17, 20), partial(_keep, row=row))
    for row in data["notes"]:
        yield Act(moment(dt.date.fromisoformat(row["on"]), 16, 30), partial(_note, row=row))
    yield Act(moment(today - _BEFORE, 15), _brief)


def _promise(stage: Stage, *, row: dict[str, Any]) -> None:
    draft = CommitmentDraft(
        text=row["text"],
        lead_office_code=row["office"],
        side=row["side"],
        kind=row["kind"],
        party_code=row["party"],
        made_on=dt.date.fromisoformat(row["made"]),
        due_on=dt.date.fromisoformat(row["due"]),
        is_demo=True,
    )
    made = add_commitment(draft, actor=stage.person(OFFICER), record=stage.record(row["record"]))
    stage.promises[row["text"]] = made


def _keep(stage: Stage, *, row: dict[str, Any]) -> None:
    found = stage.promises[row["text"]]
    change_commitment(
        found,
        expected_version=found.version,
        actor=stage.person(OFFICER),
        status=CommitmentStatus.DONE,
        settled_on=dt.date.fromisoformat(row["settled"]),
        evidence=row["evidence"],
    )


def _note(stage: Stage, *, row: dict[str, Any]) -> None:
    office = Office.objects.get(pk=FOCAL)
    add_note(actor=stage.person(OFFICER), party=stage.parties[row["party"]], office=office, text=row["text"])


def _brief(stage: Stage) -> None:
    """The officer prepares the next meeting with the neighbour province."""
    today = clock.today()
    wanted = Wanted(
        party=stage.parties[BRIEFED],
        office=Office.objects.get(pk=FOCAL),
        since=dt.date(today.year - 1, 1, 1),
        until=today,
        occasion="Hội đàm chuẩn bị phiên 12 Nhóm công tác liên hợp (minh họa)",
        raise_too="Thống nhất ngày họp phiên 12 và nơi họp\nCơ chế báo tin khi cửa khẩu tạm dừng",
        protocol="Phiên dịch: Chẻo Thị Thử (hư cấu)\nChỗ ngồi theo thứ bậc, chủ nhà bên trái",
    )
    make_briefing(actor=stage.person(OFFICER), wanted=wanted)
