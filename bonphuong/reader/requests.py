"""What one side asks of the other: each thing asked for is a commitment that a person may accept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bonphuong.reader.claims import Claim, Kind
from bonphuong.reader.figures import field_of
from bonphuong.reader.merging import joined_names
from bonphuong.reader.people import Person, distinct, people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.reader.gazetteer import Mention
    from bonphuong.reader.lexicon import Hit
    from bonphuong.reader.scenes import Scene

_ACTION = frozenset({"action"})
_ADDRESS_REACH = 90
_PARTS = re.compile(r"[;,]")
_LINK = re.compile(r"\s*(?:và|đồng thời|cùng với đó|bên cạnh đó|ngoài ra)?,?\s*")
_PRONOUN = re.compile(r"[-+*•\s]*(?:bà|ông|đồng chí|chủ tịch|phía bạn|hai bên)\s")
_ENOUGH = 0.75
_FEWEST_WORDS = 3
_SENTENCES_BACK = 4
_COMPARED = 40


@dataclass(slots=True)
class _Asking:
    """Who asks whom, carried from sentence to sentence."""

    by: Person | None = None
    by_names: Sequence[Mention] = ()
    of: Sequence[Mention] = ()
    whom: str = ""


def requests(told: Sequence[Scene]) -> list[Claim]:
    """Everything asked for in the text; what lead and body both say is one request."""
    found: list[Claim] = []
    asking: _Asking | None = None
    last: Scene | None = None
    for scene in told:
        if asking is not None and scene.previous is last and _continues(scene):
            made = list(_asked(scene, asking, _first_word(scene)))
        else:
            asking, start = _opening(scene)
            made = list(_asked(scene, asking, start)) if asking is not None else []
        last = scene
        for claim in made:
            _add(found, claim)
    return [_with_posts(claim, told) for claim in found] if found else []


def _with_posts(claim: Claim, told: Sequence[Scene]) -> Claim:
    """The one who asks is often given the post elsewhere in the text."""
    by = claim.attributes["requested_by"]
    posts = [
        post
        for scene in told
        for person in people(scene)
        if person.name == by.get("name")
        for post in person.posts
    ]
    return claim.with_attributes(requested_by={**by, "posts": distinct(posts)}) if posts else claim


def _first_word(scene: Scene) -> int:
    found = _LINK.match(scene.key, scene.start, scene.end)
    return found.end() if found is not None else scene.start


def _continues(scene: Scene) -> bool:
    """A sentence without a subject, right after a request: "Đổi mới, nâng cao hiệu quả …"."""
    return _action_at(scene, _first_word(scene)) is not None and not people(scene)


def _action_at(scene: Scene, place: int) -> Hit | None:
    hit = scene.first_after(_ACTION, place, place + 1)
    return hit if hit is not None and hit.start == place else None


def _opening(scene: Scene) -> tuple[_Asking | None, int]:
    for hit in scene.cues("request"):
        action = scene.first_after(_ACTION, hit.end, min(scene.end, hit.end + _ADDRESS_REACH))
        if action is None or "," in scene.key[hit.end : action.start].strip(" ,"):
            continue
        by, names = _asker(scene, hit.start)
        whom = scene.source.cut(hit.end, action.start).strip(" ,:")
        return _Asking(by, names, scene.names(hit.end, action.start), whom), action.start
    return None, scene.start


def _asker(scene: Scene, stop: int) -> tuple[Person | None, Sequence[Mention]]:
    here: Scene | None = scene
    limit = stop
    for _ in range(_SENTENCES_BACK):
        if here is None:
            break
        named = [one for one in people(here) if one.start < limit]
        if named:
            return named[-1], here.names(named[-1].first, named[-1].last)
        if here is scene and not _PRONOUN.match(scene.key, scene.start, stop):
            return None, scene.names(scene.start, stop)
        here = here.previous
        limit = here.end if here is not None else 0
    return None, scene.names(scene.start, stop)


def _asked(scene: Scene, asking: _Asking, start: int) -> Iterator[Claim]:
    for first, last in _things(scene, start):
        first, last = scene.trimmed(first, last)  # noqa: PLW2901 - the same stretch without its punctuation
        if first >= last:
            continue
        names = [*asking.by_names, *asking.of, *scene.names(first, last)]
        claim = scene.claim(Kind.REQUEST, "request", first, last, names=names)
        yield replace(claim, attributes=_attributes(scene, asking, first, last))


def _attributes(scene: Scene, asking: _Asking, first: int, last: int) -> dict[str, Any]:
    by: dict[str, Any] = {"organisations": [one.code or one.name for one in asking.by_names]}
    if asking.by is not None:
        by |= {"name": asking.by.name, "posts": [*asking.by.posts]}
    return {
        "requested_by": by,
        "requested_of": [one.code or one.name for one in asking.of],
        "addressee": asking.whom,
        "field": field_of(scene, first, last),
        "commitment": "proposed",
    }


def _things(scene: Scene, start: int) -> Iterator[tuple[int, int]]:
    """Parted by semicolons, and by commas before a new verb: "đổi mới, nâng cao hiệu quả" stays whole."""
    begin = start
    for mark in _PARTS.finditer(scene.key, start, scene.end):
        after = _LINK.match(scene.key, mark.end(), scene.end)
        place = after.end() if after is not None else mark.end()
        if mark[0] == "," and (_action_at(scene, place) is None or _is_bare_verb(scene, begin, mark.start())):
            continue
        yield begin, mark.start()
        begin = place
    yield begin, scene.end


def _is_bare_verb(scene: Scene, start: int, end: int) -> bool:
    hit = _action_at(scene, start)
    return hit is not None and not scene.key[hit.end : end].strip()


def _add(found: list[Claim], claim: Claim) -> None:
    for place in range(max(0, len(found) - _COMPARED), len(found)):
        other = found[place]
        if _says_the_same(other, claim):
            found[place] = replace(
                other,
                spans=(*other.spans, *claim.spans),
                places=joined_names(other.places, claim.places),
                organisations=joined_names(other.organisations, claim.organisations),
                attributes=_fuller(other.attributes, claim.attributes),
            )
            return
    found.append(claim)


def _fuller(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    by = max(
        (one["requested_by"], other["requested_by"]), key=lambda asker: ("name" in asker, len(str(asker)))
    )
    return {
        **one,
        "requested_by": by,
        "requested_of": one["requested_of"] or other["requested_of"],
        "field": one["field"] or other["field"],
    }


def _says_the_same(one: Claim, other: Claim) -> bool:
    mine, yours = set(one.text.lower().split()), set(other.text.lower().split())
    fewest = min(len(mine), len(yours))
    return fewest >= _FEWEST_WORDS and len(mine & yours) >= _ENOUGH * fewest
