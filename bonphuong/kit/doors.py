"""The doors of a family made of the kit: what the registry asks for, bound to its scheme."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from bonphuong.kit import queries, schema, services
from bonphuong.kit.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.kit.specs import Scheme
    from bonphuong.records.models import Record
    from bonphuong.records.registry import Column


class Doors(NamedTuple):
    """In the order in which a family's `scheme.py` takes them."""

    clean_many: Callable[..., Any]
    create_many: Callable[..., Any]
    update_many: Callable[..., Any]
    undo_many: Callable[..., Any]
    probe: Callable[..., Any]
    prepare: Callable[..., Any]
    with_all: Callable[[], QuerySet[Any]]
    columns: Mapping[str, Sequence[Column]]


def doors(scheme: Scheme) -> Doors:
    """Everything that the registry names by a path of the family's `scheme.py`."""
    family = scheme.family

    def create_many(
        drafts: Sequence[Any], *, kind: str = "", office_code: str, actor: User, reason: str = ""
    ) -> list[Record]:
        """Write drafts of the gate; each says its own kind."""
        del kind
        return services.create_many(
            drafts, family=family, office_code=office_code, actor=actor, reason=reason
        )

    def update_many(
        drafts: Sequence[Any], *, kind: str = "", office_code: str = "", actor: User, reason: str
    ) -> list[Record]:
        """Write drafts that were laid over stored records."""
        del kind, office_code
        return services.update_many(drafts, family=family, actor=actor, reason=reason)

    def undo_many(uids: Sequence[UUID], *, actor: User, reason: str) -> None:
        """Take records back."""
        services.undo_many(uids, family=family, actor=actor, reason=reason)

    return Doors(
        clean_many=partial(schema.clean_many, scheme),
        create_many=create_many,
        update_many=update_many,
        undo_many=undo_many,
        probe=partial(queries.probe_of_draft, scheme),
        prepare=partial(queries.prepare, scheme),
        with_all=partial(queries.with_all, scheme),
        columns=columns_of(scheme),
    )
