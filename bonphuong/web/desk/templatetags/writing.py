"""What a form and a record's page say of drafts and of others at the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.forms import BaseFormSet
from django.utils.html import format_html

from bonphuong.together.queries import begun_form
from bonphuong.web.desk.forms.merging import CONTESTED, OPENED, marks, shown_by
from bonphuong.web.desk.forms.merging_rows import row_marks
from bonphuong.web.desk.keeping import address_of, taken_up_at
from bonphuong.web.desk.pages.company import Sight, company_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.forms import BaseForm
    from django.template import Context
    from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("desk/parts/begun.html", takes_context=True)
def begun(context: Context, name: str) -> dict[str, Any]:
    """The two fields by which a form takes part in keeping, and the offer of what was begun here earlier."""
    request = context["request"]
    is_taken = getattr(request, "begun", None) is not None
    row = None
    if request.method == "GET" and not is_taken:
        row = begun_form(request.user, address_of(request.get_full_path()), name)
    return {
        "name": name,
        "user": request.user,
        "row": row,
        "take_up": taken_up_at(row) if row else "",
        "is_taken": is_taken,
    }


@register.inclusion_tag("desk/parts/company.html", takes_context=True)
def company(
    context: Context, about: UUID, place: str, version: int | str | None = "", *, writing: bool = False
) -> dict[str, Any]:
    """Who else has this open; the page asks again every twenty seconds."""
    user = context["request"].user
    # The page itself has found already that the person may see it, in the version that it shows.
    sight = Sight(about, place, 0)
    return {
        "about": about,
        "place": place,
        "version": version if version is not None else "",
        "writing": writing,
        "company": company_at(user, sight),
    }


@register.simple_tag
def opened(form: BaseForm | BaseFormSet[Any], parts: Sequence[BaseForm] = ()) -> SafeString:
    """What the page showed when it was opened, as marks, and what is to be chosen: a later saving merges by them."""
    data = form.data if form.is_bound else {}
    mark = str(data.get(OPENED) or "")
    if not mark:
        mark = row_marks(form) if isinstance(form, BaseFormSet) else marks(shown_by(*(parts or [form])))
    asked = str(data.get(CONTESTED) or "")
    return format_html(
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">',
        OPENED,
        mark,
        CONTESTED,
        asked,
    )
