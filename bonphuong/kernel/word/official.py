"""The official document: letterhead, number, place and date, body, signature, annexes, figures with evidence.

Everything is written as the form in force asks (see `layout`). The same calls give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.word.layout import DECREE_30_2020, OfficialForm, Page, mm
from bonphuong.kernel.word.package import FigureEntry, Properties, build_package
from bonphuong.kernel.word.runs import (
    Anchor,
    Figure,
    Link,
    Run,
    Runs,
    Text,
    as_list,
    attribute,
    bookmark_name,
    properties,
    run_xml,
)
from bonphuong.kernel.word.tables import (
    CellStyle,
    Table,
    TableColumn,
    TableRow,
    cell_xml,
    row_xml,
    spread,
    table_xml,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

#: What an address begins with that a document may lead to.
WEB = ("https://", "http://", "mailto:")
# Widths of bold letters as shares of their size, near enough for the rule under a line of text.
_CAPITAL, _SMALL, _SPACE = 0.67, 0.48, 0.25
_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an official document. Line ends in `parent` and `issuer` are kept.

    `number` is whole ("Số: 12/BC-SNgV", or with room for the figure to be written by hand), `place_date` too
    ("Lai Châu, ngày 05 tháng 01 năm 2026"); `about` is the "V/v …" of an official letter.
    """

    issuer: str
    number: str
    place_date: str
    parent: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines above ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") and the name below the room for it."""

    lines: Sequence[str]
    name: str


