"""Every page of the desk, one after another: read by axe by day and by night, on a phone, by weight, without a sound."""

from __future__ import annotations

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from tests.browser.conftest import AXE, DEMO_PASSWORD
from tests.web.conftest import DAY
from tests.web.test_access import PEOPLE, arguments_of, rows

LARGEST = 150_000
WIDTHS = (360, 768, 1280)
# By night only colours differ: what else axe asks was asked by day.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Pages that only a person at a door sees, those that end the visit, and a picture, which the browser lays in a
# document of its own.
DOOR = {"login", "logout", "language", "help-picture"}


def _visits():
    """Page → whoever sees it, the fewest people for all pages."""
    found = {}
    for row in rows():
        method, page, statuses = row.values
        seen_by = [PEOPLE[column] for column, status in statuses.items() if status == 200 and PEOPLE[column]]
        if method == "GET" and seen_by and page not in DOOR:
            found[page] = seen_by[0]
    return found


@pytest.fixture
def addresses(lai_chau):
    """Page → an address of it that shows something."""
    with clock.fixed(DAY):
        return arguments_of(User.objects.get(username="canbo"))


class Walk:
    """Goes from page to page and notes what is wrong with each."""

    def __init__(self, page):
        self.page, self.page_name, self.faults, self.sent = page, "", [], {}
        page.on("response", self._weigh)

    def _weigh(self, answer):
        if answer.ok and answer.request.resource_type != "other":
            self.sent[answer.url] = answer

    def visit(self, name, address):
        self.page_name, self.sent = name, {}
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
        try:
            answer = self.page.goto(address)
        except Error as trouble:
            if "Download is starting" in str(trouble):
                return
            raise
        if "text/html" not in answer.headers["content-type"]:
            return
        if answer.status != 200:
            self.note(f"status {answer.status}")
        self._look()

    def note(self, fault):
        self.faults.append(f"{self.page_name}: {fault}")

    def _look(self):
        weight = sum(_weight(answer) for answer in list(self.sent.values()))
        if weight > LARGEST:
            self.note(f"{weight} bytes")
        if self.page.locator("h1").count() != 1:
            self.note("not one heading of the first rank")
        self._axe(AXE)
        self.page.emulate_media(color_scheme="dark")
        self._axe(COLOURS)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.note(f"{wide} px wide on {width}")

    def _axe(self, options):
        for fault in Axe().run(self.page, options=options).response["violations"]:
            self.note(f"{fault['id']}: {fault['nodes'][0]['html'][:200]}")


def _weight(answer):
    """What goes over the line; nothing for what the browser has let go of already, as after a page that leads on."""
    try:
        return len(gzip.compress(answer.body(), 6))
    except Error:
        return 0


def test_every_page_can_be_read_by_everybody(page, addresses, sit_down):
    """axe in both lights, no sideways scrolling, light enough for a slow line; the console stays silent (`page`)."""
    walk = Walk(page)
    walk.visit("login", "/sign-in")
    wanted = _visits()
    for username in dict.fromkeys(wanted.values()):
        page.context.clear_cookies()
        sit_down(username)
        for name in sorted(name for name, who in wanted.items() if who == username):
            walk.visit(name, addresses[name])
    assert "\n".join(walk.faults) == ""


def test_the_main_deeds_need_no_script(browser, live_server, lai_chau):
    """From the door over a list, a record and a form to a saved record, and out again."""
    officer = User.objects.get(username="canbo")
    plain = browser.new_context(
        base_url=live_server.url,
        locale="vi-VN",
        java_script_enabled=False,
        viewport={"width": 360, "height": 800},
    )
    page = plain.new_page()
    page.goto("/")
    page.locator("[name=username]").fill(officer.username)
    page.locator("[name=password]").fill(DEMO_PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.locator(".menu--new > summary").click()
    page.locator(".menu--new a").first.click()
    first = clock.today()
    page.locator("#id_title").fill("Sở Y tế xin đi Phongsaly")
    page.locator("#id_places").fill("Lào (Phongsaly)")
    page.locator("#id_approved_heads").fill("x")
    page.locator("[data-save]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("#id_approved_heads").fill("4")
    for name in ("starts_on", "ends_on"):
        page.locator(f"#id_{name}").fill(f"{first:%d/%m/%Y}")
    page.locator("[data-save]").click()
    expect(page.locator("h1")).to_have_text("Sở Y tế xin đi Phongsaly")
    page.locator(".topbar__menu").click()
    page.locator("#nav a", has_text="Đoàn ra, đoàn vào").click()
    page.locator("main a.row-link", has_text="Sở Y tế xin đi Phongsaly").click()
    page.locator(".next a.button", has_text="Gửi hồ sơ đề nghị").click()
    page.locator("[data-save]").click()
    expect(page.locator("main")).to_contain_text("Đơn vị đã gửi hồ sơ")
    page.locator(".topbar__me summary").click()
    page.locator(".topbar__me button", has_text="Đăng xuất").click()
    expect(page).to_have_url(f"{live_server.url}/sign-in")
    plain.close()
