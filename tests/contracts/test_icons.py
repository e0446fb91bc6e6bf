"""Every drawing that is named stands in the sprite: an icon that does not is an empty square on the page."""

import re

from bonphuong.records.registry import families
from bonphuong.web.desk.navigation import GROUPS
from tests.contracts import source

SPRITE = source.ROOT / "bonphuong" / "web" / "desk" / "static" / "desk" / "icons.svg"
IN_TEMPLATES = re.compile(r"\{%\s*icon\s+\"([\w-]+)\"|\bdrawing=\"([\w-]+)\"")


def _drawn():
    return set(re.findall(r"<symbol id=\"([\w-]+)\"", SPRITE.read_text(encoding="utf-8")))


def test_families_and_kinds_have_icons_of_the_sprite():
    named = {one.icon for family in families() for one in (family, *family.kinds)}
    assert named - _drawn() == set()


def test_templates_and_the_navigation_name_icons_of_the_sprite():
    pages = [path for path in source.committed_files() if path.suffix == ".html"]
    named = {a or b for path in pages for a, b in IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))}
    named |= {item.icon for group in GROUPS for item in group.items}
    assert named - _drawn() - {""} == set()
