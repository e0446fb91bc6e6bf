"""The one validating gate of delegations: forms, sheets, the reader and the API wrap it."""

from bonphuong.families.delegations.schema.drafts import DelegationDraft, MemberDraft
from bonphuong.families.delegations.schema.gate import clean_many
from bonphuong.families.delegations.schema.stored import PLAIN_FIELDS, draft_from, stored_drafts
from bonphuong.kit.places import PlaceDraft

__all__ = [
    "PLAIN_FIELDS",
    "DelegationDraft",
    "MemberDraft",
    "PlaceDraft",
    "clean_many",
    "draft_from",
    "stored_drafts",
]
