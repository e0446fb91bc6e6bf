"""The small language of Word templates: names, conditions, loops over given lists, a few filters. No code.

Jinja's own sandbox is the second wall; the first is a closed list of what a template may consist of. A
template cannot call, assign, multiply, import, or reach an attribute; a loop draws on a budget.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

import jinja2
from django.utils.translation import gettext as _
from jinja2 import nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bonphuong.kernel.dates import format_date, long_date
from bonphuong.kernel.errors import ProductError
from bonphuong.kernel.numbers import format_number
from bonphuong.kernel.word.runs import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_TURNS = 100_000
MAX_DEPTH = 6
MAX_OUTPUT = 10_000_000
_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Test,
    nodes.Concat,
)
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_TESTS = ("defined", "undefined", "none", "equalto", "eq", "ne", "lt", "le", "gt", "ge", "even", "odd", "in")
_FILTERS = ("default", "first", "last", "join", "length")


class TemplateError(ProductError):
    """A template that cannot be used as it is; the message says what to change in it."""

    code = "template"


def plain(value: object, depth: int = 0) -> Any:
    """`value` reduced to mappings, lists, text, numbers, days and truth values; TypeError for anything else.

    Subclasses are reduced too, so that nothing reaches a template that knows more than its content.
    """
    if depth > MAX_DEPTH:
        raise TypeError("the content of a template is nested too deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean(str.__str__(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return Decimal(value)
    if isinstance(value, dt.date):
        return dt.date(value.year, value.month, value.day)
    if isinstance(value, Mapping):
        return {str.__str__(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, depth + 1) for item in value]
    raise TypeError(f"a template takes plain values only, not {type(value).__name__}")


class _Missing(jinja2.Undefined):
    """A name that the content does not have: an error that names it, not a hole in an official paper."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        message = _("The template asks for “{name}”, which this paper does not have.")
        raise TemplateError(message.format(name=self._undefined_name), code="template_unknown_name")

    __iter__ = __str__ = __len__ = __bool__ = _fail_with_undefined_error
    __eq__ = __ne__ = __hash__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _fail_with_undefined_error
    __getattr__ = __getitem__ = _fail_with_undefined_error


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """One environment for one rendering: the budget of its loops is its own."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Missing, finalize=_shown, cache_size=0)
        self.turns = 0
        self.globals = {}
        self.filters = {name: self.filters[name] for name in _FILTERS} | _OWN_FILTERS
        self.filters["_counted"] = self._counted
        self.tests = {name: self.tests[name] for name in _TESTS}

    def concat(self, pieces: Iterable[str]) -> str:
        """Join what a template gives, up to a limit: a repetition may hold megabytes."""
        found: list[str] = []
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > MAX_OUTPUT:
                raise TemplateError(
                    _("The template gives too long a paper; it was stopped."), code="template_limit"
                )
            found.append(piece)
        return "".join(found)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        check(tree)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
        return tree

    def _counted(self, items: Any) -> Iterator[Any]:
        """The items of a list that was given, each at the cost of one turn."""
        if isinstance(items, jinja2.Undefined):
            str(items)
        if not isinstance(items, list):
            raise TemplateError(_("The template repeats something that is not a list."))
        for item in items:
            self.turns += 1
            if self.turns > MAX_TURNS:
                raise TemplateError(
                    _("The template repeats too often; it was stopped."), code="template_limit"
                )
            yield item

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`a.b` is what stands under "b" in a mapping, and nothing else."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Entries of mappings, places of lists, a few words about the loop."""
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        if isinstance(obj, LoopContext) and argument in _LOOP:
            return getattr(obj, argument)
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002
        """Nothing is."""
        return False

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Nothing is."""
        return False


def check(tree: nodes.Template) -> None:
    """Refuse whatever is not on the closed list. Raises `TemplateError`."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, (*_NODES, nodes.Keyword)) or (isinstance(node, nodes.For) and node.recursive):
            message = _("Templates may show values, choose and repeat; “{what}” is not allowed.")
            what = type(node).__name__.lower()
            raise TemplateError(message.format(what=what), code="template_forbidden")


def parse_error(error: jinja2.TemplateSyntaxError) -> TemplateError:
    """The library's complaint about the form of a template, in our words."""
    where = " ".join(" ".join(getattr(error, "docx_context", ())).split())[:200]
    message = _("The template is written wrongly: {reason} Near: “{where}”.")
    return TemplateError(message.format(reason=error.message, where=where), code="template_syntax")


def _shown(value: Any) -> Any:
    """How values look where nothing else is said: days as 05/03/2026, decimals with a comma, nothing for None.

    Whole numbers stay as they are: a year is no sum. Sums take the filter `number`.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, (str, jinja2.Undefined)):
        return value
    raise TemplateError(_("The template shows a list as one value; repeat it instead."))


def _long_date(value: Any) -> str:
    if not isinstance(value, dt.date):
        raise TemplateError(_("“long_date” is for days only."))
    return long_date(value)


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TemplateError(_("“number” is for numbers only."))
    return format_number(value)


def _sentence_case(value: Any) -> str:
    """The first letter in capitals, the rest left alone (`capitalize` would spoil names)."""
    text = str(value)
    return text[:1].upper() + text[1:]


_OWN_FILTERS: dict[str, Callable[..., Any]] = {
    "long_date": _long_date,
    "lower": lambda value: str(value).lower(),
    "number": _number,
    "sentence_case": _sentence_case,
    "trim": lambda value: str(value).strip(),
    "upper": lambda value: str(value).upper(),
}
