"""Word documents: official papers built from nothing, and templates that officers change, rendered safely."""

from bonphuong.kernel.archives import canonical_zip
from bonphuong.kernel.word.layout import DECREE_30_2020, OfficialForm, Page
from bonphuong.kernel.word.official import Letterhead, OfficialDocument, Signature
from bonphuong.kernel.word.package import FIGURES, FigureEntry
from bonphuong.kernel.word.runs import Anchor, Figure, Link, Run, Runs, Text
from bonphuong.kernel.word.sandbox import TemplateError
from bonphuong.kernel.word.tables import TableColumn, TableRow
from bonphuong.kernel.word.templates import TemplateProblem, placeholders, render_template, validate_template

__all__ = [
    "DECREE_30_2020",
    "FIGURES",
    "Anchor",
    "Figure",
    "FigureEntry",
    "Letterhead",
    "Link",
    "OfficialDocument",
    "OfficialForm",
    "Page",
    "Run",
    "Runs",
    "Signature",
    "TableColumn",
    "TableRow",
    "TemplateError",
    "TemplateProblem",
    "Text",
    "canonical_zip",
    "placeholders",
    "render_template",
    "validate_template",
]
