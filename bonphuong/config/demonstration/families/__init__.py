"""What each family adds to the demonstration: one module a family, found by its name."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from bonphuong.config.demonstration.stage import Act


def family_acts(today: dt.date) -> Iterator[Act]:
    """The acts of all families, in no order: each module's `acts(today)`."""
    for module in sorted(info.name for info in iter_modules(__path__)):
        yield from import_module(f"{__name__}.{module}").acts(today)
