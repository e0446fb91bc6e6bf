"""Ready-made filters of the lists of aid, as conditions over the records' headers."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.aid.enums import ApprovedBy, DonorKind, Kind, Series, Share
from bonphuong.families.aid.models import Aid, Approach, Certificate, Sum
from bonphuong.kit.specs import Flag

#: Days before a certificate ends on which it is looked at, as offices do.
WATCHES = (180, 90, 30)


def ending_within(days: int, today: dt.date) -> Q:
    """Donors whose certificate ends within so many days."""
    last = today + dt.timedelta(days=days)
    return _donor() & Q(aid__certificate_to__range=(today, last))


def over(today: dt.date) -> Q:
    """Donors whose certificate has run out while nobody noted its end or extension."""
    return _donor() & Q(aid__certificate_to__lt=today)


def uncovered(today: dt.date) -> Q:
    """Items of foreign NGOs approved on a day on which no certificate of theirs was in force."""
    del today
    own = Q(row__donor_code=OuterRef("aid__donor_code")) & ~Q(row__donor_code="")
    named = Q(row__donor_text=OuterRef("aid__donor_text")) & ~Q(row__donor_text="")
    on = OuterRef("aid__approved_on")
    held = Certificate.objects.filter(own | named, row__is_void=False, row__record__book=OuterRef("book"))
    still = Q(row__ended_on__isnull=True) | Q(row__ended_on__gte=on)
    valid = held.filter(still, since__lte=on, until__gte=on)
    ngo = Q(aid__kind=Kind.ITEM, aid__donor_kind=DonorKind.FOREIGN_NGO, aid__approved_on__isnull=False)
    return ngo & ~Q(Exists(valid))


def running(today: dt.date) -> Q:
    """Items approved and not completed."""
    del today
    item = Q(aid__kind=Kind.ITEM, aid__approved_on__isnull=False, aid__is_void=False)
    return item & Q(
        aid__completed_on__isnull=True, aid__closed_on__isnull=True, aid__cancelled_on__isnull=True
    )


def carried_over(today: dt.date) -> Q:
    """Running items that were approved in an earlier year."""
    return running(today) & Q(aid__approved_on__lt=dt.date(today.year, 1, 1))


def without_slice(today: dt.date) -> Q:
    """Running items for which nobody has said what is committed this year."""
    slices = Sum.objects.filter(row=OuterRef("pk"), series=Series.YEAR_SLICE, year=today.year)
    return running(today) & ~Q(Exists(slices))


def past_its_end(today: dt.date) -> Q:
    """Running items whose period is over."""
    return running(today) & Q(aid__ends_on__lt=today)


def without_worth(today: dt.date) -> Q:
    """Records with a sum of ours whose worth in dollars nobody knows."""
    del today
    return Q(Exists(Sum.objects.filter(row=OuterRef("pk"), share=Share.OWN, usd__isnull=True)))


def central(today: dt.date) -> Q:
    """Items approved above the province and carried out here."""
    del today
    return Q(aid__kind=Kind.ITEM) & ~Q(aid__approved_by=ApprovedBy.PROVINCE)


def several_provinces(today: dt.date) -> Q:
    """Items that are our share of a larger project."""
    del today
    return Q(Exists(Sum.objects.filter(row=OuterRef("pk")).exclude(share=Share.OWN)))


def nobody_approached(today: dt.date) -> Q:
    """Calls on the list for which no donor was approached."""
    del today
    open_call = Q(aid__kind=Kind.CALL, aid__listed_on__isnull=False, aid__answered_on__isnull=True)
    return open_call & ~Q(Exists(Approach.objects.filter(row=OuterRef("pk"))))


def without_file(today: dt.date) -> Q:
    """Items whose donor has no file here."""
    del today
    files = Aid.objects.filter(kind=Kind.DONOR, is_void=False, record__book=OuterRef("book"))
    same = Q(donor_code=OuterRef("aid__donor_code")) & ~Q(donor_code="")
    named = Q(donor_text=OuterRef("aid__donor_text")) & ~Q(donor_text="")
    return Q(aid__kind__in=[Kind.ITEM, Kind.RELIEF]) & ~Q(Exists(files.filter(same | named)))


def unfinished_opinion(today: dt.date) -> Q:
    """Donors' applications on which the province was asked and has not answered."""
    del today
    return Q(aid__kind=Kind.DONOR, aid__asked_on__isnull=False, aid__opinion_on__isnull=True) & ~Q(
        aid__certificate_from__gte=F("aid__asked_on")
    )


def _donor() -> Q:
    return Q(aid__kind=Kind.DONOR, aid__is_void=False, aid__ended_on__isnull=True)


FLAGS = (
    Flag(
        "ending_180",
        _("Certificate ends within 180 days"),
        lambda today: ending_within(WATCHES[0], today),
        tone="",
    ),
    Flag("ending_90", _("Certificate ends within 90 days"), lambda today: ending_within(WATCHES[1], today)),
    Flag("ending_30", _("Certificate ends within 30 days"), lambda today: ending_within(WATCHES[2], today)),
    Flag("certificate_over", _("Certificate has run out"), over),
    Flag("opinion_waits", _("Opinion asked of the province"), unfinished_opinion),
    Flag("uncovered", _("No certificate on the day of approval"), uncovered),
    Flag("no_file", _("Donor without a file"), without_file, tone=""),
    Flag("running", _("Running"), running, tone=""),
    Flag("carried_over", _("Carried over"), carried_over, tone=""),
    Flag("no_slice", _("This year's slice is missing"), without_slice),
    Flag("past_end", _("Past its period"), past_its_end),
    Flag("no_worth", _("Sum without a rate"), without_worth),
    Flag("central", _("Approved centrally"), central, tone=""),
    Flag("share", _("Over several provinces"), several_provinces, tone=""),
    Flag("nobody_approached", _("Nobody approached yet"), nobody_approached),
)
