"""Letters: one row beside the record's header."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.letters.enums import Form, Kind, Language, Urgency, Way
from bonphuong.kit.models import CODE, FamilyRow


class Letter(FamilyRow):
    """A note or letter received from, or sent to, a body abroad or a foreign body in Viet Nam.

    `partner` is the other side, whichever way it went. `dated_on` is the day written on it; `received_on` and
    `sent_on` are when it came or went, and what it counts by. `answered_on` is the day of the answer: ours to a
    letter received, theirs to one sent; `answer_record` holds the number of the record of that answer.
    """

    form = models.CharField(_("form"), max_length=20, choices=Form, default=Form.OFFICIAL_LETTER)
    symbol = models.CharField(_("number and symbol"), max_length=80, blank=True)
    dated_on = models.DateField(_("day of the letter"), null=True, blank=True)
    partner_code = models.CharField(_("code of the other side"), max_length=CODE, blank=True)
    partner_text = models.CharField(_("the other side"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_post = models.CharField(_("post of the signer"), max_length=200, blank=True)
    addressee = models.CharField(_("addressed to"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=6, choices=Language, blank=True)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    way = models.CharField(_("how it travelled"), max_length=12, choices=Way, blank=True)
    field_code = models.CharField(_("field"), max_length=CODE, blank=True)
    content = models.TextField(_("what it says"), blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    handler_office_code = models.CharField(_("office that handles it"), max_length=CODE, blank=True)
    needs_answer = models.BooleanField(_("an answer is expected"), default=False)
    answer_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_symbol = models.CharField(_("number and symbol of the answer"), max_length=80, blank=True)
    answer_record = models.CharField(_("record of the answer"), max_length=40, blank=True)
    # Of a letter sent: the record of the one that it answers; sending it answers that one.
    reply_to = models.CharField(_("answers the letter of record"), max_length=40, blank=True)
    answer_summary = models.TextField(_("what the answer says"), blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.INCOMING) | Q(sent_on__isnull=True), name="letter_in_is_not_sent"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.OUTGOING) | Q(received_on__isnull=True),
                name="letter_out_is_not_received",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "answered_on"], name="letter_answered"),
            models.Index(fields=["symbol"], name="letter_symbol"),
        ]
