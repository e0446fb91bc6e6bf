"""A real browser against the live server: Debian's Chromium, nothing downloaded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
PATIENCE_MS = 10_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ["BONPHUONG_TEST_CHROMIUM"], args=FLAGS
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A fresh page; a message on the console or a failed request of its own fails the journey."""
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", bypass_csp=False
    )
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    opened.on("console", lambda m: troubles.append(f"console: {m.text}") if m.type == "error" else None)
    yield opened
    context.close()
    assert troubles == []


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Checks the open page with axe against WCAG 2.1 A and AA: no violation of any weight is accepted."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE).response["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []

    return check
