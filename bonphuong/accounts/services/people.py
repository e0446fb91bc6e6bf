"""Writes of accounts: people, their passwords, their dated roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission, Role
from bonphuong.accounts.models import Assignment, Office, User
from bonphuong.accounts.rules import can, can_manage
from bonphuong.accounts.services.ground import end, forget, meet, must
from bonphuong.accounts.validators import checked
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.trail.acting import acting
from bonphuong.trail.services import refuse_if_changed

if TYPE_CHECKING:
    import datetime as dt

#: What may be changed of an account; the rest follows from other acts.
OWN_FIELDS = frozenset({"full_name", "email", "language", "gets_mail", "first_page"})


@dataclass(frozen=True)
class Invitation:
    """An account that waits for its owner. `token` opens the page of the first password: once, for three days."""

    user: User
    token: str


def create_user(
    *,
    actor: User | None,
    username: str,
    full_name: str,
    password: str | None = None,
    reason: str = "",
    **fields: Any,
) -> User:
    """A new account, without any role yet. Raises NotAllowed, and BadInput by field (a weak password too)."""
    if actor is not None and not can(actor, Permission.USER_MANAGE):
        raise NotAllowed(_("You may not manage people here."))
    user = User(username=username.strip().lower(), full_name=full_name, **fields)
    _set_password(user, password)
    with acting(actor=actor, verb="accounts.user.add", reason=reason, obj=username):
        checked(user).save(force_insert=True)
    return user


def invite(
    *,
    actor: User,
    office: Office,
    role: Role,
    username: str,
    full_name: str,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    titles: tuple[str, str] = ("", ""),
    reason: str = "",
    **fields: Any,
) -> Invitation:
    """A new account with its first role; whoever holds the token chooses the password. Raises NotAllowed, BadInput.

    `titles` are the title under a signature in Vietnamese and in English.
    """
    must(actor, Permission.USER_MANAGE, office.code)
    with acting(actor=actor, verb="accounts.user.invite", reason=reason, office=office.code, obj=full_name):
        user = create_user(actor=actor, username=username, full_name=full_name, **fields)
        vi, en = titles
        assign(
            actor=actor,
            user=user,
            office=office,
            role=role,
            valid_from=valid_from,
            valid_to=valid_to,
            title_vi=vi,
            title_en=en,
        )
    return Invitation(user, default_token_generator.make_token(user))


def renew_invitation(*, actor: User, user: User, reason: str = "", seen: int | None = None) -> Invitation:
    """Take a password away and let its owner choose another by a token; tokens given before are dead.

    Not for oneself, who changes the password with the old one. Raises NotAllowed, Conflict.
    """
    if actor.pk == user.pk:
        raise NotAllowed(_("Change your own password with the old one, on the page of your profile."))
    _must_manage(actor, user)
    _refuse_closed(user)
    with acting(actor=actor, verb="accounts.user.reset", reason=reason, office=_seat_of(user), obj=user):
        refuse_if_changed(user, seen)
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return Invitation(user, default_token_generator.make_token(user))


def redeem_invitation(invitation: Invitation, *, password: str) -> None:
    """Set the password that the owner of an invitation chose. Raises BadInput (a weak one, a token that is dead)."""
    user = invitation.user
    if not user.is_active or not default_token_generator.check_token(user, invitation.token):
        raise BadInput(
            {"": [_("This link was used already or is too old. Ask your administrator for another.")]}
        )
    set_password(actor=user, user=user, password=password)


def change_user(
    *, actor: User | None, user: User, reason: str = "", seen: int | None = None, **fields: Any
) -> User:
    """Change the name, mail or habits of an account: one's own, or of people whom one manages."""
    if fields.keys() - OWN_FIELDS:
        raise BadInput({name: [_("This cannot be changed here.")] for name in fields.keys() - OWN_FIELDS})
    _must_manage(actor, user)
    with acting(actor=actor, verb="accounts.user.change", reason=reason, office=_seat_of(user), obj=user):
        refuse_if_changed(user, seen)
        for name, value in fields.items():
            setattr(user, name, value)
        checked(user).save(update_fields=list(fields))
    return user


def set_password(*, actor: User | None, user: User, password: str, reason: str = "") -> None:
    """Give an account a new password: one's own, or of people whom one manages. Raises NotAllowed, BadInput."""
    _must_manage(actor, user)
    _set_password(user, password)
    with acting(actor=actor, verb="accounts.user.password", reason=reason, office=_seat_of(user), obj=user):
        user.save(update_fields=["password"])


