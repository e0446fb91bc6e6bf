"""Unions, friendship associations and congresses: one row beside the record's header, with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.associations.enums import Kind
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow

if TYPE_CHECKING:
    import datetime as dt

#: As long as a name: the gate reads either and stores the number.
_NUMBER = 300


class Association(FamilyRow):
    """A union, a friendship association, or a congress of one of them.

    A body is active from `founded_on` until it is merged (`merged_on`, into the body with the record number
    `merged_into`) or dissolved. `is_successor` marks one made of bodies that were there: it is active and never
    counts as newly founded. A congress names its body by `body_number`; `body_kind` is that body's kind.
    """

    country_code = models.CharField(_("country of the friendship"), max_length=2, blank=True)
    partner_code = models.CharField(max_length=CODE, blank=True)
    partner_text = models.CharField(_("counterpart over there"), max_length=200, blank=True)
    union_number = models.CharField(_("record number of its union"), max_length=_NUMBER, blank=True)
    seat = models.CharField(_("headquarters"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    content = models.TextField(_("purpose and work"), blank=True)
    decided_on = models.DateField(_("day of the permission"), null=True, blank=True)
    decision_number = models.CharField(_("number of the permission"), max_length=60, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    is_successor = models.BooleanField(_("made of bodies that were there"), default=False)
    merged_on = models.DateField(_("merged on"), null=True, blank=True)
    merged_into = models.CharField(_("merged into (record number)"), max_length=_NUMBER, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    term = models.CharField(_("term"), max_length=60, blank=True)
    term_from = models.DateField(_("term from"), null=True, blank=True)
    term_to = models.DateField(_("term to"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)

    # Of a congress.
    body_number = models.CharField(_("union or association (record number)"), max_length=_NUMBER, blank=True)
    body_kind = models.CharField(_("kind of the body"), max_length=12, blank=True)
    is_founding = models.BooleanField(_("founding congress"), default=False)
    starts_on = models.DateField(_("planned for"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    venue = models.CharField(_("place"), max_length=200, blank=True)
    delegates = models.PositiveIntegerField(_("delegates"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women among the delegates"), null=True, blank=True)
    recognised_on = models.DateField(_("results recognised on"), null=True, blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("union, association or congress")
        verbose_name_plural = _("unions, associations and congresses")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="association_kind"),
            models.CheckConstraint(
                condition=Q(term_from__isnull=True)
                | Q(term_to__isnull=True)
                | Q(term_to__gte=F("term_from")),
                name="association_term_in_order",
            ),
            models.CheckConstraint(
                condition=Q(merged_on__isnull=True) | Q(dissolved_on__isnull=True),
                name="association_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(merged_on__isnull=True) | ~Q(merged_into=""), name="association_merged_into_one"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "body_number"], name="association_congress"),
            models.Index(fields=["kind", "union_number"], name="association_union"),
            models.Index(fields=["term_to"], name="association_term", condition=Q(term_to__isnull=False)),
        ]

    @property
    def ended_on(self) -> dt.date | None:
        """The day from which a body is no more."""
        return self.merged_on or self.dissolved_on


class Leader(FamilyLine):
    """Somebody at the head of a body, from a day to a day."""

    row = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="leaders")
    full_name = models.CharField(_("full name"), max_length=120)
    post = models.CharField(_("post"), max_length=120)
    job = models.CharField(_("other post held"), max_length=200, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("leader of a body")
        verbose_name_plural = _("leaders of bodies")
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="leader_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.post}"


class MemberCount(FamilyLine):
    """Members of a body as counted on a day; with `moved_from`, those who came over in a merger, added to the rest."""

    row = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="counts_of_members")
    counted_on = models.DateField(_("counted on"))
    organisations = models.PositiveIntegerField(_("member organisations"), default=0)
    individuals = models.PositiveIntegerField(_("individual members"), default=0)
    source = models.CharField(_("source"), max_length=200, blank=True)
    moved_from = models.CharField(_("came over from (record number)"), max_length=_NUMBER, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("count of members")
        verbose_name_plural = _("counts of members")

    def __str__(self) -> str:
        return f"{self.counted_on:%Y-%m-%d} {self.organisations}/{self.individuals}"


class Branch(FamilyLine):
    """A branch of a body."""

    row = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="branches")
    name = models.CharField(_("name of the branch"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    moved_from = models.CharField(_("came over from (record number)"), max_length=_NUMBER, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("branch of a body")
        verbose_name_plural = _("branches of bodies")
        constraints = [
            models.CheckConstraint(
                condition=Q(founded_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("founded_on")),
                name="branch_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Officer(FamilyLine):
    """Somebody whom a congress elected."""

    row = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="officers")
    full_name = models.CharField(_("full name"), max_length=120)
    post = models.CharField(_("post"), max_length=120)
    job = models.CharField(_("other post held"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("elected officer")
        verbose_name_plural = _("elected officers")

    def __str__(self) -> str:
        return f"{self.full_name}, {self.post}"
