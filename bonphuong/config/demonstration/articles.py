"""What the demonstration reads: two articles, and a monthly report made up to be held against the register."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bonphuong
from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.public_facts import days_of, facts, filed_on, note_of, state
from bonphuong.config.demonstration.stage import OFFICER, UNION, Act, Stage, moment
from bonphuong.reader.claims import Kind
from bonphuong.reader.enums import ClaimStatus
from bonphuong.reader.models import StoredClaim
from bonphuong.reader.services import Acceptance, accept_claim, file_and_read, follow_request

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Beside a working copy the two real articles may lie; a clone elsewhere has two of the product's own.
REAL = Path(bonphuong.__file__).resolve().parents[1].parent / "shared" / "documents"
ILLUSTRATION = DATA / "report-2025-06.txt"
_SENT = dt.date(2025, 6, 26)


def articles() -> list[Path]:
    """The two articles, by day: the real ones where they are at hand."""
    real = sorted(REAL.glob("*.txt")) if REAL.is_dir() else []
    return real or own_articles()


def own_articles() -> list[Path]:
    """The product's own two articles."""
    folder = resources.files("bonphuong.reader").joinpath("data", "demo")
    return sorted(Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith(".txt"))


def reading_acts() -> Iterator[Act]:
    """Articles are filed and read, their figures entered with periods given by a person, their requests noted."""
    data = facts()
    texts = articles()
    for row in data["papers"]:
        if "article" in row and row["article"] < len(texts):
            day = filed_on(row)
            stated = [one for one in data["statements"] if one["paper"] == row["key"]]
            yield Act(moment(day, 8), partial(_read, row=row, path=texts[row["article"]]))
            yield Act(moment(day, 14), partial(_enter, key=row["key"], rows=stated))
    yield Act(moment(_SENT, 16), _read_report)


def _read(stage: Stage, *, row: dict[str, Any], path: Path) -> None:
    note = note_of(row, is_demo=path.parent != REAL)
    document = file_and_read(
        note, content=path.read_bytes(), file_name=path.name, actor=stage.person(OFFICER)
    )
    stage.papers[row["key"]] = document.paper_id


def _enter(stage: Stage, *, key: str, rows: list[dict[str, Any]]) -> None:
    """What the article says is accepted as its claim where the reader found it, else typed in."""
    claims = StoredClaim.objects.filter(document__paper=stage.papers[key], status=ClaimStatus.PROPOSED)
    for row in rows:
        claim = next((c for c in claims.filter(subject=row["measure"]) if _is_whole(c, row)), None)
        if claim is None:
            state(stage, row)
            continue
        since, until = days_of(row)
        how = Acceptance(since, until, value=Decimal(row["value"]), dimensions=row.get("dimensions", {}))
        accept_claim(claim, how, actor=stage.person(OFFICER))
    for claim in claims.filter(kind=Kind.REQUEST):
        follow_request(claim, lead_office_code=UNION, actor=stage.person(OFFICER))


def _is_whole(stored: StoredClaim, row: dict[str, Any]) -> bool:
    claim = stored.claim
    return claim.kind is Kind.FIGURE and not claim.is_part and claim.value == Decimal(row["value"])


def _read_report(stage: Stage) -> None:
    row = {
        "kind": "report",
        "reference": "512/BC-SNgV",
        "on": _SENT.isoformat(),
        "issuer": "Sở Ngoại vụ tỉnh Lai Châu",
        "abstract": "Báo cáo minh họa: kết quả công tác đối ngoại tháng 6 năm 2025",
    }
    file_and_read(
        note_of(row, is_demo=True),
        content=ILLUSTRATION.read_bytes(),
        file_name=ILLUSTRATION.name,
        actor=stage.person(OFFICER),
    )
