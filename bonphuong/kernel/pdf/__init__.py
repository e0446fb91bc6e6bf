"""PDF: official documents set from plain blocks, with fonts that travel with the product."""

from bonphuong.kernel.pdf.document import (
    Block,
    Break,
    Column,
    Document,
    Head,
    Heading,
    Items,
    Paragraph,
    Run,
    Table,
    render_pdf,
)

__all__ = [
    "Block",
    "Break",
    "Column",
    "Document",
    "Head",
    "Heading",
    "Items",
    "Paragraph",
    "Run",
    "Table",
    "render_pdf",
]
