"""Agreements: one row beside the record's header, with its signatories, texts and yearly assessments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from bonphuong.families.agreements.enums import (
    Channel,
    Classified,
    Form,
    Kind,
    Language,
    Level,
    Progress,
    Proposal,
    Renewal,
    Side,
)
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow


class Agreement(FamilyRow):
    """An international agreement, or minutes and memoranda of work.

    `level`, `original_office_code` and `original_unit_code` are those of whoever signed; `heir_…` those of whoever
    holds it since `inherited_on`. `expires_on` is what the text says; `ended_on` is what happened, and nothing leaves
    force before it is confirmed. `lapsed_on` begins a time of being applied after its own day. Of steps that come
    again (inherited, lapsed, suspended, renewed) the row holds the last, and `past` the earlier ones:
    `{"what": "held", "since", "office", "unit", "level", "name"}` or `{"what": "lapsed" | "suspended" | "renewed",
    "from", "to"}`, days in ISO form.
    """

    form = models.CharField(pgettext_lazy("agreement", "form"), max_length=12, choices=Form, blank=True)
    level = models.CharField(
        pgettext_lazy("agreement", "level of signing"), max_length=12, choices=Level, blank=True
    )
    channel = models.CharField(
        pgettext_lazy("agreement", "channel"), max_length=10, choices=Channel, default=Channel.STATE
    )
    field_code = models.CharField(
        pgettext_lazy("agreement", "field of cooperation"), max_length=CODE, blank=True
    )
    our_side = models.CharField(
        pgettext_lazy("agreement", "signatory of Viet Nam"), max_length=300, blank=True
    )
    partner_code = models.CharField(
        pgettext_lazy("agreement", "code of the foreign signatory"), max_length=CODE, blank=True
    )
    partner_text = models.CharField(
        pgettext_lazy("agreement", "foreign signatory"), max_length=300, blank=True
    )
    country_code = models.CharField(pgettext_lazy("agreement", "country"), max_length=2, blank=True)
    content = models.TextField(pgettext_lazy("agreement", "content"), blank=True)
    source = models.CharField(
        pgettext_lazy("agreement", "where it is known from"), max_length=300, blank=True
    )
    # It changes another agreement and is no further one in force.
    is_amendment = models.BooleanField(pgettext_lazy("agreement", "amends another agreement"), default=False)
    # --- what it is in law, said by a person
    classified_as = models.CharField(
        pgettext_lazy("agreement", "what it is in law"), max_length=12, choices=Classified, blank=True
    )
    classified_on = models.DateField(pgettext_lazy("agreement", "classified on"), null=True, blank=True)
    classified_by = models.CharField(pgettext_lazy("agreement", "classified by"), max_length=200, blank=True)
    classification_reason = models.TextField(pgettext_lazy("agreement", "why so"), blank=True)
    # --- the way to the signature
    planned_on = models.DateField(pgettext_lazy("agreement", "signing expected on"), null=True, blank=True)
    consulting_on = models.DateField(pgettext_lazy("agreement", "opinions asked on"), null=True, blank=True)
    consulted_on = models.DateField(pgettext_lazy("agreement", "opinions received on"), null=True, blank=True)
    has_objection = models.BooleanField(pgettext_lazy("agreement", "a body asked objects"), default=False)
    pm_asked_on = models.DateField(
        pgettext_lazy("agreement", "Prime Minister asked on"), null=True, blank=True
    )
    pm_opinion_on = models.DateField(
        pgettext_lazy("agreement", "Prime Minister's opinion of"), null=True, blank=True
    )
    decided_on = models.DateField(pgettext_lazy("agreement", "decided on"), null=True, blank=True)
    decision_number = models.CharField(
        pgettext_lazy("agreement", "number of the decision"), max_length=60, blank=True
    )
    signed_on = models.DateField(pgettext_lazy("agreement", "signed on"), null=True, blank=True)
    signed_at = models.CharField(pgettext_lazy("agreement", "signed at"), max_length=200, blank=True)
    reported_on = models.DateField(
        pgettext_lazy("agreement", "reported to the Prime Minister on"), null=True, blank=True
    )
    copy_sent_on = models.DateField(
        pgettext_lazy("agreement", "copy sent to the Ministry of Foreign Affairs on"), null=True, blank=True
    )
    # --- force
    effective_on = models.DateField(pgettext_lazy("agreement", "in force from"), null=True, blank=True)
    term = models.CharField(pgettext_lazy("agreement", "term as written"), max_length=200, blank=True)
    expires_on = models.DateField(pgettext_lazy("agreement", "runs out on"), null=True, blank=True)
    has_no_end = models.BooleanField(pgettext_lazy("agreement", "no end date"), default=False)
    renewal = models.CharField(
        pgettext_lazy("agreement", "renewal clause"), max_length=10, choices=Renewal, blank=True
    )
    equal_texts = models.BooleanField(
        pgettext_lazy("agreement", "all languages equally authentic"), default=False
    )
    renewed_on = models.DateField(pgettext_lazy("agreement", "renewed on"), null=True, blank=True)
    amended_on = models.DateField(pgettext_lazy("agreement", "amended on"), null=True, blank=True)
    suspended_on = models.DateField(pgettext_lazy("agreement", "suspended on"), null=True, blank=True)
    resumed_on = models.DateField(pgettext_lazy("agreement", "resumed on"), null=True, blank=True)
    lapsed_on = models.DateField(
        pgettext_lazy("agreement", "applied after expiry since"), null=True, blank=True
    )
    ended_on = models.DateField(pgettext_lazy("agreement", "ended on"), null=True, blank=True)
    end_reason = models.CharField(pgettext_lazy("agreement", "why it ended"), max_length=300, blank=True)
    # --- inheritance
    original_office_code = models.CharField(
        pgettext_lazy("agreement", "office that signed"), max_length=CODE, blank=True
    )
    original_unit_code = models.CharField(
        pgettext_lazy("agreement", "unit that signed"), max_length=CODE, blank=True
    )
    inherited_on = models.DateField(pgettext_lazy("agreement", "inherited on"), null=True, blank=True)
    inherited_from = models.CharField(
        pgettext_lazy("agreement", "inherited from"), max_length=300, blank=True
    )
    inherited_basis = models.CharField(
        pgettext_lazy("agreement", "ground of inheriting"), max_length=200, blank=True
    )
    heir_office_code = models.CharField(
        pgettext_lazy("agreement", "office that holds it now"), max_length=CODE, blank=True
    )
    heir_unit_code = models.CharField(
        pgettext_lazy("agreement", "unit that holds it now"), max_length=CODE, blank=True
    )
    heir_level = models.CharField(
        pgettext_lazy("agreement", "level now"), max_length=12, choices=Level, blank=True
    )
    names_updated_on = models.DateField(
        pgettext_lazy("agreement", "names of the parties updated on"), null=True, blank=True
    )
    reviewed_on = models.DateField(pgettext_lazy("agreement", "reviewed on"), null=True, blank=True)
    review = models.TextField(pgettext_lazy("agreement", "outcome of the review"), blank=True)
    kept_on = models.DateField(pgettext_lazy("agreement", "kept by decision of"), null=True, blank=True)
    # --- carrying out
    plan_number = models.CharField(
        pgettext_lazy("agreement", "plan of carrying it out"), max_length=100, blank=True
    )
    implementation = models.TextField(pgettext_lazy("agreement", "how it is carried out"), blank=True)
    past = models.JSONField(
        pgettext_lazy("agreement", "earlier turns"), default=list, blank=True, editable=False
    )

    class Meta(FamilyRow.Meta):
        verbose_name = pgettext_lazy("agreement", "agreement")
        verbose_name_plural = pgettext_lazy("agreement", "agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(has_no_end=False), name="agreement_end_or_none"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="agreement_expiry_after_effect",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(ended_on__gte=F("signed_on")),
                name="agreement_ends_after_signing",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(signed_on__isnull=True),
                name="agreement_cancelled_never_signed",
            ),
            models.CheckConstraint(
                condition=Q(classified_as="") | ~Q(classification_reason=""),
                name="agreement_classified_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], name="agreement_expiry"),
            models.Index(fields=["signed_on"], name="agreement_signed"),
            models.Index(
                fields=["planned_on"], name="agreement_planned", condition=Q(planned_on__isnull=False)
            ),
        ]

    @property
    def is_agreement(self) -> bool:
        """Whether it is an international agreement: as a person classified it, else as it was entered."""
        if self.classified_as:
            return self.classified_as == Classified.AGREEMENT
        return self.kind == Kind.AGREEMENT

    @property
    def is_in_force(self) -> bool:
        """Whether it has come into force and has not left it, as far as is confirmed."""
        revived = self.lapsed_on is None or (
            self.renewed_on is not None and self.renewed_on >= self.lapsed_on
        )
        return self.is_agreement and self.effective_on is not None and self.ended_on is None and revived


class Signatory(FamilyLine):
    """A body that signed, on either side, called as it was then; `name_now` is what its heir is called."""

    row = models.ForeignKey(
        Agreement,
        verbose_name=pgettext_lazy("agreement", "agreement"),
        on_delete=models.CASCADE,
        related_name="signatories",
    )
    side = models.CharField(pgettext_lazy("agreement", "side"), max_length=6, choices=Side, default=Side.OURS)
    name_then = models.CharField(pgettext_lazy("agreement", "name at the signing"), max_length=300)
    name_now = models.CharField(pgettext_lazy("agreement", "name now"), max_length=300, blank=True)
    unit_code = models.CharField(pgettext_lazy("agreement", "unit of Viet Nam"), max_length=CODE, blank=True)
    party_code = models.CharField(
        pgettext_lazy("agreement", "code of the partner"), max_length=CODE, blank=True
    )
    party_text = models.CharField(pgettext_lazy("agreement", "partner"), max_length=300, blank=True)
    signer = models.CharField(pgettext_lazy("agreement", "signed by"), max_length=150, blank=True)
    signer_post = models.CharField(
        pgettext_lazy("agreement", "post of the signer"), max_length=200, blank=True
    )

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("agreement", "signatory")
        verbose_name_plural = pgettext_lazy("agreement", "signatories")

    def __str__(self) -> str:
        return self.name_then


class Text(FamilyLine):
    """The agreement in one language.

    `digest` is the SHA-256 of the file of the paper named by `reference`, where the record's dossier holds it, else
    of `body`; empty where there is neither. `paper_uid` names that paper.
    """

    row = models.ForeignKey(
        Agreement,
        verbose_name=pgettext_lazy("agreement", "agreement"),
        on_delete=models.CASCADE,
        related_name="texts",
    )
    language = models.CharField(pgettext_lazy("text", "language"), max_length=6, choices=Language)
    title = models.CharField(pgettext_lazy("agreement", "name in that language"), max_length=300, blank=True)
    is_authentic = models.BooleanField(pgettext_lazy("agreement", "authentic"), default=True)
    reference = models.CharField(
        pgettext_lazy("agreement", "number or name of the file"), max_length=200, blank=True
    )
    body = models.TextField(pgettext_lazy("text", "wording"), blank=True)
    paper_uid = models.UUIDField(pgettext_lazy("agreement", "paper"), null=True, blank=True, editable=False)
    digest = models.CharField(pgettext_lazy("agreement", "digest"), max_length=64, blank=True, editable=False)

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("agreement", "text in a language")
        verbose_name_plural = pgettext_lazy("agreement", "texts in languages")

    def __str__(self) -> str:
        return f"{self.get_language_display()}"


class Assessment(FamilyLine):
    """How the agreement was carried out in a year, and what is proposed (CT 56-CT/TW asks for it)."""

    row = models.ForeignKey(
        Agreement,
        verbose_name=pgettext_lazy("agreement", "agreement"),
        on_delete=models.CASCADE,
        related_name="assessments",
    )
    year = models.PositiveSmallIntegerField(pgettext_lazy("agreement", "year"))
    assessed_on = models.DateField(pgettext_lazy("agreement", "assessed on"), null=True, blank=True)
    progress = models.CharField(pgettext_lazy("agreement", "progress"), max_length=8, choices=Progress)
    results = models.TextField(pgettext_lazy("agreement", "results"), blank=True)
    hindrances = models.TextField(pgettext_lazy("agreement", "what stands in the way"), blank=True)
    proposal = models.CharField(
        pgettext_lazy("agreement", "proposal"), max_length=8, choices=Proposal, blank=True
    )
    office_code = models.CharField(pgettext_lazy("agreement", "assessed by"), max_length=CODE, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("agreement", "yearly assessment")
        verbose_name_plural = pgettext_lazy("agreement", "yearly assessments")

    def __str__(self) -> str:
        return f"{self.year}"
