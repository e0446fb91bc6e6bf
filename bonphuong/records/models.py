"""The header that every record has, whatever its family, and what hangs on it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import User
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.fulltext import Beside, Index
from bonphuong.kernel.memo import remembered
from bonphuong.kernel.models import Tracked, UidModel
from bonphuong.procedures.models import Opinion
from bonphuong.records.enums import (
    CommitmentKind,
    CommitmentSide,
    CommitmentStatus,
    LinkKind,
    PaperRole,
    TieKind,
    Visibility,
)
from bonphuong.records.rules import in_other_books, masked

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


# What lists, and the counts beside their filters, ask of a header.
# fmt: off
_LISTED = ["book", "family", "-begins_on", "-uid", "kind", "state", "visibility",
           "office_code", "is_closed", "due_on", "duplicate_of", "counts_on"]
# fmt: on


# Whose a record is, in single words: by them a search on SQLite passes over what the person may not see.
_SEEN_BY = "substr({row}.visibility, 1, 2) || CASE {row}.visibility WHEN 'book' THEN {row}.book ELSE {row}.office_code END"
# "s" and an office that it is shared with; "x" and the book of such an office, where that is another one.
_SHARED = (
    "(SELECT group_concat('s' || w.office_code || coalesce(' x' || nullif(substr(o.path, 1, instr(o.path, '/') - 1), "
    "{row}.book), ''), ' ') FROM (SELECT office_code FROM records_recordshare WHERE record_id = {row}.uid UNION "
    "SELECT office_code FROM procedures_opinion WHERE case_id = {row}.uid AND office_code <> '' "
    "AND withdrawn_on IS NULL) w LEFT JOIN accounts_office o ON o.code = w.office_code)"
)


class RecordQuerySet(models.QuerySet["Record"]):
    """Headers of records."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What the person may see: own offices by visibility, what the book shares, what is shared with them."""
        if not user.is_authenticated:
            return self.none()
        inside = self.inside(user)
        return inside | self.outside(user) if is_guest(user) else inside

    def inside(self, user: User) -> Self:
        """What the person may see of the books where they hold a role: nearly all, and what the indexes begin with."""
        return self.filter(Q(book__in=sorted(user.access().books)) & _rights(user))

    def outside(self, user: User) -> Self:
        """What the person may see of other books: shared with an office of theirs, asked of it, or moved with it."""
        uids = [rows.values(column) for rows, column in _guest_rows(user)]
        return self.filter(reduce(or_, (Q(pk__in=found) for found in uids)) & _rights(user))

    def live(self) -> Self:
        """Without those found to be entered twice."""
        return self.filter(duplicate_of__isnull=True)


