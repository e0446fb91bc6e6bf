"""Who has been sent a signed report, when and by which road, as people note it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.kernel.languages import reader_language
from bonphuong.papers.validators import check_texts
from bonphuong.reports.enums import Road
from bonphuong.reports.models import Edition, Sending
from bonphuong.reports.rules import must
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.accounts.models import User

MOST = 100


def note_sending(
    *,
    actor: User,
    edition: Edition,
    road: str,
    sent_on: dt.date,
    offices: Sequence[str] = (),
    names: Sequence[str] = (),
    note: str = "",
) -> list[Sending]:
    """Note that a signed edition went to offices and to bodies known by name only. Who has it by that road and day
    is passed over.

    Raises NotAllowed, BadInput, ClassifiedPaper.
    """
    must(actor, Permission.REPORT_DRAFT, edition.office_code)
    others = list(dict.fromkeys(name.strip()[:200] for name in names if name.strip()))
    _refuse(edition, road, sent_on, offices, others)
    check_texts(note, *others)
    verb = "reports.edition.send"
    with acting(actor=actor, verb=verb, office=edition.office_code, reason=note, obj=edition):
        row = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        known = set(
            row.sendings.filter(road=road, sent_on=sent_on, undone_why="").values_list("office_code", "name")
        )
        wanted = [*((code, "") for code in dict.fromkeys(offices)), *(("", name) for name in others)]
        made = [
            Sending(
                edition=row, office_code=code, name=name, road=road, sent_on=sent_on, note=note.strip()[:300],
                by_name=actor.get_full_name(), at=clock.now(),
            )
            for code, name in wanted
            if (code, name) not in known
        ]  # fmt: skip
        return Sending.objects.bulk_create(made)


def _refuse(
    edition: Edition, road: str, sent_on: dt.date, offices: Sequence[str], names: Sequence[str]
) -> None:
    errors: dict[str, list[str]] = {}
    if edition.is_draft:
        errors[""] = [_("Only a signed report is sent.")]
    elif sent_on < (signed := clock.local(edition.frozen.signed_at).date()):
        day = format_date(signed, reader_language())
        errors["sent_on"] = [_("It was signed on %(day)s only.") % {"day": day}]
    if sent_on > clock.today():
        errors["sent_on"] = [_("This day is still to come.")]
    if road not in Road.values:
        errors["road"] = [_("Choose the road.")]
    if not offices and not names:
        errors["offices"] = [_("Choose an office or write who received it.")]
    elif len(offices) + len(names) > MOST:
        errors["names"] = [_("Note at most %(n)s at once.") % {"n": MOST}]
    elif Office.objects.filter(pk__in=offices).count() != len(set(offices)):
        errors["offices"] = [_("There is no such office.")]
    if errors:
        raise BadInput(errors)


def undo_sending(*, actor: User, sending: Sending, reason: str) -> Sending:
    """Take back what was noted by mistake; the row stays with the reason. Raises NotAllowed, BadInput, Conflict."""
    office = sending.edition.office_code
    must(actor, Permission.REPORT_DRAFT, office)
    if not reason.strip():
        raise BadInput({"reason": [_("Say why.")]})
    with acting(
        actor=actor, verb="reports.edition.unsend", office=office, reason=reason, obj=sending.edition
    ):
        row = Sending.objects.select_for_update().get(pk=sending.pk)
        if row.undone_why:
            raise Conflict(_("It was taken back already."))
        row.undone_why = reason.strip()[:300]
        row.save(update_fields=["undone_why"])
        return row
