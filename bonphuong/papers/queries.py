"""Reads: papers that look like the same one, the template in force, files that are not whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.models import Office
from bonphuong.papers import storage
from bonphuong.papers.models import DocumentTemplate, Paper

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.papers.enums import TemplateCode
    from bonphuong.papers.models import PaperQuerySet

LISTED = 20


@dataclass(frozen=True)
class FileProblem:
    """A file that is "missing" or "changed"; `label` is the model of the row that names it."""

    label: str
    uid: str
    what: str


def find_duplicates(
    user: User | AnonymousUser, *, number: str, symbol: str, year: int | None, issuer_code: str = ""
) -> PaperQuerySet:
    """Papers with the same number and symbol in the same year, whatever zeros the number begins with.

    Two bodies may use the same symbol: where both papers name a known issuer, it must be the same one.
    """
    papers = Paper.objects.visible_to(user)
    if not number or not symbol:
        return papers.none()
    plain = number.lstrip("0") or "0"
    papers = papers.filter(number__in={number, plain, plain.zfill(2), plain.zfill(3)}, symbol=symbol)
    if year is not None:
        papers = papers.filter(on__year=year)
    return papers.filter(issuer_code__in={"", issuer_code}) if issuer_code else papers


def same_reference(paper: Paper, user: User | AnonymousUser) -> PaperQuerySet:
    """Other papers that the person may see under the reference of this one; at most a few."""
    year = paper.on.year if paper.on else None
    found = find_duplicates(
        user, number=paper.number, symbol=paper.symbol, year=year, issuer_code=paper.issuer_code
    )
    return found.exclude(pk=paper.pk)[:LISTED]


def same_file(paper: Paper, user: User | AnonymousUser) -> PaperQuerySet:
    """Other papers that the person may see with the very same file; at most a few."""
    if not paper.digest:
        return Paper.objects.none()
    return Paper.objects.visible_to(user).filter(digest=paper.digest).exclude(pk=paper.pk)[:LISTED]


def template_in_force(code: TemplateCode, office_code: str, day: dt.date) -> DocumentTemplate | None:
    """The office's own version on `day`, else that of the nearest office above it; None for the shipped one."""
    path = Office.objects.values_list("path", flat=True).filter(pk=office_code).first() or office_code
    chain = path.strip("/").split("/")
    rows = DocumentTemplate.objects.filter(code=code, office_code__in=chain).on(day)
    return max(rows, key=lambda row: (chain.index(row.office_code), row.version), default=None)


def broken_files() -> Iterator[FileProblem]:
    """Papers and templates whose file is missing or no longer what was filed. Reads every file."""
    for model in (Paper, DocumentTemplate):
        rows = model.objects.exclude(digest="").values_list("uid", "file", "digest")
        for uid, name, digest in rows.iterator(chunk_size=500):
            what = storage.state(name, digest)
            if what:
                yield FileProblem(label=model._meta.label, uid=str(uid), what=what)
