"""The ledger's tables. The database refuses every change of them but the growth of a book's head."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel.uids import new_uid
from bonphuong.ledger.enums import Bound, ClosingState, PostingKind, StatementKind
from bonphuong.trail.enums import Guard

CODE = 80


class BookHead(models.Model):
    """The end of a book's chain: the only row of the ledger that is ever updated. `check` computes it anew."""

    guard: ClassVar[Guard] = Guard.HEAD

    book = models.CharField(max_length=CODE, primary_key=True)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    posted_at = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("head of a book")
        verbose_name_plural = _("heads of books")

    def __str__(self) -> str:
        return f"{self.book} {self.seq}"


class Posting(models.Model):
    """One immutable entry of a book. `posted_at` is in microseconds since 1970 and strictly rises in the book."""

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    book = models.CharField(max_length=CODE)
    seq = models.BigIntegerField()
    posted_at = models.BigIntegerField()
    action_uid = models.UUIDField()
    kind = models.CharField(max_length=10, choices=PostingKind)
    fmt = models.SmallIntegerField()
    n_facts = models.IntegerField()
    prev = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [models.UniqueConstraint(fields=["book", "seq"], name="posting_book_seq")]
        indexes = [models.Index(fields=["book", "posted_at"], name="posting_as_of")]

    def __str__(self) -> str:
        return f"{self.book} {self.seq}"


class Fact(models.Model):
    """A signed quantity, under a posting. A reversal is a fact with the opposite sign."""

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="facts")
    line = models.IntegerField()
    book = models.CharField(max_length=CODE)
    seq = models.BigIntegerField()
    office = models.CharField(max_length=CODE)
    measure = models.CharField(max_length=CODE)
    measure_version = models.SmallIntegerField(default=1)
    on = models.DateField(db_column="on_day")
    value = models.BigIntegerField()
    vnd = models.BigIntegerField(default=0)
    usd = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=2, blank=True)
    partner = models.CharField(max_length=CODE, blank=True)
    unit = models.CharField(max_length=CODE, blank=True)
    field = models.CharField(max_length=CODE, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    slot1 = models.CharField(max_length=CODE, blank=True)
    slot2 = models.CharField(max_length=CODE, blank=True)
    slot3 = models.CharField(max_length=CODE, blank=True)
    family = models.CharField(max_length=40)
    source_uid = models.UUIDField()
    source_version = models.IntegerField()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(fields=["posting", "line"], name="fact_posting_line"),
            models.UniqueConstraint(
                fields=["source_uid", "source_version", "line"], name="fact_source_version_line"
            ),
        ]
        # One index for each dimension costs 42 % of the speed of writing: figures are found by these alone.
        indexes = [
            models.Index(fields=["book", "measure", "on", "seq", "value"], name="fact_figure"),
            models.Index(fields=["book", "seq"], name="fact_book_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.on:%Y-%m-%d} {self.value:+d}"


class Statement(models.Model):
    """A figure that only a paper gives. It answers for exactly its own period and is never summed.

    `replaces` names an earlier statement of the book that this one takes the place of; `withdrawn` says that the
    earlier one is gone and nothing stands in its place.
    """

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="statements")
    line = models.IntegerField()
    book = models.CharField(max_length=CODE)
    seq = models.BigIntegerField()
    office = models.CharField(max_length=CODE)
    measure = models.CharField(max_length=CODE)
    measure_version = models.SmallIntegerField(default=1)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    dimensions = models.CharField(max_length=500, blank=True, db_column="filter")
    value = models.BigIntegerField()
    bound = models.CharField(max_length=10, choices=Bound, blank=True)
    kind = models.CharField(max_length=10, choices=StatementKind)
    paper_uid = models.UUIDField(null=True)
    edition_uid = models.UUIDField(null=True)
    claim_uid = models.UUIDField(null=True)
    replaces = models.UUIDField(null=True)
    withdrawn = models.BooleanField(default=False)
    text = models.CharField(max_length=500, blank=True)
    signer = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("stated figure")
        verbose_name_plural = _("stated figures")
        constraints = [models.UniqueConstraint(fields=["posting", "line"], name="statement_posting_line")]
        indexes = [models.Index(fields=["book", "measure", "since", "until"], name="statement_period")]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"


class Coverage(models.Model):
    """A person's declaration that the register of an office is complete for a measure from a day to a day."""

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="coverage")
    line = models.IntegerField()
    book = models.CharField(max_length=CODE)
    seq = models.BigIntegerField()
    office = models.CharField(max_length=CODE)
    measure = models.CharField(max_length=CODE)
    since = models.DateField()
    until = models.DateField()
    complete = models.BooleanField(default=True)
    declared_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("declaration of completeness")
        verbose_name_plural = _("declarations of completeness")
        constraints = [models.UniqueConstraint(fields=["posting", "line"], name="coverage_posting_line")]
        indexes = [models.Index(fields=["book", "measure", "seq"], name="coverage_measure")]

    def __str__(self) -> str:
        return f"{self.measure} {self.since:%Y-%m-%d}..{self.until:%Y-%m-%d}"


class Closing(models.Model):
    """A period closed ("chốt kỳ") or reopened by a person, for one report of one office."""

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="closings")
    line = models.IntegerField()
    book = models.CharField(max_length=CODE)
    seq = models.BigIntegerField()
    office = models.CharField(max_length=CODE)
    report = models.CharField(max_length=CODE)
    period = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=ClosingState)
    by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("closing of a period")
        verbose_name_plural = _("closings of periods")
        constraints = [models.UniqueConstraint(fields=["posting", "line"], name="closing_posting_line")]
        indexes = [models.Index(fields=["book", "until"], name="closing_until")]

    def __str__(self) -> str:
        return f"{self.report} {self.period} {self.state}"


class LateEntry(models.Model):
    """A fact that came into a period after it was closed, with the reason that a person gave."""

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="late")
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="late")
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("late entry")
        verbose_name_plural = _("late entries")
        constraints = [models.UniqueConstraint(fields=["fact", "closing"], name="late_fact_closing")]

    def __str__(self) -> str:
        return self.reason
