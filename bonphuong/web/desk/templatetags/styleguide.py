"""A specimen: a part of the pages as it looks, and the markup that it is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.text import slugify

if TYPE_CHECKING:
    from django.template import Context, NodeList
    from django.template.base import FilterExpression, Parser, Token

register = template.Library()
_ICON = re.compile(r'<svg class="(icon[^"]*)"[^>]*>.*?</svg>', re.DOTALL)


class Specimen(template.Node):
    """Draws what stands inside, then shows its markup: the very same text, so that the two cannot differ."""

    def __init__(self, name: FilterExpression, when: FilterExpression, inside: NodeList) -> None:
        self.name, self.when, self.inside = name, when, inside

    def render(self, context: Context) -> str:
        drawn = self.inside.render(context)
        name = str(self.name.resolve(context))
        return render_to_string(
            "desk/styleguide/specimen.html",
            {
                "name": name,
                "slug": f"part-{slugify(name.replace('đ', 'd').replace('Đ', 'D'))}",
                "when": self.when.resolve(context),
                # Drawn by the template engine a line above, which has escaped what needs it.
                "drawn": mark_safe(drawn),  # noqa: S308 - see above
                "markup": tidy(drawn),
            },
        )


@register.tag
def specimen(parser: Parser, token: Token) -> Specimen:
    """`{% specimen name when %} … {% endspecimen %}`: both are names of translated texts."""
    try:
        _tag, name, when = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("specimen takes a name and when to use it") from None
    inside = parser.parse(("endspecimen",))
    parser.delete_first_token()
    return Specimen(parser.compile_filter(name), parser.compile_filter(when), inside)


def tidy(markup: str) -> str:
    """Markup for reading: an icon as its tag, one line for each element, no empty lines."""
    text = _ICON.sub(r"{% icon … %}", markup)
    text = re.sub(r"\s+", " ", text).replace("> <", ">\n<")
    return text.strip()
