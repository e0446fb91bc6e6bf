"""What every page keeps to: narrow screens, dark screens, paper, weight, and the keys."""

import datetime as dt
import gzip

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from tests.factories.delegations import finished, member, outbound

LARGEST = 150_000


@pytest.fixture
def addresses(lai_chau):
    officer = User.objects.get(username="canbo")
    people = tuple(member(f"Nguyễn Văn Mẫu {n}") for n in range(12))
    day = clock.today() - dt.timedelta(days=30)
    trip = create(finished(day, 12, members=people), office_code="lc-dofa", actor=officer)
    ahead = clock.today() + dt.timedelta(days=20)
    create(
        outbound(title="Sở Y tế đi " + "rất " * 20 + "xa", starts_on=ahead, ends_on=ahead),
        office_code="lc-dofa",
        actor=officer,
    )
    record, plain = f"/delegations/{trip.pk}", f"/records/item/{trip.pk}"
    return [
        "/",
        "/delegations/?period=all",
        "/delegations/new?kind=inbound",
        "/delegations/new?kind=outbound&as=finished",
        record,
        f"{record}/edit",
        f"{record}/members",
        f"{plain}/mistake",
        f"{plain}/promises/new",
        f"{record}/print",
        f"{plain}/papers/new",
        "/to-do/",
        "/records/",
        "/records/agreements/",
        "/records/aid/new?kind=item",
        "/calls/",
        "/doubles/",
        "/unfiled/",
        "/import/",
        "/papers/",
        "/papers/templates/",
        "/figures/",
        f"/figures/?indicator=outbound.groups&office=lai-chau&period={day.year}",
        "/reports/",
        "/reader/",
        "/trail/",
    ]


def test_no_page_is_wider_than_its_screen(sit_down, addresses):
    page = sit_down("truongphong")
    too_wide = []
    for address in addresses:
        page.goto(address)
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                too_wide.append((address, width))
    assert too_wide == []


def test_every_page_is_accessible_by_day_and_by_night(sit_down, addresses, assert_accessible):
    page = sit_down("truongphong")
    for address in addresses:
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)


def test_every_page_is_there_in_english(sit_down, addresses, assert_accessible):
    page = sit_down("canbo")
    page.locator(".topbar__me summary").click()
    page.locator("[name=language][value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for address in addresses:
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert_accessible(page)


def test_the_first_visit_is_light_enough_for_a_slow_line(sit_down, addresses):
    page = sit_down("canbo")
    heavy = {}
    for address in addresses:
        sent: dict[str, int] = {}

        def weigh(answer, sent=sent):
            sent[answer.url] = _weight(answer)

        page.on("response", weigh)
        page.goto(address, wait_until="networkidle")
        page.remove_listener("response", weigh)
        if sum(sent.values()) > LARGEST:
            heavy[address] = sent
    assert heavy == {}


def _weight(answer):
    body = answer.body() if answer.ok else b""
    return len(gzip.compress(body, 6))


def test_paper_shows_the_record_without_the_frame(sit_down, addresses):
    page = sit_down("canbo")
    page.goto(addresses[4])
    page.emulate_media(media="print")
    for frame in (".nav", ".topbar .search", ".next form", "a.button"):
        for part in page.locator(frame).all():
            expect(part).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(12)


def test_keys_lead_about_and_the_skip_link_comes_first(sit_down, addresses):
    page = sit_down("canbo")
    page.goto("/delegations/?period=all")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
