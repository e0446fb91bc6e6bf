import pytest

from bonphuong.accounts.models import SavedView
from bonphuong.accounts.services.views import MOST_VIEWS, save_view
from bonphuong.kernel.errors import BadInput

PAGE = "/lists/delegations/views"
ASKED = "kind=outbound&period=all&country=LA"


def _keep(client, **given):
    return client.post(
        PAGE, {"do": "save", "name": "Đi Lào", "query": ASKED + "&after=2025-01-01.x&r=1", **given}
    )


def test_a_view_keeps_the_filters_and_neither_the_page_nor_the_ticks(people, at_desk):
    client = at_desk(people["canbo"])
    assert _keep(client).status_code == 302
    view = SavedView.objects.get()
    assert (view.name, view.query, view.office_code) == ("Đi Lào", ASKED, "")
    [shown] = client.get(f"/delegations/?{ASKED}").context["views"]
    assert (shown.url, shown.is_on) == (f"/delegations/?{ASKED}", True)


def test_a_shared_view_is_seen_in_the_same_office_and_nowhere_else(people, at_desk):
    _keep(at_desk(people["canbo"]), shared="on")
    seen = {
        name: len(at_desk(people[name]).get("/delegations/").context["views"])
        for name in ("canbo", "truongphong", "canbo.hunghi", "canbo.laocai")
    }
    assert seen == {"canbo": 1, "truongphong": 1, "canbo.hunghi": 0, "canbo.laocai": 0}


def test_the_list_opens_with_the_view_that_was_put_first(people, at_desk):
    client = at_desk(people["canbo"])
    _keep(client, first="on")
    assert client.get("/delegations/")["Location"] == f"/delegations/?{ASKED}"
    assert client.get("/delegations/?period=all").status_code == 200
    view = SavedView.objects.get()
    client.post(PAGE, {"do": "not_first", "view": view.pk})
    assert client.get("/delegations/").status_code == 200


def test_an_own_view_is_renamed_and_removed(people, at_desk):
    client = at_desk(people["canbo"])
    _keep(client)
    view = SavedView.objects.get()
    client.post(PAGE, {"do": "rename", "view": view.pk, "called": "Sang Lào"})
    assert SavedView.objects.get().name == "Sang Lào"
    client.post(PAGE, {"do": "remove", "view": view.pk})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("act", ["rename", "remove", "first"])
def test_nobody_changes_the_view_of_another(people, at_desk, act):
    _keep(at_desk(people["canbo"]), shared="on")
    view = SavedView.objects.get()
    answer = at_desk(people["truongphong"]).post(PAGE, {"do": act, "view": view.pk, "called": "x"})
    assert answer.status_code == 404
    assert SavedView.objects.get().name == "Đi Lào"


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_view_without_a_fit_name_is_refused(people, at_desk, name):
    assert _keep(at_desk(people["canbo"]), name=name).status_code == 422


def test_the_same_name_keeps_the_new_filters_and_there_is_an_end_to_views(people, at_desk):
    for number in range(MOST_VIEWS):
        save_view(actor=people["canbo"], family="aid", name=f"Lọc {number}", query="")
    save_view(actor=people["canbo"], family="aid", name="Lọc 0", query="flag=late")
    with pytest.raises(BadInput):
        save_view(actor=people["canbo"], family="aid", name="Thêm nữa", query="")
    assert SavedView.objects.get(name="Lọc 0").query == "flag=late"


def test_lists_of_the_kit_have_views_too(people, at_desk):
    client = at_desk(people["canbo"])
    client.post("/lists/aid/views", {"do": "save", "name": "Quá hạn", "query": "flag=late", "first": "on"})
    assert client.get("/records/aid/")["Location"] == "/records/aid/?flag=late"
