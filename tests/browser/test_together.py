"""Two people edit one record; the first lesson is gone through with the keyboard alone on a phone."""

from __future__ import annotations

from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.records.models import Record
from bonphuong.together.models import BegunForm, FirstLesson
from tests.factories.delegations import outbound

PHONE = {"width": 360, "height": 780}


def test_two_people_at_one_record_lose_nothing(sit_down, browser, live_server, assert_accessible):
    mine = sit_down("canbo")
    record = create(outbound(), office_code="lc-dofa", actor=User.objects.get(username="canbo"))
    address = f"/delegations/{record.pk}/edit"
    context = browser.new_context(base_url=live_server.url, locale="vi-VN")
    theirs = context.new_page()
    theirs.goto("/sign-in")
    theirs.locator("[name=username]").fill("truongphong")
    theirs.locator("[name=password]").fill("mat-khau-minh-hoa")
    theirs.locator("[name=password]").press("Enter")
    theirs.wait_for_url(lambda url: "sign-in" not in url)

    mine.goto(address)
    theirs.goto(address)
    expect(theirs.locator("#company")).to_contain_text("Đang sửa")
    theirs.locator("[name=title]").fill("Tên của họ")
    theirs.locator("[name=head_name]").fill("Trưởng đoàn Khác")
    theirs.locator("[name=reason]").fill("Theo giấy mời")
    theirs.keyboard.press("Control+Enter")
    theirs.wait_for_url(f"**/delegations/{record.pk}")

    mine.locator("[name=title]").fill("Tên của tôi")
    mine.locator("[name=reason]").fill("Theo tờ trình")
    expect(mine.locator("[data-begun]")).to_contain_text("Đã giữ bản nháp")
    mine.keyboard.press("Control+Enter")
    expect(mine.locator("#conflict-title")).to_contain_text("đã lưu trong lúc anh chị đang viết")
    assert_accessible(mine)
    assert Record.objects.get(pk=record.pk).title == "Tên của họ"

    mine.get_by_role("radio", name="Giữ bản của tôi").focus()
    mine.keyboard.press("Space")
    mine.keyboard.press("Control+Enter")
    mine.wait_for_url(f"**/delegations/{record.pk}")
    expect(mine.locator("h1")).to_have_text("Tên của tôi")
    expect(mine.locator("main")).to_contain_text("Trưởng đoàn Khác")
    assert not BegunForm.objects.filter(address=address).exists()
    context.close()


def _tab_to(page, chosen, most=140):
    """Goes to an element with the Tab key alone."""
    for _press in range(most):
        if page.evaluate("([chosen]) => document.activeElement.matches(chosen)", [chosen]):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{chosen} is not reached by Tab")


def test_the_first_lesson_with_the_keyboard_on_a_phone(sit_down, assert_accessible):
    page = sit_down("canbo")
    page.set_viewport_size(PHONE)
    page.reload()
    _tab_to(page, "button[value=begin]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/delegations/new**")
    expect(page.locator("[data-lesson-count]")).to_contain_text("1 / 6")
    assert_accessible(page)
    _tab_to(page, "[data-lesson-next]")
    page.keyboard.press("Enter")
    expect(page.locator("#id_places")).to_be_focused()
    page.keyboard.type("Lào (Phongsaly)")
    expect(page.locator("[data-begun]")).to_contain_text("Đã giữ bản nháp")
    page.reload()
    expect(page.locator("[data-lesson-count]")).to_contain_text("2 / 6")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _tab_to(page, "[data-lesson-next]")
    for place in (3, 4, 5, 6):
        page.locator("[data-lesson-next]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-lesson-count]")).to_contain_text(f"{place} / 6")
    expect(page.locator("button[value=end]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("/"))
    assert FirstLesson.objects.get().state == "done"
    assert (BegunForm.objects.count(), Record.objects.count()) == (0, 0)


def test_the_first_lesson_by_mouse_goes_back_is_left_and_ends_for_good(sit_down):
    page = sit_down("canbo")
    page.locator("button[value=begin]").first.click()
    page.wait_for_url("**/delegations/new**")
    count, onward = page.locator("[data-lesson-count]"), page.locator("[data-lesson-next]")
    for place in (2, 3):
        onward.click()
        expect(count).to_contain_text(f"{place} / 6")
    page.locator("[data-lesson-back]").click()
    expect(count).to_contain_text("2 / 6")
    expect(page.locator("#id_places")).to_be_focused()
    for place in (3, 4, 5, 6):
        onward.click()
        expect(count).to_contain_text(f"{place} / 6")
    expect(page.locator(".is-lit")).to_have_count(0)
    # The step is told on the way: the end comes close behind it and stands.
    page.locator("button[value=end]").click()
    page.wait_for_url(lambda url: url.endswith("/"))
    expect(page.locator("button[value=begin]")).to_have_count(0)
    assert FirstLesson.objects.get().state == "done"
    page.goto("/help/lesson")
    page.locator("button[value=begin]").click()
    page.wait_for_url("**/delegations/new**")
    page.locator("button[value=leave]").click()
    page.wait_for_url(lambda url: url.endswith("/"))
    assert FirstLesson.objects.get().state == "left"
