"""A signed edition as a package for a national office that keeps its books on another server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office, ReportsTo
from bonphuong.exchange.services import Parcel, make_package
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.reports.enums import EditionStatus, Road
from bonphuong.reports.nation.practice import practices
from bonphuong.reports.nation.provinces import NATIONAL
from bonphuong.reports.rendering import render_docx, render_pdf
from bonphuong.reports.rules import must
from bonphuong.reports.services.sending import note_sending

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.exchange.models import SentPackage
    from bonphuong.reports.models import Edition


def package_edition(*, actor: User, edition: Edition, to_office: str) -> tuple[SentPackage, bytes]:
    """The package of a signed edition for a receiver, and its file; made once, and the same ever after.

    It stands among the sendings of the edition on the day on which it was made, unless somebody took that back.

    Raises NotAllowed, BadInput for a draft, an edition that another took the place of, an office that is no receiver.
    """
    must(actor, Permission.REPORT_DRAFT, edition.office_code)
    if edition.status != EditionStatus.SIGNED:
        raise BadInput({"": [_("Only a signed report that stands is put into a package.")]})
    if to_office not in {office.code for office in package_receivers(edition)}:
        raise BadInput({"to": [_("Nobody has named this office as a receiver of the province's reports.")]})
    parcel = parcel_of(edition)
    with transaction.atomic():
        package, file = make_package(parcel, to_office=to_office, actor=actor)
        if not edition.sendings.filter(road=Road.PACKAGE, office_code=to_office).exists():
            made_on = clock.local(package.made_at).date()
            note_sending(
                actor=actor, edition=edition, road=Road.PACKAGE, sent_on=made_on, offices=[to_office]
            )
    return package, file


def parcel_of(edition: Edition) -> Parcel:
    """What of a signed edition leaves the province: figures, documents, how it counts. Never its records."""
    frozen = edition.frozen
    content = json.loads(frozen.content)
    day = min(edition.until, clock.local(frozen.signed_at).date())
    return Parcel(
        content=content,
        digest=frozen.digest,
        signed_at=frozen.signed_at,
        paper_number=edition.paper_number,
        practice=[one.as_json() for one in practices([edition.book], day)[edition.book]],
        documents={"report.docx": render_docx(content), "report.pdf": render_pdf(content)},
    )


def package_receivers(edition: Edition) -> list[Office]:
    """National offices to which any office of the edition's book reports now."""
    ties = ReportsTo.objects.filter(office__path__startswith=f"{edition.book}/").on(clock.today())
    rows = Office.objects.filter(pk__in=ties.values("to_office"), kind__in=NATIONAL, belongs_to__isnull=True)
    return list(rows.exclude(path__startswith=f"{edition.book}/"))
