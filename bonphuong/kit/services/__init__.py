"""Writes of families made of the kit: the same for all, each inside one act of the trail."""

from bonphuong.kit.services.correcting import change, correct, save_lines, update_many, void
from bonphuong.kit.services.entering import create, create_many, undo_many
from bonphuong.kit.services.merging import merge, unmerge
from bonphuong.kit.services.moving import take_step
from bonphuong.kit.services.posting import post
from bonphuong.kit.services.reading import reveal

__all__ = [
    "change",
    "correct",
    "create",
    "create_many",
    "merge",
    "post",
    "reveal",
    "save_lines",
    "take_step",
    "undo_many",
    "unmerge",
    "update_many",
    "void",
]
