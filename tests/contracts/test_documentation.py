"""What exists is described: models, figures, dependencies; and every link leads somewhere."""

import importlib
import re

from tests.contracts import source
from tools import manual, pictures

DOCS = source.ROOT / "docs"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def _pages():
    return [path for path in source.committed_files() if path.suffix == ".md"]


def test_every_model_has_its_page():
    assert manual.outdated_model_pages() == []


def test_no_page_speaks_of_a_model_that_is_gone():
    labels = {model._meta.label for model in source.own_models()}
    astray = [p.stem for p in (DOCS / "models").glob("*.md") if p.stem != "README" and p.stem not in labels]
    assert astray == []


def test_every_measure_and_indicator_is_documented_in_both_languages():
    assert manual.outdated_figure_pages() == []


def test_every_dependency_is_named_with_its_reason():
    page = (DOCS / "dependencies.md").read_text(encoding="utf-8").lower()
    named = [
        re.split(r"[\[<>=!~ ;]", line.strip())[0]
        for name in ("runtime.in", "dev.in")
        for line in (source.ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "-"))
    ]
    assert [name for name in named if f"| {name.lower()} |" not in page] == []


def test_pages_link_only_to_what_is_there():
    broken = [
        f"{page.relative_to(source.ROOT)}: {target}"
        for page in _pages()
        for target in (a or b for a, b in LINK.findall(page.read_text(encoding="utf-8")))
        if not re.match(r"[a-z]+:", target) and not target.startswith("#")
        if not (page.parent / target.split("#")[0]).exists()
    ]
    assert broken == []


def test_pages_show_only_pictures_that_the_command_makes():
    made = {f"{one.name}.webp" for one in pictures.PICTURES}
    there = {path.name for path in pictures.FOLDER.iterdir()}
    shown = {
        (a or b).rpartition("/")[2]
        for page in _pages()
        for a, b in LINK.findall(page.read_text(encoding="utf-8"))
        if (a or b).endswith((".webp", ".png"))
    }
    assert (shown - made, there - made, made - there) == (set(), set(), set())
    assert [path.name for path in pictures.FOLDER.iterdir() if path.stat().st_size > 150_000] == []


def test_every_setting_is_in_the_administrators_table():
    page = (DOCS / "administrator" / "settings.md").read_text(encoding="utf-8")
    read = set()
    for path in (path for path in source.modules() if path.startswith("bonphuong/config/")):
        read |= set(re.findall(r"\"(BONPHUONG_[A-Z_]+)\"", (source.ROOT / path).read_text(encoding="utf-8")))
    assert sorted(name for name in read if f"`{name}`" not in page) == []


def test_the_command_line_is_described():
    cli = importlib.import_module("bonphuong.config.cli")
    commands = getattr(cli, "COMMANDS", {})
    page = (DOCS / "administrator" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in commands if f"bonphuong {name}" not in page] == []
