"""The sprite of icons, cut out of an unpacked `lucide-static`: only what the pages use, under names of our own.

A name says what is meant ("promise"), not what is drawn ("message-square-check"), so that a drawing can be changed
in one place. To take a new one: name it in `DRAWINGS`, then `bin/icons FOLDER`, where FOLDER is the unpacked package.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "bonphuong" / "web" / "desk" / "static" / "desk"
SPRITE = STATIC / "icons.svg"
LICENCE = STATIC / "icons.LICENSE.txt"

#: What is meant → the drawing of Lucide that shows it.
DRAWINGS = {
    "activity": "list-checks",
    "aid": "hand-heart",
    "alert": "triangle-alert",
    "arrow": "arrow-right",
    "ask": "circle-question-mark",
    "bell": "bell",
    "bodies": "messages-square",
    "book": "notebook-text",
    "calendar": "calendar",
    "chart": "chart-column",
    "check": "check",
    "circle": "circle",
    "clock": "clock",
    "copy": "copy",
    "differ": "equal-not",
    "doing": "circle-ellipsis",
    "down": "download",
    "down-small": "chevron-down",
    "edit": "pencil",
    "event": "presentation",
    "eye": "eye",
    "file": "file",
    "filter": "funnel",
    "friends": "heart-handshake",
    "gate": "signpost",
    "gear": "settings-2",
    "gift": "gift",
    "globe": "globe",
    "home": "house",
    "in": "log-in",
    "inbox": "inbox",
    "language": "languages",
    "late-paper": "file-clock",
    "leave": "door-open",
    "link": "link",
    "lock": "lock",
    "mail": "mail",
    "map": "map",
    "menu": "menu",
    "okay": "circle-check",
    "out": "log-out",
    "pact": "scroll-text",
    "palette": "swatch-book",
    "paste": "clipboard-paste",
    "pen": "signature",
    "people": "users",
    "plus": "plus",
    "print": "printer",
    "promise": "message-square-check",
    "read": "book-open",
    "report": "file-chart-column",
    "search": "search",
    "stop": "ban",
    "student": "graduation-cap",
    "support": "hand-helping",
    "table": "layout-list",
    "trail": "history",
    "trash": "trash-2",
    "twin": "handshake",
    "undo": "undo-2",
    "up": "upload",
    "user": "circle-user-round",
    "x": "x",
}


def symbol(name: str, drawing: str) -> str:
    """One drawing as a symbol; raises ValueError where the file is not an icon of 24 × 24."""
    inside = re.search(r'viewBox="0 0 24 24"[^>]*>(.*)</svg>', drawing, re.DOTALL)
    if inside is None:
        raise ValueError(f"{name} is not drawn on 24 × 24")
    shapes = re.sub(r"\s*\n\s*", "", inside[1]).replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def write(package: Path) -> None:
    """Cut the sprite anew and lay the licence beside it."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg">',
        f"<!-- Lucide {version}, ISC licence: icons.LICENSE.txt. Cut by bin/icons; the names are ours. -->",
        *(
            symbol(name, (package / "icons" / f"{drawn}.svg").read_text(encoding="utf-8"))
            for name, drawn in DRAWINGS.items()
        ),
        "</svg>",
    ]
    SPRITE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    LICENCE.write_text((package / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("icons: name the folder of the unpacked package lucide-static")
    write(Path(sys.argv[1]))
