"""Official papers: what each is, who issued it, its file and digest, or that it is kept elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.fulltext import Index
from bonphuong.kernel.models import DatedQuerySet, UidModel
from bonphuong.papers.enums import PaperDirection, PaperKind, TemplateCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


# The book of the office that filed it, in one word for the index.
_BOOK = (
    "'k' || (SELECT substr(o.path, 1, instr(o.path, '/') - 1) FROM accounts_office o "
    "WHERE o.code = {row}.office_code)"
)


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those filed by offices whose papers the person may see."""
        return self.filter(office_code__in=office_codes_for(user, Permission.PAPER_VIEW))


class Paper(UidModel):
    """An official paper. Number, symbol and date come from the document system and are never issued by us.

    A placeholder has no content: secrecy rules keep the paper elsewhere, and the case goes on without it.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    direction = models.CharField(_("direction"), max_length=3, choices=PaperDirection, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    on = models.DateField(_("date"), null=True, blank=True, db_column="on_day")
    abstract = models.CharField(_("abstract"), max_length=500, blank=True)
    # Often a foreign body: its code where it is known, else its name as the paper writes it.
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    issuer_code = models.CharField(_("code of the issuer"), max_length=80, blank=True)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    office_code = models.CharField(_("filed by"), max_length=80)
    is_placeholder = models.BooleanField(_("kept elsewhere"), default=False)
    file = models.FileField(_("file"), max_length=200, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    media_type = models.CharField(_("kind of file"), max_length=100, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    source_url = models.CharField(_("address on the web"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("illustration"), default=False)
    created_at = models.DateTimeField(_("entered at"), default=clock.now)
    fold = models.TextField(blank=True, editable=False)

    objects = models.Manager.from_queryset(PaperQuerySet)()
    search_index = Index(on="on", scope=(_BOOK,), follows=("office_code",))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-on", "-uid"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_placeholder=False) | Q(file="", digest=""), name="paper_placeholder_empty"
            )
        ]
        indexes = [
            models.Index(fields=["office_code", "-on"], name="paper_office"),
            models.Index(fields=["symbol", "number"], name="paper_symbol"),
            models.Index(fields=["digest"], name="paper_digest", condition=~Q(digest="")),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.get_kind_display()), self.reference)))

    @property
    def has_file(self) -> bool:
        """Whether its content is kept here."""
        return bool(self.digest)

    @property
    def reference(self) -> str:
        """Number and symbol together, as papers cite it: "123/QĐ-UBND"."""
        return "/".join(part for part in (self.number, self.symbol) if part)


class DocumentTemplateQuerySet(DatedQuerySet["DocumentTemplate"]):
    """Offices' own Word templates."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of offices whose papers the person may see or whose templates they may change."""
        seen = office_codes_for(user, Permission.PAPER_VIEW) | office_codes_for(
            user, Permission.TEMPLATE_CHANGE
        )
        return self.filter(office_code__in=seen)


class DocumentTemplate(UidModel):
    """An office's own version of a paper that the product prints, in force from a day on.

    The versions that the product ships are files of the package and have no row. Earlier versions stay, so
    that a paper can be printed again as it was on its day.
    """

    code = models.CharField(_("paper"), max_length=40, choices=TemplateCode)
    office_code = models.CharField(_("office"), max_length=80)
    version = models.PositiveIntegerField(_("version"))
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    file = models.FileField(_("file"), max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200)
    size = models.BigIntegerField(_("size in bytes"))
    digest = models.CharField(_("digest"), max_length=64)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("entered at"), default=clock.now)

    objects = models.Manager.from_queryset(DocumentTemplateQuerySet)()

    class Meta:
        verbose_name = _("document template")
        verbose_name_plural = _("document templates")
        ordering = ["office_code", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["office_code", "code", "version"], name="template_version_once"),
            models.UniqueConstraint(fields=["office_code", "code", "valid_from"], name="template_one_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="template_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} ({self.version})"
