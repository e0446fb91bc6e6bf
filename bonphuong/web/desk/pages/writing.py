"""Forms that somebody began: what each is called and where it is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from bonphuong.together.queries import begun_forms, typed_in
from bonphuong.web.desk import handbook
from bonphuong.web.desk.keeping import may_open, taken_up_at
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.together.models import BegunForm

_SHORT = 90
_SHOWN = 3
_SILENT = {"version", "opened", "contested"}


@dataclass(frozen=True)
class BegunLine:
    """One begun form; `url` is empty where one may no longer open it."""

    row: BegunForm
    title: str
    words: Sequence[str]
    url: str


def begun_lines(user: User) -> list[BegunLine]:
    """What one began, the newest first, each with the first words that were typed."""
    return [_line(user, row) for row in begun_forms(user)]


def _line(user: User, row: BegunForm) -> BegunLine:
    typed = typed_in(row)
    words: list[str] = []
    if typed is not None:
        # Words alone: codes that were chosen from a list say nothing to a reader.
        told = (
            v.strip()
            for n, v in typed.fields
            if n not in _SILENT and not n.endswith("_FORMS") and "•" not in v
        )
        words = [text[:_SHORT] for text in told if " " in text][:_SHOWN]
    title = typed.title if typed and typed.title else _page_called(row.address)
    url = taken_up_at(row) if typed is not None and may_open(user, row.address) else ""
    return BegunLine(row=row, title=title, words=words, url=url)


def _page_called(address: str) -> str:
    """What was sent without its page's title goes by the title of the help on that page."""
    path = urlsplit(address).path
    try:
        page = resolve(path).url_name or ""
    except Resolver404:
        return path
    return handbook.title(language(), handbook.help_for(page)[0])
