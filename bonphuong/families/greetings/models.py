"""Greetings: a calendar of a year, a campaign of greetings sent, or one greeting received; with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.greetings.enums import Form, Kind, Language, Level, OccasionKind, Way
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow

if TYPE_CHECKING:
    import datetime as dt


class Greeting(FamilyRow):
    """One occasion with all whom we greet on it; or a greeting that came to us; or the calendar of a year.

    A campaign keeps the text that most letters share; an addressee may have one of its own. In the texts
    `[họ tên]`, `[chức danh]`, `[địa phương]`, `[dịp]` and `[năm]` stand for what each letter puts there.
    `last_text` is what was said the year before, kept beside so that nobody repeats it word for word.
    """

    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    occasion = models.CharField(_("occasion"), max_length=16, choices=OccasionKind, blank=True)
    occasion_name = models.CharField(_("name of the occasion"), max_length=200, blank=True)
    # The feast of the reference data, so that next year's day is found by either calendar.
    feast_code = models.CharField(_("feast"), max_length=40, blank=True)
    occasion_on = models.DateField(_("day of the occasion"), null=True, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    partner_code = models.CharField(_("code of the partner"), max_length=CODE, blank=True)
    partner_text = models.CharField(_("partner"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, blank=True)
    form = models.CharField(pgettext_lazy("greeting", "form"), max_length=10, choices=Form, blank=True)
    text = models.TextField(pgettext_lazy("greeting", "text"), blank=True)
    last_text = models.TextField(_("text of last year"), blank=True)
    translation = models.TextField(_("translation"), blank=True)
    translation_language = models.CharField(
        _("language of the translation"), max_length=4, choices=Language, blank=True
    )
    translator = models.CharField(_("translated by"), max_length=120, blank=True)
    drafted_on = models.DateField(_("drafted on"), null=True, blank=True)
    translated_on = models.DateField(_("translated on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=120, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    way = models.CharField(_("how it travelled"), max_length=12, choices=Way, blank=True)
    # Of a greeting received.
    sender_name = models.CharField(_("sender"), max_length=120, blank=True)
    sender_native = models.CharField(_("sender in their own script"), max_length=120, blank=True)
    sender_post = models.CharField(_("post of the sender"), max_length=200, blank=True)
    addressed_to = models.CharField(_("addressed to"), max_length=200, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    in_person = models.BooleanField(_("brought in person"), default=False)
    flowers = models.CharField(_("flowers"), max_length=120, blank=True)
    gift = models.CharField(_("gift"), max_length=200, blank=True)
    gift_vnd = models.BigIntegerField(_("assessed value of the gift (đồng)"), null=True, blank=True)
    needs_answer = models.BooleanField(_("an answer is expected"), default=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_symbol = models.CharField(_("number and symbol of the answer"), max_length=80, blank=True)
    answer_record = models.CharField(_("record of the answer"), max_length=40, blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("greeting")
        verbose_name_plural = _("greetings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.CALENDAR) | Q(year__isnull=False), name="greeting_calendar_has_year"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CAMPAIGN) | Q(occasion_on__isnull=False),
                name="greeting_campaign_has_day",
            ),
            models.CheckConstraint(
                condition=Q(gift_vnd__isnull=True) | Q(gift_vnd__gte=0), name="greeting_gift_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "occasion_on"], name="greeting_occasion"),
            models.Index(fields=["feast_code", "occasion_on"], name="greeting_feast"),
        ]


class Addressee(FamilyLine):
    """Somebody whom a campaign greets, with the title held then: what changes later changes nothing here.

    `sent_on` and `way` are empty where the letter went with all others.
    """

    row = models.ForeignKey(Greeting, on_delete=models.CASCADE, related_name="addressees")
    party_code = models.CharField(_("code of the body"), max_length=CODE, blank=True)
    party_text = models.CharField(_("body or place"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    name_native = models.CharField(_("name in its own script"), max_length=150, blank=True)
    title_then = models.CharField(_("title as it was"), max_length=200, blank=True)
    address = models.CharField(_("form of address"), max_length=120, blank=True)
    language = models.CharField(_("language of the letter"), max_length=4, choices=Language, blank=True)
    level = models.CharField(_("level of the signer"), max_length=12, choices=Level, blank=True)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    signer_title = models.CharField(_("title of the signer"), max_length=200, blank=True)
    text = models.TextField(_("text of its own"), blank=True)
    last_text = models.TextField(_("text of last year"), blank=True)
    translation = models.TextField(_("translation of its own"), blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=80, blank=True)
    left_out = models.BooleanField(_("not sent after all"), default=False)
    sent_on = models.DateField(_("sent on, where apart"), null=True, blank=True)
    way = models.CharField(_("how it travelled, where apart"), max_length=12, choices=Way, blank=True)
    in_person = models.BooleanField(_("brought in person"), default=False)
    flowers = models.CharField(_("flowers"), max_length=120, blank=True)
    gift = models.CharField(_("gift"), max_length=200, blank=True)
    gift_vnd = models.BigIntegerField(_("assessed value of the gift (đồng)"), null=True, blank=True)
    acknowledged_on = models.DateField(_("receipt acknowledged on"), null=True, blank=True)
    replied_on = models.DateField(_("answer received on"), null=True, blank=True)
    reply = models.TextField(_("what they answered"), blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("addressee of greetings")
        verbose_name_plural = _("addressees of greetings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(full_name="", title_then="", party_text="", party_code=""),
                name="addressee_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(gift_vnd__isnull=True) | Q(gift_vnd__gte=0), name="addressee_gift_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.title_then or self.party_text or self.party_code

    @property
    def went_on(self) -> dt.date | None:
        """The day it went: its own where it went apart; None while it has not."""
        return None if self.left_out else self.sent_on or self.row.sent_on


class Occasion(FamilyLine):
    """A day of a calendar on which somebody is greeted, and the campaign that was prepared for it."""

    row = models.ForeignKey(Greeting, on_delete=models.CASCADE, related_name="occasions")
    on = models.DateField(_("day"), db_column="on_day")
    occasion = models.CharField(_("kind of occasion"), max_length=16, choices=OccasionKind)
    name = models.CharField(_("occasion"), max_length=200)
    feast_code = models.CharField(_("feast"), max_length=40, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    party_code = models.CharField(_("code of the partner"), max_length=CODE, blank=True)
    party_text = models.CharField(_("partner"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, blank=True)
    campaign = models.CharField(_("greetings prepared"), max_length=40, blank=True)
    left_out = models.BooleanField(pgettext_lazy("occasion", "nothing is sent"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("occasion of a calendar")
        verbose_name_plural = _("occasions of a calendar")

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.name}"
