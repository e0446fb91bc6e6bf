"""Who changed a figure: from the figure to its rows, from a row to its record, from the record to its trail."""

import datetime as dt
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import correct, create
from tests.factories.delegations import finished

REASON = "Đếm nhầm một người"


@pytest.fixture
def corrected(lai_chau):
    """A delegation of seven, which somebody else corrects to six."""
    draft = finished(dt.date(2025, 10, 20), 7)
    record = create(draft, office_code="lc-dofa", actor=User.objects.get(username="canbo"))
    head = User.objects.get(username="truongphong")
    correct(
        record, replace(draft, actual_heads=6), expected_version=record.version, actor=head, reason=REASON
    )
    return record, head


def test_find_who_changed_a_figure(sit_down, hand, corrected, assert_accessible):
    record, head = corrected
    page = sit_down("lanhdao")
    walk = hand(page)
    page.goto("/figures/")
    assert_accessible(page)
    if not page.locator("#ask").is_visible():
        walk.press(page.locator("summary", has_text="Chọn chỉ tiêu"))
    walk.choose(page.locator("[name=indicator]"), "Lượt người đi theo đoàn")
    walk.choose(page.locator("[name=year]"), "2025")
    walk.choose(page.locator("[name=split]"), "Theo nước")
    walk.follow(page.locator("#ask button[type=submit]"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("năm 2025: 6 lượt người")
    # The first look asks for the picture by its address; it is then kept, and every later one has it in the page.
    expect(page.locator(".drawing")).to_be_visible()
    page.wait_for_function("(document.querySelector('img.drawing') ?? { naturalWidth: 1 }).naturalWidth > 0")
    page.reload()
    expect(page.locator("svg.drawing")).to_be_visible()
    assert_accessible(page)

    walk.press(page.locator("#figure-table tbody tr.is-picked a.cell:visible").last)
    page.wait_for_url("**/figures/**period=2025**#rows")
    rows = page.locator("#rows")
    expect(rows).to_contain_text(record.number)
    walk.follow(rows.locator("a.row-link"))

    trail = page.locator(".timeline--trail")
    expect(trail).to_contain_text(REASON)
    expect(trail).to_contain_text(str(head))
    act = trail.locator("li", has_text=REASON)
    walk.press(act.locator("summary"))
    expect(act.locator(".changes del", has_text="7").first).to_be_visible()
    expect(act.locator(".changes ins", has_text="6").first).to_be_visible()
    assert_accessible(page)
