"""Briefing books: what to know of a partner before a meeting, gathered, frozen, set in Word and PDF."""

from bonphuong.reports.briefing.composing import compose_book
from bonphuong.reports.briefing.ground import Wanted, gather_book
from bonphuong.reports.briefing.rendering import book_docx, book_pdf

__all__ = ["Wanted", "book_docx", "book_pdf", "compose_book", "gather_book"]
