"""Two people saved one table: its rows put together by their names, and what both changed in one row asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.web.desk.forms.merging import (
    CONTESTED,
    MINE,
    OPENED,
    PICK,
    THEIRS,
    Contest,
    Merging,
    as_sent,
    is_as_it_was,
    marks,
    read_marks,
    told,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BaseForm, BaseFormSet
    from django.http import QueryDict

Values = dict[str, str]
_ASIDE = {"uid", "DELETE"}
MASKED = "••"


@dataclass
class Row:
    """One row as it was typed: its fields as they were sent, and as they are compared."""

    sent: dict[str, list[str]]
    values: Values
    is_removed: bool = False


@dataclass
class Table:
    """The rows of both sides while they are put together."""

    blank: BaseForm
    opened: Mapping[str, str]
    asked: set[str]
    picks: Mapping[str, str]
    found: Merging = field(default_factory=Merging)

    def decide(self, uid: str, theirs: Values | None, mine: Row | None) -> Values | Row | None:
        """What stays of one row: theirs, mine, or nothing. None of `theirs` is a row that the other removed."""
        typed = None if mine is None or mine.is_removed else mine.values
        if mine is None or typed == theirs:
            return theirs
        if uid not in self.asked:
            if typed is not None and is_as_it_was(self.opened, uid, _text(typed)):
                self._note(theirs, typed)
                return theirs
            if theirs is not None and is_as_it_was(self.opened, uid, _text(theirs)):
                return None if mine.is_removed else mine
            if theirs is None and typed is None:
                return None
        return self._contest(uid, theirs, mine)

    def _contest(self, uid: str, theirs: Values | None, mine: Row) -> Values | Row | None:
        picked = self.picks.get(uid, "") if uid in self.asked else ""
        picked = picked if picked in {MINE, THEIRS} else ""
        typed = None if mine.is_removed else mine.values
        label = _name(theirs or typed or mine.values)
        self.found.contests.append(Contest(uid, label, self._told(theirs), self._told(typed), picked))
        if picked == THEIRS:
            return theirs
        return None if mine.is_removed else mine

    def _note(self, theirs: Values | None, typed: Values) -> None:
        self.found.taken.append((_name(theirs or typed), self._told(theirs), self._told(typed)))

    def _told(self, values: Values | None) -> str:
        if values is None:
            return _("(the line is taken out)")
        lines = [
            (str(self.blank.fields[name].label or name), told(self.blank, name, text))
            for name, text in values.items()
            if text
        ]
        return "\n".join(f"{label}: {text}" for label, text in lines)


def row_marks(rows: BaseFormSet[Any]) -> str:
    """The marks of the stored rows, for the page to carry."""
    return marks({uid: _text(values) for uid, values in _stored(rows).items()})


def merge_rows(rows: BaseFormSet[Any], data: QueryDict) -> tuple[Merging, QueryDict]:
    """Put the rows that were typed together with those that stand now.

    Gives what is to be asked, and data in which the stored rows come first, in their order.
    """
    stored, (typed, fresh) = _stored(rows), _typed(rows, data)
    asked = set(data.get(CONTESTED, "").split())
    table = Table(
        rows.empty_form,
        read_marks(data.get(OPENED, "")),
        asked,
        {uid: data.get(f"{PICK}{uid}", "") for uid in asked},
    )
    kept: list[tuple[str, Values | Row | None]] = [
        (uid, table.decide(uid, theirs, typed.get(uid))) for uid, theirs in stored.items()
    ]
    gone = [(uid, table.decide(uid, None, mine)) for uid, mine in typed.items() if uid not in stored]
    # What the other removed and stays after all becomes a new row; its name is kept while it is asked about.
    kept += [(uid, row) for uid, row in gone if row is not None]
    # Both may have entered the same line, or one of them twice: it is one line.
    added = [values for uid, values in stored.items() if uid not in typed]
    kept += [("", row) for row in fresh if not any(_is_same(row.values, values) for values in added)]
    return table.found, _rebuilt(rows, data, kept, stored)


def _rebuilt(
    rows: BaseFormSet[Any],
    data: QueryDict,
    kept: list[tuple[str, Values | Row | None]],
    stored: Mapping[str, Values],
) -> QueryDict:
    prefix, made = str(rows.prefix), data.copy()
    for name in [name for name in made if name.startswith(f"{prefix}-") and name[len(prefix) + 1].isdigit()]:
        del made[name]
    first = {str(one.get("uid") or ""): one for one in rows.initial or []}
    for place, (uid, row) in enumerate(kept):
        made[f"{prefix}-{place}-uid"] = uid
        if row is None:
            made[f"{prefix}-{place}-DELETE"] = "on"
        if isinstance(row, Row):
            for name, values in row.sent.items():
                made.setlist(f"{prefix}-{place}-{name}", values)
        elif uid in stored:
            _put_stored(made, f"{prefix}-{place}", rows.empty_form, first[uid])
    made[f"{prefix}-TOTAL_FORMS"] = str(len(kept))
    return made


def _put_stored(data: QueryDict, prefix: str, blank: BaseForm, values: Mapping[str, Any]) -> None:
    for name, of in blank.fields.items():
        if name in _ASIDE:
            continue
        text = as_sent(of, values.get(name))
        if getattr(of.widget, "input_type", "") == "checkbox":
            text = ["on"] if values.get(name) else []
        if text:
            data.setlist(f"{prefix}-{name}", text)


def _stored(rows: BaseFormSet[Any]) -> dict[str, Values]:
    fields = {name: of for name, of in rows.empty_form.fields.items() if name not in _ASIDE}
    return {
        str(one["uid"]): {name: written(of, one.get(name, of.initial)) for name, of in fields.items()}
        for one in rows.initial or []
        if one.get("uid")
    }


def _typed(rows: BaseFormSet[Any], data: QueryDict) -> tuple[dict[str, Row], list[Row]]:
    """Rows by their names, and rows that have none yet."""
    total = data.get(f"{rows.prefix}-TOTAL_FORMS", "")
    named: dict[str, Row] = {}
    fresh: list[Row] = []
    for place in range(min(int(total), rows.absolute_max) if total.isascii() and total.isdigit() else 0):
        prefix = f"{rows.prefix}-{place}"
        row = _row(rows.empty_form, data, prefix)
        uid = data.get(f"{prefix}-uid", "")
        if uid:
            named[uid] = row
        elif not row.is_removed:
            fresh.append(row)
    return named, fresh


def _row(blank: BaseForm, data: QueryDict, prefix: str) -> Row:
    fields = {name: of for name, of in blank.fields.items() if name not in _ASIDE}
    values = {
        name: written(of, of.widget.value_from_datadict(data, {}, f"{prefix}-{name}"))
        for name, of in fields.items()
    }
    sent = {name: data.getlist(f"{prefix}-{name}") for name in fields if f"{prefix}-{name}" in data}
    return Row(sent, values, bool(data.get(f"{prefix}-DELETE")))


def _is_same(mine: Values, theirs: Values) -> bool:
    return all(
        text == theirs.get(name, "") or theirs.get(name, "").startswith(MASKED) for name, text in mine.items()
    )


def _text(values: Mapping[str, str]) -> str:
    return "\x1f".join(f"{name}\x1e{text}" for name, text in values.items())


def _name(values: Mapping[str, str]) -> str:
    """What a row is called by: its first words."""
    return next((text for text in values.values() if text), "")
