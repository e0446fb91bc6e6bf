"""Aid as the kit sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.queries import book_of
from bonphuong.families.aid import annex, services
from bonphuong.families.aid.enums import AidKind, DonorKind, Kind
from bonphuong.families.aid.flags import FLAGS
from bonphuong.families.aid.models import Aid
from bonphuong.families.aid.panels import panels
from bonphuong.families.aid.printing import print_context
from bonphuong.families.aid.specs import CALL, DONOR, ITEM, LINES, PARTS, RELIEF, SPECS
from bonphuong.families.aid.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import Act, Holds, Scheme, Spec
from bonphuong.records.enums import TieKind
from bonphuong.records.schema import Tie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft
    from bonphuong.records.registry import Cleaned


def procedure_of(draft: Draft) -> str:
    """Only foreign NGOs go through registration; any other donor has a plain file."""
    ngo = (draft.get("donor_kind") or DonorKind.FOREIGN_NGO) == DonorKind.FOREIGN_NGO
    return "aid.donor_plain" if draft.kind == Kind.DONOR and not ngo else f"aid.{draft.kind}"


def ties_of(draft: Draft) -> Sequence[Tie]:
    """Places, further fields, and donors approached: an item is found by each of them."""
    units = [Tie(TieKind.UNIT, line.get("unit_code") or "") for line in draft.lines.get("places", ())]
    fields = [
        Tie(TieKind.FIELD, line.get("field_code") or "") for line in draft.lines.get("further_fields", ())
    ]
    asked = [Tie(TieKind.PARTY, line.get("party_code") or "") for line in draft.lines.get("approaches", ())]
    return [*units, *fields, *asked]


_AMOUNT = (
    Spec("amount", Holds.DECIMAL, label=_("Sum")),
    Spec("currency", Holds.CURRENCY, label=_("currency"), default="USD"),
)


def _is_running(row: Aid) -> bool:
    return bool(
        row.kind == Kind.ITEM
        and row.approved_on
        and not (row.completed_on or row.cancelled_on or row.is_void)
    )


_LATE = Spec("late_reason", Holds.TEXT, label=_("why it comes late, if the period is closed"))

SCHEME = Scheme(
    family="aid",
    model=Aid,
    specs=SPECS,
    lines=LINES,
    parts=PARTS,
    begins=("approved_on", "accepted_on", "starts_on", "submitted_on", "listed_on", "need_on", "certificate_from"),
    ends=("completed_on", "distributed_on", "ends_on", "certificate_to"),
    counts=("approved_on", "accepted_on", "listed_on"),
    road={
        ITEM: (
            ("submitted", "submitted_on"),
            ("approved", "approved_on"),
            ("agreement_signed", "agreed_on"),
            ("implementing", "started_on"),
            ("completed", "completed_on"),
            ("settled", "settled_on"),
            ("closed", "closed_on"),
        ),
        RELIEF: (
            ("need_notice", "need_on"),
            ("offered", "offered_on"),
            ("accepted", "accepted_on"),
            ("distributed", "distributed_on"),
            ("reported", "reported_on"),
            ("closed", "closed_on"),
        ),
        DONOR: (
            ("opinion_requested", "asked_on"),
            ("opinion_sent", "opinion_on"),
            ("active", "active_on"),
            ("active", "certificate_from"),
        ),
        CALL: (("listed", "listed_on"), ("answered", "answered_on"), ("closed", "closed_on")),
    },
    check=errors_of,
    warn=warnings_of,
    more_ties=ties_of,
    words=("owner", "places_text", "decision_number", "certificate_number", "disaster", "representative"),
    decision=("decision_number", "approved_on"),
    procedure=procedure_of,
    flags=FLAGS,
    acts=(
        Act(
            "open_year",
            _("Enter this year's slice"),
            services.open_year,
            asks=(*_AMOUNT, _LATE),
            when=_is_running,
            hint=_("Without a sum, what was planned for the year is taken."),
        ),
        Act(
            "disburse",
            _("Note a disbursement"),
            services.disburse,
            asks=(
                Spec("on", Holds.DAY, label=_("Day"), required=True),
                *_AMOUNT,
                Spec("source", Holds.TEXT, label=_("paper")),
                _LATE,
            ),
            when=lambda row: _is_running(row) or bool(row.kind == Kind.RELIEF and row.accepted_on),
        ),
        Act(
            "turn_into_item",
            _("Begin an item for this call"),
            services.turn_into_item,
            asks=(
                Spec("donor", Holds.TEXT, label=_("Donor"), required=True),
                Spec("donor_kind", Holds.CHOICE, label=_("kind of donor"), choices=DonorKind, default=DonorKind.FOREIGN_NGO),
                Spec("aid_kind", Holds.CHOICE, label=_("Kind of aid"), choices=AidKind, default=AidKind.PROJECT),
                *_AMOUNT,
            ),
            when=lambda row: bool(row.kind == Kind.CALL and not row.cancelled_on and not row.is_void),
            hint=_("The sum is what the donor has pledged."),
        ),
    ),
    panels=panels,
    print_context=print_context,
    dates=("certificate_to", "certificate_from", "approved_on", "ends_on", "listed_on"),
    after_write=services.after_write,
)  # fmt: skip

_plain, create_many, update_many, undo_many, probe, _ready, with_all, _columns = doors(SCHEME)
COLUMNS = annex.Columns(_columns, Kind.values)


def clean_many(
    rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> Sequence[Cleaned]:
    """The kit's gate; cells of money of annex 5 become sums, and certificates are looked up for the whole batch."""
    cleaned = _plain(rows, kind=kind, office_code=office_code, actor=actor)
    return annex.judged(cleaned, rows, book_of(office_code))


def prepare(rows: Sequence[Any], /) -> None:
    """The kit's, and the sums that columns of money show."""
    _ready(rows)
    annex.with_sums(rows)
