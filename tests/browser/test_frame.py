"""What every page keeps to: English, paper, and the keys."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from tests.factories.delegations import finished, member, outbound


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


def test_an_officer_signs_in_and_every_page_is_there_in_english(sit_down, addresses, assert_accessible):
    page = sit_down("canbo")
    assert page.url.endswith("/")
    expect(page.locator("body")).to_contain_text(User.objects.get(username="canbo").get_full_name())
    assert_accessible(page)
    page.context.clear_cookies()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert_accessible(page)
    page.locator("[name=language][value=en]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.locator("[name=language][value=vi]").click()
    sit_down("canbo")
    page.locator(".topbar__me summary").click()
    page.locator("[name=language][value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for address in addresses:
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "en")


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


PATH = """() => {
  document.querySelector("main").innerHTML = `<nav class="crumbs"><ol><li><a href="#">A</a></li>
    <li><a href="#">B</a></li><li>\n  <a\n href="#">C</a>\n</li><li>\n  <a href="#">D</a></li></ol></nav>`;
  const sides = [...document.querySelectorAll(".crumbs a")].map((link) => link.getBoundingClientRect());
  return sides.slice(1).map((side, index) => Math.round(side.left - sides[index].right));
}"""


def test_links_of_a_path_stand_at_even_gaps_however_they_are_written(lai_chau, sit_down):
    gaps = sit_down("canbo").evaluate(PATH)
    assert len(gaps) == 3
    assert len(set(gaps)) == 1


SUMMARY = """() => {
  document.querySelector("main").innerHTML = `<details><summary class="caption">A</summary></details>`;
  return document.querySelector("main summary").getBoundingClientRect().height;
}"""


def test_what_unfolds_is_as_high_as_a_finger_needs(lai_chau, sit_down):
    assert sit_down("canbo").evaluate(SUMMARY) >= 24
