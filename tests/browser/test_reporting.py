"""A report from its first draft to its file: figures that open, words that people write, checks, signing."""

import datetime as dt
import zipfile

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.reports.models import Edition
from tests.factories.delegations import finished, inbound


@pytest.fixture
def register(lai_chau):
    officer = User.objects.get(username="canbo")
    create(finished(dt.date(2025, 10, 20), 7), office_code="lc-dofa", actor=officer)
    create(inbound(dt.date(2025, 11, 3), 5), office_code="lc-dofa", actor=officer)


def _choose(hand, name, value):
    field = hand.page.locator(name)
    hand.choose(field, field.locator(f"option[value='{value}']").inner_text())


def test_a_report_is_written_signed_and_taken_away(sit_down, hand, register, assert_accessible, tmp_path):
    page = sit_down("truongphong")
    head = hand(page)
    page.goto("/reports/")
    assert_accessible(page)
    head.follow(page.locator("nav.catalogue a[href*='annual']"))
    _choose(head, "[name=office]", "lai-chau")
    _choose(head, "[name=year]", "2025")
    head.follow(page.locator("main button[type=submit]"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("năm 2025")
    assert_accessible(page)

    head.press(page.locator("article.narrative a.figure", has_text="7 lượt người").first)
    drawer = page.locator("#evidence")
    expect(drawer.locator(".evidence__figure")).to_have_text("7 lượt người")
    expect(drawer).to_contain_text("ĐR-2025-001")
    assert_accessible(page)

    head.follow(page.get_by_role("link", name="Viết phần này").first)
    assert_accessible(page)
    head.write(page.locator("[name=body]"), "Trong năm, các đoàn bám sát chương trình.")
    head.save()
    expect(page.locator("article.narrative")).to_contain_text("bám sát chương trình")

    head.follow(page.get_by_role("link", name="Ký", exact=True))
    assert_accessible(page)
    head.write(page.locator("[name=reason]"), "Đã đối chiếu với các đơn vị")
    head.write(page.locator("[name=paper_number]"), "338/BC-SNgV")
    head.follow(page.locator("main button[type=submit]"))
    expect(page.locator(".head__meta")).to_contain_text("Đã ký")
    assert Edition.objects.get().paper_number == "338/BC-SNgV"
    assert_accessible(page)

    head.press(page.locator("details.menu", has_text="Tải về").locator("summary"))
    with page.expect_download() as waiting:
        head.press(page.get_by_role("link", name="Word"))
    waiting.value.save_as(tmp_path / "bao-cao.docx")
    with zipfile.ZipFile(tmp_path / "bao-cao.docx") as package:
        assert "bám sát chương trình" in package.read("word/document.xml").decode()

    head.follow(page.get_by_role("link", name="So sánh"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Chưa có gì thay đổi từ khi ký")
    assert_accessible(page)


def test_figures_open_without_script(browser, live_server, sit_down, register):
    page = sit_down("canbo")
    page.goto("/reports/")
    page.locator("[name=office]").select_option("lai-chau")
    page.locator("[name=year]").select_option("2025")
    page.locator("[name=part]").select_option("-11")
    page.locator("main button[type=submit]").click()
    address = page.url
    plain = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
        viewport={"width": 360, "height": 800},
    )
    bare = plain.new_page()
    bare.goto(address)
    bare.locator("article.narrative a.figure", has_text="7 lượt người").first.click()
    expect(bare.locator("#evidence .evidence__figure")).to_have_text("7 lượt người")
    expect(bare.locator("#evidence .evidence__figure")).to_be_in_viewport()
    plain.close()
