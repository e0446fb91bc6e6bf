"""PDF: official documents set from plain blocks, with fonts that travel with the product."""

from bonphuong.kernel.pdf.document import (
    Annex,
    Block,
    Break,
    Column,
    Document,
    Head,
    Heading,
    Items,
    Paragraph,
    Run,
    Signed,
    Table,
    render_pdf,
)
from bonphuong.kernel.pdf.official import OfficialPdf

__all__ = [
    "Annex",
    "Block",
    "Break",
    "Column",
    "Document",
    "Head",
    "Heading",
    "Items",
    "OfficialPdf",
    "Paragraph",
    "Run",
    "Signed",
    "Table",
    "render_pdf",
]
