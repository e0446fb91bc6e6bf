"""The one gate: rows as a form, a sheet, the reader or the API gives them become drafts or errors by column."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.queries import book_of
from bonphuong.families.delegations.enums import (
    DECIDED,
    Channel,
    Funding,
    HeadLevel,
    Kind,
    PlanStatus,
    Purpose,
    SessionForm,
)
from bonphuong.families.delegations.schema import cells
from bonphuong.families.delegations.schema.drafts import DelegationDraft, MemberDraft, PlaceDraft
from bonphuong.families.delegations.schema.lookups import Lookups
from bonphuong.families.delegations.validators import errors_of, warnings_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.records.registry import CellError, Cleaned

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import TextChoices

    from bonphuong.accounts.models import User

_NAMES = frozenset(f.name for f in fields(DelegationDraft))
FUNDING_WORDS = (
    ("ngân sách tỉnh", "province"), ("ngân sách nhà nước", "province"), ("nsnn", "province"), ("nst", "province"),
    ("ngân sách trung ương", "central"), ("phía bạn", "host"), ("phía bạn đài thọ", "host"), ("phía mời", "host"),
    ("bạn đài thọ", "host"), ("tự túc", "own"), ("cá nhân", "own"), ("dự án", "project"), ("nhà tài trợ", "project"),
)  # fmt: skip
PLAN_WORDS = (
    ("trong kế hoạch", "in"), ("trong kh", "in"), ("ngoài kế hoạch", "off"), ("ngoài kh", "off"), ("trong", "in"),
    ("ngoài", "off"), ("đột xuất", "off"),
)  # fmt: skip
LEVEL_WORDS = (
    ("cấp trung ương", "central"), ("cấp tỉnh", "province"), ("lãnh đạo tỉnh", "province"), ("tỉnh", "province"),
    ("cấp sở", "department"), ("sở", "department"), ("cấp phòng", "expert"), ("huyện", "district"),
    ("cấp huyện", "district"), ("xã", "commune"), ("cấp xã", "commune"),
)  # fmt: skip


class Reading:
    """One row on its way through the gate: values found so far and what was wrong."""

    def __init__(self, row: Mapping[str, object], lookups: Lookups, today: dt.date) -> None:
        self.row, self.lookups, self.today = row, lookups, today
        self.values: dict[str, Any] = {}
        self.errors: list[CellError] = []
        self.warnings: list[CellError] = []

    def take(self, column: str, read: Callable[[Any], object], *names: str) -> None:
        """Read a column, if the row has it, into one or several values."""
        if column not in self.row:
            return
        try:
            found = read(self.row[column])
        except (BadValue, ValueError) as error:
            self.errors.append(CellError(column, str(error)))
            return
        parts = found if len(names) > 1 and isinstance(found, tuple) else (found,)
        for name, value in zip(names or (column,), parts, strict=True):
            if value not in (None, ""):
                self.values[name] = value


def clean_many(
    rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> list[Cleaned]:
    """One `Cleaned` for each row, in order. Names are resolved from memory; nothing is written.

    `kind` is used where a row does not say its own; `office_code` where it names no lead office. Twins are
    looked for by the caller, who knows whose records may be seen (`records.queries.possible_twins`).
    """
    del actor  # whoever may enter may name any office of the book as the lead
    lookups = Lookups.load(book_of(office_code))
    today = clock.today()
    return [
        _clean(index, row, kind=kind, office_code=office_code, reading=Reading(row, lookups, today))
        for index, row in enumerate(rows)
    ]


def _clean(
    index: int, row: Mapping[str, object], *, kind: str, office_code: str, reading: Reading
) -> Cleaned:
    reading.values |= {"kind": cells.text(row.get("kind")) or kind, "lead_office_code": office_code}
    _plain(reading)
    _choices(reading)
    _names(reading)
    _days(reading)
    draft = _whole(reading)
    refused = {error.column for error in reading.errors}
    for name, message in errors_of(draft, today=reading.today):
        column = _column_of(name, row)
        if column not in refused:
            reading.errors.append(CellError(column, message))
    if not draft.title:
        reading.errors.append(CellError("title", _("Say what the delegation is for, or its name.")))
    reading.warnings += [
        CellError(_column_of(name, row), message)
        for name, message in warnings_of(draft, members=[m for m in draft.members if not m.withdrew])
    ]
    good = None if reading.errors else draft
    return Cleaned(index, good, tuple(reading.errors), tuple(reading.warnings))


#: Where a value's error is shown when the sheet has one column for several values.
_SHOWN_AT = {
    "approved_heads": ("heads",), "actual_heads": ("heads",), "starts_on": ("time",), "ends_on": ("time",),
    "started_on": ("time",), "ended_on": ("time",), "decided_on": ("decision",), "report_received_on": ("report_on",),
}  # fmt: skip


def _column_of(name: str, row: Mapping[str, object]) -> str:
    if name in row:
        return name
    return next((column for column in _SHOWN_AT.get(name, ()) if column in row), name)


def _plain(reading: Reading) -> None:
    for column in (
        "title", "content", "venue", "interpreter", "result", "partner_text", "organiser_text", "head_name",
        "head_title", "decision_number",
    ):  # fmt: skip
        reading.take(column, cells.text)
    for column in ("approved_heads", "actual_heads"):
        reading.take(column, cells.heads)
    reading.take("heads", cells.heads, "heads")
    reading.take("cost_vnd", cells.amount)
    reading.take("crossers", lambda value: cells.heads(value) if cells.text(value) not in ("", "0") else None)
    reading.take("head", cells.person, "head_name", "head_title")
    if "title" not in reading.values and reading.values.get("content"):
        reading.values["title"] = reading.values["content"]


def _choices(reading: Reading) -> None:
    for column, choices, words in (
        ("kind", Kind, ()),
        ("session_form", SessionForm, ()),
        ("purpose", Purpose, ()),
        ("channel", Channel, ()),
        ("head_level", HeadLevel, LEVEL_WORDS),
        ("plan_status", PlanStatus, PLAN_WORDS),
        ("funding", Funding, FUNDING_WORDS),
    ):
        reading.take(column, _chooser(choices, words))
    if "is_domestic" in reading.row:
        reading.values["is_domestic"] = bool(reading.row["is_domestic"])


def _chooser(choices: type[TextChoices], words: Iterable[tuple[str, str]]) -> Callable[[Any], str]:
    return lambda value: cells.choice(value, choices, words)


def _names(reading: Reading) -> None:
    lookups = reading.lookups
    reading.take("lead_office", lambda value: _office(lookups, cells.text(value)), "lead_office_code")
    reading.take("lead_office_code", cells.text)
    reading.take("field", lambda value: _field(lookups, cells.text(value)), "field_code")
    reading.take("field_code", cells.text)
    reading.take(
        "partner", lambda value: _body(lookups.party, cells.text(value)), "partner_code", "partner_text"
    )
    reading.take(
        "organiser",
        lambda value: _body(lookups.organiser, cells.text(value)),
        "organiser_code",
        "organiser_text",
    )
    reading.take("cohosts", lambda value: _cohosts(lookups, value))
    _places(reading)
    members = reading.row.get("members")
    if isinstance(members, list | tuple):
        reading.values["members"] = tuple(m for m in members if isinstance(m, MemberDraft))


def _places(reading: Reading) -> None:
    given = reading.row.get("places")
    if isinstance(given, list | tuple):
        reading.values["places"] = tuple(place for place in given if isinstance(place, PlaceDraft))
        return
    found = reading.lookups.places(cells.text(given))
    reading.values["places"] = found.places
    # With a country known, a word that is no place is a remark; without one it must be a mistake.
    kept = reading.errors if not found.places or found.suggestions else reading.warnings
    for name in found.unknown:
        if name in found.suggestions:
            message = _("No country or partner is called “%(name)s”. Did you mean “%(near)s”?") % {
                "name": name,
                "near": found.suggestions[name],
            }
        else:
            message = _("No country or partner is called “%(name)s”.") % {"name": name}
        kept.append(CellError("places", message))
    if not reading.values.get("partner_code"):
        main = next((place for place in found.places if place.party_code), None)
        if main is not None:
            reading.values["partner_code"] = main.party_code


def _office(lookups: Lookups, text: str) -> str:
    if not text:
        return ""
    code = lookups.office(text)
    if not code:
        raise BadValue(_("No office of the province is called “%(name)s”.") % {"name": text[:60]})
    return code


def _field(lookups: Lookups, text: str) -> str:
    code = lookups.field(text) if text else ""
    if text and not code:
        raise BadValue(_("No field of cooperation is called “%(name)s”.") % {"name": text[:60]})
    return code


def _body(resolve: Callable[[str], str], text: str) -> tuple[str, str]:
    return (resolve(text) if text else "", text)


def _cohosts(lookups: Lookups, value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(str(code) for code in value)
    names = [name.strip() for name in cells.text(value).split(",") if name.strip()]
    return tuple(_office(lookups, name) for name in names)


def _days(reading: Reading) -> None:
    today = reading.today
    reading.take("time", lambda value: cells.days(value, today=today), "starts_on", "ends_on")
    reading.take(
        "decision", lambda value: cells.decision(value, today=today), "decision_number", "decided_on"
    )
    for column in ("decided_on", "starts_on", "ends_on", "started_on", "ended_on", "report_received_on"):
        reading.take(column, lambda value: cells.day(value, today=today))
    reading.take("report_on", lambda value: cells.day(value, today=today), "report_received_on")


def _whole(reading: Reading) -> DelegationDraft:
    values = reading.values
    heads = values.pop("heads", None)
    if heads is None and values.get("members") and not values.get("approved_heads"):
        heads = sum(not member.withdrew for member in values["members"])
    draft = DelegationDraft(
        **{"title": "", **{name: value for name, value in values.items() if name in _NAMES}}
    )
    if heads is not None and draft.approved_heads is None and draft.kind in DECIDED:
        draft = replace(draft, approved_heads=heads)
    if reading.row.get("happened"):
        draft = happened(draft, heads, reading.today)
    elif heads is not None and draft.kind not in DECIDED and draft.actual_heads is None:
        draft = replace(draft, actual_heads=heads)
    return draft


def happened(draft: DelegationDraft, heads: int | None, today: dt.date) -> DelegationDraft:
    """A row of a register of what took place: the days given are those on which it did, as far as they have come."""
    started = draft.started_on or (draft.starts_on if draft.starts_on and draft.starts_on <= today else None)
    last = draft.ended_on or draft.ends_on
    ended = last if started and last and last <= today else None
    actual = draft.actual_heads if draft.actual_heads is not None else heads
    return replace(draft, started_on=started, ended_on=ended, actual_heads=actual if started else None)
