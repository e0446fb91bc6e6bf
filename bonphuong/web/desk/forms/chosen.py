"""One step for several records: the day, and the version in which each was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ChosenStepForm(forms.Form):
    """The day on which the step was taken, the same for all."""

    on = DayField(label=_("Day"), help_text=_("As in 5/3 or 05/03/2026."))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"on": clock.today()})


def uids_in(written: Sequence[str]) -> list[UUID]:
    """Keys of records out of an address; what is none is passed over."""
    found = []
    for text in written:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def versions_in(written: Sequence[str]) -> dict[UUID, int]:
    """The version in which each record was seen, as "key:version"; what cannot be read is passed over."""
    found = {}
    for text in written:
        key, _colon, version = text.partition(":")
        if version.isdecimal() and len(version) < 9 and uids_in([key]):
            found[UUID(key)] = int(version)
    return found
