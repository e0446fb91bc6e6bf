"""`bin/shots`: visits every page of the desk on a copy of the data, lays pictures and findings into a folder."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from playwright.sync_api import Browser, BrowserContext, Route

    from tools.shots.look import Seen

ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
#: Who looks, the widest view first; whoever comes later only sees what the others could not.
PEOPLE = ("truongphong", "canbo", "lanhdao", "quantri", "vanthu.yte", "kiemtra", "canbo.vufo")
BEGIN = ("/", "/khong-co-trang-nay", "/records/?q=khongthaygi", "/delegations/?q=khongthaygi&period=all")
# A form is sent as it stands, past what the browser itself would hold back.
SEND = """() => {
  const button = document.querySelector('main [data-save]');
  button.form.noValidate = true;
  button.form.requestSubmit(button);
}"""
REFUSALS = (
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "desk/locked.html",
    "desk/sign_in.html",
)


def main() -> int:
    """Copy, serve, visit, write. 1 when something is wrong."""
    options = _options()
    chromium = next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        "",
    )
    if not chromium:
        sys.exit("shots: Chromium was not found")
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    with _copy(Path(options.data)) as data, _served(data) as base:
        _set_up(data)
        pages: list[Seen] = []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            try:
                pages.extend(_visits(browser, base, folder, options))
            finally:
                _write(folder, pages, options)
                browser.close()
    return 1 if any(page.wrong for page in pages) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/shots", description=__doc__)
    parser.add_argument(
        "--data", default=str(ROOT / "var"), help="data of the demonstration; it is copied (var)"
    )
    parser.add_argument("--out", default=str(ROOT / "build" / "shots"), help="where to write (build/shots)")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="pages whose name begins so")
    parser.add_argument("--brief", action="store_true", help="one page of each name, not one of each family")
    parser.add_argument("--no-pictures", action="store_true", help="findings only")
    parser.add_argument("--people", nargs="*", default=PEOPLE, help="accounts of the demonstration that look")
    return parser.parse_args()


@contextlib.contextmanager
def _copy(data: Path) -> Iterator[Path]:
    """The data, or a demonstration made anew, in a folder that goes away: forms are sent while looking."""
    with tempfile.TemporaryDirectory(prefix="bonphuong-shots-") as place:
        copied = Path(place) / "data"
        if (data / "bonphuong.sqlite3").exists():
            shutil.copytree(data, copied)
        else:
            _run(copied, "demo", "--no-serve").wait()
        yield copied


def _run(data: Path, *words: str) -> subprocess.Popen[bytes]:
    there = {**os.environ, "BONPHUONG_DATA": str(data)}
    return subprocess.Popen([ROOT / ".venv" / "bin" / "bonphuong", *words], env=there, cwd=ROOT)


@contextlib.contextmanager
def _served(data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    server = _run(data, "serve", "--port", str(port))
    try:
        for _try in range(120):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{base}/sign-in").close()  # noqa: S310 - our own server
                break
            time.sleep(0.5)
        yield base
    finally:
        server.terminate()
        server.wait()


def _set_up(data: Path) -> None:
    """Addresses are told apart by what they name, so the tool reads the same tables as the server."""
    os.environ |= {
        "BONPHUONG_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "bonphuong.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    import django  # noqa: PLC0415 - the folder of the data is known only now

    django.setup()


def _visits(browser: Browser, base: str, folder: Path, options: argparse.Namespace) -> Iterator[Seen]:
    from tools.shots.crawl import Road  # noqa: PLC0415 - Django must be set up first
    from tools.shots.look import Eye  # noqa: PLC0415 - as above

    road, forms = Road(brief=options.brief), []
    yield from _refusals(browser, base, folder, options)
    for person in options.people:
        context = _context(browser, base)
        _sign_in(context, person)
        eye = Eye(context.new_page(), folder, pictures=not options.no_pictures)
        waiting = deque(road.stops(BEGIN[:1], person))
        while waiting:
            stop = waiting.popleft()
            wanted = not options.only or stop.name.startswith(tuple(options.only))
            if wanted:
                seen, links = eye.visit(stop)
                yield _said(seen)
                if seen.status and eye.page.locator("main [data-save]").count():
                    forms.append(stop)
            else:
                links = _links(eye, stop.address)
            waiting.extend(road.stops(links, person))
        context.close()
    yield from _sent_empty(browser, base, folder, options, forms)


def _context(browser: Browser, base: str) -> BrowserContext:
    return browser.new_context(base_url=base, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")


def _said(seen: Seen) -> Seen:
    print(f"{seen.slug}: {len(set(seen.wrong))}", flush=True)
    return seen


def _links(eye: object, address: str) -> list[str]:
    """Where a page leads that is not looked at itself."""
    from tools.shots.look import LINKS, Eye  # noqa: PLC0415 - Django must be set up first

    assert isinstance(eye, Eye)
    try:
        eye.page.goto(address)
        found: list[str] = eye.page.evaluate(LINKS)
    except Error:
        return []
    return found


def _sign_in(context: BrowserContext, person: str) -> None:
    from bonphuong.config.demonstration.load import PASSWORD  # noqa: PLC0415 - as above

    page = context.new_page()
    page.goto("/sign-in")
    page.locator("[name=username]").fill(person)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))
    page.close()


def _refusals(browser: Browser, base: str, folder: Path, options: argparse.Namespace) -> Iterator[Seen]:
    """Pages that nothing leads to: the door, and what is said where something cannot be done."""
    from django.template.loader import render_to_string  # noqa: PLC0415 - as above
    from django.utils import translation  # noqa: PLC0415 - as above

    from tools.shots.crawl import Stop  # noqa: PLC0415 - as above
    from tools.shots.look import Eye  # noqa: PLC0415 - as above

    if options.only and "refusal" not in options.only:
        return
    context = _context(browser, base)
    eye = Eye(context.new_page(), folder, pictures=not options.no_pictures)
    yield _said(eye.visit(Stop("/sign-in", "login", "", ""))[0])
    for name in REFUSALS[:-1]:
        with translation.override("vi"):
            body = render_to_string(name)
        address = f"/--/{name}"
        eye.page.route(f"**{address}", partial(_answer, body))
        yield _said(eye.visit(Stop(address, "refusal", name.replace(".html", ""), ""))[0])
    context.close()


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def _sent_empty(
    browser: Browser, base: str, folder: Path, options: argparse.Namespace, forms: Iterable[object]
) -> Iterator[Seen]:
    """Forms sent as they stand, so that what they say when something is missing is seen too."""
    from tools.shots.crawl import Stop  # noqa: PLC0415 - as above
    from tools.shots.look import Eye, Seen  # noqa: PLC0415 - as above

    contexts: dict[str, Eye] = {}
    done: set[str] = set()
    for stop in forms:
        assert isinstance(stop, Stop)
        if stop.name in done:
            continue
        done.add(stop.name)
        if stop.person not in contexts:
            context = _context(browser, base)
            _sign_in(context, stop.person)
            contexts[stop.person] = Eye(context.new_page(), folder, pictures=not options.no_pictures)
        eye = contexts[stop.person]
        eye.page.goto(stop.address)
        with eye.page.expect_navigation():
            eye.page.evaluate(SEND)
        seen = Seen(eye.page.url, stop.name, "sent", stop.person, f"{stop.slug}-sent", status=200)
        eye.examine(seen)
        yield _said(seen)


def _write(folder: Path, pages: Sequence[Seen], options: argparse.Namespace) -> None:
    from tools.shots.crawl import NEVER, names  # noqa: PLC0415 - Django must be set up first
    from tools.shots.sheet import write  # noqa: PLC0415 - as above

    unseen = set() if options.only else names() - {page.name for page in pages} - NEVER
    write(folder, pages, unseen)
    wrong = sum(len(set(page.wrong)) for page in pages)
    print(f"shots: {len(pages)} pages, {wrong} findings: {folder / 'index.html'}, {folder / 'report.txt'}")


if __name__ == "__main__":
    sys.exit(main())
