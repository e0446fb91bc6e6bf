"""Conditions between JSON and what a person chooses: a test, the figure it is about, what more it needs.

A condition that a form can show is one test, or several of which all or any must hold. What is nested deeper is told
in words and kept as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.reports.schema import FIGURE_TESTS, PART_TESTS, REPORT_TESTS

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL, ANY, NOT = "all", "any", "!"


@dataclass(frozen=True)
class Term:
    """One test of a condition: its name ("!" before it: it must not hold), the figure, what more it needs."""

    name: str
    figure: str = ""
    more: str = ""


@dataclass(frozen=True)
class Choice:
    """A condition as a form shows it: which of its tests must hold."""

    tests: tuple[Term, ...] = ()
    join: str = ALL


def chosen(condition: object) -> Choice | None:
    """The condition as choices; None where it is nested deeper than a form shows."""
    if condition is None:
        return Choice()
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return None
    [(name, value)] = condition.items()
    if name in (ALL, ANY):
        tests = [_test(part) for part in value] if isinstance(value, list) else [None]
        known = tuple(test for test in tests if test is not None)
        return Choice(known, name) if len(known) == len(tests) else None
    single = _test(condition)
    return None if single is None else Choice((single,))


def _test(part: object, *, negated: bool = False) -> Term | None:
    if not isinstance(part, Mapping) or len(part) != 1:
        return None
    [(name, value)] = part.items()
    mark = NOT if negated else ""
    if name == "not" and not negated:
        return _test(value, negated=True)
    if name in REPORT_TESTS:
        return Term(f"{NOT if negated is bool(value) else ''}{name}")
    if name in FIGURE_TESTS and isinstance(value, str):
        return Term(f"{mark}{name}", value)
    if name in PART_TESTS and isinstance(value, list) and len(value) == 2:
        return Term(f"{mark}{name}", str(value[0]), str(value[1]))
    return Term(f"{mark}{name}", more=str(value)) if name == "annex" else None


def condition_of(choice: Choice) -> dict[str, Any] | None:
    """The JSON of what was chosen; None where no test was."""
    parts = [_json(test) for test in choice.tests if test.name]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {choice.join: parts}


def _json(test: Term) -> dict[str, Any]:
    name = test.name.removeprefix(NOT)
    if name in REPORT_TESTS:
        return {name: not test.name.startswith(NOT)}
    value: Any = test.figure
    if name == "base":
        value = [test.figure, int(test.more) if test.more.isdigit() else test.more]
    elif name in PART_TESTS:
        value = [test.figure, test.more]
    elif name == "annex":
        value = test.more
    plain = {name: value}
    return {"not": plain} if test.name.startswith(NOT) else plain


def term_words() -> dict[str, str]:
    """Every test that a person may choose, in words; "…" is the figure."""
    return {
        "some": _("… is more than nought"),
        "!some": _("… is nought or there is none"),
        "zero": _("… is nought, and the register is complete"),
        "missing": _("… has not been entered"),
        "!missing": _("… has been entered"),
        "rise": _("… is more than in the same period"),
        "fall": _("… is less than in the same period"),
        "level": _("… is as in the same period"),
        "has_same": _("… had a figure in the same period"),
        "no_same": _("… was nought in the same period"),
        "differs": _("… of the same period differs from what was published"),
        "first": _("… is all that the year has had so far"),
        "more": _("… is not all that the year has had so far"),
        "estimated": _("… is an estimate"),
        "!estimated": _("… is no estimate"),
        "incomplete": _("… is stated by a paper, records are missing"),
        "late": _("… had late entries"),
        "base": _("… in the same period was at least (number)"),
        "parts": _("… has parts by (dimension)"),
        "named": _("… has parts that somebody named, by (dimension)"),
        "one": _("… is exactly one"),
        "multiple": _("… is several times the same period"),
        "over": _("… is above its target"),
        "met": _("… is as its target"),
        "under": _("… is below its target"),
        "annex": _("there is an annex (its code)"),
        "!annex": _("there is no annex (its code)"),
        "open": _("the period is not over"),
        "!open": _("the period is over"),
        "whole": _("the report is of a whole province or union"),
        "!whole": _("the report is of one office"),
        "mid_year": _("the year had days before the period"),
        "!mid_year": _("the period begins with the year"),
        "long": _("the period is longer than a quarter"),
        "!long": _("the period is a quarter or shorter"),
        "term": _("the report tells year by year"),
        "!term": _("the report is of one year or less"),
    }


def words_of(condition: object, labels: Mapping[str, str]) -> str:
    """A condition in words; what cannot be read is told as it stands."""
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return str(condition)
    [(name, value)] = condition.items()
    if name in (ALL, ANY) and isinstance(value, list):
        joint = _(" and ") if name == ALL else _(" or ")
        return joint.join(_in_brackets(words_of(part, labels), part) for part in value)
    single = _test(condition)
    if single is not None:
        return said(single, labels)
    return _("not: %(words)s") % {"words": words_of(value, labels)} if name == "not" else str(condition)


def _in_brackets(text: str, part: object) -> str:
    return f"({text})" if isinstance(part, Mapping) and set(part) & {ALL, ANY} else text


def said(test: Term, labels: Mapping[str, str]) -> str:
    """One test in words, with the figure's own name in it."""
    known = term_words()
    words = known.get(test.name)
    if words is None:
        bare = test.name.removeprefix(NOT)
        return _("not: %(words)s") % {"words": said(Term(bare, test.figure, test.more), labels)}
    about = reference_words(test.figure, labels)
    text = words.replace("…", f"“{about}”")
    return f"{text}: {test.more}" if test.more else text


def reference_words(reference: str, labels: Mapping[str, str]) -> str:
    """A figure named in a piece, in words: "Đoàn ra (lũy kế)"."""
    name, _colon, side = reference.partition(":")
    name, _at, span = name.partition("@")
    label = labels.get(name, name)
    added = [word for word in (span_words().get(span, ""), side_words().get(side, "")) if word]
    return f"{label} ({', '.join(added)})" if added else label


def span_words() -> dict[str, str]:
    """The days that a figure may be of beside those of the report, in words."""
    return {"to_date": _("year so far"), "since": _("since a year")}


def side_words() -> dict[str, str]:
    """The sides of a figure that may be told, in words."""
    return {
        "bare": _("without its unit"),
        "recorded": _("counted from records"),
        "same": _("same period a year earlier"),
        "same_now": _("same period, as known now"),
        "same_published": _("same period, as published"),
        "growth": _("growth in per cent"),
        "gap": _("difference from the same period"),
        "late": _("late entries"),
        "times": _("how many times as much"),
        "average": _("average of a year"),
        "target": _("its target"),
        "of_target": _("share of its target"),
    }


def from_fields(given: Sequence[tuple[str, str, str]], join: str) -> Choice:
    """What was typed: rows of test, figure, more; rows without a test say nothing."""
    tests = tuple(
        Term(name.strip(), figure.strip(), more.strip()) for name, figure, more in given if name.strip()
    )
    return Choice(tests, ANY if join == ANY else ALL)
