"""Reads of who may sign for whom, and of who signed what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.accounts.queries import assignments_of
from bonphuong.kernel import clock
from bonphuong.papers.enums import SigningMode
from bonphuong.papers.signatures import Signing
from bonphuong.procedures.models import Approval, Authority, Case

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


def authorities_of(user: User | AnonymousUser, day: dt.date | None = None) -> list[Authority]:
    """What was lent to a person on `day` (today by default); one query, none for a stranger."""
    if not user.is_authenticated or not user.is_active:
        return []
    return list(Authority.objects.filter(holder=user).on(day or clock.today()))


def lends(authorities: Iterable[Authority], office: str, procedure: str) -> Authority | None:
    """The authority among these by which one may decide for an office in a procedure: its own before that for all."""
    fit = [a for a in authorities if a.office_code == office and a.procedure_code in {"", procedure}]
    return max(fit, key=lambda a: (a.procedure_code != "", a.valid_from), default=None)


def signers_for(office: str, procedure: str, day: dt.date | None = None) -> list[Authority]:
    """Who may sign for an office in a procedure on a day, those named for the procedure first."""
    rows = Authority.objects.filter(office_code=office, procedure_code__in={"", procedure})
    found = list(rows.on(day or clock.today()))
    return sorted(found, key=lambda a: (a.procedure_code == "", a.valid_from, a.pk))


def signing_of(source: Authority | Approval) -> Signing:
    """The signature of an authority, or of what was signed, as a paper prints it."""
    if isinstance(source, Authority):
        name, title = source.holder_name, source.holder_title
    else:
        name, title = source.signer_name, source.signer_title
    return Signing(
        name=name,
        title=title,
        mode=source.mode,
        on_behalf_of=source.on_behalf_of,
        organ=source.organ,
        own_head=source.own_head,
    )


def approvals(case: Case) -> list[Approval]:
    """Who signed what was decided on the way of a case, in order."""
    rows = Approval.objects.filter(step__case=case).select_related("step", "paper", "authority")
    return list(rows.order_by("step__seq"))


def signing_for(case: Case) -> Signing | None:
    """The signature that a decision of the case is printed with: as it was signed, else as its one signer may.

    None where it was not decided yet and nobody, or more than one person, is named for it.
    """
    signed = approvals(case)
    return signing_of(signed[-1]) if signed else sole_signer(case.book, case.procedure.code)


def sole_signer(office: str, procedure: str) -> Signing | None:
    """The one who signs for an office: the only one named for the procedure, else the only one for all."""
    named = signers_for(office, procedure)
    for among in ([a for a in named if a.procedure_code], named):
        if len(among) == 1:
            return signing_of(among[0])
    return None


def signing_by(user: User, office: str, lent: Authority | None) -> Signing:
    """How a person signs for an office: by what was lent to them, else in their own right under their title there."""
    if lent is not None:
        return signing_of(lent)
    return Signing(name=user.get_full_name(), title=title_at(user, office), mode=SigningMode.OWN)


def title_at(user: User, office: str) -> str:
    """The person's title in an office as it goes under a signature; empty where they have none there."""
    return next((row.title() for row in assignments_of(user) if row.office_id == office and row.title()), "")
