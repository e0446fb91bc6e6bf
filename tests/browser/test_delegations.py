"""A delegation from the request to the day it has come back, as people at their desks do it."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.models import Delegation, Member
from bonphuong.families.delegations.services import create_many
from bonphuong.kernel import clock
from tests.factories.delegations import finished, inbound

TITLE = "Sở Nội vụ thăm Vân Nam bàn đào tạo cán bộ"
LIST = (
    "Nguyễn Văn Mẫu\tNam\tTrưởng phòng\tSở Nội vụ\tTrưởng đoàn\n"
    "Trần Thị Ví Dụ\tnữ\tChuyên viên\tSở Nội vụ\tthư ký\n"
    "Lý A Thử\tNam\n"
    "Vàng Thị Mẫu\tnữ\n"
)
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def register(lai_chau):
    """Two trips and a visit of the last weeks."""
    today = clock.today()
    drafts = [
        finished(today - dt.timedelta(days=40), 6, title="Sở Y tế trao đổi chuyên môn tại Phongsaly"),
        finished(today - dt.timedelta(days=20), 10, title="Đoàn đại biểu tỉnh thăm Phongsaly"),
        inbound(today - dt.timedelta(days=3)),
    ]
    officer = User.objects.get(username="canbo")
    return create_many(drafts, office_code="lc-dofa", actor=officer, reason="Nhập sổ")


def _fill(page, values):
    for name, value in values.items():
        page.locator(f"#id_{name}").fill(value)


def _step(hand, label, **values):
    """Take the next step as the page of the record offers it."""
    hand.press(hand.page.locator(".next").get_by_role("link", name=label, exact=True))
    hand.page.wait_for_url("**/steps/*")
    for name, value in values.items():
        hand.write(hand.page.locator(f"#id_{name}"), value)
    hand.save()
    hand.page.wait_for_url(lambda url: "/steps/" not in url)


def test_a_request_goes_its_way_to_the_trip_report(sit_down, hand, assert_accessible):
    officer = hand(sit_down("canbo"))
    page = officer.page
    page.keyboard.press("n")
    expect(page.locator(".menu--new a").first).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/delegations/new**")
    assert_accessible(page)
    today = f"{clock.today():%d/%m/%Y}"
    for name, value in {
        "title": TITLE,
        "places": "Trung Quốc (Vân Nam)",
        "approved_heads": "5",
        "starts_on": today,
        "ends_on": today,
    }.items():
        officer.write(page.locator(f"#id_{name}"), value)
    officer.save()
    page.wait_for_url(lambda url: "/new" not in url)
    expect(page.locator("h1")).to_have_text(TITLE)
    assert_accessible(page)
    for label in ("Gửi hồ sơ đề nghị", "Nhận hồ sơ, thẩm định", "Trình quyết định"):
        _step(officer, label)
    expect(page.locator(".head__meta")).to_contain_text("Chờ quyết định")

    page.context.clear_cookies()
    leader = hand(sit_down("lanhdao"))
    expect(page.locator("#waiting-title")).to_contain_text("1")
    leader.press(page.locator("#main").get_by_role("link", name=TITLE).first)
    _step(leader, "Cho phép", decision_number="77/QĐ-UBND", approved_heads="4")
    expect(page.locator(".facts")).to_contain_text("Đoàn ra được cho phép")
    assert_accessible(page)

    address = page.url
    page.context.clear_cookies()
    officer = hand(sit_down("canbo"))
    page.goto(address)
    _step(officer, "Xác nhận đoàn đã đi", actual_heads="4")
    _step(officer, "Xác nhận đoàn đã về")
    officer.press(page.locator("#papers").get_by_role("link", name="Báo cáo kết quả"))
    officer.write(page.get_by_label("Số và ký hiệu"), "12/BC-SNV")
    officer.write(page.get_by_label("Ngày", exact=True), today)
    officer.save()
    expect(page.locator("#papers")).to_contain_text("12/BC-SNV")
    _step(officer, "Nhận báo cáo kết quả", result="Thống nhất nội dung đào tạo")
    _step(officer, "Kết thúc hồ sơ")
    expect(page.locator(".head__meta")).to_contain_text("Kết thúc")
    assert_accessible(page)
    row = Delegation.objects.get()
    assert (row.approved_heads, row.actual_heads, row.record.is_closed) == (4, 4, True)


def test_a_finished_trip_is_registered_with_its_list_pasted_from_excel(sit_down, assert_accessible):
    page = sit_down("canbo")
    page.goto("/delegations/new?kind=outbound&as=finished")
    year = clock.today().year - 1
    said = {
        "title": TITLE,
        "places": "Trung Quốc (Vân Nama)",
        "approved_heads": "4",
        "decision_number": "77/QĐ-UBND",
        "decided_on": f"20/2/{year}",
        "starts_on": f"5/3/{year}",
        "ends_on": f"9/3/{year}",
        "started_on": f"5/3/{year}",
        "ended_on": f"3/3/{year}",
        "actual_heads": "4",
    }
    _fill(page, said)
    page.locator("#id_members-0-full_name").focus()
    page.evaluate(PASTE, LIST)
    expect(page.locator("#id_members-3-full_name")).to_have_value("Vàng Thị Mẫu")
    expect(page.locator("#id_members-1-role")).to_have_value("secretary")
    page.keyboard.press("Control+Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(2)
    expect(page.locator("#id_title")).to_have_value(TITLE)
    assert_accessible(page)

    _fill(page, {"places": "Trung Quốc (Vân Nam)", "ended_on": f"9/3/{year}"})
    page.locator("[data-save]").click()
    expect(page.locator(".facts__lead")).to_have_text("1 đoàn, 4 lượt người")
    assert Member.objects.count() == 4
    assert_accessible(page)


def test_two_people_correct_at_once_and_nothing_is_lost(sit_down, register, assert_accessible):
    trip = register[1]
    page = sit_down("canbo")
    page.goto(f"/delegations/{trip.pk}/edit")
    other = page.context.new_page()
    other.goto(f"/delegations/{trip.pk}/edit")
    _fill(other, {"actual_heads": "9", "reason": "Một người không đi"})
    other.locator("[data-save]").click()
    other.wait_for_url(f"**/delegations/{trip.pk}")

    _fill(page, {"result": "Ký biên bản làm việc", "reason": "Thêm kết quả"})
    page.locator("[data-save]").click()
    page.wait_for_url(f"**/delegations/{trip.pk}")
    assert_accessible(page)
    # They touched different fields: both stand, and nobody was asked.
    row = Delegation.objects.get(pk=trip.pk)
    assert (row.actual_heads, row.result) == (9, "Ký biên bản làm việc")


def test_the_list_is_searched_from_any_page_and_narrowed(sit_down, register, assert_accessible):
    page = sit_down("canbo")
    page.keyboard.press("/")
    page.keyboard.type("doan dai bieu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    found = page.locator("main").get_by_role("link", name="Đoàn đại biểu tỉnh thăm Phongsaly", exact=True)
    expect(found).to_be_visible()
    assert_accessible(page)
    page.goto("/delegations/?period=all")
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator(".tabs a", has_text="Đoàn vào").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("a.chip--add").click()
    expect(page.locator("#more")).to_be_visible()
    assert_accessible(page)
    page.locator("summary", has_text="Xuất tệp").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    assert waiting.value.suggested_filename.startswith("Đoàn vào")


def test_what_changed_opens_in_the_trail_and_the_chain_is_checked(sit_down, register, assert_accessible):
    page = sit_down("truongphong")
    page.goto("/trail/")
    assert_accessible(page)
    page.locator("main details summary").first.click()
    expect(page.locator("main details[open]").first).to_contain_text("Đoàn")
    assert_accessible(page)
    page.locator("main form button[type=submit]", has_text="Kiểm").first.click()
    expect(page.locator("main")).to_contain_text("Sổ cái khớp")
    assert_accessible(page)
