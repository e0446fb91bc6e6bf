"""The one validating gate of delegations: forms, sheets, the reader and the API wrap it."""

from bonphuong.families.delegations.schema.drafts import DelegationDraft, MemberDraft, PlaceDraft
from bonphuong.families.delegations.schema.gate import clean_many

__all__ = ["DelegationDraft", "MemberDraft", "PlaceDraft", "clean_many"]
