"""What the page of components shows: the tokens as they are, and made-up words to fill the parts with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.kernel import clock
from bonphuong.web.desk.forms.members import MemberFormSet, member_rows
from bonphuong.web.desk.pages import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

_SPRITE = Path(__file__).resolve().parents[1] / "static" / "desk" / "icons.svg"
#: Swatches in the order of the sheet, by what they are for.
GROUPS = (
    (gettext_lazy("Paper and ink"), ("paper", "surface", "sunken", "line", "line-strong", "ink", "ink-2")),
    (gettext_lazy("Indigo"), ("indigo", "indigo-deep", "indigo-wash", "button", "button-hover", "on-button")),
    (gettext_lazy("The cloth"), ("cloth", "cloth-raised", "cloth-ink", "cloth-ink-2", "wax")),
    (gettext_lazy("Someone must act"), ("brocade", "brocade-fill", "brocade-wash")),
    (gettext_lazy("Done, soon"), ("moss", "moss-wash", "ochre", "ochre-wash")),
    (gettext_lazy("Charts"), ("chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-on-1")),
    (gettext_lazy("Focus"), ("focus", "focus-on-cloth")),
)
#: What made-up things are called by: nothing has this identifier.
NOBODY = "00000000-0000-0000-0000-000000000000"
#: Made-up things that read the same in every language.
MADE_UP = {
    "number": "ĐR-2025-031",
    "paper": "123/QĐ-UBND",
    "person": "Nguyễn Thị Mẫu",
    "place": "Phongsaly",
    "place_lao": "ຜົ້ງສາລີ",
    "other_place": "Oudomxay",
    "weekday": "T4",
}
#: Components that stand on one sort of page, where they are seen at work: its name, what it is called, theirs.
ON_ONE_PAGE = (
    ("calendar", gettext_lazy("Calendar"), ("cal", "goes", "today", "year")),
    ("figures", gettext_lazy("Indicators"), ("chart", "drawing", "band", "strong")),
    ("map", gettext_lazy("Map"), ("map", "land", "border", "gate", "home", "key", "tie")),
    ("partners", gettext_lazy("Partners"), ("validity", "track", "run", "open")),
    ("search", gettext_lazy("Search"), ("hit", "hits", "typed")),
    (
        "delegations",
        gettext_lazy("Delegations"),
        ("filters", "begun", "came", "company", "contest", "contests", "chosen", "sort"),
    ),
    (
        "reports",
        gettext_lazy("Reports"),
        (
            "unfolds",
            "prints",
            "screen",
            "catalogue",
            "finding",
            "findings",
            "entry",
            "aids",
            "bound",
            "offers",
            "pick",
            "remark",
            "remarks",
        ),
    ),
    ("settings", gettext_lazy("Settings"), ("flow", "shelves", "mark", "condition", "piece", "pieces")),
    ("help", gettext_lazy("Help"), ("help", "manual", "glossary", "lesson", "term")),
)
SIZES = ("caption", "text", "head", "title")


class SampleForm(forms.Form):
    """One field of each sort; sent empty, so that its errors show."""

    title = forms.CharField(
        label=gettext_lazy("Title"), help_text=gettext_lazy("A sentence, as it will be read.")
    )
    on = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.TextInput(attrs={"size": "12"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[("out", gettext_lazy("outbound")), ("in", gettext_lazy("inbound"))],
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label=gettext_lazy("Words"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sure = forms.BooleanField(label=gettext_lazy("I have looked at it"), required=False)


@dataclass(frozen=True)
class Swatch:
    """A colour by day and by night."""

    name: str
    day: str
    night: str


@dataclass(frozen=True)
class Guide:
    """Everything that the page shows beside the parts themselves."""

    swatches: Sequence[tuple[str, Sequence[Swatch]]]
    pairs: Sequence[tokens.Pair]
    sizes: Sequence[tuple[str, str]]
    spaces: Sequence[tuple[str, str]]
    icons: Sequence[str]
    form: forms.Form
    wrong: forms.Form
    members: Any
    sample: Mapping[str, Any]
    elsewhere: Sequence[tuple[str, _StrPromise, Sequence[str]]]


def styleguide_page() -> Guide:
    """The page, made anew: nothing of it is kept."""
    known, values = tokens.colours(), tokens.tokens()
    return Guide(
        swatches=[(str(label), [Swatch(name, *known[name]) for name in names]) for label, names in GROUPS],
        pairs=tokens.pairs(),
        sizes=[(name, values[name]) for name in SIZES],
        spaces=[(name, value) for name, value in values.items() if name.startswith("space-")],
        icons=_icons(),
        form=SampleForm(prefix="sample"),
        wrong=SampleForm({}, prefix="wrong"),
        members=MemberFormSet(initial=member_rows([]), prefix="sample-members"),
        sample=_sample(),
        elsewhere=ON_ONE_PAGE,
    )


@cache
def _icons() -> tuple[str, ...]:
    return tuple(re.findall(r'<symbol id="([\w-]+)"', _SPRITE.read_text(encoding="utf-8")))


def _sample() -> dict[str, Any]:
    """Made-up things in the shape that the parts ask for."""
    step, other = ({"code": "x", "label": label} for label in (_("Submit for decision"), _("Return")))
    day = clock.today()
    rule = {"proved": True, "source_url": "", "source": ""}
    return {
        "made_up": MADE_UP,
        "phases": [
            {"standing": "done", "phase": {"label": _("Request")}, "entered_on": day, "left_on": day},
            {"standing": "now", "phase": {"label": _("Appraisal")}},
            {"standing": "ahead", "phase": {"label": _("Decision")}},
        ],
        "late": {"standing": "late", "due_on": day},
        "case": {"main_way": step, "other_ways": [other], "first": {"standing": "late"}},
        "calm": {"other_ways": [step, other, {**other, "label": _("Call off")}], "first": {"standing": "ok"}},
        "record": {"pk": NOBODY},
        "rule": rule,
        "unproved": {**rule, "proved": False, "source": _("set by the province")},
        "chips": {
            "chips": [
                {"label": _("Overdue"), "count": 3, "url": "#", "is_on": False},
                {"label": _("This year"), "url": "#", "is_on": True},
            ],
            "more": [{"label": _("Country"), "chips": [{"label": _("Laos"), "count": 12, "url": "#"}]}],
        },
        "pager": {"count": 1204, "rows": range(50), "is_first": True, "next_url": "#"},
        "claims": _claims(),
        "row": {"lines": [{"label": _("people"), "before": "6", "after": "8"}], "what": "ĐR-2025-031"},
    }


def _claims() -> list[dict[str, Any]]:
    words = {
        "match": _("matches"),
        "differ": _("differs"),
        "unsure": _("ambiguous"),
        "undated": _("no period"),
        "unknown": _("unknown"),
    }
    return [
        {
            "state": state,
            "word": word,
            "number": number,
            "label": _("Delegations that came"),
            "said": "85",
            "decided": _("entered"),
        }
        for number, (state, word) in enumerate(words.items(), start=1)
    ]
