"""Papers printed from the page of a record, as an officer does it."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import pytest
from playwright.sync_api import expect

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kit.services import create
from bonphuong.procedures.services import Body
from bonphuong.records.services import ask_opinions
from tests.factories.mechanisms import meeting


@pytest.fixture
def record(lai_chau):
    officer = User.objects.get(username="canbo")
    found = create(meeting(), family="mechanisms", office_code="lc-dofa", actor=officer)
    bodies = [Body("police", text="Công an tỉnh Ví Dụ"), Body("military", text="Bộ Chỉ huy Ví Dụ")]
    ask_opinions(found, bodies, question="Thành phần", on=clock.today(), actor=officer)
    return found


def test_a_letter_to_each_body_prints_and_its_number_comes_back(sit_down, record, assert_accessible):
    page = sit_down("canbo")
    page.goto(f"/records/item/{record.pk}")
    page.get_by_role("link", name="In văn bản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("In văn bản")
    letter = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Công văn xin ý kiến"))
    letter.get_by_text("Ai ban hành, ai ký, gửi ai").click()
    letter.get_by_label("Gửi").select_option(label="mỗi nơi một công văn, in chung một tệp")
    letter.get_by_text("Gõ lại số và ngày").click()
    assert_accessible(page)
    with page.expect_download() as printed:
        letter.get_by_role("button", name="In ra Word").click()
    assert printed.value.suggested_filename.endswith(".docx")
    letter.get_by_label("Số và ký hiệu").fill("15/SNgV")
    letter.get_by_label("Ngày").fill(f"{clock.today():%d/%m/%Y}")
    letter.get_by_role("button", name="Ghi số và ngày").click()
    expect(page.get_by_role("listitem").filter(has_text="15/SNgV").first).to_be_visible()
    assert_accessible(page)
