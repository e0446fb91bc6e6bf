"""The kit of the settings: one description of a table gives its list, the page of a row, and the forms that change it.

Nothing here deletes: a row is added from a day on, and ends with a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonphuong.kernel import clock
from bonphuong.web.desk.forms.settings.base import EndForm

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.web.desk.forms.settings.base import SettingForm

END = gettext_lazy("End")
_LONGEST_KEY = 80
# A key of figures that no database counts to is no key.
_MOST_DIGITS = 18


@dataclass(frozen=True)
class Column:
    """One column: its heading, what stands in it, and what stands small below."""

    label: _StrOrPromise
    of: Callable[[Any], object]
    under: Callable[[Any], object] | None = None
    kind: str = "text"  # or "number"


#: What a deed does when its form is right: for whom, to which row (None for a new one), with what was filled in.
#: Raises ProductError; gives the row to show, or what to hand out.
Do = Callable[[Any, Any, dict[str, Any]], object]


@dataclass(frozen=True)
class Deed:
    """Something that can be done to a table or to one of its rows: a form and the service behind it."""

    code: str
    label: _StrOrPromise
    form: type[SettingForm]
    do: Do
    done: _StrOrPromise
    may: Callable[[User, Any], bool] = lambda _user, _row: True
    icon: str = "edit"
    # What cannot be undone, said above the form.
    warning: _StrOrPromise = ""


def adding(
    label: _StrOrPromise,
    form: type[SettingForm],
    do: Do,
    done: _StrOrPromise,
    *,
    may: Callable[[User, Any], bool] = lambda _user, _row: True,
    warning: _StrOrPromise = "",
) -> Deed:
    """The deed that adds a row."""
    return Deed("new", label, form, do, done, may, "plus", warning)


def ending(
    do: Do,
    done: _StrOrPromise,
    may: Callable[[User, Any], bool],
    *,
    label: _StrOrPromise = END,
    warning: _StrOrPromise = "",
) -> Deed:
    """The deed that ends a row with a day."""
    return Deed("end", label, EndForm, do, done, may, "stop", warning)


def stands(row: Any) -> bool:
    """Whether a dated row has not ended: it holds, or it is still to come."""
    return row.valid_to is None or row.valid_to >= clock.today()


def facts_of(given: dict[str, Any], *without: str) -> dict[str, Any]:
    """What was filled in as fields of a row: without the state that was shown, and what is handed over apart."""
    return {name: value for name, value in given.items() if name not in {"seen", *without}}


@dataclass(frozen=True)
class Narrowing:
    """A filter: its name in the address, what it is called, its choices, and what it leaves."""

    name: str
    label: _StrOrPromise
    choices: Callable[[User], Sequence[tuple[str, _StrOrPromise]]]
    lookup: str


@dataclass(frozen=True)
class Panel:
    """Rows of other tables on the page of a row, and where another is added."""

    title: str
    lines: Sequence[Line]
    heads: Sequence[_StrOrPromise] = ()
    add_url: str = ""
    add_label: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the settings."""

    code: str
    model: type[Model]
    title: _StrOrPromise
    lead: _StrOrPromise
    one: _StrOrPromise
    may_see: Callable[[User], bool]
    rows: Callable[[User], QuerySet[Any]]
    name: Callable[[Any], object]
    columns: tuple[Column, ...]
    add: Deed | None = None
    deeds: tuple[Deed, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    panels: Callable[[User, Any], Sequence[Panel]] = field(default=lambda _user, _row: ())
    details: tuple[Column, ...] = ()
    icon: str = "table"
    # Rows that hold from a day to a day, with a source; the others are told by their columns alone.
    is_dated: bool = True
    # Whether a text is asked for that says so: a role is given by somebody, and the trail says by whom.
    is_sourced: bool = True
    # Whether the name stands deeper the further down the tree the row is.
    depth: Callable[[Any], int] = lambda _row: 0
    # What is read for all rows of a page at once, before their columns are asked.
    prepare: Callable[[User, Sequence[Any]], None] = lambda _user, _rows: None

    def deed(self, code: str) -> Deed:
        """The deed of that name. Raises Http404."""
        for one in self.deeds:
            if one.code == code:
                return one
        raise Http404

    def row(self, user: User, key: str) -> Model:
        """The row of that key, if the person may see it. Raises Http404."""
        if len(key) > _LONGEST_KEY or (key.isdigit() and len(key) > _MOST_DIGITS):
            raise Http404
        try:
            found: Model | None = self.rows(user).filter(pk=key).first()
        except (ValueError, ValidationError):
            found = None
        if found is None:
            raise Http404
        return found


@dataclass(frozen=True)
class Cell:
    """A cell as a page shows it."""

    label: str
    text: str
    under: str = ""
    kind: str = "text"


@dataclass(frozen=True)
class Line:
    """A row as a page shows it."""

    key: str
    table: str
    name: str
    cells: Sequence[Cell]
    depth: int = 0
    since: dt.date | None = None
    until: dt.date | None = None
    state: str = ""
    word: str = ""
    source: str = ""
    source_url: str = ""
    is_proved: bool = True
    is_dated: bool = True
    is_sourced: bool = True


def line_of(table: Table, row: Any, *, columns: Sequence[Column] | None = None) -> Line:
    """One row, with its days and its source where it has them."""
    cells = [_cell(column, row) for column in (table.columns if columns is None else columns)]
    plain = Line(
        key=str(row.pk),
        table=table.code,
        name=str(table.name(row)),
        cells=cells,
        depth=table.depth(row),
        is_dated=table.is_dated,
        is_sourced=table.is_sourced,
    )
    if not table.is_dated:
        return plain
    state, word = standing(row.valid_from, row.valid_to)
    return replace(
        plain,
        since=row.valid_from,
        until=row.valid_to,
        state=state,
        word=word,
        source=row.source,
        source_url=row.source_url,
        is_proved=row.proved,
    )


def standing(since: dt.date | None, until: dt.date | None) -> tuple[str, str]:
    """Whether something holds today, as a state and its word."""
    today = clock.today()
    if since is not None and since > today:
        return "next", pgettext("setting", "not yet")
    if until is not None and until < today:
        return "gone", pgettext("setting", "ended")
    if until is not None:
        return "soon", pgettext("setting", "ends soon") if (until - today).days <= _SOON else _("in force")
    return "done", _("in force")


_SOON = 60


def narrowed(table: Table, user: User, asked: dict[str, str]) -> QuerySet[Any]:
    """The rows that an address asks for: those in force or still to come unless it asks for all."""
    rows = table.rows(user)
    if table.is_dated and not asked.get("all"):
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))
    for one in table.narrowings:
        wanted = asked.get(one.name, "")
        if wanted:
            rows = rows.filter(**{one.lookup: wanted})
            if "__" in one.lookup:
                rows = rows.distinct()
    return rows


def _cell(column: Column, row: Any) -> Cell:
    said = column.of(row)
    below = column.under(row) if column.under else ""
    return Cell(
        label=str(column.label),
        text="" if said is None else str(said),
        under=str(below or ""),
        kind=column.kind,
    )
