"""Writes of papers and templates, and printing."""

from bonphuong.papers.rules import split_reference
from bonphuong.papers.services.filing import (
    FiledPaper,
    PaperNote,
    add_file,
    change_paper,
    file_paper,
    note_papers,
    number_paper,
    read_file,
    remove_notes,
)
from bonphuong.papers.services.printing import PrintedPaper, print_paper, shipped_template, template_file
from bonphuong.papers.services.templates import add_template, end_template

__all__ = [
    "FiledPaper",
    "PaperNote",
    "PrintedPaper",
    "add_file",
    "add_template",
    "change_paper",
    "end_template",
    "file_paper",
    "note_papers",
    "number_paper",
    "print_paper",
    "read_file",
    "remove_notes",
    "shipped_template",
    "split_reference",
    "template_file",
]
