"""Word templates that officers change themselves, rendered in a sandbox over plain values."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jinja2
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from bonphuong.kernel.archives import MEGABYTE, ArchiveLimits, canonical_zip, open_archive
from bonphuong.kernel.word.sandbox import TemplateError, TemplateSandbox, check, parse_error, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_TEMPLATE_BYTES = 5 * MEGABYTE
_LIMITS = ArchiveLimits(parts=400, unpacked=40 * MEGABYTE, ratio=300, ratio_from=10 * MEGABYTE)
_MAX_TAGS = 4_000
_MAX_TAG_LENGTH = 4_000
_TAG = re.compile(r"\{[{%#]")
_RAW_TAG = re.compile(r"\{\{(?:r|p|tr|tc)\s")
_TAG_END = re.compile(r"[}%#]\}")
# Fields that fetch or run something when the document is opened.
_ACTIVE_FIELDS = re.compile(
    r"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|AUTOTEXT)\b"
)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORBIDDEN_PARTS = ("word/embeddings/", "word/activex/")
_MAX_TEXT_PART = 4 * MEGABYTE
_TEXT_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml")


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One thing that is wrong with a template; `name` is the placeholder concerned, if any."""

    message: str
    name: str = ""


def render_template(template: bytes, context: Mapping[str, object], *, created: dt.datetime) -> bytes:
    """The .docx file that `template` gives for `context`; the same bytes for the same input.

    `context` holds mappings, lists, text, numbers and days only. `created` (aware) goes into the file. Raises
    `TemplateError` (or `ArchiveError`) with a message that names the placeholder, and never a half paper.
    """
    _inspect(template)
    values: dict[str, Any] = plain(context)
    document = DocxTemplate(io.BytesIO(template))
    target = io.BytesIO()
    try:
        document.render(values, jinja_env=TemplateSandbox(), autoescape=True)
        properties = document.docx.core_properties
        properties.created = properties.modified = created.astimezone(dt.UTC).replace(tzinfo=None)
        properties.revision = 1
        document.save(target)
    except jinja2.TemplateSyntaxError as error:
        raise parse_error(error) from error
    except (jinja2.TemplateError, etree.XMLSyntaxError, PackageNotFoundError) as error:
        raise TemplateError(_("The template cannot be used: {reason}.").format(reason=error)) from error
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # What Word and the library make of a damaged document surfaces in many shapes.
        raise _damaged() from error
    return canonical_zip(target.getvalue(), created)


def placeholders(template: bytes) -> set[str]:
    """Names that the template asks for, dotted for entries of mappings, `members[]` for entries of a list.

    Raises `TemplateError` where it is written wrongly.
    """
    found: set[str] = set()
    _inspect(template)
    for tree in _trees(template):
        found |= _names(tree.body, {})
    return found


def validate_template(
    template: bytes, sample: Mapping[str, object], *, created: dt.datetime
) -> list[TemplateProblem]:
    """All that is wrong with a template for content like `sample`: unknown names first, then a trial printing.

    A list in `sample` needs one entry, so that the names inside a repetition are known. Empty when all is well.
    """
    try:
        known = set(_known(plain(sample)))
        unknown = sorted(name for name in placeholders(template) if name not in known)
        if unknown:
            message = _("The template asks for “{name}”, which this paper does not have.")
            return [TemplateProblem(message.format(name=_short(name)), _short(name)) for name in unknown]
        render_template(template, sample, created=created)
    except TemplateError as error:
        return [TemplateProblem(error.message)]
    return []


def _short(name: str) -> str:
    return name.replace("[]", "")


def _known(value: Any, prefix: str = "") -> Iterator[str]:
    if prefix:
        yield prefix
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _known(item, f"{prefix}.{key}" if prefix else key)
    elif isinstance(value, list) and value:
        yield from _known(value[0], f"{prefix}[]")


