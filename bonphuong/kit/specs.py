"""What a family says of itself: its fields, its lines, its acts, its panels. Data for forms, sheets and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import Q, TextChoices
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.models import FamilyLine, FamilyRow
    from bonphuong.records.models import Record
    from bonphuong.records.schema import Tie


class Holds(StrEnum):
    """What a field holds; says how it is asked for, read from a cell, shown and exported."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    YEAR = "year"  # four digits, never parted; a whole number called `year` is one by itself
    DECIMAL = "decimal"
    DONG = "dong"  # a sum in đồng
    MINOR = "minor"  # a sum in the smallest unit of the currency of the same line; typed in whole units
    CENTS = "cents"  # a sum in US cents, told and typed in dollars
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"
    COUNTRY = "country"  # alpha-2 code
    PARTY = "party"  # two columns: `<name>_code` and `<name>_text`, named here without the ending
    OFFICE = "office"  # code of one of our offices
    FIELD = "field"  # code of a field of cooperation
    UNIT = "unit"  # code of an administrative unit of Viet Nam
    CURRENCY = "currency"


@dataclass(frozen=True)
class Spec:
    """A field of a family's row or of its lines.

    `name` is the model's attribute (for a PARTY without `_code`/`_text`; `title` is the header's own). `holds`,
    `label`, `choices` and longest length are read off the model's field where they are not given. `part` is the
    group of the form that it stands in. `aliases` are headings of officers' own sheets, `words` further words for
    choices, both compared folded. `kinds` empty means every kind. `late` fields belong to what happened after the
    request (they are asked for by steps and by the form that registers a finished case). `restricted` fields are
    encrypted: never in lists, exports or the trail, shown only on request. `default` begins a new form. What is only
    a code that the product keeps for itself is not `on_page`.
    """

    name: str
    holds: Holds | None = None
    label: _StrOrPromise = ""
    part: str = "main"
    aliases: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    choices: type[TextChoices] | None = None
    required: bool = False
    kinds: tuple[str, ...] = ()
    late: bool = False
    restricted: bool = False
    on_screen: bool = False
    in_form: bool = True
    on_page: bool = True
    takes_import: bool = True
    ties: bool = True
    width: int = 16
    hint: _StrOrPromise = ""
    default: object = None


@dataclass(frozen=True)
class LineSpec:
    """Lines under a row: `name` is the related name, `model` a `FamilyLine` whose key to the row is `row`.

    They are edited together in one table into which rows of a sheet can be pasted. `kinds` empty: every kind.
    """

    name: str
    label: _StrOrPromise
    one: _StrOrPromise
    model: type[FamilyLine]
    specs: tuple[Spec, ...]
    kinds: tuple[str, ...] = ()
    hint: _StrOrPromise = ""


class Check(Protocol):
    """(field, message) for each finding; pure."""

    def __call__(self, draft: Draft, today: dt.date, /) -> Sequence[tuple[str, str]]:
        """Nothing where all is well."""
        ...


class Change(Protocol):
    """What a step means for the row beside its new state: sets attributes, raises BadInput. Nothing is saved here."""

    def __call__(self, row: Any, on: dt.date, values: Mapping[str, Any], /) -> None:
        """`values` are the fields that the step asked for, by name, read already."""
        ...


@dataclass(frozen=True)
class Panel:
    """Something that a family shows on its record's page: a table, or words, with links.

    `rows` are cells of text or (text, address) pairs; `tone` is "", "warn" or "good".
    """

    label: _StrOrPromise
    heads: Sequence[_StrOrPromise] = ()
    rows: Sequence[Sequence[object]] = ()
    text: _StrOrPromise = ""
    tone: str = ""


@dataclass(frozen=True)
class Flag:
    """A ready-made filter of a family's list ("silent for a year", "not answered").

    `where` takes today and gives a Q over `records.Record`.
    """

    code: str
    label: _StrOrPromise
    where: Callable[[dt.date], Q]
    tone: str = "warn"


