"""Restricted text at rest: sealed in the database with keys outside it, bound to its place, shown masked.

A sealed value is `1.<key name>.<r|t>.<base64 of nonce and AES-GCM text>`. It opens only in the table and column
it was sealed for and, marked `r`, only in its own row: copied elsewhere it is refused. The mark is `t` where
the row had no name yet when it was written, so a table with restricted fields should have a UUID as its key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from django import forms
from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from bonphuong.kernel.errors import ProductError
from bonphuong.kernel.keys import cipher, keyring

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField  # generic for the type checker only

HIDDEN = "••••••"
_FORM = "1"
_NONCE_BYTES = 12


class Unreadable(ProductError):
    """A sealed value that does not open: its key is gone, or it does not belong where it stands."""

    code = "unreadable"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed value as it comes from the database; prints nothing of what it holds."""

    token: str

    def __str__(self) -> str:
        """Never the value, so that a log or an export cannot leak it."""
        return HIDDEN

    __repr__ = __str__

    def open(self, place: str, row: object = None) -> str:
        """The plain text, for the place ("table.column") and the key of the row that hold it."""
        try:
            form, key_name, bound, body = self.token.split(".")
            raw = base64.urlsafe_b64decode(body)
        except ValueError:
            raise _unreadable() from None
        key = cipher(key_name)
        if form != _FORM or key is None:
            raise _unreadable()
        try:
            plain = key.decrypt(
                raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound_to(place, row if bound == "r" else None)
            )
        except (InvalidTag, ValueError):
            raise _unreadable() from None
        return plain.decode()

    @property
    def key_name(self) -> str:
        """Which key it is under: for rotation and for erasure."""
        return self.token.split(".")[1]


def seal(value: str, place: str, row: object = None) -> Sealed:
    """Seal a text for a place ("table.column") and, if known, the key of its row, under the current key."""
    ring = keyring()
    nonce = os.urandom(_NONCE_BYTES)
    body = nonce + ring.ciphers[ring.current].encrypt(nonce, value.encode(), _bound_to(place, row))
    mark = "t" if row is None else "r"
    return Sealed(f"{_FORM}.{ring.current}.{mark}.{base64.urlsafe_b64encode(body).decode()}")


def mask(value: str, keep: int = 3) -> str:
    """As in "•••••• 417": the last characters only, and none of a value too short to spare them.

    The dots are always as many, so that not even the length shows. An empty value stays empty.
    """
    if not value:
        return ""
    return f"{HIDDEN} {value[-keep:]}" if keep and len(value) >= 2 * keep else HIDDEN


def blind_index(value: str, purpose: str = "") -> str:
    """64 hexadecimal digits that are equal for equal values and tell nothing else, for exact lookup.

    Case and spaces do not count. Values indexed for different purposes cannot be matched with each other.
    Its secret does not change with the keys, so rotation leaves indexes valid. Empty gives empty.
    """
    plain = "".join(value.split()).upper()
    if not plain:
        return ""
    message = f"{purpose}\x00{plain}".encode()
    return hmac.new(keyring().index_secret, message, hashlib.sha256).hexdigest()


def _bound_to(place: str, row: object) -> bytes:
    return f"{place}\x00{'' if row is None else row}".encode()


def _unreadable() -> Unreadable:
    return Unreadable(
        _("This restricted value cannot be read: its key is gone or it was moved from elsewhere.")
    )


class _OpenOnAccess(DeferredAttribute):
    """Opens the value when, and only when, code asks the instance for it."""

    field: EncryptedTextField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        """The plain text of the instance's row."""
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            return self.field.opened(instance, value)
        return value

    def __set__(self, instance: models.Model, value: object) -> None:
        """Keep the sealed value when the same text is set again, so that the trail sees no change."""
        kept = instance.__dict__.get(self.field.attname)
        if isinstance(kept, Sealed) and isinstance(value, str) and value:
            try:
                if self.field.opened(instance, kept) == value:
                    return
            except Unreadable:
                pass  # what cannot be read may be replaced
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(_TextField):
    """Text that is sealed in the database and plain on the instance.

    Written by `save` and `bulk_create` only, because it is bound to its row: `update` and `bulk_update` with a
    plain value are refused, and so is filtering by one (keep a `blind_index` column for that). `values` gives
    the sealed value. `place` fixes the name it is bound to ("table.column"); give the old one when the table
    or column is renamed.
    """

    descriptor_class = _OpenOnAccess

    def __init__(self, *args: Any, place: str = "", **kwargs: Any) -> None:
        self.fixed_place = place
        super().__init__(*args, **kwargs)

    @cached_property
    def place(self) -> str:
        """What the value is bound to, beside its row."""
        return self.fixed_place or f"{self.model._meta.db_table}.{self.column}"

    def opened(self, instance: models.Model, value: Sealed) -> str:
        """The plain text of a sealed value that stands in the instance."""
        return value.open(self.place, instance.pk)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Insist on a row key that is known before the row is written, or the value could not be bound to it."""
        found = super().check(**kwargs)
        if isinstance(self.model._meta.pk, models.AutoField):
            message = "A restricted field needs a table whose key is made before the row, such as a UUID."
            found.append(checks.Error(message, obj=self, id="kernel.E001"))
        return found

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.fixed_place:
            kwargs["place"] = self.fixed_place
        return name or "", path, list(args), kwargs

    def from_db_value(self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper) -> Any:
        return Sealed(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, str) and value:
            value = seal(value, self.place, model_instance.pk)
            model_instance.__dict__[self.attname] = value
        elif isinstance(value, Sealed) and add:
            # A row copied under a new key would carry a value that never opens there: fail now, not then.
            self.opened(model_instance, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.token
        if value is None or value == "":
            return value
        raise TypeError(
            f"{self.name} is sealed with its row: write it by save(), look it up by its blind index"
        )

    def value_to_string(self, obj: models.Model) -> str:
        """What a dump of data carries: the sealed value, never the plain one."""
        value = self.pre_save(obj, add=False)
        return value.token if isinstance(value, Sealed) else value or ""

    def formfield(self, **kwargs: Any) -> Any:
        # Short secrets of one line, not essays; and a browser must not remember them.
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        return super().formfield(**{"widget": widget, **kwargs})
