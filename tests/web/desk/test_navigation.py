"""The frame of every page: few groups, the rest folded, what waits, what one may enter."""

import re

from django.test import RequestFactory

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.records.registry import families
from bonphuong.web.desk.context import shell
from bonphuong.web.desk.navigation import GROUPS, kinds_to_enter, links_for
from bonphuong.web.desk.pages.waiting import waiting_count
from tests.factories.delegations import outbound
from tests.factories.notices import NoticeFactory


def _body(answer):
    return answer.content.decode()


def test_there_are_six_groups_at_most_and_every_family_is_found_once(people):
    assert len(GROUPS) <= 6
    shown = [
        link.family
        for part in links_for(people["canbo"], "home")
        for link in (*part.links, *part.folded)
        if link.family
    ]
    assert sorted(shown) == sorted(one.code for one in families())


def test_what_is_folded_opens_by_itself_on_its_own_pages(people, at_desk):
    client = at_desk(people["canbo"])
    folded = re.compile(r'<details\s+class="nav__more"\s+>')
    assert folded.search(_body(client.get("/")))
    assert folded.search(_body(client.get("/records/agreements/")))
    assert not folded.search(_body(client.get("/records/events/")))
    assert not folded.search(_body(client.get("/papers/")))


def test_the_number_beside_the_desk_is_that_of_the_desk_and_follows_what_one_does(people, at_desk):
    officer = people["canbo"]
    client = at_desk(officer)
    assert 'class="nav__count"' not in _body(client.get("/papers/"))
    for n in range(2):
        day = clock.today()
        create(
            outbound(title=f"Sở Y tế đi Phongsaly lần {n}", starts_on=day, ends_on=day),
            office_code="lc-dofa",
            actor=officer,
        )
    client.post("/notices/")
    page = client.get("/").context["page"]
    assert waiting_count(officer) == page.waiting_total + page.calls_total == 2
    assert re.search(r'class="nav__count"\s*>2<', _body(client.get("/papers/")))


def test_counting_again_costs_nothing(people, django_assert_num_queries):
    officer = people["canbo"]
    waiting_count(officer)
    with django_assert_num_queries(0):
        waiting_count(officer)


def test_all_kinds_may_be_entered_from_every_page(people, at_desk):
    client = at_desk(people["canbo"])
    menu = kinds_to_enter(people["canbo"])
    addresses = [url for entry in menu for _label, url in entry.kinds]
    assert len(addresses) == sum(len(one.kinds) for one in families())
    page = _body(client.get("/trail/"))
    assert [url for url in addresses if f'href="{url}"' not in page] == []
    assert [url for url in addresses if client.get(url).status_code != 200] == []


def test_who_may_enter_nothing_has_no_menu_for_it(people, at_desk):
    assert kinds_to_enter(people["kiemtra"]) == []
    assert "menu--new" not in _body(at_desk(people["kiemtra"]).get("/"))


def test_the_bell_counts_what_was_not_read(people, at_desk):
    officer = people["canbo"]
    record = create(outbound(), office_code="lc-dofa", actor=officer)
    NoticeFactory(user=officer, about=record.pk)
    assert re.search(r"<b>\s*1\s*</b>", _body(at_desk(officer).get("/papers/")))


def test_a_part_of_a_page_asks_for_nothing_of_the_frame(people, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=people["canbo"].pk)
    request.user.access()
    request.resolver_match = None
    with django_assert_num_queries(1):  # the person's posts
        shell(request)
