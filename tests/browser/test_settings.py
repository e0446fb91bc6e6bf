"""An administrator lets somebody in; a head gives an authority and sets a deadline, and a record takes it."""

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
from tests.factories.delegations import finished

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "ba con suối nhỏ"
SOURCE = "QĐ 12/QĐ-UBND, Điều 3"


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
