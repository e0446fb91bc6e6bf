"""Views of lists that a person keeps: saved, renamed, shared with their office, opened first, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.models import SavedView
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.text import tidy
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

#: So many views of one list a person keeps; more nobody finds again.
MOST_VIEWS = 20
MOST_LETTERS = 1000


def save_view(*, actor: User, family: str, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep the filters of a list under a name; the same name again keeps the new filters. Raises BadInput."""
    called = _name(name)
    if len(query) > MOST_LETTERS:
        raise BadInput({"": [_("These filters are too long to be kept.")]})
    own = SavedView.objects.filter(owner=actor, family=family)
    known = own.filter(name=called).first()
    kept = known or SavedView(owner=actor, family=family, name=called)
    if known is None and own.count() >= MOST_VIEWS:
        raise BadInput(
            {"name": [_("You keep %(n)s views of this list already. Remove one first.") % {"n": MOST_VIEWS}]}
        )
    with acting(actor=actor, verb="accounts.view.save", obj=called):
        kept.query, kept.office_code = query, _office(actor) if shared else ""
        kept.save()
    return kept


def rename_view(view: SavedView, *, actor: User, name: str) -> SavedView:
    """Call an own view otherwise. Raises BadInput."""
    called = _name(name)
    if SavedView.objects.filter(owner=actor, family=view.family, name=called).exclude(pk=view.pk).exists():
        raise BadInput({"name": [_("Another view of yours has this name.")]})
    with acting(actor=actor, verb="accounts.view.save", obj=called):
        view.name = called
        view.save(update_fields=["name"])
    return view


def open_first(view: SavedView, *, actor: User, first: bool = True) -> None:
    """Let the list open with an own view, or no longer: at most one of each list."""
    with acting(actor=actor, verb="accounts.view.save", obj=view.name):
        SavedView.objects.filter(owner=actor, family=view.family, is_first=True).update(is_first=False)
        SavedView.objects.filter(pk=view.pk, owner=actor).update(is_first=first)


def remove_view(view: SavedView, *, actor: User) -> None:
    """Forget an own view; nothing of the records changes."""
    with acting(actor=actor, verb="accounts.view.remove", obj=view.name):
        view.delete()


def _name(written: str) -> str:
    name = tidy(written)
    if not name or len(name) > 60:
        raise BadInput({"name": [_("Give the view a name of at most 60 letters.")]})
    return name


def _office(actor: User) -> str:
    return next((holding.office for holding in actor.access().holdings), "")
