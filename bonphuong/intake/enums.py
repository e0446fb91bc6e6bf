"""Choices of what others send in, and the verbs of the trail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchStatus(models.TextChoices):
    """How far a sheet has come. `POSTING` was begun and not finished: posting again goes on where it stopped."""

    STAGED = "staged", pgettext_lazy("batch", "waiting")
    POSTING = "posting", pgettext_lazy("batch", "entered in part")
    POSTED = "posted", pgettext_lazy("batch", "entered")
    UNDONE = "undone", pgettext_lazy("batch", "taken back")


class RowStatus(models.TextChoices):
    """What became of a row of a sheet."""

    NEW = "new", pgettext_lazy("row", "not judged yet")
    GOOD = "good", pgettext_lazy("row", "good")
    BAD = "bad", pgettext_lazy("row", "with errors")
    SKIPPED = "skipped", pgettext_lazy("row", "no record")
    TWIN = "twin", pgettext_lazy("row", "entered already")
    SAME = "same", pgettext_lazy("row", "unchanged")
    POSTED = "posted", pgettext_lazy("row", "entered")
    UNDONE = "undone", pgettext_lazy("row", "taken back")


class TwinChoice(models.TextChoices):
    """What a person says of a row that seems to be entered already."""

    TAKE = "take", pgettext_lazy("row", "it is another one: enter it")
    SKIP = "skip", pgettext_lazy("row", "leave it out")
    MERGE = "merge", pgettext_lazy("row", "add to the record what it lacks")


class RowPart(models.TextChoices):
    """What a row is in its table, as `kernel.sheets.RowKind` tells."""

    DATA = "data", pgettext_lazy("row", "record")
    HEADER = "header", pgettext_lazy("row", "head of the table, repeated")
    NOTE = "note", pgettext_lazy("row", "note or signature below the table")
    NUMBERING = "numbering", pgettext_lazy("row", "numbers of columns")
    SECTION = "section", pgettext_lazy("row", "heading within the table")
    TOTALS = "totals", pgettext_lazy("row", "totals")


class MatchedBy(models.TextChoices):
    """By what a heading was taken for a column."""

    GIVEN = "given", pgettext_lazy("heading", "chosen by a person")
    REMEMBERED = "remembered", pgettext_lazy("heading", "as the last time")
    NAME = "name", pgettext_lazy("heading", "by its name")
    ALIAS = "alias", pgettext_lazy("heading", "by another name")
    ORDINAL = "ordinal", pgettext_lazy("heading", "running number")
    NONE = "none", pgettext_lazy("heading", "left out")


VERBS = {
    "intake.batch.stage": _("loaded a sheet"),
    "intake.batch.check": _("checked a sheet"),
    "intake.batch.map": _("said what the columns of a sheet are"),
    "intake.batch.choose": _("said of rows of a sheet what they are"),
    "intake.batch.post": _("entered the rows of a sheet"),
    "intake.batch.undo": _("took the rows of a sheet back"),
    "system.intake.forget": _("forgot the rows of old sheets"),
}
