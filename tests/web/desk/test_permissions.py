import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from bonphuong.accounts.enums import Permission, Role
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.web.desk.permissions import PUBLIC, permission, public
from tests.factories.accounts import officer_of


def _ask(view, user):
    request = RequestFactory().get("/")
    request.user = user
    return view(request)


def test_views_carry_their_permission():
    @permission(Permission.TRAIL_VIEW)
    def page(request):
        return HttpResponse()

    @public
    def door(request):
        return HttpResponse()

    assert (page.permission, door.permission) == (Permission.TRAIL_VIEW, PUBLIC)


def test_a_stranger_gets_404(stranger, at_desk):
    assert at_desk(stranger).get("/").status_code == 404


def test_who_lacks_the_permission_gets_404(agency, at_desk):
    clerk = officer_of(agency, Role.CLERK)
    assert at_desk(clerk).get("/trail/").status_code == 404


def test_a_refusal_of_a_service_is_a_page_that_says_why(officer):
    @permission(Permission.RECORD_VIEW)
    def page(request):
        raise NotAllowed("Chỉ lãnh đạo tỉnh được duyệt.")

    answer = _ask(page, officer)
    assert answer.status_code == 403
    assert "Chỉ lãnh đạo tỉnh được duyệt." in answer.content.decode()


@pytest.mark.parametrize(("role", "shown"), [(Role.HEAD, True), (Role.CLERK, False)])
def test_navigation_shows_only_what_one_may_open(agency, at_desk, role, shown):
    page = at_desk(officer_of(agency, role)).get("/").content.decode()
    assert ('href="/trail/"' in page) is shown


@pytest.mark.parametrize(
    ("refusal", "status"), [(Conflict("Đã có người sửa."), 409), (BadInput({"": ["Không đọc được."]}), 400)]
)
def test_a_refusal_that_no_form_shows_is_a_page_too(officer, refusal, status):
    @permission(Permission.RECORD_VIEW)
    def page(request):
        raise refusal

    answer = _ask(page, officer)
    assert answer.status_code == status
    assert refusal.message in answer.content.decode()
