"""What is done with a sheet: staged, mapped, checked, entered, taken back, forgotten."""

from bonphuong.intake.schema import preview_json
from bonphuong.intake.services.checking import dry_run, preview_of, set_mapping
from bonphuong.intake.services.choosing import choose_twins
from bonphuong.intake.services.forgetting import forget_old_batches
from bonphuong.intake.services.posting import post_batch
from bonphuong.intake.services.returning import bad_rows_file
from bonphuong.intake.services.staging import stage_file, stage_text
from bonphuong.intake.services.undoing import undo_batch

__all__ = [
    "bad_rows_file",
    "choose_twins",
    "dry_run",
    "forget_old_batches",
    "post_batch",
    "preview_json",
    "preview_of",
    "set_mapping",
    "stage_file",
    "stage_text",
    "undo_batch",
]
