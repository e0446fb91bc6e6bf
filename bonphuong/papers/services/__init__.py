"""Writes of papers."""

from bonphuong.papers.services.filing import PaperNote, note_papers, split_reference

__all__ = ["PaperNote", "note_papers", "split_reference"]
