"""A frozen briefing book as Word and PDF, from its content alone: the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bonphuong.kernel import pdf
from bonphuong.kernel.word import Letterhead, OfficialDocument, TableColumn, TableRow, Text
from bonphuong.reports.rendering.forms import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LOCALES = {"vi": "vi-VN", "en": "en-US"}


def book_docx(content: Mapping[str, Any]) -> bytes:
    """The book as a Word document in the official layout."""
    document = OfficialDocument(
        title=content["title"],
        creator=content["head"]["issuer"].replace("\n", " "),
        created=dt.datetime.fromisoformat(content["created"]),
        form=form_of(content["language"]),
        language=_LOCALES.get(content["language"], "vi-VN"),
        mark=content["mark"],
    )
    document.letterhead(Letterhead(**content["head"]))
    document.title(content["kind"], content["about"])
    for line in content["facts"]:
        document.centred(Text(line, italic=True, size=12))
    for section in content["sections"]:
        document.heading(f"{section['number']}. {section['title']}", level=1)
        for block in section["blocks"]:
            _write(document, block)
    return document.save()


def _write(document: OfficialDocument, block: Mapping[str, Any]) -> None:
    match block["kind"]:
        case "heading":
            document.heading(block["text"], level=3)
        case "paragraph":
            document.paragraph(block["text"], italic=block["italic"])
        case "items":
            for item in block["items"]:
                document.paragraph(f"- {item}")
        case "fields":
            for label, value in block["rows"]:
                document.paragraph([Text(f"{label}: ", bold=True), value])
        case "table":
            _table(document, block)


def _table(document: OfficialDocument, block: Mapping[str, Any]) -> None:
    if block["caption"]:
        document.centred(Text(block["caption"], bold=True, size=12), keep_with_next=True)
    columns = [TableColumn(one["label"], one["width"], one["align"]) for one in block["columns"]]
    rows: list[TableRow | Sequence[str]] = [list(row) for row in block["rows"]]
    document.table(columns, rows)


def book_pdf(content: Mapping[str, Any]) -> bytes:
    """The book as PDF/A."""
    head = content["head"]
    return pdf.render_pdf(
        pdf.Document(
            title=content["title"],
            creator=head["issuer"].replace("\n", " "),
            created=dt.datetime.fromisoformat(content["created"]),
            kind=content["kind"],
            about=content["about"],
            blocks=list(_blocks(content)),
            head=pdf.Head(
                issuer=head["issuer"],
                parent=head["parent"],
                number=head["number"],
                place_date=head["place_date"],
            ),
            language=content["language"],
            mark=content["mark"],
            form=form_of(content["language"]),
        )
    )


def _blocks(content: Mapping[str, Any]) -> Iterator[pdf.Block]:
    for line in content["facts"]:
        yield pdf.Paragraph(line, italic=True, centred=True)
    for section in content["sections"]:
        yield pdf.Heading(f"{section['number']}. {section['title']}")
        for block in section["blocks"]:
            match block["kind"]:
                case "heading":
                    yield pdf.Heading(block["text"], level=3)
                case "paragraph":
                    yield pdf.Paragraph(block["text"], italic=block["italic"])
                case "items":
                    yield pdf.Items(block["items"])
                case "fields":
                    for label, value in block["rows"]:
                        yield pdf.Paragraph([pdf.Run(f"{label}: ", bold=True), value])
                case "table":
                    columns = [
                        pdf.Column(one["label"], one["width"], one["align"]) for one in block["columns"]
                    ]
                    yield pdf.Table(columns, block["rows"], block["caption"])