def change_password(*, user: User, old: str, new: str) -> None:
    """Give oneself a new password by the old one. Raises BadInput by field."""
    if not user.check_password(old):
        raise BadInput({"old": [_("This is not your password.")]})
    try:
        set_password(actor=user, user=user, password=new)
    except BadInput as error:
        raise BadInput({"new": error.errors.get("password", [error.message])}) from error


def set_active(
    *, actor: User | None, user: User, is_active: bool, reason: str = "", seen: int | None = None
) -> None:
    """Close an account, or open it again; nobody closes their own, nor the last administrator's.

    Raises NotAllowed, BadInput, Conflict.
    """
    if actor is not None and actor.pk == user.pk:
        raise NotAllowed(_("Nobody may close their own account."))
    _must_manage(actor, user)
    with acting(actor=actor, verb="accounts.user.activate", reason=reason, office=_seat_of(user), obj=user):
        refuse_if_changed(user, seen)
        if actor is not None and not is_active:
            for role in Assignment.objects.filter(user=user, role=Role.ADMIN).on(clock.today()):
                _keep_an_administrator(role, clock.today())
        user.is_active = is_active
        user.save(update_fields=["is_active"])
    user.forget_access()


def assign(
    *,
    actor: User | None,
    user: User,
    office: Office,
    role: Role,
    valid_from: dt.date | None = None,
    reason: str = "",
    **fields: Any,
) -> Assignment:
    """Give another person a role in an office from a day (today by default). Raises NotAllowed and BadInput."""
    must(actor, Permission.USER_MANAGE, office.code)
    if actor is not None and actor.pk == user.pk:
        raise NotAllowed(_("Nobody may give themselves a role."))
    first = valid_from or clock.today()
    assignment = Assignment(user=user, office=office, role=role, valid_from=first, **fields)
    _refuse_overlap(assignment)
    if office.valid_to is not None and office.valid_to < (assignment.valid_to or first):
        raise BadInput({"office": [_("That office is closed by then.")]})
    with acting(actor=actor, verb="accounts.assignment.add", reason=reason, office=office.code, obj=user):
        checked(assignment).save(force_insert=True)
    user.forget_access()
    forget(actor)
    return assignment


def end_assignment(
    *,
    actor: User | None,
    assignment: Assignment,
    on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Assignment:
    """End a role; `on` (today by default) is its last day. Raises NotAllowed, BadInput, Conflict.

    The last administrator of a book stays: without one nobody could let anybody in.
    """
    must(actor, Permission.USER_MANAGE, assignment.office_id)
    verb, office = "accounts.assignment.end", assignment.office_id
    with acting(actor=actor, verb=verb, reason=reason, office=office, obj=assignment.user):
        refuse_if_changed(assignment, seen)
        last = on or clock.today()
        if actor is not None and assignment.role == Role.ADMIN:
            _keep_an_administrator(assignment, last)
        end(assignment, last)
    assignment.user.forget_access()
    forget(actor)
    return assignment


def _keep_an_administrator(leaving: Assignment, on: dt.date) -> None:
    """Raise BadInput where, without this role, nobody would manage the people of its office or of one above it."""
    others = Assignment.objects.filter(role=Role.ADMIN, user__is_active=True, valid_to__isnull=True)
    others = others.filter(office__path__startswith=f"{leaving.office.book}/", valid_from__lte=on)
    if not others.exclude(user=leaving.user_id).exists():
        raise BadInput(
            {"on": [_("This is the last administrator: give somebody else that role first, without an end.")]}
        )


def _must_manage(actor: User | None, user: User) -> None:
    if actor is None or actor.pk == user.pk:
        return
    if not can_manage(actor, _ties_of(user)):
        raise NotAllowed(_("You may not manage people here."))


def _ties_of(user: User) -> set[str]:
    """Offices of the roles that have not ended (later ones too), else of all that the person ever held."""
    rows = Assignment.objects.filter(user=user).values_list("office_id", "valid_to")
    today = clock.today()
    live = {office for office, valid_to in rows if valid_to is None or valid_to >= today}
    return live or {office for office, _valid_to in rows}


def _seat_of(user: User) -> str:
    """The office under which the trail keeps an act on a person, for those who read that office's trail."""
    roles = Assignment.objects.filter(user=user).order_by("valid_to", "office__path")
    return roles.values_list("office_id", flat=True).first() or ""


def _refuse_closed(user: User) -> None:
    if not user.is_active:
        raise BadInput({"": [_("The account is closed: open it first.")]})


def _set_password(user: User, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise BadInput({"password": error.messages}) from error
    user.set_password(password)


def _refuse_overlap(new: Assignment) -> None:
    same = Assignment.objects.filter(user=new.user, office=new.office, role=new.role)
    if any(meet(new, old) for old in same):
        raise BadInput({"role": [_("This person already has that role there in that time.")]})
