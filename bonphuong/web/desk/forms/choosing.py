"""What drop-downs offer: offices in an order that people can find their way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from bonphuong.accounts.queries import offices_by_code
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bonphuong.accounts.models import Office


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, object]]) -> None:
    """Give the drop-down or the tick boxes of that name what they offer; nothing where the form has no such field."""
    field = form.fields.get(name)
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def office_choices(offices: Iterable[Office]) -> list[tuple[str, str]]:
    """Codes with names: what stands above comes before what stands below, each row of the tree by the alphabet."""
    lang = reader_language()
    named = [(office, office.name(lang)) for office in offices]
    keys = {office.code: sort_key(name) for office, name in named}

    def place(office: Office) -> tuple[str, ...]:
        return tuple(keys.get(code, code) for code in office.path.strip("/").split("/"))

    return [(office.code, name) for office, name in sorted(named, key=lambda pair: place(pair[0]))]


def offices_of(codes: set[str]) -> list[tuple[str, str]]:
    """The offices of these codes as choices."""
    return office_choices(offices_by_code(codes).values())


def offices_in(book: str) -> list[tuple[str, str]]:
    """All offices of a book as choices."""
    return office_choices(one for one in offices_by_code().values() if one.path.startswith(f"{book}/"))
