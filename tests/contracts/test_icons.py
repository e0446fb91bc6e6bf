"""Every drawing that is named stands in the sprite, with the licence of those who drew it."""

import re

from bonphuong.records.registry import families
from bonphuong.web.desk.navigation import GROUPS
from tests.contracts import source
from tools.icons import DRAWINGS, LICENCE, SPRITE

IN_TEMPLATES = re.compile(r"\{%\s*icon\s+\"([\w-]+)\"|\bdrawing=\"([\w-]+)\"")


def _drawn():
    return set(re.findall(r"<symbol id=\"([\w-]+)\"", SPRITE.read_text(encoding="utf-8")))


def _in_templates():
    pages = [path for path in source.committed_files() if path.suffix == ".html"]
    return {a or b for path in pages for a, b in IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))} - {
        ""
    }


def _of_families():
    return {one.icon for family in families() for one in (family, *family.kinds)} - {""}


def test_families_and_kinds_have_icons_of_the_sprite():
    assert _of_families() - _drawn() == set()


def test_templates_and_the_navigation_name_icons_of_the_sprite():
    named = _in_templates() | {item.icon for group in GROUPS for item in group.every}
    assert named - _drawn() == set()


def test_the_sprite_is_cut_from_the_drawings_that_are_named_and_carries_its_licence():
    assert _drawn() == set(DRAWINGS)
    assert "ISC License" in LICENCE.read_text(encoding="utf-8")
