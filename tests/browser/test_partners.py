"""A briefing book made before a meeting, by mouse at a desk and by keys alone on a narrow screen."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.records.models import Commitment
from bonphuong.reports.models import BriefingBook
from tests.factories.delegations import inbound

PROMISE = "Gửi danh sách cán bộ học tiếng Lào"
POINT = "Mở lại lớp tiếng Việt ngắn hạn"


@pytest.fixture
def visited(lai_chau):
    """Phongsaly, whose people were here a month ago."""
    officer = User.objects.get(username="canbo")
    day = clock.today().replace(day=1)
    create(
        inbound(day.replace(year=day.year - 1), 4, partner_code="la-phongsaly"),
        office_code="lc-dofa",
        actor=officer,
    )
    return officer


def test_a_briefing_book_is_made_from_the_dossier(sit_down, hand, visited, assert_accessible):
    officer = hand(sit_down("canbo"))
    page = officer.page
    page.goto("/partners/")
    assert_accessible(page)
    officer.write(page.locator("#main [name=q]"), "phong sa ly")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "q=phong" in url)
    officer.follow(page.locator("#main .row-link").first)
    expect(page.locator("h1")).to_have_text("Phông Sa Lỳ")
    assert_accessible(page)
    officer.follow(page.get_by_role("link", name="Ghi lời hứa"))
    officer.write(page.locator("[name=text]"), PROMISE)
    officer.save()
    page.wait_for_url(lambda url: "tab=promises" in url)
    expect(page.get_by_role("link", name=PROMISE)).to_be_visible()
    assert Commitment.objects.get().party_code == "la-phongsaly"
    officer.follow(page.get_by_role("link", name="Lập sổ tay làm việc"))
    assert_accessible(page)
    officer.write(page.locator("[name=raise_too]"), POINT)
    officer.save()
    page.wait_for_url(lambda url: "/briefings/" in url)
    assert_accessible(page)
    expect(page.locator("article")).to_contain_text(POINT)
    expect(page.locator("article")).to_contain_text(PROMISE)
    assert _taken(officer, "PDF").startswith(b"%PDF-")
    first = _taken(officer, "Word")
    assert hashlib.sha256(first).digest() == hashlib.sha256(_taken(officer, "Word")).digest()
    assert BriefingBook.objects.count() == 1


def _taken(officer, ending) -> bytes:
    """The file behind a button of the book's page."""
    with officer.page.expect_download() as taken:
        officer.press(officer.page.locator("#main").get_by_role("link", name=ending, exact=True))
    return Path(taken.value.path()).read_bytes()
