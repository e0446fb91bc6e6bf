import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory

SIGN_IN = "/sign-in"


def test_a_stranger_is_sent_to_the_door_and_back(client, db):
    answer = client.get("/trail/?who=x")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/trail/%3Fwho%3Dx")


def test_a_fragment_asked_for_after_the_session_ended_moves_the_whole_page(client, db):
    answer = client.get("/trail/", headers={"HX-Request": "true", "HX-Current-URL": "/trail/"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in?next=/trail/")


def test_right_name_and_password_open_the_desk(officer):
    officer.set_password("mat-khau-thu")
    client = Client()
    UserFactory(username="canbo.thu", password="mat-khau-thu")
    answer = client.post(SIGN_IN, {"username": "canbo.thu", "password": "mat-khau-thu"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_wrong_password_keeps_the_name_and_says_what_to_do(client, db):
    UserFactory(username="canbo.thu", password="mat-khau-thu")
    answer = client.post(SIGN_IN, {"username": "canbo.thu", "password": "sai"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="canbo.thu"' in page
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert "Chưa đăng nhập được" in page
    assert "Chưa lưu được" not in page


def test_guessing_is_held_back(client, db):
    UserFactory(username="canbo.thu", password="mat-khau-thu")
    answers = [client.post(SIGN_IN, {"username": "canbo.thu", "password": f"sai{n}"}) for n in range(9)]
    assert answers[-1].status_code == 429
    assert "Sai quá nhiều lần" in answers[-1].content.decode()


def test_the_way_back_never_leads_off_the_site(client, db):
    UserFactory(username="canbo.thu", password="mat-khau-thu")
    body = {"username": "canbo.thu", "password": "mat-khau-thu", "next": "https://elsewhere.example/"}
    assert client.post(SIGN_IN, body)["Location"] == "/"


def test_signing_in_takes_the_language_of_the_person(client, db):
    UserFactory(username="canbo.thu", password="mat-khau-thu", language="en")
    answer = client.post(SIGN_IN, {"username": "canbo.thu", "password": "mat-khau-thu"})
    assert answer.cookies["language"].value == "en"


def test_signing_out_needs_a_post(officer, at_desk):
    client = at_desk(officer)
    assert client.get(reverse("desk:logout")).status_code == 405
    assert client.post(reverse("desk:logout"))["Location"] == "/sign-in"
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(("wanted", "kept"), [("en", "en"), ("vi", "vi"), ("xx", None)])
def test_language_is_kept_in_a_cookie(client, db, wanted, kept):
    answer = client.post(reverse("desk:language"), {"language": wanted, "next": "/sign-in"})
    cookie = answer.cookies.get("language")
    assert (answer["Location"], cookie.value if cookie else None) == ("/sign-in", kept)


def test_english_by_the_switch(client, db):
    client.cookies["language"] = "en"
    page = client.get(SIGN_IN).content.decode()
    assert '<html lang="en">' in page
    assert "Sign in" in page
    assert "Đăng nhập" not in page


def test_pages_carry_nothing_inline(client, db):
    answer = client.get(SIGN_IN)
    policy = answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert "unsafe" not in policy
    assert " style=" not in page
    assert "<style" not in page
    assert "onclick" not in page


@pytest.mark.parametrize("address", ["/papers/?q=%00", "/trail/?who=%00", "/sign-in?next=%00"])
def test_a_nul_in_an_address_is_turned_away(client, db, address):
    assert client.get(address).status_code == 400
