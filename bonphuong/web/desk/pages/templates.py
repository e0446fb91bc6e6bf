"""Word templates: whose version of each paper prints, and every name that a template may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.models import DocumentTemplate
from bonphuong.papers.placeholders import OF_TEMPLATE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.papers.placeholders import Placeholder


@dataclass(frozen=True)
class VersionRow:
    """An office's own version, and whether it prints today."""

    row: DocumentTemplate
    office: str
    is_live: bool
    may_change: bool


@dataclass(frozen=True)
class TemplateLine:
    """A paper that is printed, and the own versions of it that print today."""

    code: TemplateCode
    own: Sequence[VersionRow]


@dataclass(frozen=True)
class NameLine:
    """One name that a template may ask for, in both languages; `example` is what it becomes."""

    name: str
    vi: str
    label: str
    example: str
    inside: str = ""


@dataclass(frozen=True)
class TemplatePage:
    """One paper: its versions and its names."""

    code: TemplateCode
    versions: Sequence[VersionRow]
    names: Sequence[NameLine]


def template_list(user: User) -> list[TemplateLine]:
    """All papers that are printed, in the order of their codes."""
    rows = _versions(user, DocumentTemplate.objects.visible_to(user))
    return [
        TemplateLine(code, [row for row in rows if row.row.code == code and row.is_live])
        for code in TemplateCode
    ]


def template_page(user: User, code: TemplateCode) -> TemplatePage:
    """One of them."""
    rows = _versions(user, DocumentTemplate.objects.visible_to(user).filter(code=code))
    return TemplatePage(code=code, versions=rows, names=_names(OF_TEMPLATE[code]))


def _versions(user: User, found: Iterable[DocumentTemplate]) -> list[VersionRow]:
    rows = list(found)
    names = names_of(offices={row.office_code for row in rows})
    mine = office_codes_for(user, Permission.TEMPLATE_CHANGE)
    today = clock.today()
    return [
        VersionRow(row, names.office(row.office_code), _is_live(row, today), row.office_code in mine)
        for row in rows
    ]


def _is_live(row: DocumentTemplate, today: dt.date) -> bool:
    return row.valid_from <= today and (row.valid_to is None or row.valid_to >= today)


def _names(placeholders: Sequence[Placeholder], inside: str = "") -> list[NameLine]:
    """Every name, those inside the lines of a list below it."""
    lines: list[NameLine] = []
    for one in placeholders:
        if one.entries:
            lines.append(NameLine(one.name, one.vi, str(one.label), "", inside))
            lines += _names(one.entries, one.vi)
        else:
            example = ", ".join(map(str, one.sample)) if one.is_list else str(one.sample)
            lines.append(NameLine(one.name, one.vi, str(one.label), example, inside))
    return lines