class RunAct(Protocol):
    """Does the act inside its own `acting(…)`; gives the record to show next, or None for the same one."""

    def __call__(self, record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
        """Raises ProductError."""
        ...


@dataclass(frozen=True)
class Act:
    """Something that can be done with a record beside the steps of its procedure: inherit, renew, carry forward.

    `asks` are the fields of its small form. `when` says whether it makes sense for a row. A multi-line LONG_TEXT
    may be asked for where several things are typed, one a line.
    """

    code: str
    label: _StrOrPromise
    run: RunAct
    asks: tuple[Spec, ...] = ()
    needs: Permission = Permission.RECORD_CHANGE
    when: Callable[[Any], bool] | None = None
    hint: _StrOrPromise = ""


#: Groups of a form that most families use; a family adds its own in `Scheme.parts`.
PARTS: Mapping[str, _StrOrPromise] = {
    "main": pgettext_lazy("form", "What it is"),
    "who": pgettext_lazy("form", "Who"),
    "days": pgettext_lazy("form", "The days"),
    "money": pgettext_lazy("form", "Money"),
    "decision": pgettext_lazy("form", "The decision"),
    "done": pgettext_lazy("form", "What came of it"),
}


@dataclass(frozen=True)
class Scheme:
    """A family as the kit sees it.

    `begins`, `ends`, `counts` and `head` name the row's fields that fill the header's (first named that is set
    wins for the days). `road` lists for each kind, in the order of the procedure, (state, day field): registering a
    finished case brings it to the last state whose day is known. `check` finds what cannot be, `warn` what is only
    unusual. `changes` are by code of transition. `hide` gives the visibility of a draft; `share` further offices
    that see it; `more_ties` ties beside those of the specs. `decision` names the fields that hold the number and the
    day of the decision, noted as a paper when a case is registered. `print_context` fills names of
    `papers.placeholders` that no field says by itself; `year` is the field whose year the number of a record bears;
    `prints` names by kind the papers (`TemplateCode`) that are offered, every general one for a kind that it does not
    name. `twin_on_title` finds doubles by title too.
    """

    family: str
    model: type[FamilyRow]
    specs: tuple[Spec, ...]
    lines: tuple[LineSpec, ...] = ()
    parts: Mapping[str, _StrOrPromise] = field(default_factory=dict)
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    head: str = ""
    road: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    check: Check | None = None
    warn: Check | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)
    hide: Callable[[Draft], str] | None = None
    share: Callable[[Draft], Sequence[str]] | None = None
    more_ties: Callable[[Draft], Sequence[Tie]] | None = None
    words: tuple[str, ...] = ()
    decision: tuple[str, str] = ("", "")
    procedure: Callable[[Draft], str] | None = None
    flags: tuple[Flag, ...] = ()
    acts: tuple[Act, ...] = ()
    panels: Callable[[Any, User], Sequence[Panel]] | None = None
    print_context: Callable[[Any], Mapping[str, Any]] | None = None
    prints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    twin_on_title: bool = True
    dates: tuple[str, ...] = ()
    year: str = ""
    after_write: Callable[[Sequence[Any], User], None] | None = None

    def specs_of(self, kind: str) -> tuple[Spec, ...]:
        """The fields of a kind."""
        return tuple(spec for spec in self.specs if not spec.kinds or kind in spec.kinds)

    def lines_of(self, kind: str) -> tuple[LineSpec, ...]:
        """The lines of a kind."""
        return tuple(line for line in self.lines if not line.kinds or kind in line.kinds)

    def line(self, name: str) -> LineSpec:
        """The lines of that name. Raises KeyError."""
        for line in self.lines:
            if line.name == name:
                return line
        raise KeyError(f"{self.family} has no lines {name!r}")

    def part_label(self, part: str) -> _StrOrPromise:
        """The heading of a part of the form."""
        return self.parts.get(part) or PARTS.get(part, part)


TITLE = Spec(
    "title",
    Holds.TEXT,
    label=_("Title"),
    required=True,
    on_screen=True,
    width=40,
    aliases=("tên", "tên gọi", "nội dung", "tiêu đề", "trích yếu"),
)
LEAD = Spec(
    "lead_office",
    Holds.OFFICE,
    label=_("Lead office"),
    part="who",
    on_screen=True,
    width=24,
    aliases=("đơn vị chủ trì", "cơ quan chủ trì", "đơn vị", "cơ quan", "đơn vị thực hiện"),
)
