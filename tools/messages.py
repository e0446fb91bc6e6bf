"""Message catalogues in pure Python: each package keeps its own, this keeps them whole.

`update` adds the phrases that the source gained, `compile` makes the .mo files that Django reads,
`check` names every gap. No GNU gettext is needed.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from babel.messages.catalog import _MessageID

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "bonphuong"
LANGUAGE = "vi"
# Folders that hold packages of their own rather than being one.
CONTAINERS = ("families", "web")
PAIR = ((1, "c"), 2)
PLURAL_PAIR = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": PAIR,
    "pgettext_lazy": PAIR,
    "npgettext": PLURAL_PAIR,
    "npgettext_lazy": PLURAL_PAIR,
}
# No dates and no names: a catalogue changes only when its phrases change.
HEADER = b"""# Vietnamese of this package.
msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

Key = tuple[str, str]  # context and message id


@dataclass(frozen=True)
class Gap:
    """One thing that is wrong with a catalogue."""

    package: str
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.package}: {self.what}: {self.message!r}"


def packages() -> list[Path]:
    """Folders that own a catalogue: each package of the product, each family, each face."""
    found = []
    for folder in sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").exists()):
        inner = sorted(path for path in folder.iterdir() if (path / "__init__.py").exists())
        found.extend(inner if folder.name in CONTAINERS else [folder])
    return found


def name_of(package: Path) -> str:
    """The package's folder below `bonphuong`, as people write it: `families/delegations`."""
    return package.relative_to(SOURCE).as_posix()


def catalogue_path(package: Path) -> Path:
    """Where the package keeps its Vietnamese."""
    return package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def extract_catalogue(package: Path) -> Catalog:
    """Every phrase that the package's Python and templates mark for translation."""
    catalogue = Catalog(locale=LANGUAGE)
    for path, text in _sources(package):
        where = path.relative_to(ROOT).as_posix()
        options = {"encoding": "utf-8"}
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS, ("Translators:",), options)
        for _line, message, comments, context in found:
            catalogue.add(message, None, [(where, 0)], auto_comments=comments, context=context)
    return catalogue


def _sources(package: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for path in sorted(package.rglob("*")):
        if "templates" in path.parts and path.suffix in {".html", ".txt", ".xml", ".svg"}:
            yield path, _as_python(path)


def _as_python(template: Path) -> str:
    # Django turns a template into calls that look like Python except for their indentation.
    text = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return "\n".join(line.lstrip() for line in text.splitlines())


def read_catalogue(package: Path) -> Catalog:
    """The package's catalogue as it stands; an empty one where there is none yet."""
    path = catalogue_path(package)
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, ignore_obsolete=True, abort_invalid=True)


class _Twice(Catalog):
    """Keeps what a file says twice: a catalogue takes the first and forgets the other without a word."""

    def __init__(self) -> None:
        super().__init__(locale=LANGUAGE)
        self.twice: list[str] = []

    def __setitem__(self, key: _MessageID, message: Message) -> None:
        if key and self.get(key, message.context) is not None:
            self.twice.append(_ids(message)[0])
        super().__setitem__(key, message)


def said_twice(package: Path) -> list[str]:
    """Phrases that stand in the catalogue more than once, as a merge of two branches may leave them."""
    path, catalogue = catalogue_path(package), _Twice()
    if path.exists():
        with path.open("rb") as file:
            PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(file)
    return catalogue.twice


def entries(catalogue: Catalog) -> dict[Key, Message]:
    """The catalogue's phrases by context and message id; a plural's id is its singular."""
    found = {}
    for message in catalogue:
        single = message.id if isinstance(message.id, str) else message.id[0]
        if single:
            found[message.context or "", single] = message
    return found


