"""Forms of reports that offices make their own: which are in force, the draft being changed, its sections and annexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.own import indicators_for
from bonphuong.kernel import clock
from bonphuong.reports.editing.comparing import annex_words, block_words, part_words
from bonphuong.reports.editing.pieces import BY, plain_words
from bonphuong.reports.enums import Cutoff, LateRule
from bonphuong.reports.models import FormDraft, ReportDefinition
from bonphuong.reports.queries import definitions_for
from bonphuong.reports.schema import PLACE
from bonphuong.reports.services import mistakes_in
from bonphuong.web.desk.forms.figures import indicator_choices
from bonphuong.web.desk.forms.settings.base import offices_of, own_office
from bonphuong.web.desk.pages.settings.words import practice_words
from bonphuong.web.desk.pages.slots import DIMENSION_WORDS
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class FormLine:
    """A report of an office: the form in force, whether it is the office's own, a draft that is being changed."""

    office: str
    office_name: str
    row: ReportDefinition
    name: str
    title: str
    draft: FormDraft | None

    @property
    def is_own(self) -> bool:
        """Whether the office has changed it."""
        return bool(self.row.office_code)


@dataclass(frozen=True)
class FormsPage:
    """The reports in force for one office, the offices to choose from, and drafts of any of them."""

    office: str
    office_name: str
    offices: Sequence[tuple[str, str]]
    lines: Sequence[FormLine]
    drafts: Sequence[tuple[FormDraft, str, str]]


def forms_page(user: User, asked: str) -> FormsPage:
    """The reports of the office asked for, else of the person's own; two queries whatever the office has."""
    known = offices_of(user)
    names = {office.code: office.name(language()) for office in known}
    office = asked if asked in names else own_office(user, known) or next(iter(names), "")
    drafts = list(FormDraft.objects.visible_to(user))
    own = {(draft.code, draft.language): draft for draft in drafts if draft.office_code == office}
    lines = []
    for lang in ("vi", "en"):
        seen: dict[str, ReportDefinition] = {}
        for row in definitions_for(office, clock.today(), lang):
            seen.setdefault(row.code, row)
        lines += [
            FormLine(
                office=office,
                office_name=names.get(office, ""),
                row=row,
                name=name_of(row.content, row.code),
                title=title_of(row.content, row.code),
                draft=own.get((row.code, lang)),
            )
            for row in seen.values()
        ]
    return FormsPage(
        office=office,
        office_name=names.get(office, ""),
        offices=list(names.items()),
        lines=sorted(lines, key=lambda one: (not one.draft, not one.is_own)),
        drafts=[
            (draft, name_of(draft.content, draft.code), names.get(draft.office_code, draft.office_code))
            for draft in drafts
            if draft.office_code != office
        ],
    )


def name_of(content: Mapping[str, Any], code: str) -> str:
    """What the report is called in the catalogue; titles of several reports differ in nothing but their period."""
    name = content.get("name", "")
    return name if isinstance(name, str) and name else title_of(content, code)


def title_of(content: Mapping[str, Any], code: str) -> str:
    """The title of a form without its words in braces, for lists."""
    title = content.get("title", "")
    return PLACE.sub("…", title) if isinstance(title, str) and title else code


def figure_labels(content: Mapping[str, Any]) -> dict[str, str]:
    """Name of a figure in the form → what people call it; several of one indicator are told apart by their names."""
    figures = content.get("figures", {})
    codes = {
        name: spec if isinstance(spec, str) else spec.get("indicator", "") for name, spec in figures.items()
    }
    rows = Indicator.objects.in_bulk(set(codes.values()))
    found = {}
    for name, code in codes.items():
        label = rows[code].label(language()) if code in rows else code
        filtered = not isinstance(figures[name], str) and figures[name].get("filters")
        found[name] = f"{label} [{name}]" if filtered else label
    return found


