"""A form sent over a newer version of what it is about: merged where it is plain, asked where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext as _

from bonphuong.trail.queries import actions_on
from bonphuong.web.desk.forms.merging import CONTESTED, OPENED, Merging, marks, merge, shown_by
from bonphuong.web.desk.forms.merging_rows import merge_rows, row_marks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.forms import BaseForm, BaseFormSet
    from django.http import HttpRequest, QueryDict


def is_over_newer(data: QueryDict, version: int) -> bool:
    """Whether a form was made from another version than the one that stands now, or answers what was asked then."""
    written = data.get("version", "")
    return bool(data.get(CONTESTED)) or (written.isascii() and written.isdigit() and int(written) != version)


def settle_form(
    form: BaseForm, data: QueryDict | None, version: int, *, about: UUID, parts: Sequence[BaseForm] = ()
) -> Merging | None:
    """Merge what was sent into `form` and its further parts, before they are checked; None where nobody saved meanwhile.

    The forms know the stored values as their initial ones. What is open then stands in the result.
    """
    if data is None or not form.is_bound or not is_over_newer(data, version):
        return None
    found, merged = merge([form, *parts], data)
    found.saver = saver_of(about)
    merged = _carrying(merged, found, version, marks(shown_by(form, *parts)))
    for part in (form, *parts):
        part.data = merged
    return found


def settle_rows(
    rows: BaseFormSet[Any], data: QueryDict | None, version: int, *, about: UUID
) -> tuple[Merging, QueryDict] | None:
    """As `settle_form`, for a table; the table is made anew from the data."""
    if data is None or not rows.is_bound or not is_over_newer(data, version):
        return None
    found, merged = merge_rows(rows, data)
    found.saver = saver_of(about)
    return found, _carrying(merged, found, version, row_marks(rows))


def _carrying(data: QueryDict, found: Merging, version: int, opened: str) -> QueryDict:
    data["version"], data[OPENED] = str(version), opened
    data[CONTESTED] = "" if found.is_settled else " ".join(one.name for one in found.contests)
    return data


def sent_to(request: HttpRequest) -> QueryDict | None:
    """What was sent to a page; nothing where it was only asked for."""
    return request.POST if request.method == "POST" else None


def is_good(form: BaseForm, found: Merging | None) -> bool:
    """Whether the form can be saved: it is whole, and nothing is left to be chosen."""
    if found is None or found.is_settled:
        return form.is_valid()
    form.add_error(None, choose_words(found))
    return False


def told_of(found: Merging | None) -> dict[str, Any]:
    """What the page needs to show both versions."""
    if found is None or found.is_settled:
        return {}
    return {"merging": found, "differences": found.contests, "saver": found.saver}


def choose_words(found: Merging) -> str:
    """What is to be done now."""
    if any(one.picked for one in found.contests):
        return _("Choose for every line which of the two versions stays.")
    return _(
        "Somebody else has changed this since you opened it. Nothing was overwritten: choose what stays."
    )


def tell_taken(request: HttpRequest, found: Merging | None) -> None:
    """After it was saved: say what was taken over from the other."""
    if found is None or not found.taken:
        return
    what = ", ".join(label for label, _theirs, _mine in found.taken[:6])
    said = _("Put together with what %(name)s saved meanwhile: %(what)s.")
    messages.info(request, said % {"name": found.saver or _("somebody else"), "what": what})


def saver_of(about: UUID) -> str:
    """Who changed a record last."""
    last = actions_on(about).first()
    return last.actor_name if last else ""
