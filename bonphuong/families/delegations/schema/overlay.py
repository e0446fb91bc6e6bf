"""A row that names its record: what it says is laid over what is stored, and what it leaves empty is emptied."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from bonphuong.families.delegations.enums import DECIDED
from bonphuong.families.delegations.schema.drafts import DelegationDraft

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

#: Column → the fields of a draft that it stands for, where it is not the field of its own name.
_STANDS_FOR: dict[str, tuple[str, ...]] = {
    "head": ("head_name", "head_title"),
    "lead_office": ("lead_office_code", "cohosts"),
    "field": ("field_code",),
    "partner": ("partner_code", "partner_text"),
    "organiser": ("organiser_code", "organiser_text"),
    "decision": ("decision_number", "decided_on"),
    "report_on": ("report_received_on",),
}
_DEFAULTS = {f.name: f.default for f in fields(DelegationDraft)}


def fields_of(column: str, before: DelegationDraft) -> tuple[str, ...]:
    """The fields that a column shows of this delegation: days and people as they were, once that is known."""
    began = before.started_on is not None
    days = {
        "time": ("started_on", "ended_on") if began else ("starts_on", "ends_on"),
        "starts_on": ("started_on",) if began else ("starts_on",),
        "ends_on": ("ended_on",) if began else ("ends_on",),
        "heads": ("approved_heads",)
        if before.actual_heads is None and before.kind in DECIDED
        else ("actual_heads",),
    }
    return days.get(column) or _STANDS_FOR.get(column, (column,))


def laid_over(
    before: DelegationDraft, row: Mapping[str, object], read: Mapping[str, Any], refused: Collection[str]
) -> DelegationDraft:
    """The stored delegation with what the gate read from the row; columns in `refused` could not be read."""
    values: dict[str, Any] = {}
    for column in row:
        names = fields_of(column, before)
        if column in refused or not set(names) <= _DEFAULTS.keys() - {"kind", "uid", "version"}:
            continue
        for name, source in zip(names, _sources(column, names), strict=True):
            values[name] = read.get(source, _empty(name))
    if "places" in values and "partner" not in row and before.partner_code in _parties(before):
        values["partner_code"] = next((p.party_code for p in values["places"] if p.party_code), "")
    return replace(before, **values)


def _sources(column: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Under which names the gate keeps what it read of the column."""
    return {"time": ("starts_on", "ends_on"), "starts_on": ("starts_on",), "ends_on": ("ends_on",)}.get(
        column, ("heads",) if column == "heads" else names
    )


def _empty(name: str) -> Any:
    default = _DEFAULTS[name]
    return default if isinstance(default, str | int | tuple | bool) or default is None else ""


def _parties(draft: DelegationDraft) -> set[str]:
    return {place.party_code for place in draft.places}


def changed_columns(
    before: DelegationDraft, after: DelegationDraft, row: Mapping[str, object]
) -> tuple[str, ...]:
    """The columns of the row by which the two differ."""
    known = _DEFAULTS.keys()
    return tuple(
        column
        for column in row
        if any(
            name in known and getattr(before, name) != getattr(after, name)
            for name in fields_of(column, before)
        )
    )
