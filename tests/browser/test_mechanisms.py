"""A session of a working group prepared from what the last one left undone, as an officer does it."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.mechanisms.models import AgendaItem
from bonphuong.kernel import clock
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import create
from bonphuong.records.models import Record
from tests.factories.mechanisms import mechanism, meeting

DONE = "Gửi danh sách cán bộ học tiếng Trung"
OPEN = "Trả lời đề nghị nối lại lối mở"


@pytest.fixture
def session(lai_chau) -> Record:
    """The eleventh meeting of a group, planned for yesterday."""
    officer = User.objects.get(username="canbo")
    series = create(mechanism(), family="mechanisms", office_code="lc-dofa", actor=officer)
    planned = meeting(
        title="Phiên họp mẫu lần thứ 11",
        session_number=11,
        series_number=series.number,
        planned_on=clock.today() - dt.timedelta(days=1),
    )
    return create(planned, family="mechanisms", office_code="lc-dofa", actor=officer)


def _do(hand, label, **values):
    """A step or an act that the page of the record offers, with what it asks for."""
    page = hand.page
    way = page.locator("#main").get_by_role("link", name=label, exact=True).first
    if not way.is_visible():
        hand.press(page.locator("#main details.menu summary").first)
    hand.press(way)
    page.wait_for_url(lambda url: "/steps/" in url or "/act/" in url)
    for name, value in values.items():
        hand.write(page.locator(f"[name={name}]"), value)
    hand.save()
    page.wait_for_url(lambda url: "/steps/" not in url and "/act/" not in url)


def test_a_session_is_prepared_from_the_promises_of_the_last_one(sit_down, hand, session, assert_accessible):
    officer = hand(sit_down("canbo"))
    page = officer.page
    page.goto(f"/records/item/{session.pk}")
    _do(officer, "Xác nhận đã họp")
    _do(
        officer,
        "Ghi cam kết",
        promises=f"{DONE}\n{OPEN}",
        due_on=f"{clock.today() + dt.timedelta(days=30):%d/%m/%Y}",
    )
    expect(page.locator("#promises")).to_contain_text(OPEN)
    assert_accessible(page)
    _do(officer, "Đã ghi đủ cam kết")

    kept = page.locator("#promises li, #promises tr").filter(has_text=DONE)
    officer.press(kept.get_by_role("link").last)
    officer.choose(page.get_by_label("Tình trạng"), "đã xong")
    officer.write(page.get_by_label("Xong ngày"), f"{clock.today():%d/%m/%Y}")
    officer.write(page.get_by_label("Căn cứ là đã xong"), "Công văn 15/SNV")
    officer.save()
    expect(page.locator("#promises")).to_contain_text("15/SNV")

    _do(officer, "Chuẩn bị kỳ họp sau", planned_on=f"{clock.today() + dt.timedelta(days=60):%d/%m/%Y}")
    expect(page.locator("h1")).to_contain_text("12")
    expect(page.locator("#main")).to_contain_text(OPEN)
    expect(page.locator("#main")).not_to_contain_text(DONE)
    assert_accessible(page)
    following = Record.objects.get(pk=page.url.rsplit("/", 1)[-1])
    assert list(AgendaItem.objects.filter(row=row_of(following)).values_list("topic", flat=True)) == [OPEN]

    officer.press(page.get_by_role("link", name="In văn bản"))
    programme = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Chương trình"))
    with page.expect_download() as printed:
        officer.press(programme.get_by_role("button", name="In ra Word").first)
    assert printed.value.suggested_filename.endswith(".docx")
