"""The tool that looks at every page: which words it takes for foreign, which pages it takes for the same."""

import uuid

import pytest

from tools.shots.crawl import Road
from tools.shots.look import Seen
from tools.shots.sheet import report
from tools.shots.words import foreign


@pytest.mark.parametrize(
    "text",
    [
        "Ba việc chờ anh chị, hai hạn đã quá",
        "Sở Ngoại vụ trao công hàm cho Phongsaly",
        "tai nan lao dong, thuong xuyen, quy che",
        "Tải về XLSX, email, logistics",
        "Plan International",
    ],
)
def test_vietnamese_with_and_without_marks_and_names_are_left_alone(text):
    assert list(foreign([text])) == []


@pytest.mark.parametrize("text", ["foreign_media", "exhibition", "All records of the office", "not yet"])
def test_codes_and_english_are_named(text):
    assert len(list(foreign(["Sự kiện", text]))) == 1


def _addresses(road, *addresses):
    return [(stop.name, stop.detail) for stop in road.stops(addresses, "canbo")]


def test_a_page_is_visited_once_for_each_family_and_kind(db):
    road = Road()
    assert _addresses(road, "/records/aid/", "/records/aid/", "/records/events/") == [
        ("records", "aid"),
        ("records", "events"),
    ]
    assert _addresses(road, "/records/aid/new?kind=item", "/records/aid/new?kind=relief&title=Gạo") == [
        ("record-new", "aid item"),
        ("record-new", "aid relief"),
    ]
    one, other = (f"/trail/{uuid.uuid4()}" for _ in range(2))
    assert _addresses(road, one, other) == [("trail-action", "")]


def test_what_is_no_page_of_the_desk_is_passed_by(db):
    assert _addresses(Road(), "/khong-co", "/sign-out", "/static/desk/tokens.css") == []


def test_the_report_names_each_fault_once_and_what_nobody_came_to():
    page = Seen(
        "/", "home", "", "canbo", "home", status=200, bytes=900, server_ms=12, wrong=["no title", "no title"]
    )
    said = report([page], ["unfiled"])
    assert said.count("no title") == 1
    assert "not visited: unfiled" in said