def translations(message: Message) -> tuple[str, ...]:
    """The message's translations: one, or one for each plural form (Vietnamese has a single form)."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def is_translated(message: Message) -> bool:
    """Whether every form is there and nobody marked it as doubtful."""
    return bool(translations(message)) and all(translations(message)) and not message.fuzzy


def update(chosen: Sequence[Path], *, prune: bool) -> list[str]:
    """Add new phrases to each chosen catalogue, and with `prune` drop those no longer used.

    A phrase that another package has translated is taken over, so that one English phrase
    reads the same everywhere. Returns a line for each catalogue that changed.
    """
    known = _known_translations()
    lines = []
    for package in chosen:
        wanted, present = entries(extract_catalogue(package)), entries(read_catalogue(package))
        if not wanted and not present:
            continue
        kept = {key: message for key, message in present.items() if key in wanted or not prune}
        merged = {
            key: _merge(wanted.get(key), kept.get(key), known.get(key)) for key in wanted.keys() | kept.keys()
        }
        if _write(catalogue_path(package), merged):
            added, dropped = len(wanted.keys() - present.keys()), len(present.keys() - merged.keys())
            lines.append(f"{name_of(package)}: {added} added, {dropped} dropped")
    return lines


def _known_translations() -> dict[Key, Message]:
    known: dict[Key, Message] = {}
    for package in packages():
        for key, message in entries(read_catalogue(package)).items():
            if is_translated(message):
                known.setdefault(key, message)
    return known


def _merge(wanted: Message | None, present: Message | None, known: Message | None) -> Message:
    source = wanted or present
    if source is None:
        raise ValueError("a phrase comes from the source or from the catalogue")
    old = present if present is not None and any(translations(present)) else known
    merged = Message(
        source.id,
        _fit(source, old),
        locations=[(where, 0) for where in sorted({str(place[0]) for place in source.locations})],
        flags=(present or source).flags,
        auto_comments=source.auto_comments,
        user_comments=present.user_comments if present else (),
        context=source.context,
    )
    if wanted is not None and present is not None:
        merged.flags |= wanted.flags
    return merged


def _fit(source: Message, old: Message | None) -> str | tuple[str, ...]:
    given = translations(old) if old is not None else ("",)
    return given[0] if isinstance(source.id, str) else (given[0],)


def _write(path: Path, messages: dict[Key, Message]) -> bool:
    catalogue = Catalog(locale=LANGUAGE)
    for key in sorted(messages):
        message = messages[key]
        catalogue[message.id] = message
    buffer = io.BytesIO(HEADER)
    buffer.seek(0, io.SEEK_END)
    write_po(buffer, catalogue, width=100, include_lineno=False, omit_header=True)
    if path.exists() and path.read_bytes() == buffer.getvalue():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())
    return True


def compile_all(chosen: Iterable[Path]) -> int:
    """Write the .mo beside each .po that is newer; returns how many were written."""
    written = 0
    for package in chosen:
        source = catalogue_path(package)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read_catalogue(package))
        # In one step, so that a running server never reads half a catalogue.
        fresh = target.with_suffix(".mo.new")
        fresh.write_bytes(buffer.getvalue())
        fresh.replace(target)
        written += 1
    return written


def check(chosen: Iterable[Path]) -> list[Gap]:
    """Every phrase without Vietnamese, doubtful, there twice, no longer used, or with other placeholders."""
    gaps = []
    for package in chosen:
        name = name_of(package)
        wanted, present = entries(extract_catalogue(package)), entries(read_catalogue(package))
        gaps += [Gap(name, phrase, "there twice") for phrase in said_twice(package)]
        gaps += [Gap(name, key[1], "no longer used") for key in sorted(present.keys() - wanted.keys())]
        for key in sorted(wanted):
            message = present.get(key)
            if message is None or not is_translated(message):
                gaps.append(Gap(name, key[1], "not translated"))
            elif any(_placeholders(text) - _placeholders(*_ids(message)) for text in translations(message)):
                gaps.append(Gap(name, key[1], "placeholders differ"))
    return gaps + _differing()


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _placeholders(*texts: str) -> set[str]:
    return {match.group(0) for text in texts for match in PLACEHOLDER.finditer(text)}


def _differing() -> list[Gap]:
    # Django merges all catalogues into one: of two translations of a phrase only one would ever be seen.
    first: dict[Key, tuple[str, tuple[str, ...]]] = {}
    gaps = []
    for package in packages():
        for key, message in sorted(entries(read_catalogue(package)).items()):
            if not is_translated(message):
                continue
            owner, words = first.setdefault(key, (name_of(package), translations(message)))
            if words != translations(message):
                gaps.append(Gap(name_of(package), key[1], f"translated otherwise in {owner} (add a context)"))
    return gaps


def _chosen(names: Sequence[str]) -> list[Path]:
    everything = packages()
    if not names:
        return everything
    wanted = {
        name.strip("/").removeprefix("bonphuong/").replace("bonphuong.", "").replace(".", "/")
        for name in names
    }
    return [path for path in everything if name_of(path) in wanted or path.name in wanted]


def main(argv: Sequence[str]) -> int:
    """Run one of the three commands; status 1 when `check` finds a gap, 2 on an unknown package."""
    parser = argparse.ArgumentParser(prog="bin/messages", description=__doc__)
    parser.add_argument("command", choices=("update", "compile", "check"))
    parser.add_argument(
        "packages", nargs="*", help="for example `papers` or `families/delegations`; all when left out"
    )
    parser.add_argument(
        "--prune", action="store_true", help="with update: drop phrases that are no longer used"
    )
    options = parser.parse_args(argv)
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    chosen = _chosen(options.packages)
    if not chosen:
        print("messages: no such package", file=sys.stderr)
        return 2
    if options.command == "update":
        print("\n".join(update(chosen, prune=options.prune) or ["catalogues: nothing new"]))
    if options.command == "check":
        gaps = check(chosen)
        print("\n".join(map(str, gaps)) or "catalogues: complete")
        return 1 if gaps else 0
    compile_all(chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
