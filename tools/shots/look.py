"""One page, looked at: its pictures, and what a machine can tell is wrong with it."""

from __future__ import annotations

import subprocess
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tools.shots.words import foreign

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Response

    from tools.shots.crawl import Stop

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 360, "height": 780}
#: Longer pictures are cut: nobody looks at the foot of a list of five thousand lines.
TALLEST = 4200

LINKS = "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location).href)"
# Words on the page and in what is read aloud; what is marked as another language is left out.
TEXTS = """() => {
  const own = (node) => (node.closest('[lang]') || document.documentElement).lang === 'vi';
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('script, style, textarea, code, kbd, [translate="no"]') || !own(parent)) continue;
    if (walker.currentNode.data.trim()) found.push(walker.currentNode.data.replace(/\\s+/g, ' '));
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const node of document.querySelectorAll(`[${name}]`)) if (own(node)) found.push(node.getAttribute(name));
  return found;
}"""
# What is hidden by its own box, and what sticks out of the page.
CUT = """() => [...document.querySelectorAll('main *, .nav *, .topbar *')].filter((node) => {
  if (node.closest('.sr, svg, select, details:not([open]) > :not(summary)') || node.matches('.sr')) return false;
  if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) return false;
  for (let box = node; box && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box);
    const hides = (value) => value === 'hidden' || value === 'clip';
    if (box.matches('.sr')) return false;
    if (hides(style.overflowX) && box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1) return true;
    if (hides(style.overflowY) && box.scrollHeight > box.clientHeight + 2 && box.clientHeight > 1) return true;
  }
  return false;
}).slice(0, 8).map((node) => node.textContent.trim().replace(/\\s+/g, ' ').slice(0, 80))"""
WIDER = """() => [...document.querySelectorAll('body *')].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !node.closest('.table-box, .sr');
}).slice(0, 4).map((node) => node.tagName.toLowerCase() + '.' + node.className)"""


@dataclass
class Seen:
    """What was seen of one page. Sizes are bytes as sent, the time is milliseconds until the first byte."""

    address: str
    name: str
    detail: str
    person: str
    slug: str
    status: int = 0
    title: str = ""
    bytes: int = 0
    server_ms: int = 0
    pictures: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)


class Eye:
    """Looks at pages of one person and lays the pictures into a folder."""

    def __init__(self, page: Page, folder: Path, *, pictures: bool) -> None:
        self.page, self.folder, self.pictures = page, folder, pictures
        self.noises: list[str] = []
        page.on("pageerror", lambda error: self.noises.append(f"script: {error}"))
        page.on("console", lambda said: self.noises.append(said.text) if said.type == "error" else None)

    def visit(self, stop: Stop, *, expected: int = 200) -> tuple[Seen, list[str]]:
        """Look at a page in all its forms. What was seen, and where it leads; no picture where it is a file."""
        seen = Seen(stop.address, stop.name, stop.detail, stop.person, stop.slug)
        self._begin()
        try:
            answer = self.page.goto(stop.address)
        except Error as trouble:
            if "Download is starting" not in str(trouble):
                seen.wrong.append(str(trouble).splitlines()[0])
            return seen, []
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            return seen, []
        self._weigh(seen, answer)
        if answer.status != expected:
            seen.wrong.append(f"status {answer.status}")
        links = [link for link in self.page.evaluate(LINKS) if link.startswith(self._origin())]
        self.examine(seen)
        return seen, links

    def examine(self, seen: Seen) -> None:
        """Everything about the page that is open."""
        seen.title = self.page.title()
        self._words(seen)
        self._picture(seen, "light")
        self._axe(seen, "light")
        self._unfolded(seen)
        self.page.emulate_media(color_scheme="dark")
        self._picture(seen, "dark")
        self._axe(seen, "dark")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        self._narrow(seen)
        self._picture(seen, "phone")
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        self._paper(seen)
        seen.wrong += [f"console: {noise[:200]}" for noise in self.noises if "status of 4" not in noise]
        self.noises.clear()

    def _begin(self) -> None:
        self.noises.clear()
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    def _origin(self) -> str:
        return "/".join(self.page.url.split("/")[:3])

    def _weigh(self, seen: Seen, answer: Response) -> None:
        seen.status = answer.status
        sizes, timing = answer.request.sizes(), answer.request.timing
        seen.bytes = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        seen.server_ms = round(timing["responseStart"] - timing["requestStart"])

    def _words(self, seen: Seen) -> None:
        headings = self.page.locator("h1").count()
        if headings != 1:
            seen.wrong.append(f"{headings} headings of the first rank")
        if not self.page.title().partition(" · ")[0].strip():
            seen.wrong.append("no title")
        if self.page.evaluate("document.documentElement.lang") == "vi":
            seen.wrong += [
                f"not Vietnamese: {text}" for text in dict.fromkeys(foreign(self.page.evaluate(TEXTS)))
            ]
        seen.wrong += [f"cut: {text}" for text in self.page.evaluate(CUT)]

    def _narrow(self, seen: Seen) -> None:
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            seen.wrong.append(f"{width} px wide on a phone: {', '.join(self.page.evaluate(WIDER))}")
        seen.wrong += [f"cut on a phone: {text}" for text in self.page.evaluate(CUT)]

    def _axe(self, seen: Seen, scheme: str) -> None:
        found = Axe().run(self.page, options=AXE).response["violations"]
        seen.wrong += [f"axe {scheme}: {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]

    def _unfolded(self, seen: Seen) -> None:
        """Once more with everything open that can be opened, one menu among it."""
        folded = self.page.locator("main details:not([open]):not(.menu) > summary")
        menus = self.page.locator("main details.menu > summary")
        if not folded.count() and not menus.count():
            return
        self.page.evaluate(
            "document.querySelectorAll('main details:not(.menu)').forEach(d => { d.open = true; })"
        )
        if menus.count():
            menus.first.click()
        self._axe(seen, "open")
        self._picture(seen, "open")
        self.page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = false; })")

    def _picture(self, seen: Seen, which: str) -> None:
        if not self.pictures:
            return
        name = f"{seen.slug}.{which}.png"
        size = self.page.viewport_size or WIDE
        height = self.page.evaluate("document.documentElement.scrollHeight")
        # A window as tall as the page: what sticks to an edge of it then stands where it belongs.
        self.page.set_viewport_size(
            {"width": size["width"], "height": min(max(height, size["height"]), TALLEST)}
        )
        self.page.screenshot(path=self.folder / name)
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        seen.pictures.append(name)

    def _paper(self, seen: Seen) -> None:
        """The first two sheets as they come out of a printer."""
        if not self.pictures:
            return
        sheet = self.folder / f"{seen.slug}.pdf"
        # What was asked for the screen before would otherwise be printed.
        self.page.emulate_media(media="print", color_scheme="light")
        self.page.pdf(path=sheet, prefer_css_page_size=True, print_background=True)
        stem = self.folder / f"{seen.slug}.print"
        subprocess.run(["pdftoppm", "-png", "-r", "72", "-l", "2", sheet, stem], check=True)
        seen.pictures += sorted(path.name for path in self.folder.glob(f"{seen.slug}.print-*.png"))