def _inspect(template: bytes) -> None:
    """Refuse what is no plain Word document before anything interprets it."""
    if len(template) > MAX_TEMPLATE_BYTES:
        message = _("The template is larger than {limit} MB.")
        raise TemplateError(message.format(limit=MAX_TEMPLATE_BYTES // MEGABYTE), code="template_limit")
    with open_archive(template, _LIMITS) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise _damaged()
        if any(n.lower().endswith("vbaproject.bin") or n.lower().startswith(_FORBIDDEN_PARTS) for n in names):
            raise TemplateError(
                _("The template contains macros or embedded objects."), code="template_macros"
            )
        for name in names:
            if name.endswith((".xml", ".rels")):
                _inspect_part(name, _read(archive, name))


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _damaged() from error


def _inspect_part(name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise _damaged()
    if _TEXT_PARTS.fullmatch(name) and len(content) > _MAX_TEXT_PART:
        raise TemplateError(_("The template has too much text."), code="template_limit")
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise _damaged() from error
    if name.endswith(".rels"):
        _inspect_relations(root)
    elif _TEXT_PARTS.fullmatch(name):
        _inspect_fields(root)
        _inspect_tags("".join(str(text) for text in root.itertext()))


def _inspect_relations(root: etree._Element) -> None:
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
            message = _("The template fetches something from elsewhere (a picture, a sheet or a template).")
            raise TemplateError(message, code="template_external")


def _inspect_fields(root: etree._Element) -> None:
    # A code may be cut into several runs: it is read as Word puts it together again.
    codes = "".join(node.text or "" for node in root.iter(f"{_WORD}instrText"))
    codes += " ".join(node.get(f"{_WORD}instr", "") for node in root.iter(f"{_WORD}fldSimple"))
    if _ACTIVE_FIELDS.search(codes.upper()):
        raise TemplateError(
            _("The template has a field that fetches or runs something."), code="template_field"
        )


def _inspect_tags(text: str) -> None:
    """Bound what the library's patterns walk through: an open tag without end is walked again and again."""
    starts = [match.start() for match in _TAG.finditer(text)]
    if len(starts) > _MAX_TAGS:
        raise TemplateError(_("The template has too many placeholders."), code="template_limit")
    for start in starts:
        end = _TAG_END.search(text, start + 2, start + _MAX_TAG_LENGTH)
        where = text[start : start + 60].strip()
        if end is None:
            message = _("A placeholder is not closed near “{where}”.")
            raise TemplateError(message.format(where=where), code="template_syntax")
        if _RAW_TAG.match(text, start):
            message = _("“{where}” would put raw Word code into the paper; write it without the letter.")
            raise TemplateError(message.format(where=where), code="template_forbidden")


def _damaged() -> TemplateError:
    return TemplateError(_("The template is damaged or not a Word document (.docx)."))


def _trees(template: bytes) -> Iterator[nodes.Template]:
    """What the template's body, headers, footers and properties say, as the library would read them."""
    document = DocxTemplate(io.BytesIO(template))
    environment = jinja2.Environment(autoescape=True)
    try:
        document.init_docx()
        sources = [document.patch_xml(document.get_xml())]
        for uri in (document.HEADER_URI, document.FOOTER_URI):
            sources += [
                document.patch_xml(document.get_part_xml(part))
                for _key, part in document.get_headers_footers(uri)
            ]
        for source in sources:
            tree = environment.parse(re.sub(r"<w:p([ >])", r"\n<w:p\1", source))
            check(tree)
            yield tree
    except jinja2.TemplateSyntaxError as error:
        raise parse_error(error) from error
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        PackageNotFoundError,
        etree.XMLSyntaxError,
    ) as error:
        raise _damaged() from error


def _names(body: list[nodes.Node] | list[Any], scope: Mapping[str, str]) -> set[str]:
    """Names used in `body`; `scope` maps the variables of enclosing loops to what they run over."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, nodes.For):
            found |= _expression_names(node.iter, scope)
            inner = dict(scope)
            if isinstance(node.target, nodes.Name):
                inner[node.target.name] = f"{_path(node.iter, scope)}[]"
            inner["loop"] = ""
            if node.test is not None:
                found |= _expression_names(node.test, inner)
            found |= _names(node.body, inner) | _names(node.else_, scope)
        elif isinstance(node, nodes.If):
            found |= _expression_names(node.test, scope)
            found |= _names(node.body, scope) | _names([*node.elif_, *node.else_], scope)
        else:
            found |= _expression_names(node, scope)
    return found


def _expression_names(node: nodes.Node, scope: Mapping[str, str]) -> set[str]:
    path = _path(node, scope)
    if path is not None:
        return {path} if path and not path.startswith(".") else set()
    found: set[str] = set()
    for child in node.iter_child_nodes():
        found |= _expression_names(child, scope)
    return found


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """The dotted name of an expression that is one; None for anything else."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, scope)
        return None if base is None else f"{base}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        base = _path(node.node, scope)
        key = "[]" if isinstance(node.arg.value, int) else f".{node.arg.value}"
        return None if base is None else f"{base}{key}"
    return None
