"""Acts on agreements beside the steps of their procedure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.agreements.enums import Classified, Kind
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import change, create, save_lines, take_step
from bonphuong.papers.models import Paper
from bonphuong.records.enums import CommitmentKind, CommitmentSide, LinkKind
from bonphuong.records.services import CommitmentDraft, add_commitment, link
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.agreements.models import Agreement
    from bonphuong.records.models import Commitment, Record

FAMILY = "agreements"
# What an agreement that changes or replaces another has from it.
_SAME = ("form", "level", "channel", "field_code", "our_side", "partner_code", "partner_text", "country_code",
         "heir_office_code", "heir_unit_code")  # fmt: skip
_TITLE = 300


def begin_amendment(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """A new record for what is to amend this agreement, which it follows. Raises NotAllowed, BadInput."""
    title = str(values.get("title") or "") or _("Amendment of: %(title)s") % {"title": record.title}
    with acting(actor=actor, verb="agreements.agreement.amend", office=record.office_code, obj=record):
        return _follow(record, title, actor, note=_("amends"), is_amendment=True)


def begin_replacement(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """A new record for the agreement that is to stand in this one's place. Raises NotAllowed, BadInput."""
    title = str(values.get("title") or "") or _("In the place of: %(title)s") % {"title": record.title}
    with acting(actor=actor, verb="agreements.agreement.replace", office=record.office_code, obj=record):
        return _follow(record, title, actor, note=_("replaces"), is_amendment=False)


def assess(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Note how the agreement was carried out in a year; a second note of the same year replaces the first.

    Raises NotAllowed, BadInput, Conflict.
    """
    year = int(values.get("year") or clock.today().year)
    if not values.get("progress"):
        raise BadInput({"progress": [_("Say how far it was carried out.")]})
    if year > clock.today().year:
        raise BadInput({"year": [_("This year is still to come.")]})
    given = {name: values.get(name) or "" for name in ("progress", "results", "hindrances", "proposal")}
    line = LineDraft({**given, "year": year, "assessed_on": clock.today(), "office_code": record.office_code})
    with acting(actor=actor, verb="agreements.agreement.assess", office=record.office_code, obj=record):
        before = draft_of(row_of(record)).lines["assessments"]
        kept = [one for one in before if one.get("year") != year]
        lines = sorted([*kept, line], key=lambda one: int(one.get("year") or 0))
        return save_lines(record, "assessments", lines, expected_version=record.version, actor=actor)


def oblige(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Note what the agreement obliges to, one obligation a line. Raises NotAllowed, BadInput."""
    texts = [text.strip() for text in str(values.get("obligations") or "").splitlines() if text.strip()]
    if not texts:
        raise BadInput({"obligations": [_("Write at least one obligation.")]})
    row: Agreement = row_of(record)
    lead = _code(values, "office") or row.lead_office_code
    with acting(actor=actor, verb="agreements.agreement.oblige", office=record.office_code, obj=record):
        made = [
            CommitmentDraft(
                text=text,
                lead_office_code=lead,
                side=str(values.get("side") or CommitmentSide.OURS),
                kind=CommitmentKind.OBLIGATION,
                field_code=row.field_code,
                party_code=row.partner_code,
                made_on=row.signed_on,
                due_on=values.get("due_on"),
                is_demo=record.is_demo,
            )
            for text in texts
        ]
        _note(made, record, actor)
        return record


def _note(drafts: Sequence[CommitmentDraft], record: Record, actor: User) -> list[Commitment]:
    return [add_commitment(draft, actor=actor, record=record) for draft in drafts]


def classify(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Say what the paper is in law, why, and that this person says so; the figures follow.

    Where the case waits for it, its step is taken too. Raises NotAllowed, BadInput, Conflict.
    """
    found = str(values.get("classified_as") or "")
    reason = str(values.get("classification_reason") or "").strip()
    if found not in Classified.values:
        raise BadInput({"classified_as": [_("Say what it is in law.")]})
    if not reason:
        raise BadInput({"classification_reason": [_("Say why it is so.")]})
    today = clock.today()
    said = {
        "classified_as": found,
        "classification_reason": reason,
        "classified_by": str(values.get("classified_by") or "") or actor.full_name,
        "classified_on": today,
    }
    verb = "agreements.agreement.classify"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record, reason=reason):
        if record.kind == Kind.MINUTES and record.state == "signed":
            return take_step(
                record, "classify", on=today, expected_version=record.version, actor=actor, values=said
            )
        return change(record, said, expected_version=record.version, actor=actor, reason=reason, verb=verb)


def after_write(rows: Sequence[Agreement], actor: User) -> None:
    """Keep the digest of every text by its file in the dossier, else by its wording. Inside an open action."""
    del actor
    for row in rows:
        texts = list(row.texts.all())
        files = _files(row) if any(text.reference for text in texts) else {}
        for text in texts:
            uid, digest = files.get(text.reference.strip().casefold(), (None, ""))
            digest = digest or (hashlib.sha256(text.body.encode()).hexdigest() if text.body else "")
            if (text.paper_uid, text.digest) != (uid, digest):
                text.paper_uid, text.digest = uid, digest
                text.save(update_fields=["paper_uid", "digest"])


def _files(row: Agreement) -> dict[str, tuple[Any, str]]:
    """The papers of the record by what a text may call them: number and symbol, name of the file, abstract."""
    found: dict[str, tuple[Any, str]] = {}
    for paper in Paper.objects.filter(records__record=row.record_id):
        for name in (paper.abstract, paper.file_name, paper.reference):
            if name:
                found[name.casefold()] = (paper.pk, paper.digest)
    return found


def _follow(record: Record, title: str, actor: User, *, note: str, is_amendment: bool) -> Record:
    row: Agreement = row_of(record)
    values = {name: getattr(row, name) for name in _SAME}
    # The heir signs today what a body that is no more signed then.
    values |= {"level": row.heir_level or row.level, "is_amendment": is_amendment}
    draft = Draft(Kind.AGREEMENT, title[:_TITLE], row.lead_office_code, values)
    made = create(draft, family=FAMILY, office_code=record.office_code, actor=actor, is_demo=record.is_demo)
    link(made, record, LinkKind.FOLLOWS, actor=actor, note=note)
    return made


def _code(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or values.get(f"{name}_code") or "")
