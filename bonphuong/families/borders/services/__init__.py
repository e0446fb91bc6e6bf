"""Writes of border work beside the steps and the kit's own: what follows from a write, acts, statements."""

from bonphuong.families.borders.services.acts import (
    drop_upgrade,
    note_check,
    pause_gate,
    refuse_operating,
    resume_gate,
    upgrade_again,
)
from bonphuong.families.borders.services.following import follow, undo_many
from bonphuong.families.borders.services.stating import restate

__all__ = [
    "drop_upgrade",
    "follow",
    "note_check",
    "pause_gate",
    "refuse_operating",
    "restate",
    "resume_gate",
    "undo_many",
    "upgrade_again",
]
