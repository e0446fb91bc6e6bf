"""Documents as they were read, their claims with what people made of them, and states known from other sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.fulltext import Index
from bonphuong.kernel.models import DatedQuerySet, DatedRow, UidModel
from bonphuong.reader.claims import Claim
from bonphuong.reader.enums import ClaimStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

CODE = 80


class ReadDocumentQuerySet(models.QuerySet["ReadDocument"]):
    """Documents that were read."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose papers the person may see."""
        return self.filter(office_code__in=office_codes_for(user, Permission.PAPER_VIEW))


class ReadDocument(UidModel):
    """The text of a paper with its parts told apart. Spans of claims count the characters of `text`.

    `digest` is SHA-256 of the text in UTF-8: one text of a paper is read once, and read again only by a newer
    `reader_version`. `layout` holds the role of every line, so that a page can show what was left out.
    """

    paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("claim", "paper"),
        on_delete=models.PROTECT,
        related_name="readings",
    )
    office_code = models.CharField(pgettext_lazy("claim", "filed by"), max_length=CODE)
    book = models.CharField(max_length=CODE)
    text = models.TextField(pgettext_lazy("claim", "text"))
    digest = models.CharField(pgettext_lazy("claim", "digest"), max_length=64)
    title = models.CharField(pgettext_lazy("claim", "title"), max_length=500, blank=True)
    published_on = models.DateField(_("day of its date line"), null=True, blank=True)
    layout = models.JSONField(pgettext_lazy("claim", "parts"), default=dict)
    reader_version = models.PositiveSmallIntegerField(_("version of the reader"))
    is_demo = models.BooleanField(_("illustration"), default=False)
    read_at = models.DateTimeField(_("read at"), default=clock.now)
    fold = models.TextField(blank=True, editable=False)

    objects = models.Manager.from_queryset(ReadDocumentQuerySet)()
    search_index = Index(on="published_on", scope=("'k' || {row}.book",), follows=("book",))

    class Meta:
        verbose_name = _("document read")
        verbose_name_plural = _("documents read")
        ordering = ["-published_on", "-uid"]
        constraints = [models.UniqueConstraint(fields=["paper", "digest"], name="read_document_once")]
        indexes = [models.Index(fields=["office_code", "-published_on"], name="read_document_office")]

    def __str__(self) -> str:
        return self.title or str(self.paper)


class StoredClaimQuerySet(models.QuerySet["StoredClaim"]):
    """Claims of documents."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of documents whose papers the person may see."""
        return self.filter(document__office_code__in=office_codes_for(user, Permission.PAPER_VIEW))


class StoredClaim(UidModel):
    """One claim of a document and what a person made of it.

    `content` is the claim as the reader gave it, in the published form; the other columns repeat what lists ask
    for. `value` is text, since a decimal must stay exact on every database. Whoever accepts gives the period.
    """

    document = models.ForeignKey(
        ReadDocument,
        verbose_name=pgettext_lazy("claim", "document"),
        on_delete=models.CASCADE,
        related_name="claims",
    )
    number = models.PositiveIntegerField(pgettext_lazy("claim", "number"))
    kind = models.CharField(pgettext_lazy("claim", "kind"), max_length=20)
    subject = models.CharField(pgettext_lazy("claim", "figure"), max_length=CODE, blank=True)
    topic = models.CharField(pgettext_lazy("claim", "what it is about"), max_length=CODE)
    value = models.CharField(pgettext_lazy("claim", "value"), max_length=60, blank=True)
    since = models.DateField(pgettext_lazy("claim", "from"), null=True, blank=True)
    until = models.DateField(pgettext_lazy("claim", "to"), null=True, blank=True)
    text = models.TextField(pgettext_lazy("claim", "words"))
    content = models.JSONField(pgettext_lazy("claim", "claim"))
    status = models.CharField(
        pgettext_lazy("claim", "status"), max_length=10, choices=ClaimStatus, default=ClaimStatus.PROPOSED
    )
    statement_uid = models.UUIDField(pgettext_lazy("claim", "stated figure"), null=True, blank=True)
    commitment = models.ForeignKey(
        "records.Commitment",
        verbose_name=pgettext_lazy("claim", "commitment"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="claims",
    )

    objects = models.Manager.from_queryset(StoredClaimQuerySet)()

    class Meta:
        verbose_name = pgettext_lazy("claim", "claim")
        verbose_name_plural = pgettext_lazy("claim", "claims")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="claim_number_once"),
            models.CheckConstraint(
                condition=Q(status=ClaimStatus.ACCEPTED) ^ Q(statement_uid__isnull=True),
                name="claim_accepted_has_statement",
            ),
        ]
        indexes = [models.Index(fields=["topic", "until"], name="claim_topic")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def claim(self) -> Claim:
        """The claim as the reader gave it."""
        return Claim.from_json(self.content)


class KnownState(DatedRow):
    """What is known from other sources about the state of a thing, from a day to a day: the type of a border gate.

    Claims of papers are held against it: a paper that says otherwise for that day is shown with its source.
    """

    topic = models.CharField(pgettext_lazy("claim", "what it is about"), max_length=CODE)
    thing = models.CharField(pgettext_lazy("claim", "thing"), max_length=CODE)
    name_vi = models.CharField(pgettext_lazy("claim", "name"), max_length=200)
    name_en = models.CharField(pgettext_lazy("claim", "name in English"), max_length=200)
    state = models.CharField(pgettext_lazy("claim", "state"), max_length=40)
    note_vi = models.CharField(pgettext_lazy("claim", "note"), max_length=300, blank=True)
    note_en = models.CharField(pgettext_lazy("claim", "note in English"), max_length=300, blank=True)

    objects = models.Manager.from_queryset(DatedQuerySet["KnownState"])()

    class Meta:
        verbose_name = _("known state")
        verbose_name_plural = _("known states")
        ordering = ["thing", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "thing", "valid_from"], name="known_state_once")
        ]

    def __str__(self) -> str:
        return f"{self.name(get_language() or 'vi')}: {self.state}"

    def name(self, lang: str) -> str:
        """The name in "vi" or "en"."""
        return self.name_en if lang.startswith("en") else self.name_vi

    def note(self, lang: str) -> str:
        """The note in "vi" or "en"."""
        return self.note_en if lang.startswith("en") else self.note_vi
