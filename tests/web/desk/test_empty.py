"""A fresh office without any data: every page that can be empty says what comes there, and what to do first."""

from __future__ import annotations

import pytest

from bonphuong.records.registry import families

PAGES = [
    "/delegations/", "/papers/", "/reports/", "/calls/", "/opinions/", "/notices/", "/begun/", "/unfiled/",
    "/to-do/",
]  # fmt: skip


@pytest.mark.parametrize("address", ["/import/", "/reader/"])
def test_a_page_that_takes_what_one_has_begins_with_its_form(people, at_desk, address):
    page = at_desk(people["canbo"]).get(address).content.decode().partition("<main")[2]
    assert 'type="file"' in page


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_page_teaches(people, at_desk, address):
    page = at_desk(people["canbo"]).get(address).content.decode().partition("<main")[2]
    empty = page.partition('class="empty')[2].partition("</div>\n</div>")[0]
    assert empty, "it says that nothing is there"
    words = empty.partition("<p>")[2]
    assert len(words) > 40, words


def test_every_list_of_a_family_teaches(people, at_desk):
    client = at_desk(people["canbo"])
    bare = []
    for family in families():
        if family.scheme:
            page = client.get(f"/records/{family.code}/").content.decode().partition("<main")[2]
            empty = page.partition('class="empty')[2][:1500]
            if "<a" not in empty and "/new" not in page:
                bare.append(family.code)
    assert bare == []
