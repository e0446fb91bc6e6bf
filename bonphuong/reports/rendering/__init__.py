"""What a frozen content looks like: Word, PDF, Excel, web page, JSON. Nothing here ever reads the database.

The same content gives the same bytes with one version of the product.
"""

from bonphuong.reports.rendering.docx import render_docx
from bonphuong.reports.rendering.html import evidence_html, narrative_html, page_html
from bonphuong.reports.rendering.pdf import render_pdf
from bonphuong.reports.rendering.plain import render_json
from bonphuong.reports.rendering.xlsx import render_xlsx

__all__ = [
    "evidence_html",
    "narrative_html",
    "page_html",
    "render_docx",
    "render_json",
    "render_pdf",
    "render_xlsx",
]
