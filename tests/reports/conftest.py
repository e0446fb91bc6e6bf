"""The province of the demonstration with its reports, loaded once for each file of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create_many
from bonphuong.kernel import clock
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.services import declare_complete
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.gathering import gather
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.services import build_draft, reading_moment, sign_edition

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.records.models import Record
    from bonphuong.reports.models import Edition

PROVINCE = "lai-chau"
DEPARTMENT = "lc-dofa"
_REGISTERS = (
    "outbound.", "inbound.", "sessions.", "border.day_", "border.joint_", "border.gates_", "activities.",
)  # fmt: skip
KEPT = tuple(code for code in MEASURES if code.startswith(_REGISTERS))


@pytest.fixture(scope="module")
def province(loaded_province: None) -> None:
    """Each test works on a savepoint over it."""


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.get(username="canbo")


@pytest.fixture
def head(db: None) -> User:
    return User.objects.get(username="truongphong")


@pytest.fixture
def leader(db: None) -> User:
    return User.objects.get(username="lanhdao")


def enter(officer: User, *drafts: Any, at: dt.date, late_reason: str = "") -> list[Record]:
    """Register finished delegations on a day."""
    with clock.fixed(at):
        return create_many(list(drafts), office_code=DEPARTMENT, actor=officer, late_reason=late_reason)


def declare(officer: User, since: dt.date, until: dt.date, *, at: dt.date) -> None:
    """The register of the province is complete from a day to a day."""
    with clock.fixed(at):
        declare_complete(actor=officer, office=PROVINCE, measures=KEPT, since=since, until=until)


def content(code: str, period: str, *, at: dt.date, office: str = PROVINCE) -> dict[str, Any]:
    """The content of a report that nobody has begun, on a day."""
    with clock.fixed(at):
        row, span = definition_and_period(code, office, period)
        ground = gather(row, office, span)
        return compose(ground, Frame(as_of=reading_moment(ground)))


def sign(
    officer: User, signer: User, code: str, period: str, *, at: dt.date, office: str = PROVINCE, **more: Any
) -> Edition:
    """Begin a report and sign it over its warnings, on a day."""
    with clock.fixed(at):
        draft = build_draft(actor=officer, office=office, code=code, period=period, reason="bản mới")
        return sign_edition(actor=signer, edition=draft, **{"reason": "đã rà soát", **more})


def value(told: dict[str, Any], key: str) -> str | None:
    """The value of a figure of a content by its key."""
    return next((figure["value"] for figure in told["figures"] if figure["key"] == key), None)


def entry(told: dict[str, Any], key: str) -> dict[str, Any]:
    """A figure of a content by its key."""
    return next(figure for figure in told["figures"] if figure["key"] == key)


def said(told: dict[str, Any], code: str) -> list[str]:
    """What a section of a content says, block by block."""
    section = next(section for section in told["sections"] if section["code"] == code)
    texts = []
    for block in section["blocks"]:
        match block["kind"]:
            case "paragraph":
                texts.append(plain(block["runs"]))
            case "items":
                texts += [plain(item) for item in block["items"]]
            case "table":
                texts.append(block["caption"])
            case _:
                texts.append(block["text"])
    return texts


def plain(runs: list[Any]) -> str:
    """Runs as text."""
    return "".join(run if isinstance(run, str) else run["t"] for run in runs)


def table(told: dict[str, Any], caption: str) -> dict[str, list[str]]:
    """The lines of a table by their heads."""
    found = next(
        block
        for section in told["sections"]
        for block in section["blocks"]
        if block["kind"] == "table" and block["caption"].startswith(caption)
    )
    rows = [*found["rows"], *([found["totals"]] if "totals" in found else [])]
    return {row["head"]: [plain([cell]) for cell in row["cells"]] for row in rows}
