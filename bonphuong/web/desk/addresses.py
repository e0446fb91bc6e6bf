"""Where the pages of a record and of its family stand, whatever family it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bonphuong.records.models import Record

# Pages of their own that a family has instead of the generic ones: by page, then by family.
OWN_PAGES = {
    "list": {"delegations": "delegations"},
    "new": {"delegations": "delegation-new"},
    "step": {"delegations": "delegation-step"},
    "file": {"delegations": "delegations-file"},
}


def record_url(record: Record) -> str:
    """The page of a record; empty for a family that this server does not know."""
    try:
        return reverse(get_family(record.family).url_name, args=[record.pk])
    except (KeyError, NoReverseMatch):
        return ""


def list_url(family: str, **asked: str) -> str:
    """The list of a family, narrowed by what is asked."""
    return _family_url("list", "records", family, asked)


def new_url(family: str, **asked: str) -> str:
    """The form that enters a record of a family."""
    return _family_url("new", "record-new", family, asked)


def file_urls(family: str, endings: Iterable[str], query: str) -> list[tuple[str, str]]:
    """The list of a family as a file of each ending, narrowed by a query that is encoded already."""
    own = OWN_PAGES["file"].get(family)
    page, whose = (f"desk:{own}", []) if own else ("desk:records-file", [family])
    return [(ending, f"{reverse(page, args=[*whose, ending])}?{query}") for ending in endings]


def step_page(family: str) -> str:
    """The name of the page on which steps of the family are taken; it takes the uid and the step's code."""
    return f"desk:{OWN_PAGES['step'].get(family, 'record-step')}"


def _family_url(which: str, page: str, family: str, asked: dict[str, str]) -> str:
    own = OWN_PAGES[which].get(family)
    url = reverse(f"desk:{own}") if own else reverse(f"desk:{page}", args=[family])
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{url}?{query}" if query else url
