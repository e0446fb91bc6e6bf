"""Persons with the posts that the text gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bonphuong.reader.lexicon import POST, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bonphuong.reader.claims import Span
    from bonphuong.reader.scenes import Scene

_LETTERS = r"[^\W\d_]"
_NAME = re.compile(rf"{_LETTERS}+(?:[ ]{_LETTERS}+){{0,5}}")
_AFTER_NAME = re.compile(r"\s*(?:[-,(]\s*)")
_POST_END = re.compile(
    r"[.;:()!?\"“]|\s-\s|,?\s(?=(?:đã|cho biết|cho rằng|cho hay|làm|cùng|chủ trì|và các|phát biểu|khẳng định|trao|tiếp|dẫn đầu"
    r"|nhấn mạnh|đánh giá|đề nghị|chia sẻ|thông tin|nêu|bày tỏ|mong|giới thiệu|báo cáo|có|đến|dự|tham dự|vừa|sẽ|ghi nhận"
    r"|cảm ơn|chúc|nhận xét|trả lời|nói|kết luận|nhất trí|thống nhất|là|với)\b)"
)
_COMMAS = re.compile(r"\s*,\s*")
_LONGEST_POST = 160
_MOST_SYLLABLES = 5


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the text; `posts` as written, in order. Offsets of the plain twin, of the name alone."""

    name: str
    posts: tuple[str, ...]
    start: int
    end: int
    first: int  # where the words about the person begin
    last: int  # and end

    def as_json(self, scene: Scene) -> dict[str, Any]:
        """Plain data, with the span of the name."""
        span: Span = scene.span(self.start, self.end)
        return {"name": self.name, "posts": [*self.posts], "span": [*span]}


def people(scene: Scene) -> list[Person]:
    """Everybody named with a post or a title in a sentence, in order."""
    if scene.named is None:
        scene.named = _people(scene)
    return scene.named


def _people(scene: Scene) -> list[Person]:
    posts = scene.marks.within(POST, scene.start, scene.end)
    honorifics = list(scene.cues("honorific"))
    if not posts and not honorifics:
        return []
    found: dict[int, Person] = {}
    for hit in honorifics:
        name = _name_at(scene, _skip(scene, hit.end), is_titled=True)
        if name is not None:
            person = _person(scene, *name, first=hit.start)
            found[person.start] = person
    for hit in posts:
        if not any(one.first <= hit.start < one.last for one in found.values()):
            one = _post_then_name(scene, hit.start, hit.end)
            if one is not None and one.start not in found:
                found[one.start] = one
    return sorted(found.values(), key=lambda one: one.start)


def _skip(scene: Scene, place: int) -> int:
    while place < scene.end and scene.key[place] == " ":
        place += 1
    return place


def _name_at(scene: Scene, place: int, *, is_titled: bool) -> tuple[int, int] | None:
    """A run of capitalised syllables; after a title any, else one that begins with a surname."""
    found = _NAME.match(scene.source.exact, place, scene.end)
    if found is None:
        return None
    end = place
    syllables = 0
    for word in found[0].split(" ")[:_MOST_SYLLABLES]:
        if not word[0].isupper() or (len(word) > 1 and word.isupper()):
            break
        end += len(word) + (1 if syllables else 0)
        syllables += 1
    if syllables < 2:
        return None
    first = scene.source.key[place:end].split(" ")[0]
    return (place, end) if is_titled or first in lexicon().surnames else None


def _person(scene: Scene, start: int, end: int, *, first: int) -> Person:
    posts = tuple(_posts_before(scene, first))
    begin = min((one for one, _ in posts), default=first)
    after, last = _posts_after(scene, end)
    titles = [scene.source.cut(one, stop) for one, stop in (*posts, *after)]
    return Person(scene.source.cut(start, end), tuple(titles), start, end, begin, last)


def _posts_after(scene: Scene, end: int) -> tuple[list[tuple[int, int]], int]:
    """As in "… - Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch Thường trực UBND tỉnh, …" up to the verb."""
    mark = _AFTER_NAME.match(scene.key, end, scene.end)
    if mark is None:
        return [], end
    starts = {
        hit.start
        for hit in scene.marks.within(POST, mark.end(), min(scene.end, mark.end() + 4 * _LONGEST_POST))
    }
    place, found = mark.end(), []
    while place in starts:
        stop = _post_end(scene, place, starts)
        found.append((place, stop))
        comma = _COMMAS.match(scene.key, stop, scene.end)
        if comma is None:
            break
        place = comma.end()
    return found, found[-1][1] if found else end


def _post_end(scene: Scene, place: int, starts: set[int]) -> int:
    """A post runs to the comma before the next post, or to the verb."""
    limit = min(scene.end, place + _LONGEST_POST)
    stop = _POST_END.search(scene.key, place, limit)
    limit = limit if stop is None else stop.start()
    for comma in _COMMAS.finditer(scene.key, place, limit):
        if comma.end() in starts:
            return comma.start()
    if scene.key[limit - 1] == "," or limit == scene.end:
        return limit
    last_comma = scene.key.rfind(",", place, limit)
    return last_comma if stop is None and last_comma > 0 else limit


def _posts_before(scene: Scene, first: int) -> Iterator[tuple[int, int]]:
    """As in "Giám đốc Sở Ngoại vụ, Phó Chủ tịch Liên hiệp …, ông X": posts that run up to the title."""
    hits = scene.marks.within(POST, max(scene.start, first - 2 * _LONGEST_POST), first)
    if not hits:
        return
    stop = first
    found: list[tuple[int, int]] = []
    for hit in reversed(hits):
        between = scene.key[hit.end : stop].rstrip(" ,:")
        if (
            any(mark in between for mark in '.;()"“')
            or "," in between
            or len(between) > _LONGEST_POST
            or " đã " in between
        ):
            break
        found.append((hit.start, hit.end + len(between)))
        stop = hit.start
    yield from reversed(found)


def _post_then_name(scene: Scene, start: int, end: int) -> Person | None:
    """As in "Chủ tịch VUFO Nguyễn Phương Nga": the name begins after the office, at a surname."""
    exact, limit = scene.source.exact, min(scene.end, end + _LONGEST_POST)
    covered = [(one.start, one.end) for one in scene.names(end, limit)]
    place = end
    while place < limit:
        place = _skip(scene, place)
        jump = next((stop for begin, stop in covered if begin == place), None)
        if jump is not None:
            place = jump
            continue
        name = _name_at(scene, place, is_titled=False)
        if name is not None:
            title = scene.source.cut(start, place).strip(" ,:-")
            return Person(scene.source.cut(*name), (title,), name[0], name[1], start, name[1])
        if exact[place : place + 1] in {"", ",", ".", ";", ":", "(", ")", "-"}:
            return None
        space = exact.find(" ", place, limit)
        if space < 0:
            return None
        place = space
    return None


def distinct(posts: Iterable[str]) -> list[str]:
    """Posts without those that another one says more fully ("Chủ tịch" beside "Chủ tịch VUFO")."""
    known = list(dict.fromkeys(posts))
    return [
        post for post in known if not any(other != post and other.startswith(f"{post} ") for other in known)
    ]