def worded(labels: Mapping[str, str]) -> dict[str, str]:
    """The same with the names of dimensions, for sentences that are told in words."""
    return {**labels, **{f"{BY}{name}": str(word) for name, word in DIMENSION_WORDS.items()}}


@dataclass(frozen=True)
class Item:
    """A section, annex or block in a list: where it stands, how it reads, what is wrong with it."""

    path: str
    number: int
    title: str
    words: str
    level: int = 1
    mistakes: Sequence[str] = ()
    code: str = ""


@dataclass(frozen=True)
class DraftPage:
    """A draft of a form as its first page shows it."""

    draft: FormDraft
    office: Office
    title: str
    sections: Sequence[Item]
    annexes: Sequence[Item]
    figures: Sequence[Item]
    left_sections: Sequence[tuple[str, str]]
    left_annexes: Sequence[tuple[str, str]]
    left_figures: Sequence[tuple[str, str]]
    indicators: Sequence[Any]
    signers: Sequence[tuple[str, str, str]]
    recipients: str
    mistakes: Sequence[tuple[str, str]]
    labels: Mapping[str, str]

    @property
    def cutoffs(self) -> list[tuple[str, str]]:
        """Where periods may be cut, in words."""
        return [(code, practice_words("report.cutoff", code)) for code in Cutoff.values]

    @property
    def late_rules(self) -> list[tuple[str, str]]:
        """What may become of late figures, in words."""
        return [(str(code), str(label)) for code, label in LateRule.choices]

    @property
    def plain_opening(self) -> bool:
        """Whether opening and closing are one text each, so that a field can hold them."""
        return all(isinstance(self.draft.content.get(key, ""), str) for key in ("opening", "closing"))


def draft_page(user: User, draft: FormDraft) -> DraftPage:
    """The first page of a draft."""
    content = draft.content
    labels = figure_labels(content)
    wrong = mistakes_in(content, draft.office_code)
    base = draft.base.content
    old = figure_labels(base)
    office = Office.objects.get(pk=draft.office_code)
    kind = office.kind if office.kind in content.get("signers", {}) else ""
    signer = content.get("signers", {}).get(kind, {})
    return DraftPage(
        draft=draft,
        office=office,
        title=title_of(content, draft.code),
        sections=_sections(content, labels, wrong),
        annexes=[
            Item(
                f"annexes.{n}",
                n,
                str(one.get("title", "")),
                annex_words(one),
                mistakes=under(wrong, f"annexes.{n}"),
                code=one.get("code", ""),
            )
            for n, one in enumerate(content.get("annexes", ()))
        ],
        figures=_figures(content, labels, wrong),
        left_sections=_left(base, content, "sections"),
        left_annexes=_left(base, content, "annexes"),
        left_figures=[(name, old[name]) for name in base.get("figures", {}) if name not in labels],
        indicators=_grouped(indicator_choices(indicators_for(user).offered())),
        signers=[
            (f"signers.{kind}.{key}", word, str(signer.get(key, ""))) for key, word in signer_words().items()
        ],
        recipients="\n".join(str(one) for one in content.get("recipients", ())),
        mistakes=[
            (place_words(content, place), message) for place, told in wrong.items() for message in told
        ],
        labels=labels,
    )


