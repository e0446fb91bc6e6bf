"""What was seen as one page to look through, and as a list of what is wrong."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tools.shots.look import Seen

STYLE = """
body { font: 14px/1.5 system-ui; margin: 24px; background: #fff; color: #222; }
section { border-top: 2px solid #222; padding: 12px 0 24px; }
h2 { font-size: 16px; margin: 0 0 4px; } p, ul { margin: 0 0 8px; } li { color: #a11; }
div { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto; }
figure { margin: 0; flex: none; } img { display: block; max-height: 460px; max-width: 560px; border: 1px solid #bbb; }
"""


def write(folder: Path, pages: Sequence[Seen], unseen: Iterable[str]) -> None:
    """`index.html` with the pictures, `report.json` and `report.txt` with the findings."""
    unseen = sorted(unseen)
    known = {"pages": [page.plain() for page in pages], "not visited": unseen}
    (folder / "report.json").write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "report.txt").write_text(report(pages, unseen), encoding="utf-8")
    body = "".join(_section(page) for page in pages if page.pictures)
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages</title><style>{STYLE}</style>'
    (folder / "index.html").write_text(f"{head}<h1>{len(pages)} pages</h1>{body}</html>", encoding="utf-8")


def report(pages: Sequence[Seen], unseen: Iterable[str]) -> str:
    """Everything that is wrong, page by page; then the heaviest, the slowest, and what nobody came to."""
    lines = []
    for page in pages:
        lines += [
            f"{page.slug} ({page.person}) {page.address}: {fault}" for fault in dict.fromkeys(page.wrong)
        ]
    shown = [page for page in pages if page.status]
    lines.append(f"\n{len(shown)} pages, {len(lines)} findings")
    heavy = sorted(shown, key=lambda page: -page.bytes)[:5]
    lines += [f"heavy: {page.bytes} bytes {page.address}" for page in heavy]
    slow = sorted(shown, key=lambda page: -page.server_ms)[:10]
    lines += [f"slow: {page.server_ms} ms {page.address}" for page in slow]
    lines += [f"not visited: {name}" for name in unseen]
    return "\n".join(lines) + "\n"


def _section(page: Seen) -> str:
    pictures = "".join(
        f'<figure><a href="{escape(name)}"><img loading="lazy" src="{escape(name)}" alt=""></a>'
        f"<figcaption>{escape(name.split('.')[1])}</figcaption></figure>"
        for name in page.pictures
    )
    faults = "".join(f"<li>{escape(fault)}</li>" for fault in dict.fromkeys(page.wrong))
    said = f"{page.address} · {page.person} · {page.status} · {page.bytes} bytes · {page.server_ms} ms"
    return (
        f"<section><h2>{escape(page.slug)}: {escape(page.title)}</h2><p>{escape(said)}</p>"
        f"<ul>{faults}</ul><div>{pictures}</div></section>"
    )
