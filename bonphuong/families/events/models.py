"""Events: a conference, an event or media work, with programme, guests, gifts, arrangements and products."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.events.enums import (
    ArrangementKind,
    Authority,
    Channel,
    ConferenceForm,
    EventForm,
    Funding,
    GiftWay,
    Kind,
    Language,
    MediaForm,
    Mode,
    Part,
    ProductForm,
    Side,
)
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow

#: Every form of every kind; which go together is the gate's to judge. A word that two kinds share is one of both.
FORM_CHOICES = sorted(
    {**dict(MediaForm.choices), **dict(EventForm.choices), **dict(ConferenceForm.choices)}.items()
)
CLOCK = RegexValidator(r"^([01]\d|2[0-3]):[0-5]\d$", _("Write the time as 08:30."))


class Event(FamilyRow):
    """An international conference, another event, or media work.

    `starts_on`/`ends_on` are as planned, `started_on`/`ended_on` what happened: nothing counts before
    `started_on` is confirmed. Heads are apart for foreigners and Vietnamese, planned and actual; of media work the
    foreigners are the journalists. `outlet` and the press permit belong to media work, `authority`, `topics` and
    the scheme to conferences.
    """

    form = models.CharField(pgettext_lazy("event", "form"), max_length=20, choices=FORM_CHOICES)
    part = models.CharField(_("our part"), max_length=10, choices=Part, default=Part.HOST)
    mode = models.CharField(_("on the spot or online"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    channel = models.CharField(_("pillar"), max_length=10, choices=Channel, default=Channel.STATE)
    field_code = models.CharField(_("field"), max_length=CODE, blank=True)
    scheme_text = models.TextField(_("scheme: purpose and content"), blank=True)
    topics = models.TextField(_("topics"), blank=True)
    languages = models.CharField(_("working languages"), max_length=120, blank=True)
    partner_code = models.CharField(_("code of the partner"), max_length=CODE, blank=True)
    partner_text = models.CharField(_("foreign partner"), max_length=200, blank=True)
    country_code = models.CharField(_("country of the partner"), max_length=2, blank=True)
    organiser_text = models.CharField(_("organisers"), max_length=300, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    unit_code = models.CharField(_("commune or province where it takes place"), max_length=CODE, blank=True)
    authority = models.CharField(_("competent authority"), max_length=16, choices=Authority, blank=True)
    funding = models.CharField(_("source of funds"), max_length=10, choices=Funding, blank=True)
    cost_vnd = models.BigIntegerField(_("cost (đồng)"), null=True, blank=True)
    funding_note = models.CharField(_("about the funds"), max_length=300, blank=True)
    foreign_planned = models.PositiveIntegerField(_("foreign participants expected"), null=True, blank=True)
    vietnamese_planned = models.PositiveIntegerField(
        _("Vietnamese participants expected"), null=True, blank=True
    )
    foreign_actual = models.PositiveIntegerField(_("foreign participants"), null=True, blank=True)
    vietnamese_actual = models.PositiveIntegerField(_("Vietnamese participants"), null=True, blank=True)
    outlet = models.CharField(_("media outlet"), max_length=200, blank=True)
    guide = models.CharField(_("body that accompanies them"), max_length=200, blank=True)
    permit_number = models.CharField(_("press permit"), max_length=80, blank=True)
    permit_on = models.DateField(_("day of the press permit"), null=True, blank=True)
    starts_on = models.DateField(_("first day as planned"), null=True, blank=True)
    ends_on = models.DateField(_("last day as planned"), null=True, blank=True)
    submitted_on = models.DateField(_("filed on"), null=True, blank=True)
    decided_on = models.DateField(_("permitted on"), null=True, blank=True)
    decision_number = models.CharField(_("number of the permission"), max_length=80, blank=True)
    started_on = models.DateField(pgettext_lazy("event", "held on"), null=True, blank=True)
    ended_on = models.DateField(pgettext_lazy("event", "ended on"), null=True, blank=True)
    report_received_on = models.DateField(_("reported on"), null=True, blank=True)
    result = models.TextField(_("what came of it"), blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="event_plan_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | (Q(started_on__isnull=False) & Q(ended_on__gte=F("started_on"))),
                name="event_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CONFERENCE) | ~Q(authority=""), name="event_conference_has_authority"
            ),
        ]
        indexes = [models.Index(fields=["kind", "started_on"], name="event_kind_day")]

    @property
    def is_ours(self) -> bool:
        """Whether the province organises it, alone or with others."""
        return self.part != Part.ATTENDED


class ProgrammeLine(FamilyLine):
    """One item of the programme, by the hour."""

    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="programme")
    on = models.DateField(_("day"), db_column="on_day")
    begins_at = models.CharField(
        pgettext_lazy("programme", "from"), max_length=5, validators=[CLOCK], blank=True
    )
    ends_at = models.CharField(
        pgettext_lazy("programme", "until"), max_length=5, validators=[CLOCK], blank=True
    )
    what = models.CharField(_("what"), max_length=300)
    where = models.CharField(_("where"), max_length=200, blank=True)
    who = models.CharField(_("who"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("item of a programme")
        verbose_name_plural = _("items of a programme")

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.begins_at} {self.what}".replace("  ", " ")


class Guest(FamilyLine):
    """Somebody who takes part, with the post held then, the precedence and the seat."""

    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="guests")
    precedence = models.PositiveSmallIntegerField(_("precedence"), null=True, blank=True)
    side = models.CharField(_("side"), max_length=8, choices=Side, default=Side.GUESTS)
    full_name = models.CharField(_("full name"), max_length=150)
    name_native = models.CharField(_("name in its own script"), max_length=150, blank=True)
    post_then = models.CharField(_("post held then"), max_length=200, blank=True)
    unit_then = models.CharField(_("body"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    seat = models.CharField(_("seat"), max_length=80, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    vehicle = models.CharField(_("vehicle"), max_length=80, blank=True)
    came = models.BooleanField(_("came"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("guest of an event")
        verbose_name_plural = _("guests of an event")

    def __str__(self) -> str:
        return self.full_name


class Gift(FamilyLine):
    """An official gift given or received, with its assessed value in đồng and where it is kept."""

    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="gifts")
    way = models.CharField(pgettext_lazy("gift", "given or received"), max_length=8, choices=GiftWay)
    what = models.CharField(_("gift"), max_length=200)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    value_vnd = models.BigIntegerField(_("assessed value (đồng)"), null=True, blank=True)
    person = models.CharField(_("to whom, or from whom"), max_length=200, blank=True)
    on = models.DateField(_("day"), db_column="on_day", null=True, blank=True)
    kept_by = models.CharField(_("kept or handed in where"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        constraints = [
            models.CheckConstraint(
                condition=Q(value_vnd__isnull=True) | Q(value_vnd__gte=0), name="event_gift_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.what


class Arrangement(FamilyLine):
    """What protocol sees to: an interpreter, a vehicle, the welcome, flags, a banquet."""

    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="arrangements")
    sort = models.CharField(_("what it is"), max_length=12, choices=ArrangementKind)
    what = models.CharField(_("in detail"), max_length=300)
    who = models.CharField(_("who sees to it"), max_length=200, blank=True)
    when = models.CharField(_("when"), max_length=80, blank=True)
    is_ready = models.BooleanField(_("ready"), default=False)

    class Meta(FamilyLine.Meta):
        verbose_name = _("protocol arrangement")
        verbose_name_plural = _("protocol arrangements")

    def __str__(self) -> str:
        return self.what


class Endpoint(FamilyLine):
    """A place from which people take part online; one in Viet Nam makes it an event of this country too."""

    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="endpoints")
    place = models.CharField(pgettext_lazy("end-point", "place"), max_length=200)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    body = models.CharField(_("body"), max_length=200, blank=True)
    heads = models.PositiveIntegerField(_("people there"), null=True, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("online end-point")
        verbose_name_plural = _("online end-points")

    def __str__(self) -> str:
        return self.place


class Talk(FamilyLine):
    """A paper that is read at a conference."""

    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="talks")
    name = models.CharField(_("title of the paper"), max_length=300)
    speaker = models.CharField(_("speaker"), max_length=150, blank=True)
    post_then = models.CharField(_("post held then"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=6, choices=Language, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("conference paper")
        verbose_name_plural = _("conference papers")

    def __str__(self) -> str:
        return self.name


class Product(FamilyLine):
    """What media work brought forth: an article, a film, a broadcast; `count` of one sort published on a day."""

    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="products")
    form = models.CharField(pgettext_lazy("event", "form"), max_length=12, choices=ProductForm)
    name = models.CharField(_("title"), max_length=300)
    outlet = models.CharField(_("published by"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=6, choices=Language, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    count = models.PositiveIntegerField(pgettext_lazy("media product", "number"), default=1)
    address = models.CharField(_("address on the web"), max_length=300, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("media product")
        verbose_name_plural = _("media products")

    def __str__(self) -> str:
        return self.name
