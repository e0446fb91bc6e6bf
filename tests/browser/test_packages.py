"""A report leaves the province as a package, and the nation takes it in, asks about a line and returns it."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.exchange.services import load_deadlines, trust_key
from bonphuong.exchange.signing import fingerprint_of, key_file, own_key, public_of
from bonphuong.families.delegations.services import create
from bonphuong.reports.services import build_draft, sign_edition
from tests.factories.delegations import finished

QUESTION = "Số này đã gồm đoàn của các xã biên giới chưa?"
CLOSED = {
    "report": "Báo cáo năm",
    "office": "Ủy ban nhân dân tỉnh Lai Châu",
    "year": "2025",
    "part": "cả năm",
}
REASON = "Chưa có số liệu của Bộ đội Biên phòng"


@pytest.fixture
def signed(lai_chau):
    """The year 2025 of the province as it was signed, its period not closed."""
    load_deadlines()
    officer, head = (User.objects.get(username=name) for name in ("canbo", "truongphong"))
    create(finished(dt.date(2025, 10, 20), 7), office_code="lc-dofa", actor=officer)
    edition = build_draft(actor=officer, office="lai-chau", code="annual", period="2025")
    return sign_edition(
        actor=head, edition=edition, reason="Đủ hồ sơ", paper_number="278/BC-UBND", close=False
    )


@pytest.fixture
def seat(page, sit_down, hand):
    """Somebody else sits down, in another office."""

    def change(username):
        page.context.clear_cookies()
        return hand(sit_down(username))

    return change


def _taken(hand, what, path):
    with hand.page.expect_download() as waiting:
        hand.press(what)
    waiting.value.save_as(path)
    return path


def _close(head):
    page = head.page
    page.goto("/reports/periods/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chưa chốt kỳ nào")
    form = page.locator("details", has_text="Chốt một kỳ")
    for name, label in CLOSED.items():
        head.choose(form.locator(f"[name={name}]"), label)
    head.follow(form.get_by_role("button", name="Chốt"))
    row = page.get_by_role("row").filter(has_text="Báo cáo năm 2025")
    expect(row).to_contain_text("Đã chốt")


def _package(head, signed, folder, check):
    """The file of the package, and the line of the key with its fingerprint."""
    page = head.page
    page.goto(f"/reports/{signed.pk}")
    head.press(page.locator("details.menu", has_text="Tải về").locator("summary"))
    head.follow(page.get_by_role("link", name="Gói số liệu"))
    check(page)
    head.choose(page.get_by_label("Gửi"), "Liên hiệp các tổ chức hữu nghị Việt Nam")
    head.follow(page.locator("[data-save]"))
    check(page)
    file = _taken(head, page.locator(".head").get_by_role("link", name="Gói"), folder / "nam-2025.bppkg")
    page.goto("/packages/keys")
    own = page.get_by_role("region", name="Khóa của cơ quan mình").get_by_role("article")
    own = own.filter(has_text="Ủy ban nhân dân tỉnh Lai Châu")
    key = _taken(head, own.get_by_role("button"), folder / "khoa.pub").read_text()
    return file, key, own.locator("code").inner_text()


def _believed(leader, key, fingerprint, check):
    page = leader.page
    page.goto("/packages/keys")
    leader.write(page.locator("[name=key]"), key)
    leader.write(page.locator("[name=fingerprint]"), fingerprint)
    leader.save()
    expect(page.locator("#main article").filter(has_text=fingerprint)).to_contain_text("Tin cậy")
    check(page)


def _who_reported(officer, check):
    """The page of the nation tells who has reported and who has not."""
    page = officer.page
    page.goto("/nation/?year=2025")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1/5 địa phương đã báo cáo")
    provinces = page.get_by_role("region", name="Tình hình báo cáo").get_by_role("row")
    expect(provinces.filter(has_text="Lai Châu")).to_contain_text("Đã ký")
    expect(provinces.filter(has_text="Lào Cai")).to_contain_text("Chưa báo cáo")
    check(page)


def _returned(officer, file, folder, check):
    page = officer.page
    page.goto("/packages/")
    page.locator("[name=file]").set_input_files(file)
    officer.follow(page.locator("[data-save]"))
    check(page)
    line = page.get_by_role("row").filter(has_text="Lượt người đi theo đoàn").first
    expect(line.locator(".num")).to_have_text("7 lượt người")
    officer.press(line.get_by_role("link"))
    page.wait_for_url("**figure=**")
    officer.write(page.locator("[name=text]"), QUESTION)
    officer.follow(page.get_by_role("button", name="Gửi câu hỏi"))
    expect(page.get_by_role("region", name="Hỏi và trả lời")).to_contain_text(QUESTION)
    officer.follow(page.get_by_role("button", name="Trả lại"))
    expect(page.locator("#id_reason_error")).to_be_visible()
    officer.write(page.locator("[name=reason]"), REASON)
    officer.follow(page.get_by_role("button", name="Trả lại"))
    expect(page.locator(".head__meta")).to_contain_text("Đã trả lại")
    expect(page.get_by_role("button", name="Chấp nhận")).to_have_count(0)
    check(page)
    return _taken(officer, page.get_by_role("link", name="Thư gửi địa phương"), folder / "thu.bppkg")


def test_a_package_is_made_taken_in_asked_about_and_returned(seat, signed, assert_accessible, tmp_path):
    head = seat("truongphong")
    _close(head)
    file, key, fingerprint = _package(head, signed, tmp_path, assert_accessible)
    _believed(seat("lanhdao.vufo"), key, fingerprint, assert_accessible)

    officer = seat("canbo.vufo")
    letter = _returned(officer, file, tmp_path, assert_accessible)
    _who_reported(officer, assert_accessible)

    public = public_of(own_key("vufo"))
    trust_key(
        key_file("vufo", public),
        fingerprint=fingerprint_of(public),
        actor=User.objects.get(username="truongphong"),
    )
    head = seat("truongphong")
    head.page.goto("/packages/")
    head.page.locator("[name=file]").set_input_files(letter)
    head.follow(head.page.locator("[data-save]"))
    expect(head.page.locator("#main")).to_contain_text(REASON)
    asked = head.page.get_by_role("region", name="Câu hỏi của nơi nhận")
    expect(asked).to_contain_text(QUESTION)
    head.write(asked.get_by_role("textbox"), "Đã gồm.")
    head.follow(asked.get_by_role("button", name="Trả lời"))
    expect(asked).to_contain_text("Đã gồm.")
    assert_accessible(head.page)