class Record(UidModel):
    """The header of a record: what it is, whose it is, where it stands, who may see it.

    `version` rises with every change of the header or of the family's row, and guards both against a silent
    overwrite. `due_on` repeats the nearest deadline of its case, so that lists need no computing; that it is
    overdue is never stored. `words` is what else should find it (names of people, places, partners); `fold` and
    `head_fold` hold folded text for search and for finding duplicates.
    """

    family = models.CharField(pgettext_lazy("record", "kind of work"), max_length=40)
    kind = models.CharField(pgettext_lazy("record", "kind"), max_length=40)
    number = models.CharField(pgettext_lazy("record", "record number"), max_length=40)
    title = models.CharField(pgettext_lazy("record", "title"), max_length=300)
    summary = models.TextField(pgettext_lazy("record", "summary"), blank=True)
    state = models.CharField(pgettext_lazy("record", "state"), max_length=40, blank=True)
    is_closed = models.BooleanField(pgettext_lazy("record", "closed"), default=False)
    office_code = models.CharField(pgettext_lazy("record", "owning office"), max_length=80)
    book = models.CharField(max_length=80)
    visibility = models.CharField(
        pgettext_lazy("record", "who may see it"),
        max_length=10,
        choices=Visibility,
        default=Visibility.OFFICE,
    )
    counts_on = models.DateField(pgettext_lazy("record", "day it counts on"), null=True, blank=True)
    begins_on = models.DateField(pgettext_lazy("record", "begins on"), null=True, blank=True)
    ends_on = models.DateField(pgettext_lazy("record", "ends on"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("record", "due on"), null=True, blank=True)
    due_rule = models.ForeignKey(
        "procedures.DeadlineRule",
        verbose_name=pgettext_lazy("record", "rule of the deadline"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(pgettext_lazy("record", "illustration"), default=False)
    words = models.TextField(pgettext_lazy("record", "other words that find it"), blank=True)
    fold = models.TextField(blank=True)
    head_fold = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=pgettext_lazy("record", "entered twice, see"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        # Of its own below, without the many that are no double: a planner that took it for them would read them all.
        db_index=False,
    )

    objects = models.Manager.from_queryset(RecordQuerySet)()
    search_index = Index(
        on="begins_on",
        scope=(
            "'f' || {row}.family",
            "'f' || {row}.family || {row}.book",
            "'k' || {row}.book",
            _SEEN_BY,
            _SHARED,
        ),
        follows=("family", "book", "visibility", "office_code"),
        beside=(Beside("records_recordshare", "record_id"), Beside("procedures_opinion", "case_id")),
    )

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-begins_on", "-uid"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="record_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(begins_on__isnull=True)
                | Q(ends_on__gte=F("begins_on")),
                name="record_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("uid")),
                name="record_not_its_own_double",
            ),
        ]
        indexes = [
            # A page of a list, and every count beside its filters, come out of this one index alone.
            models.Index(fields=_LISTED, name="record_list"),
            models.Index(fields=["office_code", "book"], name="record_office"),
            models.Index(fields=["book", "due_on"], name="record_due", condition=Q(due_on__isnull=False)),
            models.Index(fields=["book", "begins_on", "ends_on"], name="record_days"),
            models.Index(fields=["book", "ends_on"], name="record_ends", condition=Q(ends_on__isnull=False)),
            models.Index(fields=["head_fold", "book"], name="record_head"),
            models.Index(
                fields=["duplicate_of"], name="record_double", condition=Q(duplicate_of__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        # The trail keeps this text for all who may read it, and not all of them may see such a record.
        masked = self.visibility in {Visibility.PERSONAL, Visibility.RESTRICTED}
        return self.number if masked else f"{self.number} {self.title}"


def _rights(user: User) -> Q:
    """By what a record shows itself: to its book, to its office, to those who are told or asked, to few."""
    return remembered(("records.rights", user.pk, user.access()), lambda: _rights_of(user))


def _rights_of(user: User) -> Q:
    seen = sorted(office_codes_for(user, Permission.RECORD_VIEW))
    shared = RecordShare.objects.filter(record=OuterRef("pk"), office_code__in=seen)
    # Whoever is asked for an opinion sees what it is about.
    asked = Opinion.objects.filter(case=OuterRef("pk"), office_code__in=seen, withdrawn_on__isnull=True)
    return (
        Q(visibility=Visibility.BOOK, book__in=sorted(user.access().books_for(Permission.RECORD_VIEW)))
        | Q(visibility=Visibility.OFFICE, office_code__in=seen)
        | Q(visibility=Visibility.OFFICE) & (Exists(shared) | Exists(asked))
        | masked(Visibility.PERSONAL, user, Permission.PERSONAL_TRIP_VIEW)
        | masked(Visibility.RESTRICTED, user, Permission.RESTRICTED_READ)
    )


def is_guest(user: User) -> bool:
    """Whether another book shows them anything. Seldom, and only then need reads look beyond their own books."""

    def read() -> bool:
        anything = reduce(or_, (Q(Exists(rows)) for rows, _column in _guest_rows(user)))
        return User.objects.filter(anything, pk=user.pk).exists()

    return remembered(("records.is_guest", user.pk, user.access()), read)


def _guest_rows(user: User) -> list[tuple[QuerySet[Any], str]]:
    """Rows of other books that name an office of the person, each with its column of records."""
    beyond = in_other_books(
        sorted(user.access().books), sorted(office_codes_for(user, Permission.RECORD_VIEW))
    )
    return [
        (RecordShare.objects.filter(beyond), "record"),
        (Opinion.objects.filter(beyond, withdrawn_on__isnull=True), "case"),
        (Record.objects.filter(beyond), "pk"),
    ]


class RecordShare(Tracked):
    """An office beside the owner that sees the record: a co-host, a unit with a member on the trip."""

    record = models.ForeignKey(
        Record,
        verbose_name=pgettext_lazy("record", "record"),
        on_delete=models.CASCADE,
        related_name="shares",
    )
    office_code = models.CharField(pgettext_lazy("record", "office"), max_length=80)
    # That of the record: what other books share is found without a look at each record.
    book = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("share of a record")
        verbose_name_plural = _("shares of records")
        constraints = [models.UniqueConstraint(fields=["record", "office_code"], name="record_share_once")]
        indexes = [models.Index(fields=["office_code", "book"], name="record_share_office")]

    def __str__(self) -> str:
        return self.office_code


class RecordTie(Tracked):
    """A permanent code that the record is about: a country, a partner, a unit, a field.

    `book` repeats the record's own, which never changes: what a book did with one partner is found by the index,
    whatever other books did with it.
    """

    record = models.ForeignKey(
        Record, verbose_name=pgettext_lazy("record", "record"), on_delete=models.CASCADE, related_name="ties"
    )
    kind = models.CharField(pgettext_lazy("record", "kind of tie"), max_length=10, choices=TieKind)
    code = models.CharField(pgettext_lazy("record", "code"), max_length=80)
    book = models.CharField(max_length=80, default="")
    is_main = models.BooleanField(pgettext_lazy("record", "main one"), default=False)

    class Meta:
        verbose_name = _("tie of a record")
        verbose_name_plural = _("ties of records")
        constraints = [models.UniqueConstraint(fields=["record", "kind", "code"], name="record_tie_once")]
        indexes = [models.Index(fields=["kind", "code", "book"], name="record_tie_code_book")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"


class RecordLink(Tracked):
    """One record related to another."""

    from_record = models.ForeignKey(
        Record,
        verbose_name=pgettext_lazy("record", "from"),
        on_delete=models.CASCADE,
        related_name="links_out",
    )
    to_record = models.ForeignKey(
        Record, verbose_name=pgettext_lazy("record", "to"), on_delete=models.CASCADE, related_name="links_in"
    )
    kind = models.CharField(pgettext_lazy("record", "relation"), max_length=12, choices=LinkKind)
    note = models.CharField(pgettext_lazy("record", "note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("link between records")
        verbose_name_plural = _("links between records")
        constraints = [
            models.UniqueConstraint(fields=["from_record", "to_record", "kind"], name="record_link_once"),
            models.CheckConstraint(condition=~Q(from_record=F("to_record")), name="record_link_two_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.from_record_id} {self.kind} {self.to_record_id}"


class RecordPaper(Tracked):
    """A paper in the dossier of a record."""

    record = models.ForeignKey(
        Record,
        verbose_name=pgettext_lazy("record", "record"),
        on_delete=models.CASCADE,
        related_name="papers",
    )
    paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("record", "paper"),
        on_delete=models.PROTECT,
        related_name="records",
    )
    role = models.CharField(
        pgettext_lazy("record", "role in the dossier"),
        max_length=12,
        choices=PaperRole,
        default=PaperRole.OTHER,
    )

    class Meta:
        verbose_name = _("paper of a record")
        verbose_name_plural = _("papers of records")
        constraints = [models.UniqueConstraint(fields=["record", "paper"], name="record_paper_once")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Promises, obligations, requests."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of records that one sees, and those that one's own offices lead."""
        if not user.is_authenticated:
            return self.none()
        seen = office_codes_for(user, Permission.RECORD_VIEW)
        records = Record.objects.visible_to(user).filter(pk=OuterRef("record_id"))
        return self.filter(Q(lead_office_code__in=seen) | Exists(records))


class Commitment(UidModel):
    """Something promised, owed or asked for, by us or by a partner: with who leads, until when, and the proof."""

    record = models.ForeignKey(
        Record,
        verbose_name=pgettext_lazy("record", "record"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
    )
    kind = models.CharField(
        pgettext_lazy("record", "kind"), max_length=10, choices=CommitmentKind, default=CommitmentKind.PROMISE
    )
    side = models.CharField(pgettext_lazy("record", "side"), max_length=6, choices=CommitmentSide)
    text = models.TextField(pgettext_lazy("record", "what was said"))
    field_code = models.CharField(pgettext_lazy("record", "field"), max_length=60, blank=True)
    book = models.CharField(max_length=80)
    lead_office_code = models.CharField(pgettext_lazy("record", "leading office"), max_length=80)
    party_code = models.CharField(pgettext_lazy("record", "partner"), max_length=80, blank=True)
    made_on = models.DateField(pgettext_lazy("record", "said on"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("record", "due on"), null=True, blank=True)
    status = models.CharField(
        pgettext_lazy("record", "status"),
        max_length=10,
        choices=CommitmentStatus,
        default=CommitmentStatus.OPEN,
    )
    settled_on = models.DateField(pgettext_lazy("record", "settled on"), null=True, blank=True)
    evidence = models.CharField(pgettext_lazy("record", "proof"), max_length=500, blank=True)
    source_paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("record", "source"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
    )
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(pgettext_lazy("record", "illustration"), default=False)
    fold = models.TextField(blank=True)

    objects = models.Manager.from_queryset(CommitmentQuerySet)()
    search_index = Index(on="made_on", scope=("'k' || {row}.book",), follows=("book",))

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "uid"]
        indexes = [
            models.Index(fields=["lead_office_code", "status", "due_on"], name="commitment_lead"),
            models.Index(fields=["party_code", "status"], name="commitment_party"),
            models.Index(fields=["book", "status", "due_on"], name="commitment_due"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class NumberSeries(Tracked):
    """The last internal number given in a book's series of a year."""

    book = models.CharField(max_length=80)
    prefix = models.CharField(pgettext_lazy("record", "prefix"), max_length=12)
    year = models.PositiveSmallIntegerField(pgettext_lazy("record", "year"))
    last = models.PositiveIntegerField(pgettext_lazy("record", "last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.UniqueConstraint(fields=["book", "prefix", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"
