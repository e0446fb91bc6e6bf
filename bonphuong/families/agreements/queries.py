"""Reads of agreements: ready-made filters, chains, and what a record's page shows beside its fields."""

from __future__ import annotations

import datetime as dt
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.families.agreements.enums import LIVE, Classified, Kind, Level, Side
from bonphuong.families.agreements.facts import holders_of
from bonphuong.families.agreements.models import Assessment
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kit.names import names_of
from bonphuong.kit.registering import PAGE
from bonphuong.kit.specs import Flag, Panel
from bonphuong.records.enums import CommitmentKind, CommitmentStatus, LinkKind
from bonphuong.records.models import Commitment, Record, RecordLink
from bonphuong.reference.queries import as_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.agreements.models import Agreement, Signatory

#: Agreements that run out within so many days are shown.
SOON = dt.timedelta(days=183)
_LONGEST_CHAIN = 50
Cell = str | tuple[str, str]


# --- filters of the list ---------------------------------------------------------------------------


def _in_law() -> Q:
    """International agreements: as classified by a person, else as entered."""
    entered = Q(agreement__kind=Kind.AGREEMENT, agreement__classified_as="")
    return entered | Q(agreement__classified_as=Classified.AGREEMENT)


def _applied() -> Q:
    """Agreements that are applied now: come into force, and nothing has ended them."""
    begun = Q(agreement__effective_on__isnull=False, agreement__ended_on__isnull=True)
    return _in_law() & begun & Q(agreement__is_amendment=False, agreement__is_void=False)


def expiring(today: dt.date) -> Q:
    """Those that run out within six months."""
    return _applied() & Q(agreement__expires_on__range=(today, today + SOON))


def _past_its_day(today: dt.date) -> Q:
    return _applied() & Q(agreement__expires_on__lt=today) & ~Q(state="applied_after_expiry")


def _not_assessed(today: dt.date) -> Q:
    this_year = Assessment.objects.filter(row__record=OuterRef("pk"), year=today.year)
    begun_before = Q(agreement__effective_on__lt=dt.date(today.year, 1, 1))
    return _applied() & begun_before & Q(~Exists(this_year))


def _obligation_late(today: dt.date) -> Q:
    late = Commitment.objects.filter(
        record=OuterRef("pk"), kind=CommitmentKind.OBLIGATION, status=CommitmentStatus.OPEN, due_on__lt=today
    )
    return Q(Exists(late))


FLAGS = (
    Flag("expiring", gettext_lazy("Run out within six months"), expiring),
    Flag("past_its_day", gettext_lazy("Day passed, nothing noted"), _past_its_day),
    Flag(
        "expired_applied",
        gettext_lazy("Expired but applied"),
        lambda _today: _applied() & Q(state="applied_after_expiry"),
    ),
    Flag(
        "no_end",
        gettext_lazy("No end date"),
        lambda _today: _applied() & Q(agreement__has_no_end=True),
        tone="",
    ),
    Flag("not_assessed", gettext_lazy("Not assessed this year"), _not_assessed),
    Flag(
        "consultation_late",
        gettext_lazy("Opinions overdue"),
        lambda today: Q(state__in=["consulting", "pm_opinion"], due_on__lt=today),
    ),
    Flag(
        "report_late",
        gettext_lazy("Report after signing overdue"),
        lambda today: Q(state="signed", kind=Kind.AGREEMENT, due_on__lt=today),
    ),
    Flag(
        "objection",
        gettext_lazy("Objection without the Prime Minister's opinion"),
        lambda _today: Q(agreement__has_objection=True, agreement__pm_asked_on__isnull=True, is_closed=False),
    ),
    Flag(
        "inherited",
        gettext_lazy("Inherited, review not finished"),
        lambda _today: Q(state__in=["inherited", "name_updated", "reviewed"]),
    ),
    Flag(
        "district",
        gettext_lazy("Of a former district, not yet inherited"),
        lambda _today: _applied() & Q(agreement__level=Level.DISTRICT, agreement__inherited_on__isnull=True),
    ),
    Flag(
        "unclassified",
        gettext_lazy("Minutes not classified"),
        lambda _today: Q(kind=Kind.MINUTES, agreement__signed_on__isnull=False, agreement__classified_as=""),
    ),
    Flag("obligation_late", gettext_lazy("An obligation is overdue"), _obligation_late),
)


# --- panels of the page ------------------------------------------------------------------------------


def panels_of(row: Agreement, user: User) -> Sequence[Panel]:
    """The chain it stands in, who held it, its parties then and now, its texts side by side, what is owed."""
    found = [
        chain_panel(row, user),
        holders_panel(row),
        parties_panel(row),
        texts_panel(row),
        owed_panel(row),
    ]
    return [panel for panel in found if panel is not None]


def chain_of(record: Record, user: User) -> list[Record]:
    """The records that follow one another with this one, by day; those that the person may not see are left out."""
    found = {record.pk}
    frontier = {record.pk}
    while frontier and len(found) < _LONGEST_CHAIN:
        links = RecordLink.objects.filter(kind=LinkKind.FOLLOWS).filter(
            Q(from_record__in=frontier) | Q(to_record__in=frontier)
        )
        ends = {uid for pair in links.values_list("from_record", "to_record") for uid in pair}
        frontier = ends - found
        found |= frontier
    rows = (
        Record.objects.visible_to(user).filter(pk__in=found, family="agreements").select_related("agreement")
    )
    return sorted(rows, key=lambda one: (one.begins_on or dt.date.max, one.number))


