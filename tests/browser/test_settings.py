"""An administrator lets somebody in; a head gives an authority, sets a deadline and gives a report its own form."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.reports.services import build_draft, sign_edition
from tests.factories.delegations import finished

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "ba con suối nhỏ"
SOURCE = "QĐ 12/QĐ-UBND, Điều 3"
SHIPPED = "Đoàn vào: chưa có số liệu của kỳ này (chưa nhập)."
OWN = "Đoàn vào: sổ chưa ghi đoàn nào."


def _leave(page: Page) -> None:
    page.context.clear_cookies()


def _both_lights(page: Page, check: Callable[[Page], None]) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        check(page)
    page.emulate_media(color_scheme="light")


def test_settings_are_kept_by_those_whose_they_are(
    sit_down: Callable[[str], Page], assert_accessible: Callable[[Page], None]
) -> None:
    page = sit_down("quantri")
    page.goto("/settings/")
    _both_lights(page, assert_accessible)
    page.get_by_role("link", name="Người dùng", exact=True).click()
    page.get_by_role("link", name="Lập tài khoản cho một người").click()
    _both_lights(page, assert_accessible)
    page.get_by_label("Họ và tên").fill("Vàng A Mẫu")
    page.get_by_label("Tên đăng nhập").fill("vang.a.mau")
    page.get_by_label("Ở cơ quan nào").select_option("lc-dofa")
    page.get_by_label("Vai trò", exact=True).select_option("officer")
    page.locator("[data-save]").click()
    link = page.locator("#link").input_value()

    _leave(page)
    page.goto(link)
    _both_lights(page, assert_accessible)
    page.locator("[name=new]").fill(PASSWORD)
    page.locator("[name=again]").fill(PASSWORD)
    page.locator("[name=again]").press("Enter")
    page.locator("[name=username]").fill("vang.a.mau")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))

    _leave(page)
    page = sit_down("truongphong")
    _give_authority(page)
    _set_deadline(page, assert_accessible)
    record = create(
        finished(_days_ago(6), 3), office_code="lc-dofa", actor=User.objects.get(username="canbo")
    )
    page.goto(f"/delegations/{record.pk}")
    expect(page.locator("#main")).to_contain_text("4 ngày làm việc")
    expect(page.locator("#main")).to_contain_text(SOURCE)
    page.goto("/settings/procedures/delegations.outbound")
    _both_lights(page, assert_accessible)
    _own_form(page, assert_accessible)


def _days_ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _give_authority(page: Page) -> None:
    page.goto("/settings/authorities/new")
    page.locator("[name=office]").select_option("lc-dofa")
    page.locator("[name=holder]").select_option(label="Vàng A Mẫu")
    page.locator("[name=title]").fill("Chuyên viên")
    page.locator("[name=mode]").select_option("TUQ")
    page.locator("[name=source]").fill("Giấy ủy quyền 05/GUQ-SNgV")
    page.locator("[data-save]").click()
    # Nobody is signed for yet: said beside the field, and what was typed stays.
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=on_behalf_of]").fill("GIÁM ĐỐC")
    page.locator("[data-save]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Vàng A Mẫu"))


def _set_deadline(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    page.goto("/settings/deadlines/new?procedure=delegations.outbound")
    page.locator("[name=office]").select_option("lc-dofa")
    page.locator("[name=code]").select_option("delegations.outbound:trip_report")
    page.locator("[name=days]").fill("4")
    page.locator("[name=valid_from]").fill(format_date(_days_ago(90)))
    page.locator("[name=source]").fill(SOURCE)
    page.locator("[name=proved]").check()
    page.locator("[data-save]").click()
    expect(page.locator("#main")).to_contain_text("4 ngày làm việc")
    _both_lights(page, assert_accessible)


def _own_form(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    """A shipped form is copied, changed, tried and put in force; what was signed before keeps its words."""
    head, this = User.objects.get(username="truongphong"), clock.today().replace(day=1)
    last = this - dt.timedelta(days=1)
    told = build_draft(actor=head, office="lai-chau", code="monthly", period=f"{last:%Y-%m}")
    told = sign_edition(actor=head, edition=told, reason="Đủ hồ sơ")
    page.goto("/settings/reports/")
    page.get_by_label("Đơn vị").first.select_option("lai-chau")
    page.get_by_role("button", name="Xem").first.click()
    line = page.get_by_role("row").filter(has_text="Báo cáo tháng").filter(has_text="mẫu có sẵn")
    line.get_by_role("button", name="Sao chép và sửa").first.click()
    _both_lights(page, assert_accessible)
    _change_sentence(page, assert_accessible)
    _add_row(page, assert_accessible)

    page.get_by_role("link", name="Bản nháp mẫu").click()
    page.get_by_role("link", name="Xem trước với số liệu").click()
    page.get_by_label("Kỳ").fill(f"{this:%Y-%m}")
    page.get_by_label("Kỳ").press("Enter")
    _has_own_words(page)
    _both_lights(page, assert_accessible)
    page.get_by_role("link", name="Áp dụng").click()
    page.get_by_label("Lý do thay đổi mẫu").fill("Theo thông báo của Ví Dụ")
    page.locator("[data-save]").click()
    expect(page.locator("#main")).to_contain_text("Theo thông báo của Ví Dụ")

    page.goto(f"/reports/?report=monthly&office=lai-chau&year={this.year}&part=-{this:%m}")
    page.get_by_role("button", name="Bắt đầu", exact=True).click()
    _has_own_words(page)
    page.goto(f"/reports/{told.pk}")
    expect(page.locator("article.narrative")).to_contain_text(SHIPPED)
    expect(page.locator("article.narrative")).not_to_contain_text(OWN)


def _change_sentence(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    """A name that there is not is told beside its block, on the page of the section too, until it is mended."""
    page.get_by_role("link", name="Quản lý đoàn ra, đoàn vào").click()
    blocks = page.get_by_role("region", name="Các khối").get_by_role("listitem")
    block = blocks.filter(has_text=SHIPPED)
    block.get_by_role("link").click()
    sentence = page.get_by_role("listitem").filter(has=page.get_by_text(SHIPPED, exact=True)).last
    expect(sentence).to_contain_text("“Đoàn vào” chưa nhập")
    text = page.get_by_text(SHIPPED, exact=True)
    name = text.get_attribute("name")
    text.fill("Đoàn vào: {khong.co}.")
    page.locator("[data-save]").first.click()
    wrong = page.get_by_role("listitem").filter(has=page.locator(f"[name='{name}']")).last
    expect(wrong.get_by_role("note")).to_contain_text("khong.co")
    _both_lights(page, assert_accessible)
    page.get_by_role("link", name="Quản lý đoàn ra, đoàn vào").click()
    wrong = blocks.filter(has_text="khong.co")
    expect(wrong.get_by_role("note")).to_contain_text("khong.co")
    wrong.get_by_role("link").click()
    page.locator(f"[name='{name}']").fill(OWN)
    page.locator("[data-save]").first.click()
    expect(page.locator("#main").get_by_role("note")).to_have_count(0)


def _add_row(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    page.get_by_role("link", name="Quản lý đoàn ra, đoàn vào").click()
    page.get_by_role("region", name="Các khối").get_by_role("link", name="Bảng").click()
    page.get_by_label("Chỉ tiêu khác").select_option(label="Thỏa thuận ký mới")
    page.get_by_role("button", name="Thêm chỉ tiêu").click()
    expect(page.get_by_role("region", name="Chỉ tiêu trong bảng")).to_contain_text("Thỏa thuận ký mới")
    _both_lights(page, assert_accessible)


def _has_own_words(page: Page) -> None:
    told = page.locator("article.narrative")
    expect(told).to_contain_text(OWN)
    expect(told.get_by_role("row").filter(has_text="Thỏa thuận ký mới").first).to_be_visible()
