"""From last year's sheet to records: paste, look at what is wrong in which cell, enter, mend the rest, take it back."""

from playwright.sync_api import expect

from bonphuong.kernel.sheets import read_table
from bonphuong.records.models import Record

HEADINGS = "TT\tTên đoàn/Mục đích\tNước đến\tThời gian\tSố người"
SHEET = f"""{HEADINGS}
1\tSở Y tế học tập tại Phongsaly\tLào\t10/3/2025 - 15/3/2025\t6
2\tĐoàn dự hội chợ Côn Minh\tTrung Quốc\t12/4/2025 - 16/4/2025\t4
3\tĐoàn đi vào ngày không có\tLào\t31/6/2025\t4"""
MENDED = f"{HEADINGS}\n3\tĐoàn đi vào ngày không có\tLào\t30/6/2025\t4"


def load(hand, text):
    page = hand.page
    page.goto("/import/")
    hand.write(page.locator("[name=text]"), text)
    hand.choose(
        page.locator("[name=kind]"), page.locator("option[value='delegations:outbound']").inner_text()
    )
    hand.press(page.locator("main form button[type=submit]").first)
    page.wait_for_url("**/import/*-*")


def test_a_sheet_is_pasted_checked_entered_mended_and_taken_back(sit_down, hand, assert_accessible, tmp_path):
    page = sit_down("canbo")
    officer = hand(page)
    page.goto("/import/")
    assert_accessible(page)

    load(officer, SHEET)
    expect(page.get_by_role("heading", level=1)).to_have_text("2 dòng ghi được vào sổ, 1 dòng cần sửa")
    expect(page.locator("#errors")).to_contain_text("D4")
    expect(page.locator("#errors")).to_contain_text("31/6/2025")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    officer.press(page.get_by_role("button", name="2 dòng"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi 2 dòng vào sổ")
    with page.expect_download() as waiting:
        officer.press(page.locator("a[download]").first)
    waiting.value.save_as(tmp_path / "sua.xlsx")
    assert "31/6/2025" in str(read_table((tmp_path / "sua.xlsx").read_bytes(), name="sua.xlsx"))

    load(officer, MENDED)
    expect(page.get_by_role("heading", level=1)).to_have_text("1 dòng ghi được vào sổ")
    officer.press(page.get_by_role("button", name="1 dòng"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi 1 dòng vào sổ")
    assert Record.objects.count() == 3

    officer.follow(page.get_by_role("link", name="Hoàn tác"))
    page.wait_for_url("**/undo")
    assert_accessible(page)
    officer.press(page.locator("main button[type=submit]"))
    expect(page.locator("[name=reason]:invalid")).to_be_focused()
    officer.write(page.locator("[name=reason]"), "Nạp nhầm tệp")
    officer.press(page.locator("main button[type=submit]"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("hoàn tác")
    assert Record.objects.count() == 2