def chain_panel(row: Agreement, user: User) -> Panel | None:
    """What it amends or replaces, and what amended or replaced it."""
    chain = chain_of(row.record, user)
    if len(chain) < 2:
        return None
    return Panel(
        gettext_lazy("Chain of agreements"),
        (pgettext_lazy("agreement", "Number"), pgettext_lazy("agreement", "Name"), pgettext_lazy("agreement", "Signed on"), pgettext_lazy("agreement", "In force from"),
         pgettext_lazy("agreement", "Ended on")),
        [
            (
                _linked(one, row.record),
                one.title,
                *(_shown(getattr(one.agreement, name)) for name in ("signed_on", "effective_on", "ended_on")),
            )
            for one in chain
        ],
    )  # fmt: skip


def holders_panel(row: Agreement) -> Panel | None:
    """Who signed and who inherited, each from its day."""
    held = holders_of(row)
    if len(held) < 2:
        return None
    names = names_of(offices={h.office for h in held}, units={h.unit for h in held})
    earlier = [turn for turn in row.past if turn["what"] == "held"]
    grounds = ["", *(turn.get("basis", "") for turn in earlier), row.inherited_basis]
    return Panel(
        gettext_lazy("Who has held it"),
        (pgettext_lazy("agreement", "Since"), pgettext_lazy("agreement", "Unit"), pgettext_lazy("agreement", "Office"), pgettext_lazy("agreement", "Level"),
         pgettext_lazy("agreement", "Ground")),
        [
            (
                _shown(holder.since or row.signed_on),
                names.unit(holder.unit),
                names.office(holder.office),
                str(dict(Level.choices).get(holder.level, holder.level)),
                ground,
            )
            for holder, ground in zip(held, grounds, strict=True)
        ],
    )  # fmt: skip


def parties_panel(row: Agreement) -> Panel | None:
    """The signatories, as they were called at the signing and as they are called now."""
    lines = list(row.signatories.all())
    if not lines:
        return None
    heirs = as_now([line.unit_code for line in lines if line.unit_code])
    names = names_of(units=heirs.values(), parties={line.party_code for line in lines})

    def now(line: Signatory) -> str:
        known = names.party(line.party_code) if line.party_code else ""
        return line.name_now or known or names.unit(heirs.get(line.unit_code, "")) or line.name_then

    return Panel(
        gettext_lazy("Parties then and now"),
        (
            pgettext_lazy("agreement", "Side"),
            pgettext_lazy("agreement", "At the signing"),
            pgettext_lazy("agreement", "Now"),
            pgettext_lazy("agreement", "Signed by"),
        ),
        [
            (
                str(Side(line.side).label),
                line.name_then,
                now(line),
                ", ".join(text for text in (line.signer, line.signer_post) if text),
            )
            for line in sorted(lines, key=lambda one: (one.side != Side.OURS, one.order))
        ],
    )


def texts_panel(row: Agreement) -> Panel | None:
    """The wording in each language beside the others, paragraph by paragraph, with the digest of each."""
    texts = list(row.texts.all())
    if not texts:
        return None
    bodies = [[part.strip() for part in text.body.split("\n") if part.strip()] for text in texts]
    rows: list[tuple[str, ...]] = [tuple(text.title for text in texts)]
    rows += [tuple(part or "" for part in parts) for parts in zip_longest(*bodies)]
    rows.append(tuple(_provenance(text.reference, text.digest) for text in texts))
    equal = _("All these texts are equally authentic.") if row.equal_texts else ""
    heads = [f"{text.get_language_display()}{'' if text.is_authentic else ' *'}" for text in texts]
    translation = "" if all(text.is_authentic for text in texts) else _("* a translation, not authentic")
    note = " ".join(part for part in (equal, translation) if part)
    return Panel(gettext_lazy("Texts side by side"), heads, rows, text=note)


def owed_panel(row: Agreement) -> Panel | None:
    """How many obligations are done, open, overdue."""
    owed = list(Commitment.objects.filter(record=row.record_id, kind=CommitmentKind.OBLIGATION))
    if not owed:
        return None
    done = sum(one.status == CommitmentStatus.DONE for one in owed)
    today = clock.today()
    late = sum(
        one.status == CommitmentStatus.OPEN and one.due_on is not None and one.due_on < today for one in owed
    )
    text = _("%(done)s of %(all)s obligations are done, %(late)s overdue.")
    tone = "warn" if late else "good" if done == len(owed) else ""
    return Panel(
        pgettext_lazy("agreement", "Obligations"),
        text=text % {"done": done, "all": len(owed), "late": late},
        tone=tone,
    )


def is_live(record: Record) -> bool:
    """Whether the record stands where an agreement is being applied."""
    return record.state in LIVE


def _provenance(reference: str, digest: str) -> str:
    if not digest:
        return reference
    return _("%(reference)s SHA-256 %(digest)s…") % {"reference": reference, "digest": digest[:12]}


def _linked(record: Record, here: Record) -> Cell:
    if record.pk == here.pk:
        return record.number
    try:
        return (record.number, reverse(PAGE, args=[record.pk]))
    except NoReverseMatch:
        return record.number


def _shown(day: dt.date | None) -> str:
    return format_date(day) if day else ""
