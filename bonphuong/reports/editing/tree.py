"""Reading and changing a place of a definition's content by its path; the content itself is never changed in place."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput
from bonphuong.reports.editing.conditions import condition_of

if TYPE_CHECKING:
    from bonphuong.reports.editing.conditions import Choice

Content = dict[str, Any]


def steps_of(path: str) -> list[str | int]:
    """The parts of a path; numbers are places in a list."""
    return [int(part) if part.isdigit() else part for part in path.split(".") if part]


def at(content: Any, path: str) -> Any:
    """What stands there. Raises BadInput where there is no such place."""
    for step in steps_of(path):
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError) as error:
            raise BadInput({"": [_("This place is not in the form any more.")]}) from error
    return content


def put(content: Content, path: str, value: Any) -> Content:
    """The content with something else there."""
    found = copy.deepcopy(content)
    holder, last = _holder(found, path)
    _check_place(holder, last)
    holder[last] = value
    return found


def taken_out(content: Content, path: str) -> Content:
    """The content without what stands there."""
    found = copy.deepcopy(content)
    holder, last = _holder(found, path)
    at(holder, str(last))
    del holder[last]
    return found


def moved(content: Content, path: str, by: int) -> Content:
    """The content with a member of a list some places further; at an end it stays."""
    found = copy.deepcopy(content)
    holder, last = _holder(found, path)
    if not isinstance(holder, list) or not isinstance(last, int) or not 0 <= last < len(holder):
        raise BadInput({"": [_("This place is not in the form any more.")]})
    item = holder.pop(last)
    holder.insert(min(max(last + by, 0), len(holder)), item)
    return found


def added(content: Content, path: str, value: Any, *, after: int | None = None) -> Content:
    """The content with a new member of a list: after the one of that number, else at its end."""
    found = copy.deepcopy(content)
    holder = at(found, path)
    if not isinstance(holder, list):
        raise BadInput({"": [_("This place is not in the form any more.")]})
    holder.insert(len(holder) if after is None else after + 1, value)
    return found


def _holder(content: Content, path: str) -> tuple[Any, str | int]:
    """What holds a place, and the last step to it."""
    steps = steps_of(path)
    if not steps:
        raise BadInput({"": [_("This place is not in the form any more.")]})
    return at(content, ".".join(str(step) for step in steps[:-1])), steps[-1]


def _check_place(holder: Any, last: str | int) -> None:
    is_there = isinstance(holder, dict) or (
        isinstance(holder, list) and isinstance(last, int) and last < len(holder)
    )
    if not is_there:
        raise BadInput({"": [_("This place is not in the form any more.")]})


def with_condition(node: Any, choice: Choice) -> Any:
    """A piece under another condition: text alone becomes text with one, and the other way round."""
    when = condition_of(choice)
    if isinstance(node, Mapping):
        rest = {key: value for key, value in node.items() if key != "when"}
        if when is None:
            return rest["say"] if set(rest) == {"say"} and isinstance(rest["say"], str) else rest
        return {"when": when, **rest}
    return node if when is None else {"when": when, "say": node}
