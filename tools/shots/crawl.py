"""Which pages there are: every link from the desk is followed, and pages of one sort are visited once for each family.

Nothing has to be listed: a page that is linked from anywhere is found, and a page that nobody links to is named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urldefrag, urlsplit
from uuid import UUID

from django.urls import Resolver404, URLPattern, get_resolver, resolve

from bonphuong.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.urls import URLResolver

#: Pages that leave the desk, or only answer to a form that is sent.
NEVER = frozenset({"logout", "language"})
#: Parts of a query that make another page of it; whatever else stands there only narrows a list.
TELLING = ("kind", "as", "indicator", "tab")
#: So many of one sort at most, whatever tells them apart.
MOST = 40


@dataclass(frozen=True)
class Stop:
    """A page to visit: its address, the name of its pattern, what tells it from others of that name."""

    address: str
    name: str
    detail: str
    person: str

    @property
    def slug(self) -> str:
        """A name for its files."""
        return "-".join(filter(None, (self.name, *self.detail.replace("?", "q").split()))).replace("/", "-")


@dataclass
class Road:
    """What was seen and what waits. One page for each name and detail, whoever comes first."""

    brief: bool = False
    seen: set[tuple[str, str]] = field(default_factory=set)
    count: Counter[str] = field(default_factory=Counter)

    def stops(self, addresses: Iterable[str], person: str) -> Iterator[Stop]:
        """Those of these addresses that are pages of a sort not seen yet."""
        for address in addresses:
            stop = self._stop(urldefrag(address).url, person)
            if stop is None or (stop.name, stop.detail) in self.seen:
                continue
            if self.count[stop.name] >= (1 if self.brief else MOST):
                continue
            self.seen.add((stop.name, stop.detail))
            self.count[stop.name] += 1
            yield stop

    def _stop(self, address: str, person: str) -> Stop | None:
        parts = urlsplit(address)
        try:
            match = resolve(parts.path)
        except Resolver404:
            return None
        name = match.url_name or ""
        if name in NEVER or not name:
            return None
        details = [*_details(name, match.kwargs), *_asked(name, parts.query)]
        return Stop(
            f"{parts.path}?{parts.query}" if parts.query else parts.path, name, " ".join(details), person
        )


def _details(name: str, given: dict[str, object]) -> Iterator[str]:
    """The family of a record, and its kind where that makes another page; other words of the address as they are."""
    for key, value in sorted(given.items()):
        if isinstance(value, UUID):
            if key == "uid":
                yield from _of_record(name, value)
        elif key not in {"name", "field"}:
            yield str(value)


def _of_record(name: str, uid: UUID) -> Iterator[str]:
    known = Record.objects.filter(pk=uid).values_list("family", "kind").first()
    if known is not None:
        yield known[0]
        if name in {"record", "delegation"}:
            yield known[1]


def _asked(name: str, query: str) -> Iterator[str]:
    asked = parse_qs(query)
    yield from (asked[key][0] for key in TELLING if key in asked)
    if set(asked) - set(TELLING) and not name.endswith("-new"):
        yield "?"


def names() -> set[str]:
    """The names of all pages of the desk."""
    return {entry.name or "" for entry in _patterns(get_resolver())} - {""}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from _patterns(entry)
