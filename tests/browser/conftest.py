"""A real browser against the live server: Debian's Chromium, nothing downloaded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.browser.hands import Hand
from tests.families.conftest import load_province

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
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
    opened.on(
        "console",
        lambda m: troubles.append(f"console: {m.text} ({m.location['url']})") if _is_trouble(m) else None,
    )
    yield opened
    context.close()
    assert troubles == []


def _is_trouble(message: ConsoleMessage) -> bool:
    # A form that asks to be mended comes back with 422, which Chromium notes as an error of loading.
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Checks the open page with axe against WCAG 2.2 A and AA and best practice: no violation of any weight is accepted."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE).response["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []

    return check


DEMO_PASSWORD = "mat-khau-minh-hoa"


@pytest.fixture
def lai_chau(live_server: Any) -> None:
    """Offices, people, partners, rules and reports of the demonstration; no records."""
    load_province()


@pytest.fixture
def sit_down(page: Page, lai_chau: None) -> Callable[[str], Page]:
    """Signs somebody of the demonstration in and gives their page."""

    def sign_in(username: str) -> Page:
        page.goto("/sign-in")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(DEMO_PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: not url.endswith("/sign-in"))
        return page

    return sign_in


@pytest.fixture(params=["mouse", "keys"])
def hand(request: pytest.FixtureRequest) -> Callable[[Page], Hand]:
    """A journey is walked twice: by mouse at a desk, and by the keyboard alone at 360 pixels."""
    return lambda page: Hand(page, by_keys=request.param == "keys")
