import pytest
from playwright.sync_api import expect

from tests.factories.accounts import AssignmentFactory, UserFactory

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def officer():
    user = UserFactory(username="canbo.mau", full_name="Trần Văn Mẫu", password=PASSWORD)
    AssignmentFactory(user=user)
    return user


def sign_in(page):
    page.goto("/")
    page.locator("[name=username]").fill("canbo.mau")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def test_an_officer_signs_in_and_sees_the_desk(page, officer, assert_accessible):
    page.goto("/")
    assert_accessible(page)

    sign_in(page)

    expect(page.locator("body")).to_contain_text("Trần Văn Mẫu")
    assert page.url.endswith("/")
    assert_accessible(page)