def _grouped(choices: Sequence[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices as groups with their names; those that stand alone are in one without a name."""
    alone = [(code, label) for code, label in choices if isinstance(label, str)]
    return [("", alone), *((code, label) for code, label in choices if not isinstance(label, str))]


def _sections(
    content: Mapping[str, Any], labels: Mapping[str, str], wrong: Mapping[str, Sequence[str]]
) -> list[Item]:
    found = []
    for n, one in enumerate(content.get("sections", ())):
        blocks = one.get("blocks", ())
        told = _("%(n)s blocks") % {"n": len(blocks)} if blocks else _("only a heading")
        title = plain_words(one.get("title", ""), labels)
        found.append(
            Item(
                f"sections.{n}",
                n,
                title,
                told,
                int(one.get("level", 1)),
                under(wrong, f"sections.{n}"),
                one["code"],
            )
        )
    return found


def _figures(
    content: Mapping[str, Any], labels: Mapping[str, str], wrong: Mapping[str, Sequence[str]]
) -> list[Item]:
    texts = str({key: value for key, value in content.items() if key != "figures"})
    return [
        Item(
            f"figures/{name}",
            n,
            labels[name],
            _("in use") if name in texts else "",
            mistakes=under(wrong, f"figures.{name}"),
            code=name,
        )
        for n, name in enumerate(content.get("figures", {}))
    ]


def _left(base: Mapping[str, Any], content: Mapping[str, Any], key: str) -> list[tuple[str, str]]:
    """Sections or annexes that the form began with and does not hold any more."""
    here = {one.get("code") for one in content.get(key, ())}
    return [
        (one["code"], str(one.get("title", ""))) for one in base.get(key, ()) if one.get("code") not in here
    ]


def under(wrong: Mapping[str, Sequence[str]], place: str) -> list[str]:
    """All mistakes at a place or inside it."""
    return [text for at, told in wrong.items() if at == place or at.startswith(f"{place}.") for text in told]


def signer_words() -> dict[str, str]:
    """The lines of a signature, in words."""
    return {
        "behalf": _("On whose behalf"),
        "head": _("Head"),
        "deputy": _("Before the title of a deputy"),
        "for_head": _("Signing for the head"),
    }


def place_words(content: Mapping[str, Any], place: str) -> str:
    """Where a mistake is, in words: "Mục “…”, khối 3"."""
    parts = place.split(".")
    if parts[0] == "sections" and len(parts) > 1 and parts[1].isdigit():
        section = content["sections"][int(parts[1])]
        said = _("Section “%(title)s”") % {"title": section.get("title", "")}
        if len(parts) > 3 and parts[2] == "blocks":
            said += ", " + _("block %(n)s") % {"n": int(parts[3]) + 1}
        return said
    if parts[0] == "annexes" and len(parts) > 1 and parts[1].isdigit():
        return _("Annex “%(title)s”") % {"title": content["annexes"][int(parts[1])].get("title", "")}
    if parts[0] == "figures":
        return _("Figure “%(name)s”") % {"name": ".".join(parts[1:])}
    return part_words().get(parts[0], place)


@dataclass(frozen=True)
class SectionPage:
    """One section of a draft: its blocks one below the other."""

    draft: FormDraft
    number: int
    title: str
    level: int
    blocks: Sequence[Item]

    @property
    def path(self) -> str:
        """Where it stands in the draft."""
        return f"sections.{self.number}"


def section_page(draft: FormDraft, number: int) -> SectionPage:
    """A section of a draft. Raises IndexError where there is none of that number."""
    section = draft.content["sections"][number]
    labels = figure_labels(draft.content)
    wrong = mistakes_in(draft.content, draft.office_code)
    blocks = [
        Item(
            f"sections.{number}.blocks.{n}", n, block_kind(block), block_words(block, worded(labels)),
            mistakes=under(wrong, f"sections.{number}.blocks.{n}"),
        )
        for n, block in enumerate(section.get("blocks", ()))
    ]  # fmt: skip
    return SectionPage(draft, number, str(section.get("title", "")), int(section.get("level", 1)), blocks)


def block_kind(block: Mapping[str, Any]) -> str:
    """What sort of block it is, in words."""
    words = kind_words()
    return next((word for key, word in words.items() if key in block), _("written by the product"))


def kind_words() -> dict[str, str]:
    """The sorts of blocks, in words."""
    return {
        "paragraph": _("paragraph"),
        "items": _("list of parts"),
        "table": _("table"),
        "records": _("records one by one"),
        "slot": _("part that people write"),
        "special": _("written by the product"),
    }
