"""The generated parts of the manual: a page for each model, and the tables of figures in both languages.

What the code knows is written from the code; what only a person knows stands below the mark and is kept.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model

DOCS = Path(__file__).resolve().parent.parent / "docs"
BEGIN = "<!-- from the code: bin/manual writes what stands between these marks -->"
END = "<!-- end -->"
UNWRITTEN = "To be written."
GUARDS = {
    "tracked": "every change is recorded in the trail; a write without an open action is refused",
    "append_only": "rows are added and never changed, removed or replaced",
    "head": "rows are added and changed, never removed",
    "erasable": "rows are added; only an erasure may remove them",
    "none": "not guarded",
}
MEASURE_HEADS = {
    "vi": "| mã | chỉ tiêu | đơn vị | tính theo | định nghĩa |\n| --- | --- | --- | --- | --- |",
    "en": "| code | figure | unit | counts by | definition |\n| --- | --- | --- | --- | --- |",
}
INDICATOR_HEADS = {
    "vi": "| mã | chỉ số | lấy từ |\n| --- | --- | --- |",
    "en": "| code | figure | made from |\n| --- | --- | --- |",
}
FIGURE_PAGES = {lang: DOCS / "user" / lang / "figures.md" for lang in ("vi", "en")}
INDICATORS = DOCS.parent / "bonphuong" / "indicators" / "data"


def own_models() -> list[type[Model]]:
    """The product's models in the order of their labels."""
    found = [model for model in apps.get_models() if model.__module__.startswith("bonphuong.")]
    return sorted(found, key=lambda model: model._meta.label)


def model_page(model: type[Model]) -> Path:
    """Where the page of a model lies."""
    return DOCS / "models" / f"{model._meta.label}.md"


def model_text(model: type[Model]) -> str:
    """The part of a model's page that the code writes."""
    guard = str(getattr(model, "guard", "tracked"))
    reason = getattr(model, "guard_reason", "") or GUARDS[guard]
    with translation.override("en"):
        rows = [_field_row(field) for field in model._meta.concrete_fields]
        rows += [_field_row(field) for field in model._meta.many_to_many]
    return "\n".join([
        BEGIN,
        inspect.cleandoc(model.__doc__ or ""),
        "",
        f"Table `{model._meta.db_table}`. Guard `{guard}`: {reason}.",
        "",
        "| field | holds | may be empty | meaning |",
        "| --- | --- | --- | --- |",
        *rows,
        END,
    ])  # fmt: skip


def _field_row(field: Field[object, object]) -> str:
    related = getattr(field, "related_model", None)
    holds = (
        f"→ {related._meta.label}" if related is not None else field.get_internal_type().removesuffix("Field")
    )
    if getattr(field, "max_length", None) and related is None:
        holds += f" ({field.max_length})"
    if field.unique and not field.primary_key:
        holds += ", unique"
    if field.primary_key:
        holds += ", key"
    meaning = [str(field.verbose_name)] if str(field.verbose_name) != field.name.replace("_", " ") else []
    meaning += [str(field.help_text)] if field.help_text else []
    if field.choices:
        meaning.append(", ".join(f"`{value}`" for value, _label in field.flatchoices))
    return (
        f"| `{field.name}` | {holds} | {'yes' if field.null or field.blank else ''} | {'; '.join(meaning)} |"
    )


def outdated_model_pages() -> list[str]:
    """Models whose page is missing, tells an earlier shape of the table, or lacks what a person has to add."""
    outdated = []
    for model in own_models():
        page = model_page(model)
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        if model_text(model) not in text or UNWRITTEN in text:
            outdated.append(model._meta.label)
    return outdated


def write_model_pages() -> Iterator[Path]:
    """Bring every model's page up to date; what stands outside the marks is kept."""
    for model in own_models():
        page = model_page(model)
        label = model._meta.label
        present = page.read_text(encoding="utf-8") if page.exists() else (
            f"# {label}\n\n{BEGIN}\n{END}\n\n## Who writes it\n\n{UNWRITTEN}\n"
        )  # fmt: skip
        if _replace(page, present, model_text(model)):
            yield page


def measures_text(lang: str) -> str:
    """The table of measures, in "vi" or "en"."""
    from bonphuong.ledger.measures import MEASURES  # noqa: PLC0415 - Django must be set up first

    rows = [
        f"| `{m.code}` | {m.label(lang)} | {m.unit(lang)} | {m.counts_by(lang)} | {m.definition(lang)} |"
        for m in sorted(MEASURES.values(), key=lambda measure: measure.code)
    ]
    return "\n".join([BEGIN, MEASURE_HEADS[lang], *rows, END])


def indicators() -> list[dict[str, Any]]:
    """Every indicator that the product ships, in the order of its pages."""
    shipped: list[dict[str, Any]] = [
        row
        for path in sorted(INDICATORS.glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]
    return sorted(shipped, key=lambda row: (row["order"], row["code"]))


def indicators_text(lang: str) -> str:
    """The table of indicators, in "vi" or "en"."""
    rows = [f"| `{row['code']}` | {row['label_' + lang]} | {_made_from(row, lang)} |" for row in indicators()]
    return "\n".join([BEGIN, INDICATOR_HEADS[lang], *rows, END])


def _made_from(row: dict[str, Any], lang: str) -> str:
    made = f"`{row['measure']}`" if row.get("measure") else f"`{row['numerator']}` / `{row['denominator']}`"
    chosen = [f"{name} = {', '.join(codes)}" for name, codes in sorted(row.get("filters", {}).items())]
    words = "; ".join([made, *chosen])
    return f"{words}. {row['definition_' + lang]}" if row.get(f"definition_{lang}") else words


def write_figures() -> Iterator[Path]:
    """Bring the tables of both languages up to date."""
    for lang, page in FIGURE_PAGES.items():
        present = page.read_text(encoding="utf-8")
        wanted = _refilled(present, (measures_text(lang), indicators_text(lang)))
        if wanted != present:
            page.write_text(wanted, encoding="utf-8")
            yield page


def _refilled(text: str, parts: tuple[str, ...]) -> str:
    # What stands between the marks, from the first pair to the last.
    pieces = re.split(f"{re.escape(BEGIN)}.*?{END}", text, flags=re.DOTALL)
    return "".join(piece + part for piece, part in zip(pieces, (*parts, ""), strict=True))


def outdated_figure_pages() -> list[str]:
    """Languages whose page of figures does not tell what the registry and the indicators say now."""
    return [
        lang
        for lang, page in FIGURE_PAGES.items()
        if not all(
            part in page.read_text(encoding="utf-8") for part in (measures_text(lang), indicators_text(lang))
        )
    ]


def _replace(page: Path, present: str, generated: str) -> bool:
    before, _, rest = present.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = f"{before}{generated}{after}"
    if page.exists() and page.read_text(encoding="utf-8") == wanted:
        return False
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(wanted, encoding="utf-8")
    return True


def main() -> int:
    """Write all; print the pages that changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for page in [*write_model_pages(), *write_figures()]:
        print(page.relative_to(DOCS.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
