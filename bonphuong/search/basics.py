"""The kinds of things below this package: papers, partners, people, commitments, units of Viet Nam."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from bonphuong.kernel import clock
from bonphuong.kernel.fulltext import newest
from bonphuong.papers.models import Paper
from bonphuong.parties.models import Party, Person, Post
from bonphuong.records.models import Commitment
from bonphuong.records.searching import newest_commitments, newest_papers
from bonphuong.reference.models import AdminUnit, Succession
from bonphuong.search.enums import Kind
from bonphuong.search.sources import Source, register_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.fulltext import Asked


def register_basics() -> None:
    """Called once at the start."""
    register_source(Source(Kind.PARTY, _parties, _party_rows, _party_texts))
    register_source(Source(Kind.PERSON, _persons, _person_rows, _person_texts))
    register_source(Source(Kind.PAPER, _papers, Paper.objects.in_bulk, _paper_texts))
    register_source(
        Source(Kind.COMMITMENT, _commitments, _commitment_rows, lambda row: (row.text, row.evidence))
    )
    register_source(Source(Kind.UNIT, _units, _unit_rows, lambda row: (row.full_name, *row.aliases)))


def _papers(user: User, wanted: Asked, limit: int) -> list[Any]:
    return newest_papers(user, wanted, limit=limit)


def _paper_texts(row: Paper) -> Sequence[str]:
    title = ": ".join(filter(None, (str(row), row.abstract)))
    return (title, row.issuer, row.signer, row.file_name)


def _parties(user: User, wanted: Asked, limit: int) -> list[Any]:
    rows = Party.objects.visible_to(user).filter(merged_into__isnull=True)
    return newest(rows, wanted, limit=limit)


def _party_rows(keys: Sequence[Any]) -> dict[Any, Any]:
    return Party.objects.select_related("country").prefetch_related("aliases").in_bulk(keys)


def _party_texts(row: Party) -> Sequence[str]:
    return (str(row), row.name_vi, row.name_native, row.name_en, *(alias.text for alias in row.aliases.all()))


def _persons(user: User, wanted: Asked, limit: int) -> list[Any]:
    return newest(Person.objects.visible_to(user).filter(merged_into__isnull=True), wanted, limit=limit)


def _person_rows(keys: Sequence[Any]) -> dict[Any, Any]:
    posts = Post.objects.on(clock.today()).select_related("party", "office")
    return Person.objects.prefetch_related(Prefetch("posts", posts, to_attr="current_posts")).in_bulk(keys)


def _person_texts(row: Any) -> Sequence[str]:
    return (row.full_name, row.name_native)


def _commitments(user: User, wanted: Asked, limit: int) -> list[Any]:
    return newest_commitments(user, wanted, limit=limit)


def _commitment_rows(keys: Sequence[Any]) -> dict[Any, Any]:
    return Commitment.objects.select_related("record").in_bulk(keys)


def _units(_user: User, wanted: Asked, limit: int) -> list[Any]:
    """Units that are named by exactly these words: part of a name would find a commune for every word."""
    words = " ".join(word for group in wanted.groups for word in group[0].words)
    named = AdminUnit.objects.filter(fold__contains=f"|{words}|")
    return newest(named, wanted, limit=limit) if words else []


def _unit_rows(keys: Sequence[Any]) -> dict[Any, Any]:
    heirs = Succession.objects.select_related("to_unit__parent").order_by("-is_main", "to_unit")
    rows = AdminUnit.objects.select_related("parent__parent")
    return rows.prefetch_related(Prefetch("successions", heirs, to_attr="heirs")).in_bulk(keys)
