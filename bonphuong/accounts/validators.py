"""The gate of a row before it is saved, and the checks that reach beyond one field."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import SettingKey
from bonphuong.kernel.errors import BadInput

if TYPE_CHECKING:
    import datetime as dt

    from django.db import models

M = TypeVar("M", bound="models.Model")

CUTOFFS = ("calendar", "statutory", "free")


def checked(instance: M) -> M:
    """The unsaved row, when every rule of its model holds. Raises BadInput by field ("" for the whole)."""
    try:
        instance.full_clean()
    except ValidationError as error:
        errors = {
            ("" if name == NON_FIELD_ERRORS else name): texts for name, texts in error.message_dict.items()
        }
        raise BadInput(errors) from error
    return instance


def check_setting(key: SettingKey, value: object) -> None:
    """Refuse a value that the setting cannot have."""
    fits = isinstance(value, bool) if key is SettingKey.ONE_IS_A_GROUP else value in CUTOFFS
    if not fits:
        raise BadInput({"value": [_("This setting cannot have that value.")]})


def check_follows(previous: dt.date | None, valid_from: dt.date) -> None:
    """A new dated row begins after the one it replaces, or the past would have two answers."""
    if previous is not None and valid_from <= previous:
        raise BadInput({"valid_from": [_("The new entry must begin after the one that it replaces.")]})
