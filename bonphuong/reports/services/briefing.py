"""Making a briefing book: gathered within what its maker may see, frozen with its digest, never changed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import assignments_of
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import canonical, digest_of
from bonphuong.kernel.errors import BadInput
from bonphuong.reports.briefing import compose_book, gather_book
from bonphuong.reports.models import BriefingBook
from bonphuong.reports.rules import must
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.reports.briefing import Wanted

_LONGEST_DAYS = 366 * 20
LONGEST_TEXT = 4000


def make_briefing(*, actor: User, wanted: Wanted) -> BriefingBook:
    """Gather and freeze a book about a partner for a meeting. Raises NotAllowed, BadInput."""
    office = wanted.office.code
    must(actor, Permission.REPORT_DRAFT, office)
    _refuse_wrong(wanted)
    verb = "reports.briefing.make"
    with (
        acting(actor=actor, verb=verb, office=office, obj=wanted.party),
        translation.override(wanted.language),
    ):
        ground = gather_book(actor, wanted)
        content = compose_book(ground, maker_title=_title(actor, wanted))
        text = canonical(content)
        return BriefingBook.objects.create(
            party_code=wanted.party.code,
            office_code=office,
            book=wanted.office.book,
            language=wanted.language,
            title=_named(wanted, content["title"]),
            since=wanted.since,
            until=wanted.until,
            content=text,
            digest=digest_of(text),
            holds=ground.holds(),
            as_of=ground.as_of,
            made_id=str(actor.pk),
            made_name=actor.get_full_name(),
            made_at=clock.now(),
            is_demo=ground.is_demo,
        )


def _refuse_wrong(wanted: Wanted) -> None:
    errors: dict[str, list[str]] = {}
    if wanted.until < wanted.since:
        errors["until"] = [_("The last day lies before the first.")]
    elif (wanted.until - wanted.since).days > _LONGEST_DAYS:
        errors["since"] = [_("Choose at most twenty years.")]
    for name in ("raise_too", "protocol"):
        if len(getattr(wanted, name)) > LONGEST_TEXT:
            errors[name] = [_("This is too long.")]
    if errors:
        raise BadInput(errors)


def _named(wanted: Wanted, title: str) -> str:
    return f"{title}, {wanted.occasion}"[:300] if wanted.occasion else title[:300]


def _title(actor: User, wanted: Wanted) -> str:
    rows = list(assignments_of(actor))
    here = [row for row in rows if row.office_id == wanted.office.code] or rows
    return here[0].title(wanted.language) if here else ""
