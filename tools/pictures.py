"""`bin/pictures`: the pictures of the manual, made from the product: made-up data, a clock that stands still, one size.

The demonstration is loaded into a folder that goes away, served in this process, and looked at with Chromium.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import os
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import time_machine
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "user" / "pictures"
#: The day on which all pictures are taken; the demonstration is made for that day.
DAY = dt.datetime(2026, 11, 20, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PASSWORD = "minhhoa-2026"  # noqa: S105 - of the demonstration, written in its own manual
SIZE = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 780}
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_TO_WEBP = """async (png) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width; canvas.height = image.height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.72).split(',')[1];
}"""


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who looks, at which address, and what is done there before it is taken."""

    name: str
    address: str
    person: str = "canbo"
    do: Callable[[Page], None] | None = None
    size: tuple[int, int] = (SIZE["width"], SIZE["height"])


def _first_record(page: Page) -> None:
    page.locator("main table tbody tr a").first.click()
    page.wait_for_load_state()


def _begin(page: Page) -> None:
    page.fill("[name=title]", "Sở Ngoại vụ làm việc với chính quyền tỉnh Phongsaly")
    page.fill("[name=places]", "Lào (Phongsaly)")
    page.locator("[data-begun]:not(:empty)").wait_for()


def _keys(page: Page) -> None:
    page.keyboard.press("?")
    page.locator("#keys[open]").wait_for()


def _lesson(page: Page) -> None:
    page.get_by_role("button", name="Bắt đầu").or_(page.get_by_role("button", name="Làm lại")).first.click()
    page.wait_for_load_state()
    page.locator("[data-lesson-next]").click()


def _both(page: Page) -> None:
    """Two people at one record: the other saves first, then the picture is of the choice."""
    _first_record(page)
    address = f"{page.url}/edit"
    browser = page.context.browser
    assert browser is not None
    other = _sit(browser, page.url.split("/delegations")[0], "truongphong", SIZE["width"], SIZE["height"])
    page.goto(address)
    for desk, word, why in ((other, "hai", "Sửa theo giấy mời"), (page, "ba", "Sửa theo tờ trình")):
        if desk is other:
            desk.goto(address)
        desk.fill("[name=title]", f"{desk.input_value('[name=title]')}, lần thứ {word}")
        desk.fill("[name=reason]", why)
        with desk.expect_navigation():
            desk.locator("main [data-save]").click()
    page.locator("#conflict-title").scroll_into_view_if_needed()
    other.context.close()


PICTURES: Sequence[Picture] = (
    Picture("desk", "/"),
    Picture("desk-phone", "/", size=(PHONE["width"], PHONE["height"])),
    Picture("list", "/delegations/?period=all"),
    Picture("record", "/delegations/?period=all", do=_first_record),
    Picture("form", "/delegations/new?kind=outbound", do=_begin),
    Picture("drafts", "/begun/"),
    Picture("keys", "/", do=_keys),
    Picture("lesson", "/help/lesson", do=_lesson),
    Picture("two-versions", "/delegations/?period=all", do=_both),
    Picture("figures", "/figures/"),
    Picture("reports", "/reports/"),
    Picture("import", "/import/"),
    Picture("reader", "/reader/"),
    Picture("waiting", "/to-do/", person="lanhdao"),
    Picture("trail", "/trail/", person="kiemtra"),
)


def main() -> int:
    """Load, serve, look, write; names of pictures as arguments make only those."""
    wanted = set(sys.argv[1:])
    unknown = wanted - {one.name for one in PICTURES}
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if unknown or not chromium:
        print(
            f"pictures: unknown: {', '.join(sorted(unknown))}"
            if unknown
            else "pictures: Chromium was not found"
        )
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for one in PICTURES:
            if not wanted or one.name in wanted:
                path = _take(browser, base, one)
                print(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KB")
        browser.close()
    return 0


@contextlib.contextmanager
def _served() -> Iterator[str]:
    """The demonstration of that day, served in this process, so that its clock stands still too."""
    with tempfile.TemporaryDirectory(prefix="bonphuong-pictures-") as place:
        os.environ |= {
            "BONPHUONG_DATA": place,
            "DJANGO_SETTINGS_MODULE": "bonphuong.config.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        with time_machine.travel(DAY, tick=False):
            from bonphuong.config.cli import main as product  # noqa: PLC0415 - the folder is known only now

            with contextlib.suppress(SystemExit):
                product(["demo", "--no-serve"])
            from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415
            from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - as above

            server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
            server.set_app(get_wsgi_application())
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()


def _sit(browser: Browser, base: str, person: str, width: int, height: int) -> Page:
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": height}, locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh", color_scheme="light", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{base}/sign-in")
    page.fill("[name=username]", person)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def _take(browser: Browser, base: str, one: Picture) -> Path:
    page = _sit(browser, base, one.person, *one.size)
    page.goto(f"{base}{one.address}")
    if one.do is not None:
        one.do(page)
    page.wait_for_timeout(300)
    png = base64.b64encode(page.screenshot()).decode()
    blank = page.context.new_page()
    path = FOLDER / f"{one.name}.webp"
    path.write_bytes(base64.b64decode(blank.evaluate(_TO_WEBP, png)))
    page.context.close()
    return path


if __name__ == "__main__":
    sys.exit(main())
