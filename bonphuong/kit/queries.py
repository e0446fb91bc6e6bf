"""Reads of families made of the kit. Every one for a page begins at what the person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db.models import Prefetch
from django.utils.module_loading import import_string

from bonphuong.kernel.bulk import chunks
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.fields import known
from bonphuong.kit.names import Names, names_of
from bonphuong.kit.specs import Holds, Scheme
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.records.schema import head_fold_of
from bonphuong.records.twins import Probe

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.kit.models import FamilyLine, FamilyRow
    from bonphuong.kit.specs import Spec

_NAMES = "_names"
R = TypeVar("R", bound="FamilyRow")


def scheme_of(family: str) -> Scheme:
    """The scheme of a family made of the kit. Raises KeyError for an unknown family, LookupError for another."""
    path = get_family(family).scheme
    if not path:
        raise LookupError(f"{family} is not made of the kit")
    return cast("Scheme", import_string(path))


def with_all(scheme: Scheme) -> QuerySet[Any]:
    """Every row of the family with its header and lines, for services and checks; never for a page."""
    lines = [Prefetch(line.name, line.model._default_manager.order_by("order")) for line in scheme.lines]
    return scheme.model._default_manager.select_related("record").prefetch_related(*lines)


def row_of(record: Record) -> Any:
    """The family's own row of a record, with its lines. Raises the model's DoesNotExist."""
    row = with_all(scheme_of(record.family)).get(pk=record.pk)
    row.record = record
    return row


def for_page(user: User | AnonymousUser, uid: UUID) -> Any:
    """One row with everything that its page shows. Raises Record.DoesNotExist, also to a stranger."""
    record = Record.objects.visible_to(user).select_related("due_rule").get(pk=uid)
    if not get_family(record.family).scheme:
        raise Record.DoesNotExist
    return row_of(record)


def lines_of(row: FamilyRow, name: str) -> list[FamilyLine]:
    """The lines of a row in their order, from what was fetched with it."""
    return list(getattr(row, name).all())


def dates_of(row: FamilyRow) -> dict[str, dt.date | None]:
    """The family's own dates that deadlines may count from."""
    return {name: getattr(row, name) for name in scheme_of(row.record.family).dates}


def dates_of_record(record: Record) -> dict[str, dt.date | None]:
    """As `dates_of`, for the generic parts, which know the header only."""
    return dates_of(row_of(record)) if scheme_of(record.family).dates else {}


def draft_of(row: FamilyRow) -> Draft:
    """The stored row as a draft: what a correction begins with. `row` comes from `with_all`."""
    scheme = scheme_of(row.record.family)
    attrs = [
        attr
        for spec in scheme.specs
        for attr in known(scheme.model, spec).attrs
        if attr not in {"title", "lead_office_code"}
    ]
    return Draft(
        kind=row.kind,
        title=row.record.title,
        lead_office_code=row.lead_office_code,
        values={attr: getattr(row, attr) for attr in dict.fromkeys(attrs)},
        lines={
            line.name: tuple(
                LineDraft({attr: getattr(one, attr) for attr in line_attrs(line.model, line.specs)}, one.pk)
                for one in lines_of(row, line.name)
            )
            for line in scheme.lines
        },
        uid=row.record_id,
        version=row.record.version,
    )


def rows_that_stand(model: type[R], uids: Iterable[UUID]) -> QuerySet[R]:
    """Rows of these records that were neither entered by mistake nor called off, with their headers."""
    rows = model._default_manager.filter(pk__in=uids, is_void=False, cancelled_on__isnull=True)
    return rows.select_related("record")


def drafts_of(scheme: Scheme, uids: Sequence[UUID]) -> dict[UUID, Draft]:
    """Stored rows as drafts, by the uid of their record."""
    found: dict[UUID, Draft] = {}
    for some in chunks(uids):
        for row in with_all(scheme).filter(pk__in=some):
            found[row.pk] = draft_of(row)
    return found


def line_attrs(model: type[Model], specs: Iterable[Spec]) -> list[str]:
    """The columns that these specs fill."""
    return list(dict.fromkeys(attr for spec in specs for attr in known(model, spec).attrs))


def probe_of_draft(scheme: Scheme, draft: Draft, book: str) -> Probe | None:
    """What is known of a draft, for finding it entered already; None without a day or without a name to compare."""
    begins = first_day(scheme.begins, draft)
    name = head_of(scheme, draft)
    if begins is None or not name:
        return None
    parties = {
        str(draft.get(known(scheme.model, spec).attr) or "")
        for spec in scheme.specs_of(draft.kind)
        if spec.holds == Holds.PARTY
    }
    return Probe(
        book=book,
        family=scheme.family,
        kind=draft.kind,
        begins_on=begins,
        head_fold=head_fold_of(name),
        parties=frozenset(parties - {""}),
        uid=draft.uid,
    )


def first_day(names: Iterable[str], draft: Draft) -> dt.date | None:
    """The first of these days that is known."""
    return next((day for name in names if (day := draft.get(name)) is not None), None)


def head_of(scheme: Scheme, draft: Draft) -> str:
    """The name by which a draft is compared with what is there."""
    if scheme.head:
        return str(draft.get(scheme.head) or "")
    return draft.title if scheme.twin_on_title else ""


def prepare(scheme: Scheme, rows: Sequence[Any]) -> None:
    """Let rows know the names of all codes that they hold, in as few queries as there are sorts of codes."""
    wanted: dict[Holds, set[str]] = {holds: set() for holds in _ASKED}
    wanted[Holds.OFFICE] |= {row.lead_office_code for row in rows}
    for spec in scheme.specs:
        one = known(scheme.model, spec)
        if one.holds in wanted:
            wanted[one.holds] |= {getattr(row, one.attr) for row in rows}
    names = names_of(**{_ASKED[holds]: codes for holds, codes in wanted.items()})
    for row in rows:
        vars(row)[_NAMES] = names


_ASKED = {
    Holds.COUNTRY: "countries",
    Holds.OFFICE: "offices",
    Holds.PARTY: "parties",
    Holds.UNIT: "units",
    Holds.FIELD: "fields",
}


def names_for(row: Any) -> Names:
    """The names that a row was made ready with; read for this row alone where nobody did."""
    if _NAMES not in vars(row):
        prepare(scheme_of(row.record.family), [row])
    return cast("Names", vars(row)[_NAMES])
