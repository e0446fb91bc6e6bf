"""The calendar by the keyboard, and an address for a program made and revoked."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from tests.factories.delegations import outbound


@pytest.fixture
def trip(lai_chau):
    officer = User.objects.get(username="canbo")
    first = clock.today().replace(day=9)
    draft = outbound(starts_on=first, ends_on=first + dt.timedelta(days=8), title="Thăm Phongsaly chín ngày")
    return create(draft, office_code="lc-dofa", actor=officer)


def test_a_month_is_walked_by_keys_subscribed_to_and_revoked(sit_down, trip, assert_accessible):
    page = sit_down("canbo")
    page.goto("/calendar/")
    today = clock.today()
    expect(page.locator("[aria-current=date]")).to_have_count(1)
    expect(page.get_by_role("link", name="Thăm Phongsaly chín ngày").first).to_be_visible()

    # From day to day, over the end of the month and back.
    page.locator("[aria-current=date]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[aria-current=date]")).to_be_focused()
    page.keyboard.press("PageDown")
    page.wait_for_url(lambda url: f"month={today:%Y-%m}" not in url and "month=" in url)
    page.keyboard.press("t")
    page.wait_for_url(lambda url: f"month={today:%Y-%m}" in url)
    page.locator("[aria-current=date]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cal-week__day")).to_have_count(7)

    for address in (
        "/calendar/",
        "/calendar/?view=agenda",
        "/calendar/?view=year",
        "/calendar/new",
        "/calendar/feeds",
    ):
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 800})

    page.locator("[name=name]").fill("Điện thoại")
    page.locator("[name=name]").press("Control+Enter")
    address = page.locator("#address")
    expect(address).to_contain_text("/calendar/feed/")
    assert_accessible(page)
    path = "/calendar/feed/" + address.inner_text().rpartition("/")[2]
    assert "BEGIN:VEVENT" in page.request.get(path).text()

    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("form[action$=revoke] button").click()
    expect(page.locator(".empty")).to_be_visible()
    assert page.request.get(path).status == 404
