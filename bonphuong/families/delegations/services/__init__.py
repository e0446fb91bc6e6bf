"""Writes of delegations."""

from bonphuong.families.delegations.services.correcting import (
    correct,
    draft_of,
    link_same_visit,
    merge,
    update_many,
    void,
)
from bonphuong.families.delegations.services.entering import create, create_many, undo_many
from bonphuong.families.delegations.services.moving import StepValues, take_step
from bonphuong.families.delegations.services.parting import unmerge
from bonphuong.families.delegations.services.reading import reveal_member

__all__ = [
    "StepValues",
    "correct",
    "create",
    "create_many",
    "draft_of",
    "link_same_visit",
    "merge",
    "reveal_member",
    "take_step",
    "undo_many",
    "unmerge",
    "update_many",
    "void",
]
