"""How a family made of the kit makes itself known. Free of models: apps are read before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

from bonphuong.records.registry import Calendar, Family, Kind, register
from bonphuong.trail.enums import register_verbs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise

#: The page that shows a record of any family made of the kit.
PAGE = "desk:record"


class FamilyConfig(AppConfig):
    """An app that is a record family: it sets `name`, `label`, `family` and the `verbs` of its own services."""

    # Django takes the one class of an `apps.py` that is a default; this one is only what they are made from.
    default = False
    family: ClassVar[Family]
    verbs: ClassVar[Mapping[str, _StrOrPromise]] = {}

    def __init_subclass__(cls, **more: object) -> None:
        super().__init_subclass__(**more)
        cls.default = True

    def ready(self) -> None:
        """Make the family and its verbs known."""
        register_verbs(self.verbs)
        register(self.family)


def kind(
    code: str,
    label: _StrOrPromise,
    plural: _StrOrPromise,
    *,
    prefix: str,
    procedure: str = "",
    icon: str = "file",
    hints: tuple[str, ...] = (),
    takes_import: bool = True,
) -> Kind:
    """A kind of record of a family; its columns come from the family's scheme."""
    return Kind(
        code=code,
        label=label,
        plural=plural,
        prefix=prefix,
        procedure=procedure,
        icon=icon,
        hints=hints,
        takes_import=takes_import,
    )


def kit_family(
    *,
    code: str,
    label: _StrOrPromise,
    plural: _StrOrPromise,
    model: str,
    kinds: tuple[Kind, ...],
    icon: str = "file",
    here: str = "",
    counts: bool = True,
    calendar: Calendar | None = None,
    dossier: bool = False,
) -> Family:
    """A family whose folder is `bonphuong.families.<code>` (or `here`), with its doors in `scheme.py`.

    `counts` False: it stands for nothing in the ledger and has no `facts.py`. `calendar` says which of its days go
    into calendars; without it the first day of each record does. `dossier` True: its `dossier.py` says what its
    records tell of a partner.
    """
    place = here or f"bonphuong.families.{code}"
    doors = f"{place}.scheme"
    with_columns = tuple(
        Kind(
            **{
                **{name: getattr(one, name) for name in Kind.__dataclass_fields__},
                "columns": f"{doors}.COLUMNS",
            }
        )
        for one in kinds
    )
    return Family(
        code=code,
        label=label,
        plural=plural,
        model=model,
        kinds=with_columns,
        url_name=PAGE,
        icon=icon,
        facts=f"{place}.facts.facts_of" if counts else "",
        facts_rows=f"{doors}.with_all",
        clean_many=f"{doors}.clean_many",
        create_many=f"{doors}.create_many",
        update_many=f"{doors}.update_many",
        undo_many=f"{doors}.undo_many",
        probe=f"{doors}.probe",
        prepare=f"{doors}.prepare",
        scheme=f"{doors}.SCHEME",
        dossier=f"{place}.dossier.DOSSIER" if dossier else "",
        dates="bonphuong.kit.queries.dates_of_record",
        calendar=Calendar() if calendar is None else calendar,
    )
