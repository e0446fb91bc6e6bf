"""How provinces count, in words: what a group is, when a month begins. A national sum prints where they differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import SettingKey
from bonphuong.accounts.models import OfficeSetting
from bonphuong.accounts.queries import SETTING_DEFAULTS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True)
class Practice:
    """One practice of a province on a day. `is_said` is False where nobody has said anything and the default holds.

    `elsewhere` names offices inside the province that do otherwise.
    """

    key: str
    value: Any
    source: str = ""
    proved: bool = False
    is_said: bool = True
    elsewhere: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it means, in one sentence."""
        return words_of(self.key, self.value)

    def as_json(self) -> dict[str, Any]:
        """As packages carry it."""
        said = {"key": self.key, "value": self.value, "source": self.source, "proved": self.proved}
        return {**said, "said": self.is_said}


def words_of(key: str, value: object) -> str:
    """A practice in one sentence; one that this version does not know by its key and value."""
    if key == SettingKey.ONE_IS_A_GROUP:
        if value:
            return _("One person who goes alone counts as a group of one.")
        return _("One person who goes alone is counted as an individual and not as a group.")
    if key == SettingKey.REPORT_CUTOFF:
        if value == "statutory":
            return _("A reporting month runs from the 15th of the month before to the 14th.")
        return _("A reporting month is the month of the calendar.")
    return f"{key}: {value}"


def practices(books: Collection[str], day: dt.date) -> dict[str, tuple[Practice, ...]]:
    """Book → its practices on a day, one for each key, in one query for all books."""
    said: dict[tuple[str, str], list[OfficeSetting]] = defaultdict(list)
    for row in OfficeSetting.objects.on(day).select_related("office").order_by("valid_from"):
        said[row.office.book, row.key].append(row)
    return {
        book: tuple(_practice(key, book, said.get((book, key), [])) for key in SettingKey)
        for book in sorted(books)
    }


def received_practices(rows: Sequence[Mapping[str, Any]]) -> tuple[Practice, ...]:
    """The practices that a package carries."""
    return tuple(
        Practice(
            row["key"],
            row["value"],
            row.get("source", ""),
            bool(row.get("proved")),
            is_said=bool(row.get("said", True)),
        )
        for row in rows
    )


def differing(found: Mapping[str, Sequence[Practice]]) -> list[str]:
    """The keys in which these provinces differ, those unsaid taken as the default."""
    values: dict[str, set[str]] = defaultdict(set)
    for some in found.values():
        for one in some:
            values[one.key].add(str(one.value))
    return [key for key in values if len(values[key]) > 1]


def _practice(key: str, book: str, rows: Sequence[OfficeSetting]) -> Practice:
    own = [row for row in rows if row.office_id == book]
    default = SETTING_DEFAULTS[SettingKey(key)]
    value = own[-1].value if own else default
    others = tuple(row.office.short_vi or row.office.name_vi for row in rows if row.value != value)
    if not own:
        return Practice(key, value, is_said=False, elsewhere=others)
    return Practice(key, value, own[-1].source, own[-1].proved, elsewhere=others)
