"""Definitions of reports, editions with their review and their way out, briefing books."""

from bonphuong.reports.models.briefings import BriefingBook, BriefingQuerySet
from bonphuong.reports.models.editions import (
    DraftEstimate,
    DraftText,
    Edition,
    EditionContent,
    EditionQuerySet,
    ReportDefinition,
)
from bonphuong.reports.models.owning import FormDraft, FormDraftQuerySet
from bonphuong.reports.models.reviews import CommentReply, Review, ReviewComment, ReviewQuerySet
from bonphuong.reports.models.sendings import EditionFile, Sending

__all__ = [
    "BriefingBook",
    "BriefingQuerySet",
    "CommentReply",
    "DraftEstimate",
    "DraftText",
    "Edition",
    "EditionContent",
    "EditionFile",
    "EditionQuerySet",
    "FormDraft",
    "FormDraftQuerySet",
    "ReportDefinition",
    "Review",
    "ReviewComment",
    "ReviewQuerySet",
    "Sending",
]
