"""Who signs: authorities given and ended, and the signature kept with what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.text import tidy
from bonphuong.papers.enums import PaperKind, SigningMode
from bonphuong.papers.models import Paper
from bonphuong.papers.signatures import Signing
from bonphuong.procedures.models import Approval, Authority
from bonphuong.procedures.queries import seat_of
from bonphuong.procedures.rules import desks_of
from bonphuong.procedures.signing import signing_by
from bonphuong.trail.acting import acting
from bonphuong.trail.services import refuse_if_changed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Step, Transition


@dataclass(frozen=True)
class AuthorityDraft:
    """Who may sign for an office, from a day to a day, by which paper (`source`)."""

    office_code: str
    signing: Signing
    valid_from: dt.date
    source: str
    holder: User | None = None
    procedure_code: str = ""
    valid_to: dt.date | None = None
    source_url: str = ""
    proved: bool = False


def grant_authority(draft: AuthorityDraft, *, actor: User) -> Authority:
    """Let somebody sign for an office, and decide in the desk if they have an account.

    By whoever decides for that office or keeps its settings; nobody gives it to themselves, and nobody hands on
    what was only lent to them. Raises NotAllowed, BadInput.
    """
    _check_giver(actor, draft.office_code, draft.holder)
    signing = draft.signing
    reason = draft.source
    with acting(
        actor=actor,
        verb="procedures.authority.grant",
        office=draft.office_code,
        obj=signing.name,
        reason=reason,
    ):
        _check_draft(draft)
        _refuse_given_already(draft)
        row = Authority(
            office_code=draft.office_code,
            holder=draft.holder,
            holder_name=tidy(signing.name),
            holder_title=tidy(signing.title),
            mode=signing.mode,
            on_behalf_of=tidy(signing.on_behalf_of),
            organ=tidy(signing.organ),
            own_head=tidy(signing.own_head),
            procedure_code=draft.procedure_code,
            valid_from=draft.valid_from,
            valid_to=draft.valid_to,
            source=tidy(draft.source),
            source_url=draft.source_url,
            proved=draft.proved,
        )
        row.save()
        return row


def end_authority(
    authority: Authority, *, on: dt.date, actor: User, reason: str = "", seen: int | None = None
) -> Authority:
    """Let an authority end with a day, the last on which it holds. Raises NotAllowed, BadInput, Conflict."""
    _check_giver(actor, authority.office_code, None)
    with acting(
        actor=actor,
        verb="procedures.authority.end",
        office=authority.office_code,
        obj=authority,
        reason=reason,
    ):
        refuse_if_changed(authority, seen)
        if on < authority.valid_from:
            raise BadInput({"on": [_("It ends before it begins.")]})
        authority.valid_to = on
        authority.save(update_fields=["valid_to"])
        return authority


def keep_approval(
    step: Step,
    way: Transition,
    signing: Signing | None,
    lent: Authority | None,
    *,
    papers: Mapping[UUID, str],
) -> Approval:
    """Keep who signed what the step decided. Called inside the act of the step."""
    paper = _signed_paper(papers)
    signer = None
    if signing is None and step.actor is not None and not step.from_decision:
        signer = step.actor
        signing = signing_by(signer, seat_of(step.case).at(way.desk), lent)
    if signing is None:
        # Registered from its paper: the paper says who signed it, if it was typed in.
        signing = Signing(name=paper.signer if paper is not None else "", title="")
    return Approval.objects.create(
        step=step,
        mode=signing.mode,
        signer=signer,
        signer_name=signing.name,
        signer_title=signing.title,
        on_behalf_of=signing.on_behalf_of,
        organ=signing.organ,
        own_head=signing.own_head,
        authority=lent,
        paper=paper,
    )


def _signed_paper(papers: Mapping[UUID, str]) -> Paper | None:
    if not papers:
        return None
    # The decision itself where there is one, else the first paper that came with the step.
    uid = next((uid for uid, kind in papers.items() if kind == PaperKind.DECISION), next(iter(papers)))
    return Paper.objects.get(pk=uid)


def _check_giver(actor: User, office: str, holder: User | None) -> None:
    decides = office in desks_of(actor, Permission.RECORD_DECIDE)
    if not decides and not can(actor, Permission.SETTINGS_CHANGE, office):
        raise NotAllowed(_("You may not say who signs for this office."))
    if holder is not None and holder.pk == actor.pk and not decides:
        raise NotAllowed(_("Nobody gives an authority to themselves: ask whoever lends it."))


def _refuse_given_already(draft: AuthorityDraft) -> None:
    """The same authority of the same person twice at once would leave open by which of them was signed."""
    same = Authority.objects.filter(
        office_code=draft.office_code,
        holder_name=tidy(draft.signing.name),
        mode=draft.signing.mode,
        on_behalf_of=tidy(draft.signing.on_behalf_of),
        procedure_code=draft.procedure_code,
    ).exclude(valid_to__lt=draft.valid_from)
    if draft.valid_to is not None:
        same = same.exclude(valid_from__gt=draft.valid_to)
    if same.exists():
        raise BadInput({"valid_from": [_("This person has that authority in that time already.")]})


def _check_draft(draft: AuthorityDraft) -> None:
    signing, errors = draft.signing, {}
    if not signing.name.strip():
        errors["name"] = [_("Give the name of who signs.")]
    if not signing.title.strip():
        errors["title"] = [_("Give the title of who signs.")]
    if signing.mode not in SigningMode.values:
        errors["mode"] = [_("There is no such authority to sign.")]
    elif signing.mode != SigningMode.OWN and not signing.on_behalf_of.strip():
        errors["on_behalf_of"] = [_("Say for whom it is signed.")]
    if not draft.source.strip():
        errors["source"] = [_("Name the paper that gives this authority.")]
    if draft.valid_to is not None and draft.valid_to < draft.valid_from:
        errors["valid_to"] = [_("It ends before it begins.")]
    if errors:
        raise BadInput(errors)
