"""The repository holds the product and nothing of the machines that it was made on."""

import re

from tests.contracts import source

# Built from parts, so that this file does not hold what it forbids.
INDEX_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "crates" + ".io"]
PLACES = [r"(?<![\w./-])/" + name + r"/[\w.-]+" for name in ("work", "root", "home", "Users")]
SETTINGS = [r"--(?:extra-)?index-url[ =]\S", r"--find-links[ =]\S", r"[A-Z_]*INDEX_URL\s*="]
FORBIDDEN = re.compile("|".join([*map(re.escape, INDEX_HOSTS), *PLACES, *SETTINGS]))
TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".in", ".ini", ".js", ".json", ".lark", ".md", ".po", ".py", ".sh", ".sql",
    ".svg", ".toml", ".tsv", ".txt", ".typ", ".xml", ".yaml", ".yml",
}  # fmt: skip
LARGEST = 4 * 1024 * 1024


def test_no_address_of_a_package_index_and_no_path_of_a_machine():
    found = [
        f"{path.relative_to(source.ROOT)}: {match.group(0)}"
        for path in source.committed_files()
        if path.suffix in TEXT
        for match in FORBIDDEN.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_no_huge_file():
    assert [path.name for path in source.committed_files() if path.stat().st_size > LARGEST] == []


def test_text_files_are_utf8_and_end_with_a_line():
    astray = []
    for path in source.committed_files():
        if path.suffix in {".py", ".md", ".toml", ".html", ".po", ".json"}:
            content = path.read_bytes()
            if content and (not content.endswith(b"\n") or b"\r\n" in content):
                astray.append(str(path.relative_to(source.ROOT)))
            content.decode("utf-8")
    assert astray == []