class OfficialDocument:
    """Builds one document from top to bottom; `save` gives its bytes.

    `created` (aware) is written into the file: the caller decides what time that is. `mark` stands at the foot
    of every page: that it is a draft, or an illustration. `stamps` are properties for programs.
    """

    def __init__(
        self,
        *,
        title: str,
        creator: str,
        created: dt.datetime,
        form: OfficialForm = DECREE_30_2020,
        language: str = "vi-VN",
        mark: str = "",
        stamps: Mapping[str, str] | None = None,
    ) -> None:
        self.form = form
        self._properties = Properties(
            title=title, creator=creator, created=created, language=language, mark=mark, stamps=stamps or {}
        )
        self._page: Page = form.portrait
        # Each finished part of the body; the section that it stands in is closed by a paragraph.
        self._blocks: list[str] = []
        self._figures: list[FigureEntry] = []
        self._links: dict[str, str] = {}
        self._bookmarks = 0
        self._sections = 0

    # --- head --------------------------------------------------------------------------------------------

    def letterhead(self, head: Letterhead) -> None:
        """Two columns: who writes, and in whose name; below them the number, the place and the date."""
        form = self.form
        widths = spread(
            self._page.text_width, [form.issuer_column, self._page.text_width - form.issuer_column]
        )
        left = [self._head_line(head.parent, form.parent)] if head.parent else []
        left.append(self._head_line(head.issuer, form.issuer, bold=True))
        left.append(self._rule(head.issuer, form.issuer, form.issuer_column, share=0.5))
        right_width = self._page.text_width - form.issuer_column
        right = [
            self._head_line(form.national_name, form.national_name_size, bold=True),
            self._head_line(form.motto, form.motto_size, bold=True),
            self._rule(form.motto, form.motto_size, right_width),
        ]
        number = self._head_line(head.number, form.number)
        if head.about:
            number += self._head_line(head.about, form.about)
        date = self._head_line(head.place_date, form.place_date, italic=True)
        rows = [
            row_xml([_top("".join(left), widths[0]), _top("".join(right), widths[1])]),
            row_xml([_top(number, widths[0]), _top(date, widths[1])]),
        ]
        self._blocks += [table_xml(widths, rows, borders=False), self._gap(6)]

    def title(self, kind: str, abstract: str, *, anchor: str = "") -> None:
        """The name of the kind of document ("BÁO CÁO") and what it is about, with the rule below.

        `anchor` is a bookmark around the kind.
        """
        named: Runs = [Anchor(anchor, kind)] if anchor else kind
        self._blocks.append(self._styled("Title", named, '<w:spacing w:before="120"/>'))
        self._blocks.append(self._styled("Title", abstract))
        self._blocks.append(self._rule(abstract, self.form.abstract, self._page.text_width, share=0.4))
        self._blocks.append(self._gap(6))

    def addressees(self, names: Sequence[str]) -> None:
        """To whom the document is sent, below its title or, in a letter, below its head."""
        label = self.form.addressee_word
        if len(names) == 1:
            self._blocks.append(
                self._styled("Letterhead", f"{label} {names[0]}", _SPACED, size=self.form.body)
            )
            return
        indent = f'<w:spacing w:before="60" w:after="60"/><w:ind w:left="{mm(30)}"/>'
        for line in [label, *listed(names)]:
            self._blocks.append(self._paragraph_xml(line, indent))
        self._blocks.append(self._gap(6))

    # --- body --------------------------------------------------------------------------------------------

    def heading(self, text: Runs, level: int = 1) -> None:
        """A heading of level 1 ("I. …"), 2 ("1. …") or 3 ("a) …")."""
        self._blocks.append(self._styled(f"Heading{level}", text))

    def paragraph(self, runs: Runs, *, italic: bool = False, keep_with_next: bool = False) -> None:
        """A justified paragraph with its first line indented."""
        kept = "<w:keepNext/>" if keep_with_next else ""
        self._blocks.append(self._styled("BodyText", runs, kept, italic=italic))

    def centred(
        self, runs: Runs, *, bold: bool = False, italic: bool = False, keep_with_next: bool = False
    ) -> None:
        """A centred line, such as "QUYẾT ĐỊNH:", or the name of the table that follows."""
        more = f"<w:keepNext/>{_CENTRED}" if keep_with_next else _CENTRED
        self._blocks.append(self._styled("BodyText", runs, more, bold=bold, italic=italic))

    def table(
        self,
        columns: Sequence[TableColumn],
        rows: Sequence[TableRow | Sequence[Runs]],
        *,
        numbered: bool = False,
        kept: bool = False,
        size: float | None = None,
    ) -> None:
        """A table over the whole width; its head is repeated on each page, `numbered` adds (1) (2) (3).

        A `kept` one stands on one page as a whole; `size` in points is for one of many columns.
        """
        make = self._cell_paragraph
        table = Table(columns=columns, rows=rows, paragraph=make, numbered=numbered, kept=kept, size=size)
        self._blocks += [table.xml(self._page.text_width), self._gap(6)]

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self._blocks.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    # --- end ---------------------------------------------------------------------------------------------

    def signature(
        self, signature: Signature, recipients: Sequence[str] = (), *, verbatim: bool = False
    ) -> None:
        """Recipients on the left, the signature on the right, always together on one page.

        Recipients are listed with dashes and semicolons, unless `verbatim` (lines of a template).
        """
        form = self.form
        widths = spread(self._page.text_width, [1, 1])
        left = ""
        if recipients:
            head = properties(bold=True, italic=True, size=form.recipients_head)
            left = _p('<w:pStyle w:val="Recipients"/><w:keepNext/>', run_xml(form.recipients_word, head))
            for line in recipients if verbatim else listed(recipients):
                left += self._styled("Recipients", line, "<w:keepNext/>")
        right = "".join(self._styled("Signature", line) for line in signature.lines)
        right += "".join(self._styled("Signature", "") for _ in range(_SIGNING_LINES))
        right += self._styled("Signature", signature.name)
        row = row_xml([_top(left or "<w:p/>", widths[0]), _top(right, widths[1])])
        # The last words of the document stay with it: a signature alone on a page proves nothing.
        kept = f"{_BODY}<w:keepNext/>"
        if self._blocks and self._blocks[-1].startswith(_BODY) and not self._blocks[-1].startswith(kept):
            self._blocks[-1] = self._blocks[-1].replace(_BODY, kept, 1)
        self._blocks += [self._gap(6, kept=True), table_xml(widths, [row], borders=False)]

    def annex(
        self,
        name: str,
        *,
        number: str = "",
        reference: str = "",
        landscape: bool = False,
        labelled: bool = True,
    ) -> None:
        """Begin an annex on a new page: "Phụ lục I", its name in capitals, the line that ties it to the document.

        A list that goes out by itself begins with one that is not `labelled`.
        """
        if self._blocks:
            self._close_section()
        self._page = self.form.landscape if landscape else self.form.portrait
        if labelled:
            self._blocks.append(self._styled("Annex", f"{self.form.annex_word} {number}".strip()))
        self._blocks.append(self._styled("AnnexName", name))
        if reference:
            line = properties(italic=True, size=self.form.annex)
            self._blocks.append(
                _p('<w:pStyle w:val="Letterhead"/><w:keepNext/>', run_xml(f"({reference})", line))
            )
        rule = self._rule(name.upper(), self.form.annex, self._page.text_width, share=0.4)
        self._blocks += [rule, self._gap(6)]

    def save(self) -> bytes:
        """The finished .docx file."""
        self._drop_last_gap()
        last = "" if self._blocks and self._blocks[-1].startswith("<w:p>") else _p(_TINY, "")
        body = "".join([*self._blocks, last, _section(self._page, self.form, first=not self._sections)])
        return build_package(
            body=body,
            form=self.form,
            properties=self._properties,
            figures=self._figures,
            links=self._links,
        )

    @property
    def figures(self) -> Sequence[FigureEntry]:
        """The figures written so far, in order, each with the tag that it bears in the document."""
        return tuple(self._figures)

    # --- parts -------------------------------------------------------------------------------------------

    def _head_line(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> str:
        style = properties(bold=bold, italic=italic, size=size)
        return _p('<w:pStyle w:val="Letterhead"/>', run_xml(text, style))

    def _rule(self, text: str, size: float, width: float, *, share: float = 1.0) -> str:
        """A centred line under `text`, as long as its longest line (or a share of that), in `width` mm."""
        longest = max(_line_length(line, size) for line in text.split("\n"))
        length = min(longest, width) * share
        side = mm((width - length) / 2)
        line = (
            '<w:keepNext/><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
            '<w:spacing w:before="40" w:after="0" w:line="120" w:lineRule="exact"/>'
            f'<w:ind w:left="{side}" w:right="{side}"/>'
        )
        return _p(f'<w:pStyle w:val="Letterhead"/>{line}', "")

    def _gap(self, points: float, *, kept: bool = False) -> str:
        """Empty room; a paragraph must stand between two tables, or they become one."""
        keep = "<w:keepNext/>" if kept else ""
        return _p(
            f'{keep}<w:spacing w:before="0" w:after="0" w:line="{round(points * 20)}" w:lineRule="exact"/>',
            "",
        )

    def _styled(
        self,
        style: str,
        runs: Runs,
        more: str = "",
        *,
        bold: bool = False,
        italic: bool = False,
        size: float | None = None,
    ) -> str:
        inner = properties(bold=bold, italic=italic, size=size)
        return self._paragraph_xml(runs, f'<w:pStyle w:val="{style}"/>{more}', inner)

    def _cell_paragraph(self, runs: Runs, style: CellStyle) -> str:
        kept = "<w:keepNext/>" if style.kept else ""
        more = f'{kept}<w:jc w:val="{style.align}"/>'
        return self._styled("TableText", runs, more, bold=style.bold, italic=style.italic, size=style.size)

    def _paragraph_xml(self, runs: Runs, style: str, inner: str = "") -> str:
        return _p(style, "".join(self._run(run, inner) for run in as_list(runs)))

    def _run(self, run: Run, inner: str) -> str:
        if isinstance(run, str):
            return run_xml(run, inner) if run else ""
        if isinstance(run, Text):
            own = properties(bold=run.bold, italic=run.italic, underline=run.underline, size=run.size)
            return run_xml(run.text, own or inner)
        if isinstance(run, Figure):
            return self._figure(run, properties(bold=True) if run.bold else inner)
        if isinstance(run, Link):
            return self._link(run, properties(italic=True) if run.italic else inner)
        return self._bookmarked(bookmark_name(run.name), run_xml(run.text, inner) if run.text else "")

    def _figure(self, figure: Figure, inner: str) -> str:
        """Link, bookmark and tag at once: each survives a road on which the others are lost."""
        number = len(self._figures) + 1
        tag = f"f{number}"
        self._figures.append(
            FigureEntry(
                tag=tag,
                text=figure.text,
                code=figure.code,
                period=figure.period,
                as_of=figure.as_of,
                digest=figure.digest,
                evidence=bookmark_name(figure.evidence) if figure.evidence else "",
                name=figure.name,
            )
        )
        link = run_xml(figure.text, inner)
        if figure.evidence:
            link = f'<w:hyperlink w:anchor="{figure.evidence}" w:history="1">{link}</w:hyperlink>'
        control = (
            f'<w:sdt><w:sdtPr><w:alias w:val={attribute(figure.code)}/><w:tag w:val="{tag}"/>'
            f'<w:id w:val="{_FIRST_CONTROL + number}"/></w:sdtPr><w:sdtContent>{link}</w:sdtContent></w:sdt>'
        )
        return self._bookmarked(tag, control)

    def _link(self, link: Link, inner: str) -> str:
        text = run_xml(link.text, inner)
        if link.target.startswith("#"):
            return (
                f'<w:hyperlink w:anchor="{bookmark_name(link.target[1:])}" w:history="1">{text}</w:hyperlink>'
            )
        if not link.target.startswith(WEB):
            return text
        key = next((key for key, address in self._links.items() if address == link.target), "")
        if not key:
            key = f"rId{_FIRST_LINK + len(self._links)}"
            self._links[key] = link.target
        return f'<w:hyperlink r:id="{key}" w:history="1">{text}</w:hyperlink>'

    def _bookmarked(self, name: str, content: str) -> str:
        self._bookmarks += 1
        number = self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def _drop_last_gap(self) -> None:
        """Room below a table that fills its page would go to a page of its own."""
        if self._blocks and self._blocks[-1] == self._gap(6):
            self._blocks.pop()

    def _close_section(self) -> None:
        """End the section with a line that takes no room, for a table cannot end one."""
        section = _section(self._page, self.form, first=not self._sections)
        self._sections += 1
        self._drop_last_gap()
        self._blocks.append(_p(f"{_TINY}{section}", ""))


_SPACED = '<w:spacing w:before="120" w:after="240"/>'
# How a paragraph of the text begins.
_BODY = '<w:p><w:pPr><w:pStyle w:val="BodyText"/>'
_CENTRED = '<w:spacing w:before="120" w:after="120"/><w:ind w:firstLine="0"/><w:jc w:val="center"/>'
# A body and a section end with a paragraph, never with a table.
_TINY = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_SIGNING_LINES = 4
_FIRST_CONTROL = 10_000
_FIRST_LINK = 100


def _line_length(line: str, size: float) -> float:
    """About how long a bold line is, in millimetres."""
    shares = (_SPACE if letter == " " else _CAPITAL if letter.isupper() else _SMALL for letter in line)
    return sum(shares) * size / _POINTS_PER_MM


def _p(style: str, content: str) -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{content}</w:p>"


def listed(names: Sequence[str]) -> list[str]:
    """Names with dashes and semicolons, the last with a full stop."""
    last = len(names) - 1
    return [f"- {name.rstrip('.;')}{'.' if index == last else ';'}" for index, name in enumerate(names)]


def _top(content: str, width: int) -> str:
    return cell_xml(content, width, middle=False)


def _section(page: Page, form: OfficialForm, *, first: bool) -> str:
    """A section; the number of the very first page is not shown."""
    landscape = ' w:orient="landscape"' if page.width > page.height else ""
    own_first = "<w:titlePg/>" if first else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId7"/><w:footerReference w:type="first" r:id="rId7"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{mm(page.width)}" w:h="{mm(page.height)}"{landscape}/>'
        f'<w:pgMar w:top="{mm(page.top)}" w:right="{mm(page.right)}" w:bottom="{mm(page.bottom)}" '
        f'w:left="{mm(page.left)}" w:header="{mm(form.page_number_from_edge)}" w:footer="{mm(10)}" w:gutter="0"/>'
        f"{own_first}</w:sectPr>"
    )
