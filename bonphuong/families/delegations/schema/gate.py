"""The one gate: rows as a form, a sheet, the reader or the API gives them become drafts or errors by column."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
from bonphuong.families.delegations.schema.drafts import DelegationDraft, MemberDraft
from bonphuong.families.delegations.schema.overlay import changed_columns, laid_over
from bonphuong.families.delegations.schema.stored import stored_drafts
from bonphuong.families.delegations.validators import errors_of, warnings_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.kit import cells
from bonphuong.kit.lookups import Lookups
from bonphuong.kit.places import PlaceDraft
from bonphuong.records.registry import CellError, Cleaned
from bonphuong.records.schema import TITLE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


_CHOICES: tuple[tuple[str, type[TextChoices], Sequence[tuple[str, str]]], ...] = (
    ("kind", Kind, ()),
    ("session_form", SessionForm, ()),
    ("purpose", Purpose, ()),
    ("channel", Channel, ()),
    ("head_level", HeadLevel, LEVEL_WORDS),
    ("plan_status", PlanStatus, PLAN_WORDS),
    ("funding", Funding, FUNDING_WORDS),
)
_DATES = ("decided_on", "starts_on", "ends_on", "started_on", "ended_on", "report_received_on")


class Ground:
    """What all rows of a batch are judged by: names, words and the present day, each read once."""

    def __init__(self, book: str) -> None:
        self.lookups = Lookups.load(book)
        self.words = {
            column: cells.Vocabulary.of(choices.choices, words) for column, choices, words in _CHOICES
        }
        self.today = clock.today()


class Reading:
    """One row on its way through the gate: values found so far and what was wrong."""

    def __init__(self, row: Mapping[str, object], ground: Ground) -> None:
        self.row, self.ground = row, ground
        self.lookups, self.today = ground.lookups, ground.today
        given = row.get("year")
        self.year = given if isinstance(given, int) else None
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
            if value not in (None, "", ()):
                self.values[name] = value


def clean_many(
    rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> list[Cleaned]:
    """One `Cleaned` for each row, in order. Names are resolved from memory; nothing is written.

    `kind` is used where a row does not say its own; `office_code` where it names no lead office. Beside the
    columns a row may say `happened` (it comes from a register of what took place) and `year` (that of days
    written without one). Twins are looked for by the caller, who knows whose records may be seen. A row with
    `record_uid` is laid over that record, which the caller has found to be visible to the actor.
    """
    del actor  # whoever may enter may name any office of the book as the lead
    ground = Ground(book_of(office_code))
    known = stored_drafts([uid for row in rows if isinstance(uid := row.get("record_uid"), UUID)])
    return [
        _lay(index, row, known.get(uid), Reading(row, ground))
        if isinstance(uid := row.get("record_uid"), UUID)
        else _clean(index, row, kind=kind, office_code=office_code, reading=Reading(row, ground))
        for index, row in enumerate(rows)
    ]


def _lay(index: int, row: Mapping[str, object], before: DelegationDraft | None, reading: Reading) -> Cleaned:
    """A row that names its record: only its columns are read, and laid over what is stored."""
    if before is None:
        return Cleaned(index, errors=(CellError("record_uid", _("There is no such record.")),))
    _plain(reading)
    _choices(reading)
    _names(reading)
    _days(reading)
    draft = laid_over(before, row, reading.values, {error.column for error in reading.errors})
    version = row.get("record_version")
    if isinstance(version, int):
        draft = replace(draft, version=version)
    if not draft.lead_office_code:
        reading.errors.append(CellError("lead_office", _("Say which office leads.")))
    found = _judged(index, draft, reading)
    return replace(found, of=before.uid, changed=changed_columns(before, draft, row))


def _clean(
    index: int, row: Mapping[str, object], *, kind: str, office_code: str, reading: Reading
) -> Cleaned:
    reading.values |= {"kind": cells.text(row.get("kind")) or kind, "lead_office_code": office_code}
    _plain(reading)
    _choices(reading)
    _names(reading)
    _days(reading)
    return _judged(index, _whole(reading), reading)


def _judged(index: int, draft: DelegationDraft, reading: Reading) -> Cleaned:
    """The draft, with what is wrong in it beside what could not be read."""
    row = reading.row
    refused = {error.column for error in reading.errors}
    for name, message in errors_of(draft, today=reading.today):
        error = CellError(_column_of(name, row), message)
        if error.column not in refused and error not in reading.errors:
            reading.errors.append(error)
    if not draft.title:
        reading.errors.append(CellError("title", _("Say what the delegation is for, or its name.")))
    reading.errors += _too_long(draft, row)
    reading.warnings += [
        CellError(_column_of(name, row), message)
        for name, message in warnings_of(draft, members=[m for m in draft.members if not m.withdrew])
    ]
    good = None if reading.errors else draft
    return Cleaned(index, good, tuple(reading.errors), tuple(reading.warnings))


def _too_long(draft: DelegationDraft, row: Mapping[str, object]) -> list[CellError]:
    return [
        CellError(_column_of(name, row), _("It is longer than %(limit)s characters.") % {"limit": limit})
        for name, limit in _LONGEST.items()
        if len(getattr(draft, name)) > limit
    ]


#: What the tables have room for; one database would refuse more, the other take it unseen.
_LONGEST = {
    "title": TITLE_LENGTH, "head_name": 120, "head_title": 200, "partner_text": 200, "organiser_text": 200, "venue": 200,
    "interpreter": 120, "decision_number": 60,
}  # fmt: skip

#: Where a value's error is shown when the sheet has one column for several values.
_SHOWN_AT = {
    "approved_heads": ("heads",), "actual_heads": ("heads",), "starts_on": ("time",), "ends_on": ("time",),
    "started_on": ("starts_on", "time"), "ended_on": ("ends_on", "time"), "decided_on": ("decision",),
    "report_received_on": ("report_on",), "head_name": ("head",), "head_title": ("head",), "partner_text": ("partner",),
    "organiser_text": ("organiser",), "decision_number": ("decision",),
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
    for column, vocabulary in reading.ground.words.items():
        reading.take(column, vocabulary.read)
    if "is_domestic" in reading.row:
        reading.values["is_domestic"] = bool(reading.row["is_domestic"])


def _names(reading: Reading) -> None:
    lookups = reading.lookups
    reading.take(
        "lead_office", lambda value: _offices(lookups, cells.text(value)), "lead_office_code", "cohosts"
    )
    reading.take("lead_office_code", lambda value: _known_office(lookups, cells.text(value)))
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
        places = tuple(place for place in given if isinstance(place, PlaceDraft))
        reading.values["places"] = places
        _partner_of(places, reading)
        return
    if "places" not in reading.row:
        if "record_uid" not in reading.row:
            _places_of_title(reading)
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
    _partner_of(found.places, reading)


def _places_of_title(reading: Reading) -> None:
    """A sheet of guests without a column for their country: "Đoàn công tác tỉnh Vân Nam, Trung Quốc"."""
    title = reading.values.get("title", "")
    found = reading.lookups.named_in(title) if title else ()
    reading.values["places"] = found
    if found:
        names = ", ".join(place.text for place in found)
        reading.warnings.append(
            CellError("title", _("The country was read from the name: %(names)s.") % {"names": names})
        )
    _partner_of(found, reading)


def _partner_of(places: Sequence[PlaceDraft], reading: Reading) -> None:
    if not reading.values.get("partner_code"):
        main = next((place for place in places if place.party_code), None)
        if main is not None:
            reading.values["partner_code"] = main.party_code


def _offices(lookups: Lookups, text: str) -> tuple[str, tuple[str, ...]]:
    """The lead office, and those named behind it, which host with it."""
    codes, unknown = lookups.office_list(text)
    if unknown:
        raise _no_office(unknown)
    return (codes[0], tuple(codes[1:])) if codes else ("", ())


def _known_office(lookups: Lookups, code: str) -> str:
    # A fact of an office that is not in the book would stand in no figure but the book's own.
    if code and code not in lookups.office_codes:
        raise _no_office(code)
    return code


def _no_office(name: str) -> BadValue:
    return BadValue(_("No office of the province is called “%(name)s”.") % {"name": name[:60]})


def _field(lookups: Lookups, text: str) -> str:
    code = lookups.field(text) if text else ""
    if text and not code:
        raise BadValue(_("No field of cooperation is called “%(name)s”.") % {"name": text[:60]})
    return code


def _body(resolve: Callable[[str], str], text: str) -> tuple[str, str]:
    return (resolve(text) if text else "", text)


def _cohosts(lookups: Lookups, value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(_known_office(lookups, str(code)) for code in value)
    codes, unknown = lookups.office_list(cells.text(value))
    if unknown:
        raise _no_office(unknown)
    return tuple(codes)


def _days(reading: Reading) -> None:
    today, year = reading.today, reading.year
    reading.take("time", lambda value: cells.days(value, today=today, year=year), "starts_on", "ends_on")
    reading.take(
        "decision",
        lambda value: cells.decision(value, today=today, year=year),
        "decision_number",
        "decided_on",
    )
    for column in _DATES:
        reading.take(column, lambda value: cells.day(value, today=today, year=year))
    reading.take("report_on", lambda value: cells.day(value, today=today, year=year), "report_received_on")
    if year is None:
        message = _("No year is written; %(year)s was taken.") % {"year": today.year}
        refused = {error.column for error in reading.errors}
        reading.warnings += [
            CellError(column, message)
            for column in ("time", "report_on", *_DATES)
            if column not in refused and cells.lacks_year(reading.row.get(column))
        ]


def _whole(reading: Reading) -> DelegationDraft:
    values: dict[str, Any] = {"title": ""}
    values.update((name, value) for name, value in reading.values.items() if name in _NAMES)
    heads = reading.values.get("heads")
    if heads is None and values.get("members") and not values.get("approved_heads"):
        heads = sum(not member.withdrew for member in values["members"])
    decided = values["kind"] in DECIDED
    if heads is not None and decided:
        values.setdefault("approved_heads", heads)
    if reading.row.get("happened"):
        _happened(values, heads, reading)
    elif heads is not None and not decided:
        values.setdefault("actual_heads", heads)
    return DelegationDraft(**values)


def _happened(values: dict[str, Any], heads: int | None, reading: Reading) -> None:
    """A row of a register of what took place: the days given are those on which it did, as far as they have come."""
    today = reading.today
    first, last = values.get("starts_on"), values.get("ended_on") or values.get("ends_on")
    started = values.get("started_on") or (first if first and first <= today else None)
    values["started_on"] = started
    values["ended_on"] = last if started and last and last <= today else None
    values["actual_heads"] = values.get("actual_heads", heads) if started else None
    if first and not started:
        message = _("This day is still to come: it is entered as planned.")
        reading.warnings.append(CellError(_column_of("starts_on", reading.row), message))
