"""People and their roles, as an administrator sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from bonphuong.accounts.enums import Permission, Role
from bonphuong.accounts.models import Assignment, Office, User
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.accounts.services import (
    Invitation,
    assign,
    change_user,
    end_assignment,
    invite,
    renew_invitation,
    set_active,
)
from bonphuong.kernel import clock
from bonphuong.procedures.models import Authority
from bonphuong.web.desk.forms.settings.base import ConfirmForm
from bonphuong.web.desk.forms.settings.people import InviteForm, PersonForm, RoleForm
from bonphuong.web.desk.pages.settings.kit import (
    Column,
    Deed,
    Narrowing,
    Panel,
    Table,
    adding,
    ending,
    facts_of,
    line_of,
    stands,
)
from bonphuong.web.desk.pages.settings.procedures import AUTHORITIES
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

MANAGE = Permission.USER_MANAGE


def manages_any(user: User) -> bool:
    """Whether the person manages people somewhere."""
    return can(user, MANAGE)


def _reach(user: User) -> set[str]:
    return office_codes_for(user, MANAGE)


def _offices(user: User) -> list[tuple[str, str]]:
    return [(row.code, row.name(language())) for row in Office.objects.filter(pk__in=_reach(user))]


def _people(user: User) -> Any:
    """Everybody with a role, past or present, in the offices whose people are managed."""
    held = Assignment.objects.filter(office__in=_reach(user))
    live = Assignment.objects.on(clock.today()).select_related("office")
    return (
        User.objects.filter(pk__in=held.values("user"))
        .prefetch_related(Prefetch("assignments", live, to_attr="roles_today"))
        .order_by("full_name", "username")
    )


def _roles(row: Any) -> str:
    held = getattr(row, "roles_today", [])
    return "; ".join(f"{Role(one.role).label}, {one.office.short_vi}" for one in held) or str(
        _("no role today")
    )


def _account(row: Any) -> str:
    if not row.is_active:
        return pgettext("account", "closed")
    return pgettext("account", "open") if row.has_usable_password() else str(_("waits for a password"))


def _another(user: User, row: Any) -> bool:
    return bool(user.pk != row.pk)


def _do_invite(user: User, _row: Any, given: dict[str, Any]) -> Invitation:
    names = ("username", "full_name", "email", "language", "valid_from")
    office = Office.objects.get(pk=given["office"])
    return invite(
        actor=user,
        office=office,
        role=Role(given["role"]),
        titles=(given["title_vi"], given["title_en"]),
        valid_to=given["valid_to"],
        **{name: given[name] for name in names},
    )


def _do_change(user: User, row: Any, given: dict[str, Any]) -> User:
    return change_user(actor=user, user=row, **given)


def _do_close(user: User, row: Any, given: dict[str, Any]) -> User:
    set_active(actor=user, user=row, is_active=False, **given)
    return row  # type: ignore[no-any-return]


def _do_open(user: User, row: Any, given: dict[str, Any]) -> User:
    set_active(actor=user, user=row, is_active=True, **given)
    return row  # type: ignore[no-any-return]


def _panels(user: User, row: Any) -> Sequence[Panel]:
    held = Assignment.objects.filter(user=row, office__in=Office.objects.visible_to(user).values("pk"))
    lent = Authority.objects.filter(holder=row, office_code__in=Office.objects.visible_to(user).values("pk"))
    return [
        Panel(
            title=_("Roles"),
            lines=[line_of(ROLES, one) for one in held.select_related("user", "office")],
            add_url=reverse("desk:settings-new", args=["roles"]) + f"?user_uid={row.pk}"
            if _another(user, row)
            else "",
            add_label=_("Give a role"),
            empty=_("No role: nothing can be seen or done."),
        ),
        Panel(
            title=_("Authorities to sign"),
            lines=[line_of(AUTHORITIES, one) for one in lent],
            empty=_("Signs by the own role alone."),
        ),
    ]


PEOPLE = Table(
    code="people",
    model=User,
    title=pgettext_lazy("settings", "People"),
    lead=gettext_lazy(
        "Who may sign in, and what they are in which office. A new person gets a link, shown once, "
        "behind which they choose their own password."
    ),
    one=gettext_lazy("person"),
    icon="people",
    may_see=manages_any,
    rows=_people,
    name=lambda row: row.full_name,
    columns=(
        Column(gettext_lazy("User name"), lambda row: row.username, under=lambda row: row.email),
        Column(gettext_lazy("Roles today"), _roles),
        Column(pgettext_lazy("of a person", "Account"), _account),
    ),
    narrowings=(
        Narrowing("office", pgettext_lazy("of a setting", "Office"), _offices, "assignments__office"),
        Narrowing("role", gettext_lazy("Role"), lambda _user: Role.choices, "assignments__role"),
    ),
    is_dated=False,
    panels=_panels,
    add=adding(
        label=gettext_lazy("Let a person in"),
        form=InviteForm,
        do=_do_invite,
        done=gettext_lazy("The account is ready."),
    ),
    deeds=(
        Deed(
            code="change",
            label=gettext_lazy("Change name, mail, language"),
            form=PersonForm,
            do=_do_change,
            done=gettext_lazy("It is changed."),
        ),
        Deed(
            code="password",
            label=gettext_lazy("Another password"),
            form=ConfirmForm,
            do=lambda user, row, given: renew_invitation(actor=user, user=row, **given),
            done=gettext_lazy("The old password no longer opens anything."),
            may=lambda user, row: _another(user, row) and row.is_active,
            icon="lock",
            warning=gettext_lazy(
                "The password so far, every session and every earlier link end at once. "
                "You are shown a link to hand over; the person chooses the new password."
            ),
        ),
        Deed(
            code="close",
            label=gettext_lazy("Close the account"),
            form=ConfirmForm,
            do=_do_close,
            done=gettext_lazy("The account is closed: nobody signs in to it."),
            may=lambda user, row: _another(user, row) and row.is_active,
            icon="stop",
        ),
        Deed(
            code="open",
            label=gettext_lazy("Open the account again"),
            form=ConfirmForm,
            do=_do_open,
            done=gettext_lazy("The account is open again."),
            may=lambda user, row: _another(user, row) and not row.is_active,
            icon="undo",
        ),
    ),
)


def _do_assign(user: User, _row: Any, given: dict[str, Any]) -> Assignment:
    facts = facts_of(given, "user_uid", "office", "role")
    person = User.objects.visible_to(user).get(pk=given["user_uid"])
    office = Office.objects.get(pk=given["office"])
    return assign(actor=user, user=person, office=office, role=Role(given["role"]), **facts)


ROLES = Table(
    code="roles",
    model=Assignment,
    is_sourced=False,
    title=gettext_lazy("Roles of people"),
    lead=gettext_lazy("Who is what in which office, from a day to a day. Nobody gives a role to themselves."),
    one=gettext_lazy("role"),
    icon="user",
    may_see=manages_any,
    rows=lambda user: Assignment.objects.filter(office__in=_reach(user)).select_related("user", "office"),
    name=lambda row: f"{row.user.full_name}: {Role(row.role).label}",
    columns=(
        Column(
            pgettext_lazy("of a setting", "Office"),
            lambda row: row.office.name(language()),
            under=lambda row: row.title(language()),
        ),
    ),
    narrowings=(
        Narrowing("office", pgettext_lazy("of a setting", "Office"), _offices, "office"),
        Narrowing("role", gettext_lazy("Role"), lambda _user: Role.choices, "role"),
    ),
    add=adding(
        label=gettext_lazy("Give a role"),
        form=RoleForm,
        do=_do_assign,
        done=gettext_lazy("The role is given."),
    ),
    deeds=(
        ending(
            do=lambda user, row, given: end_assignment(actor=user, assignment=row, **given),
            done=gettext_lazy("The role ends with that day."),
            may=lambda user, row: can(user, MANAGE, row.office_id) and stands(row),
        ),
    ),
)
