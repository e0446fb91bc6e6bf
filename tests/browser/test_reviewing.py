"""A report that several people review, that is signed over a warning, corrected later, and comes back as a file."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import correct, create
from bonphuong.kernel import clock
from bonphuong.reports.services import build_draft
from tests.factories.delegations import finished
from tests.reports.test_verifying import edit_text, redone

TRIP = finished(dt.date(2025, 10, 20), 7)
MISCOUNT = "Đoàn đi Phongsaly có bảy hay sáu người?"
BORDER = "Bổ sung kết quả tuần tra chung"


@pytest.fixture
def trip(lai_chau):
    return create(TRIP, office_code="lc-dofa", actor=User.objects.get(username="canbo"))


@pytest.fixture
def draft(trip):
    officer = User.objects.get(username="canbo")
    return build_draft(actor=officer, office="lai-chau", code="monthly", period="2025-11")


@pytest.fixture
def seat(page, sit_down, hand):
    """Somebody else of the office sits down at the same desk."""

    def change(username):
        page.context.clear_cookies()
        return hand(sit_down(username))

    return change


def _heading(page):
    return page.get_by_role("heading", level=1)


def _remark(reviewer, on, text):
    """Remark on what a link of the draft names."""
    reviewer.follow(on)
    reviewer.write(reviewer.page.locator("#remark [name=body]"), text)
    reviewer.follow(reviewer.page.locator("#remark [data-save]"))
    expect(reviewer.page.locator(".remark", has_text=text)).to_be_visible()


def _asked(officer, draft, check):
    """The draft goes to the head and to the leader."""
    page = officer.page
    page.goto(f"/reports/{draft.pk}")
    officer.follow(page.get_by_role("link", name="Góp ý", exact=True))
    expect(_heading(page)).to_have_text("Không còn ý kiến nào chưa xử lý")
    officer.follow(page.get_by_role("link", name="Đề nghị góp ý"))
    check(page)
    for name in ("truongphong", "lanhdao"):
        person = User.objects.get(username=name).get_full_name()
        officer.press(page.get_by_role("checkbox", name=person))
    officer.write(page.get_by_label("Góp ý trước ngày"), f"{clock.today():%d/%m/%Y}")
    officer.save()
    expect(page.get_by_role("region", name="Người góp ý")).to_contain_text("Trần Minh Họa")


def _returned(leader, check):
    """The leader remarks on a figure and on a section, and returns the draft."""
    page = leader.page
    leader.follow(page.locator("#reviews a.button"))
    leader.press(page.locator("article.narrative a.figure", has_text="7 lượt người").first)
    _remark(leader, page.get_by_role("link", name="Góp ý số liệu này"), MISCOUNT)
    section = page.locator("#section-border")
    _remark(leader, section.get_by_role("link", name="Góp ý mục này"), BORDER)
    expect(_heading(page)).to_have_text("Còn 2 ý kiến chưa xử lý")
    check(page)
    leader.press(page.get_by_role("radio", name="Trả lại để sửa"))
    leader.follow(page.get_by_role("button", name="Gửi trả lời").first)
    expect(page.locator("#id_said_error")).to_be_visible()
    leader.write(page.locator("[name=said]"), "Còn thiếu phần biên giới")
    leader.follow(page.get_by_role("button", name="Gửi trả lời").first)
    expect(page.get_by_role("region", name="Người góp ý")).to_contain_text("Còn thiếu phần biên giới")


def _settled(head, draft):
    """The head answers the one remark and settles it, and agrees."""
    page = head.page
    page.goto(f"/reports/{draft.pk}/review")
    remark = page.locator(".remark", has_text=MISCOUNT)
    expect(remark).to_contain_text("7 lượt người")
    head.press(remark.locator("summary"))
    head.write(remark.locator("[name=body]"), "Bảy người, theo quyết định cử đoàn")
    head.follow(remark.get_by_role("button", name="Gửi trả lời"))
    expect(remark).to_contain_text("theo quyết định cử đoàn")
    head.follow(remark.get_by_role("button", name="Đánh dấu đã xử lý"))
    expect(remark).to_contain_text("đã kết thúc")
    head.press(page.get_by_role("radio", name="Nhất trí"))
    head.follow(page.get_by_role("button", name="Gửi trả lời").first)
    expect(_heading(page)).to_have_text("Còn 1 ý kiến chưa xử lý")


def _signed(head, draft, check):
    """What is still open is a warning that is signed over with a reason."""
    page = head.page
    page.goto(f"/reports/{draft.pk}")
    head.follow(page.get_by_role("link", name="Ký", exact=True))
    warned = page.locator(".findings")
    expect(warned).to_contain_text("Còn thiếu phần biên giới")
    check(page)
    head.write(page.locator("[name=paper_number]"), "338/BC-UBND")
    head.follow(page.locator("[data-save]"))
    expect(page.locator(".error-summary")).to_contain_text("lý do")
    head.write(page.locator("[name=reason]"), "Phần biên giới có báo cáo riêng")
    head.follow(page.locator("[data-save]"))
    expect(page.locator(".notice")).to_contain_text("Phần biên giới có báo cáo riêng")


def _word(hand, path):
    """Word as the person downloads it from the page of the report."""
    page = hand.page
    hand.press(page.locator("details.menu", has_text="Tải về").locator("summary"))
    with page.expect_download() as waiting:
        hand.press(page.get_by_role("link", name="Word"))
    waiting.value.save_as(path)
    return path


def _held(hand, path):
    """Hold a file against its edition, from the list of reports."""
    page = hand.page
    page.goto("/reports/")
    hand.follow(page.locator("#main").get_by_role("link", name="Đối chiếu tệp"))
    page.locator("[name=file]").set_input_files(path)
    hand.follow(page.get_by_role("button", name="Đối chiếu"))


def _comes_back(head, path, check):
    """Untouched, every figure holds; what a hand changed is named with both values."""
    page = head.page
    _held(head, path)
    expect(_heading(page)).to_have_text("Tệp còn đúng hoàn toàn")
    path.write_bytes(redone(path.read_bytes(), lambda root: edit_text(root, "7 lượt người", "17 lượt người")))
    _held(head, path)
    edited = page.get_by_role("region", name="Số liệu bị sửa bằng tay")
    expect(edited.locator("del").first).to_have_text("7 lượt người")
    expect(edited.locator("ins").first).to_have_text("17 lượt người")
    check(page)


def _corrected(head, trip, draft, check):
    """The register is corrected after signing: the report says what changed since, its next edition lists it."""
    page = head.page
    correct(
        trip,
        replace(TRIP, actual_heads=6),
        expected_version=trip.version,
        actor=User.objects.get(username="truongphong"),
        reason="Một người ở lại",
        late_reason="Báo cáo kết quả nộp muộn",
    )
    page.goto(f"/reports/{draft.pk}")
    head.follow(page.get_by_role("link", name="So sánh"))
    expect(_heading(page)).to_contain_text("đến nay đã khác")
    since = page.get_by_role("region", name="Thay đổi từ khi ký")
    line = since.get_by_role("row").filter(has_text="Lượt người đi theo đoàn").first
    expect(line.locator(".num")).to_have_text(["7", "6", "−1"])
    expect(since.get_by_text(trip.number).filter(visible=True).first).to_be_visible()
    check(page)
    head.follow(page.locator(".head").get_by_role("link", name="Báo cáo"))
    head.follow(page.get_by_role("link", name="Lập bản đính chính"))
    head.write(page.locator("[name=reason]"), "Đính chính số người của một đoàn")
    head.save()
    page.wait_for_url(lambda url: "/reports/" in url and str(draft.pk) not in url and "?" not in url)
    head.follow(page.get_by_role("link", name="Ký", exact=True))
    head.write(page.locator("[name=reason]"), "Phần biên giới có báo cáo riêng")
    head.follow(page.locator("[data-save]"))
    expect(page.locator(".head__meta")).to_contain_text("Đã ký")
    told = page.locator("#section-differences")
    expect(told).to_contain_text("Đính chính số người của một đoàn")
    line = told.get_by_role("row").filter(has_text="Lượt người đi theo đoàn, tháng 11 năm 2025")
    expect(line).to_contain_text("−1")
    expect(line).to_contain_text(trip.number)


def test_a_report_is_reviewed_signed_over_a_warning_corrected_and_comes_back(
    seat, trip, draft, assert_accessible, tmp_path
):
    _asked(seat("canbo"), draft, assert_accessible)
    _returned(seat("lanhdao"), assert_accessible)
    head = seat("truongphong")
    _settled(head, draft)
    _signed(head, draft, assert_accessible)
    path = _word(head, tmp_path / "bao-cao.docx")
    _comes_back(head, path, assert_accessible)
    _corrected(head, trip, draft, assert_accessible)
    _held(head, path)
    expect(head.page.locator(".notice")).to_contain_text("đã được thay thế")
