"""How many of each: all counts beside the filters of a list out of one pass over one index."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import Count, Q

from bonphuong.kernel import clock
from bonphuong.trail.queries import mark_of_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Aggregate, QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record
    from bonphuong.web.desk.forms.records import RecordFilter

_KEPT_SECONDS = 600
_FLAG, _SUM = "flag_", "sum_"


@dataclass(frozen=True)
class Facets:
    """What the filters of a list leave: by kind where the kind is left out, all the rest of the chosen kind.

    `sums` are what the list adds up beside, by the names that it gave them.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, int] = field(default_factory=dict)
    sums: Mapping[str, int] = field(default_factory=dict)
    count: int = 0
    late: int = 0
    open: int = 0


def facets_of(
    user: User,
    family: str,
    parts: Sequence[QuerySet[Record]],
    wanted: RecordFilter,
    sums: Mapping[str, Aggregate],
) -> Facets:
    """Count once, whatever is asked; kept until anything changes anywhere, as the counts of a whole book are long."""
    asked = replace(wanted, after="", order="", flags={})
    text = repr((family, asked, sorted(sums), user.pk, user.access(), clock.today(), mark_of_state()))
    key = f"facets:{sha256(text.encode()).hexdigest()}"
    found: Facets | None = cache.get(key)
    if found is None:
        found = _counted([row for rows in parts for row in _groups(rows, wanted, sums)], wanted.kind)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _groups(
    rows: QuerySet[Record], wanted: RecordFilter, sums: Mapping[str, Aggregate]
) -> list[dict[str, Any]]:
    today = clock.today()
    # A flag that is on has narrowed the list already; no other is offered beside it.
    flags = {} if wanted.flag else {f"{_FLAG}{code}": where(today) for code, where in wanted.flags.items()}
    counts = {name: Count("pk", filter=where) for name, where in flags.items()}
    grouped = wanted.narrow(rows, without="kind").order_by().values("kind", "state")
    return [
        dict(row)
        for row in grouped.annotate(
            n=Count("pk"),
            n_late=Count("pk", filter=Q(due_on__lt=today, is_closed=False)),
            n_open=Count("pk", filter=Q(is_closed=False)),
            **counts,
            **{f"{_SUM}{name}": one for name, one in sums.items()},
        )
    ]


def _counted(groups: Sequence[Mapping[str, Any]], kind: str) -> Facets:
    kinds: dict[str, int] = {}
    for row in groups:
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + row["n"]
    mine = [row for row in groups if not kind or row["kind"] == kind]
    states: dict[str, int] = {}
    for row in mine:
        states[row["state"]] = states.get(row["state"], 0) + row["n"]
    return Facets(
        kinds=kinds,
        states=dict(sorted(states.items(), key=lambda item: (-item[1], item[0]))),
        flags=_added(mine, _FLAG),
        sums=_added(mine, _SUM),
        count=sum(row["n"] for row in mine),
        late=sum(row["n_late"] for row in mine),
        open=sum(row["n_open"] for row in mine),
    )


def _added(rows: Sequence[Mapping[str, Any]], prefix: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            if name.startswith(prefix):
                code = name.removeprefix(prefix)
                found[code] = found.get(code, 0) + (value or 0)
    return found
