"""Two people saved one thing: what each changed since it was opened, put together where it is plain.

A form carries `opened`, a mark of each value as it stood when the page was made. With it three states are known:
as it was, as the other saved it, as it was typed here. What only one of the two changed needs no question; what
both changed differently is asked, and nothing is decided in silence.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BaseForm
    from django.http import QueryDict

MINE, THEIRS = "mine", "theirs"
PICK = "pick-"
OPENED, CONTESTED = "opened", "contested"
#: Fields that belong to one saving, not to what is saved.
ASIDE = {"version", "reason", "late_reason", "not_the_same", OPENED, CONTESTED}
_MARK = 10


@dataclass(frozen=True)
class Line:
    """One line of two texts side by side; `differs` where it is not the same on both sides."""

    theirs: str
    mine: str
    differs: bool


@dataclass(frozen=True)
class Contest:
    """What both changed differently: to be chosen."""

    name: str
    label: str
    theirs: str
    mine: str
    picked: str = ""

    @property
    def pick(self) -> str:
        """The name of the choice in the form."""
        return f"{PICK}{self.name}"

    @property
    def lines(self) -> Sequence[Line]:
        """Both texts line by line."""
        return lines_of(self.theirs, self.mine)


@dataclass
class Merging:
    """What became of a form that was sent over a newer version."""

    contests: list[Contest] = field(default_factory=list)
    taken: list[tuple[str, str, str]] = field(default_factory=list)  # (label, theirs, what was typed here)
    #: Who saved meanwhile; empty where nobody knows.
    saver: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be asked."""
        return all(one.picked for one in self.contests)


def marks(values: Mapping[str, str]) -> str:
    """What a page carries to know later what it showed: short digests, so that nothing is told twice."""
    return json.dumps({name: _mark(text) for name, text in values.items()}, separators=(",", ":"))


def read_marks(written: str) -> dict[str, str]:
    """The marks that a page carried; none where it carried none, or something else."""
    try:
        found = json.loads(written or "{}")
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def is_as_it_was(opened: Mapping[str, str], name: str, text: str) -> bool:
    """Whether a text is the one that the page showed when it was opened."""
    return opened.get(name) == _mark(text)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK]


def written(of: forms.Field, value: Any) -> str:
    """A value as the page sends it back when nobody touches it, in one form for all kinds of fields."""
    if isinstance(of.widget, forms.CheckboxInput):
        return "1" if value else ""
    shown = of.widget.format_value(of.prepare_value(value))
    many = shown if isinstance(shown, (list, tuple, set)) else [shown]
    return "\n".join(sorted(_plain(one) for one in many)) if len(many) > 1 else _plain(next(iter(many), ""))


def _plain(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def shown_by(*parts: BaseForm) -> dict[str, str]:
    """What the forms show of the stored thing, by the names under which the page sends it."""
    return {
        form.add_prefix(name): written(of, stored_in(form, name))
        for form in parts
        for name, of in form.fields.items()
        if name not in ASIDE
    }


def stored_in(form: BaseForm, name: str) -> Any:
    """The stored value of a field. A form that was opened with more than that says what is stored in `stored`."""
    stored: Mapping[str, Any] = getattr(form, "stored", {})
    return stored[name] if name in stored else form.get_initial_for_field(form.fields[name], name)


def merge(parts: Sequence[BaseForm], data: QueryDict) -> tuple[Merging, QueryDict]:
    """Put what was typed together with what stands now; the forms know the stored values.

    Gives what is to be asked, and the data with what is plain, or was chosen, put in.
    """
    found, merged = Merging(), data.copy()
    opened, asked = read_marks(data.get(OPENED, "")), set(data.get(CONTESTED, "").split())
    for form in parts:
        for name in form.fields:
            if name not in ASIDE and _is_theirs(_Field(form, name, data), opened, asked, found):
                _put(merged, form, name, stored_in(form, name))
    return found, merged


@dataclass(frozen=True)
class _Field:
    """One field with what is stored and what was typed."""

    form: BaseForm
    name: str
    data: QueryDict

    @property
    def key(self) -> str:
        return self.form.add_prefix(self.name)

    @property
    def of(self) -> forms.Field:
        return self.form.fields[self.name]

    @property
    def theirs(self) -> str:
        return written(self.of, stored_in(self.form, self.name))

    @property
    def mine(self) -> str:
        return written(self.of, self.of.widget.value_from_datadict(self.data, {}, self.key))


def _is_theirs(one: _Field, opened: Mapping[str, str], asked: set[str], found: Merging) -> bool:
    """Whether the stored value stands: only the other changed it, or it was chosen. What is open is noted."""
    theirs, mine = one.theirs, one.mine
    if mine == theirs:
        return False
    told_sides = (told(one.form, one.name, theirs), told(one.form, one.name, mine))
    label = str(one.of.label or one.name)
    if one.key not in asked:
        if is_as_it_was(opened, one.key, mine):
            found.taken.append((label, *told_sides))
            return True
        if is_as_it_was(opened, one.key, theirs):
            return False
    picked = one.data.get(f"{PICK}{one.key}", "") if one.key in asked else ""
    picked = picked if picked in {MINE, THEIRS} else ""
    found.contests.append(Contest(one.key, label, *told_sides, picked))
    return picked == THEIRS


def _put(data: QueryDict, form: BaseForm, name: str, value: Any) -> None:
    of, key = form.fields[name], form.add_prefix(name)
    data.pop(key, None)
    if not isinstance(of.widget, forms.CheckboxInput):
        data.setlist(key, as_sent(of, value))
    elif value:
        data[key] = "on"


def as_sent(of: forms.Field, value: Any) -> list[str]:
    """A value as the page would send it."""
    shown = of.widget.format_value(of.prepare_value(value))
    many = shown if isinstance(shown, (list, tuple)) else [shown]
    return ["" if one is None else str(one) for one in many]


def told(form: BaseForm, name: str, text: str) -> str:
    """A value in words: what was chosen from a list by what the list calls it."""
    of = form.fields[name]
    choices = getattr(of, "choices", None)
    if choices is None:
        return {"1": "✓", "": "—"}.get(text, text) if isinstance(of.widget, forms.CheckboxInput) else text
    labels = {str(code): str(label) for code, label in _flat(choices)}
    return ", ".join(labels.get(code, code) for code in text.split("\n"))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for code, label in choices:
        found.extend(label if isinstance(label, (list, tuple)) else [(code, label)])
    return found


def lines_of(theirs: str, mine: str) -> list[Line]:
    """Two texts line by line, equal lines beside each other."""
    one, other = theirs.splitlines() or [""], mine.splitlines() or [""]
    found: list[Line] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        for place in range(max(i2 - i1, j2 - j1)):
            left = one[i1 + place] if i1 + place < i2 else ""
            right = other[j1 + place] if j1 + place < j2 else ""
            found.append(Line(left, right, kind != "equal"))
    return found
