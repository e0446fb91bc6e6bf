"""One line under a row, read by the specs of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadValue
from bonphuong.kit.fields import known
from bonphuong.kit.money import DOLLAR, DONG, SCALED
from bonphuong.kit.schema.ground import in_minor_units
from bonphuong.kit.specs import Holds
from bonphuong.records.registry import CellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.kit.fields import Known
    from bonphuong.kit.schema.ground import Ground
    from bonphuong.kit.specs import LineSpec


def read_line(
    line: LineSpec, given: Mapping[str, object], ground: Ground
) -> tuple[dict[str, Any], list[CellError]]:
    """One line by the names of its specs: column → value, and what is wrong. Empty for a line of nothing.

    A MINOR is given in whole units of the currency of the same line; given by its column (`amount` under its own
    name is the same thing) by a program that holds smallest units already, it comes as a LineDraft instead.
    """
    values: dict[str, Any] = {}
    errors: list[CellError] = []
    fields = [known(line.model, spec) for spec in line.specs]
    for one in fields:
        if one.name not in given:
            values |= {attr: given[attr] for attr in one.attrs if attr in given}
            continue
        try:
            found = ground.read(one, given[one.name])
        except (BadValue, ValueError) as error:
            errors.append(CellError(one.name, str(error)))
            continue
        if not is_nothing(found[-1]):
            values |= dict(zip(one.attrs, found, strict=True))
    if values or errors:
        errors += _whole(fields, given, values, {error.column for error in errors})
    return values, errors


def is_nothing(value: object) -> bool:
    """Whether a cell said nothing; a nought is something."""
    return value is None or value is False or value == ""


def _whole(
    fields: list[Known], given: Mapping[str, object], values: dict[str, Any], refused: set[str]
) -> list[CellError]:
    """What only the whole line tells: sums in the units of its currency, and what is missing."""
    errors = []
    for one in fields:
        if one.holds in SCALED and one.name in given and values.get(one.attr) is not None:
            try:
                currency = DOLLAR if one.holds == Holds.CENTS else str(values.get("currency") or DONG)
                values[one.attr] = in_minor_units(values[one.attr], currency)
            except BadValue as error:
                errors.append(CellError(one.name, str(error)))
        if (
            one.spec.required
            and one.name not in refused
            and all(is_nothing(values.get(a)) for a in one.attrs)
        ):
            errors.append(CellError(one.name, _("Fill this in.")))
    return errors
