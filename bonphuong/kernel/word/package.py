"""The parts of a .docx file around its body: styles, headers, properties, the list of figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bonphuong.kernel.archives import pack
from bonphuong.kernel.word.runs import attribute, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.kernel.word.layout import OfficialForm

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/relationships"'
)
# The list of figures is known by this name, whatever the file is called.
FIGURES = "urn:bonphuong:figures:1"
# The name that the format gives to properties of a file's own, and the first number that they may bear.
_OWN_PROPERTIES, _FIRST_PROPERTY = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2
_FIGURES_ID = "{6B0E4C6E-3D0B-4B53-9E58-5F0B0B0A30D1}"


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One line of the list of figures."""

    tag: str
    text: str
    code: str
    period: str
    as_of: str
    digest: str
    evidence: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. Times are given, never taken from the clock.

    `mark` stands at the foot of every page: a draft, an illustration. `stamps` are properties of our own, for programs.
    """

    title: str
    creator: str
    created: dt.datetime
    language: str = "vi-VN"
    mark: str = ""
    stamps: Mapping[str, str] = field(default_factory=dict)


def build_package(
    *,
    body: str,
    form: OfficialForm,
    properties: Properties,
    figures: Sequence[FigureEntry] = (),
    links: Mapping[str, str] | None = None,
) -> bytes:
    """A .docx file: `body` is the content of w:body, `links` maps relationship ids to web addresses."""
    stamped = bool(properties.stamps)
    listed = stamped or bool(figures)
    parts = {
        "[Content_Types].xml": _content_types(with_figures=listed, stamped=stamped),
        "_rels/.rels": _package_relations(stamped=stamped),
        "docProps/app.xml": f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties"/>',
        "docProps/core.xml": _core(properties),
        "word/document.xml": f"{_XML}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relations(links or {}, with_figures=listed),
        "word/styles.xml": styles(form, properties.language),
        "word/settings.xml": _settings(properties.language),
        "word/fontTable.xml": _fonts(form),
        "word/header1.xml": _header(_PAGE_FIELD),
        "word/header2.xml": _header(""),
        "word/footer1.xml": _footer(properties.mark),
    }
    if stamped:
        parts["docProps/custom.xml"] = _stamps(properties.stamps)
    if listed:
        parts["customXml/item1.xml"] = _figure_list(figures, properties.stamps)
        parts["customXml/itemProps1.xml"] = _figure_list_properties()
        parts["customXml/_rels/item1.xml.rels"] = _relations(
            [("rId1", f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml", "")]
        )
    return pack({name: content.encode() for name, content in parts.items()}, properties.created)


def _content_types(*, with_figures: bool, stamped: bool) -> str:
    overrides = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_WORD_TYPE}.styles+xml",
        "/word/settings.xml": f"{_WORD_TYPE}.settings+xml",
        "/word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
        "/word/header1.xml": f"{_WORD_TYPE}.header+xml",
        "/word/header2.xml": f"{_WORD_TYPE}.header+xml",
        "/word/footer1.xml": f"{_WORD_TYPE}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    if stamped:
        overrides["/docProps/custom.xml"] = (
            "application/vnd.openxmlformats-officedocument.custom-properties+xml"
        )
    if with_figures:
        overrides["/customXml/itemProps1.xml"] = (
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        )
    lines = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def _relations(relations: Sequence[tuple[str, str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{identifier}" Type="{kind}" Target={attribute(target)}{mode}/>'
        for identifier, kind, target, mode in relations
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _package_relations(*, stamped: bool) -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    relations = [
        ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml", ""),
        ("rId2", core, "docProps/core.xml", ""),
        ("rId3", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml", ""),
    ]
    if stamped:
        relations.append(("rId4", f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml", ""))
    return _relations(relations)


def _document_relations(links: Mapping[str, str], *, with_figures: bool) -> str:
    base = f"{_OFFICE}/relationships"
    relations = [
        ("rId1", f"{base}/styles", "styles.xml", ""),
        ("rId2", f"{base}/settings", "settings.xml", ""),
        ("rId3", f"{base}/fontTable", "fontTable.xml", ""),
        ("rId4", f"{base}/header", "header1.xml", ""),
        ("rId5", f"{base}/header", "header2.xml", ""),
        ("rId7", f"{base}/footer", "footer1.xml", ""),
    ]
    if with_figures:
        relations.append(("rId6", f"{base}/customXml", "../customXml/item1.xml", ""))
    relations += [
        (key, f"{base}/hyperlink", address, ' TargetMode="External"') for key, address in links.items()
    ]
    return _relations(relations)


def _core(given: Properties) -> str:
    moment = given.created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    creator = escape(clean(given.creator))
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(given.title))}</dc:title><dc:creator>{creator}</dc:creator>"
        f"<cp:lastModifiedBy>{creator}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        f"<dc:language>{given.language}</dc:language></cp:coreProperties>"
    )


def _settings(language: str) -> str:
    compat = "http://schemas.microsoft.com/office/word"
    return (
        f'{_XML}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{compat}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def _fonts(form: OfficialForm) -> str:
    return (
        f'{_XML}<w:fonts {NAMESPACES}><w:font w:name={attribute(form.font)}><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


_PAGE_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _header(content: str) -> str:
    return f'{_XML}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{content}</w:p></w:hdr>'


def _footer(mark: str) -> str:
    text = f"<w:r><w:rPr>{_ITALIC}{_size(10)}</w:rPr><w:t>{escape(clean(mark))}</w:t></w:r>" if mark else ""
    return f'{_XML}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{text}</w:p></w:ftr>'


def _stamps(stamps: Mapping[str, str]) -> str:
    lines = "".join(
        f'<property fmtid="{_OWN_PROPERTIES}" pid="{number}" name={attribute(name)}>'
        f"<vt:lpwstr>{escape(clean(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(stamps.items(), start=_FIRST_PROPERTY)
    )
    return f'{_XML}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{lines}</Properties>'


def _figure_list(figures: Sequence[FigureEntry], stamps: Mapping[str, str]) -> str:
    lines = "".join(
        f"<figure tag={attribute(f.tag)} name={attribute(f.name)} code={attribute(f.code)} period={attribute(f.period)} "
        f"as-of={attribute(f.as_of)} evidence={attribute(f.evidence)} digest={attribute(f.digest)}>"
        f"{escape(clean(f.text))}</figure>"
        for f in figures
    )
    own = "".join(f" {name}={attribute(value)}" for name, value in stamps.items())
    return f'{_XML}<figures xmlns="{FIGURES}"{own}>{lines}</figures>'


def _figure_list_properties() -> str:
    return (
        f'{_XML}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_FIGURES_ID}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{FIGURES}"/></ds:schemaRefs></ds:datastoreItem>'
    )


# --- styles ----------------------------------------------------------------------------------------------


def styles(form: OfficialForm, language: str) -> str:
    """All styles of an official document, so that a person who edits it in Word stays within the form."""
    font = attribute(form.font)
    fonts = f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
    indent = f'<w:ind w:firstLine="{round(form.indent * 1440 / 25.4)}"/>'
    spacing = f'<w:spacing w:before="0" w:after="{round(form.spacing * 20)}" w:line="{round(form.line * 240)}" w:lineRule="auto"/>'
    heading = f"<w:keepNext/><w:keepLines/>{spacing}{indent}"
    listed = [
        _style("Normal", "Normal", run=_size(form.body), default=True),
        _style("BodyText", "Body Text", f'{spacing}{indent}<w:jc w:val="both"/>'),
        _style("Heading1", "heading 1", f'{heading}<w:jc w:val="both"/><w:outlineLvl w:val="0"/>', _BOLD),
        _style("Heading2", "heading 2", f'{heading}<w:jc w:val="both"/><w:outlineLvl w:val="1"/>', _BOLD),
        _style(
            "Heading3",
            "heading 3",
            f'{heading}<w:jc w:val="both"/><w:outlineLvl w:val="2"/>',
            _BOLD + _ITALIC,
        ),
        _style("Title", "Title", '<w:keepNext/><w:jc w:val="center"/>', _BOLD + _size(form.kind)),
        _style("Header", "header", '<w:jc w:val="center"/>', _size(form.page_number)),
        _style("Letterhead", "Letterhead", '<w:jc w:val="center"/>', _size(form.number)),
        _style("TableText", "Table Text", '<w:spacing w:before="20" w:after="20"/>', _size(form.table)),
        _style("Recipients", "Recipients", "", _size(form.recipients)),
        _style(
            "Signature", "Signature", '<w:keepNext/><w:jc w:val="center"/>', _BOLD + _size(form.signature)
        ),
        _style(
            "AnnexName",
            "Annex Name",
            '<w:keepNext/><w:jc w:val="center"/>',
            f"{_BOLD}<w:caps/>{_size(form.annex)}",
        ),
        _style("Annex", "Annex", '<w:keepNext/><w:jc w:val="center"/>', _BOLD + _size(form.annex)),
    ]
    return (
        f"{_XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(form.body)}"
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
        f"{''.join(listed)}{_TABLE_STYLE}</w:styles>"
    )


_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"
_TABLE_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="57" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _style(identifier: str, name: str, paragraph: str = "", run: str = "", *, default: bool = False) -> str:
    flag = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    if identifier.startswith(("Heading", "Title")):
        based += '<w:next w:val="BodyText"/>'
    return (
        f'<w:style w:type="paragraph"{flag} w:styleId="{identifier}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
