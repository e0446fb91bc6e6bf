"""Vietnamese is complete, and English has nothing that was never marked for translation."""

import re

from tests.contracts import source
from tools import messages

# What reads the same in every language.
UNIVERSAL = re.compile(
    r"Bốn Phương|Tiếng Việt|English|\b(?:VI|EN|DOCX|XLSX|JSON|HTML|PDF|Excel|Word|Esc|Ctrl|Enter|Tab)\b"
)
TAGS = re.compile(
    # A block named …_class holds class names for the frame, never words.
    r"\{%\s*block \w+_class\s*%\}.*?\{%\s*endblock\s*%\}|"
    r"\{%\s*comment.*?endcomment\s*%\}|\{%\s*blocktrans.*?\{%\s*endblocktrans\w*\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
    r"|<(script|style|svg)\b.*?</\1>|<!--.*?-->|<!DOCTYPE[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
READ_ATTRIBUTES = re.compile(r"\b(?:title|alt|placeholder|aria-label)=\"([^\"]*)\"")
WORDS = re.compile(r"[^\W\d_]{2,}")


def _templates():
    return [path for path in source.committed_files() if path.suffix == ".html" and "bonphuong" in path.parts]


def _said(text):
    plain = TAGS.sub(" ", text)
    return [*READ_ATTRIBUTES.findall(plain), *re.sub(r"<[^>]*>", "\n", plain).splitlines()]


def test_every_phrase_is_in_vietnamese():
    assert [str(gap) for gap in messages.check(messages.packages())] == []


def test_templates_say_nothing_unmarked():
    unmarked = [
        f"{path.relative_to(source.ROOT)}: {line.strip()}"
        for path in _templates()
        for line in _said(path.read_text(encoding="utf-8"))
        if WORDS.search(UNIVERSAL.sub("", line))
    ]
    assert unmarked == []


def test_blocks_for_translation_are_trimmed():
    untrimmed = [
        f"{path.relative_to(source.ROOT)}: {tag}"
        for path in _templates()
        for tag in re.findall(r"\{%\s*blocktrans\w*[^%]*%\}", path.read_text(encoding="utf-8"))
        if "trimmed" not in tag
    ]
    assert untrimmed == []


def test_placeholders_have_names():
    unnamed = [
        f"{messages.name_of(package)}: {key[1]}"
        for package in messages.packages()
        for key, message in messages.entries(messages.extract_catalogue(package)).items()
        if re.search(r"(?<!%)%[sd]|\{\d*\}", key[1])
    ]
    assert unnamed == []
