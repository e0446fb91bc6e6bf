"""A document at the desk: claims underlined, one entered with a period, one noted, the others left aside."""

import re

from playwright.sync_api import expect

from bonphuong.ledger.models import Statement
from bonphuong.records.models import Commitment

ARTICLE = """Trang chủ
09:15 | 20/11/2025
Lai Châu tăng cường đối ngoại
Những năm qua, tỉnh đón 85 đoàn nước ngoài đến thăm, làm việc.
Lai Châu có đường biên giới dài 265.165 km tiếp giáp với tỉnh Vân Nam (Trung Quốc).
Tại buổi làm việc, Chủ tịch VUFO Nguyễn Văn Mẫu đề nghị tỉnh Lai Châu đẩy mạnh giao lưu nhân dân.
"""


def test_a_claim_enters_the_ledger_with_the_period_that_a_person_gives(sit_down, hand, assert_accessible):
    page = sit_down("canbo")
    officer = hand(page)
    page.goto("/reader/")
    assert_accessible(page)
    officer.write(page.locator("[name=text]"), ARTICLE)
    officer.follow(page.locator("main form button[type=submit]").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lai Châu tăng cường đối ngoại")
    assert_accessible(page)

    claim = page.locator("a.claim", has_text="85 đoàn")
    expect(claim).to_have_class(re.compile("is-undated"))
    officer.press(claim)
    note = page.locator(".note:target")
    expect(note).to_contain_text("85 đoàn")
    officer.follow(note.get_by_role("link", name="Nhận là số khai"))
    assert_accessible(page)

    officer.write(page.locator("[name=until]"), "31/12/2024")
    officer.save()
    expect(page.locator(".error-summary")).to_be_focused()
    officer.write(page.locator("[name=since]"), "1/1/2024")
    officer.write(page.locator("[name=reason]"), "Theo báo cáo năm 2024")
    officer.press(page.locator("main button[type=submit]"))
    expect(page.locator(".note:target")).to_contain_text("Đã nhập thành số khai")
    assert [(row.measure, row.value) for row in Statement.objects.all()] == [("inbound.groups", 85)]

    request = page.locator(".note", has_text="giao lưu nhân dân")
    officer.follow(request.get_by_role("link", name="Ghi thành cam kết"))
    assert_accessible(page)
    officer.press(page.locator("main button[type=submit]"))
    expect(page.locator(".note:target")).to_contain_text("Đã ghi thành cam kết")
    assert Commitment.objects.count() == 1

    border = page.locator(".note", has_text="Chiều dài")
    officer.press(border.get_by_role("button", name="Để lại"))
    expect(page.locator(".note:target").get_by_role("button")).to_have_text(re.compile("Xem xét lại|lại"))
