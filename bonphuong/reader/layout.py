"""Tell a crawled page apart: title, date line, lead, body, captions, and everything that is not the article.

No page is known by name. The cues are those that news pages share: headlines printed twice (link and image
text), image names without marks, section heads such as "Tin bài liên quan", teasers cut off by dots, a source
line that ends the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.text import fold
from bonphuong.reader.claims import Role
from bonphuong.reader.dates import day_of_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

# A paragraph is at least so long, or shorter with the end of a sentence.
_LONG, _SENTENCE = 140, 40
# Lines longer than this are never headlines, captions' tails or menus; no pattern is tried on them.
_LONGEST_HEADLINE = 300
_SLUG_WORDS = 4
_BYLINE_WORDS = 6
_TITLE_REACH = 12
_DATELINE_REACH = 60
# So many paragraphs above a date line: it stands at the foot of the article.
_BEFORE_FOOT = 3

_SENTENCE_END = re.compile(r"(?:[.!?…:;][\"'”’)\]]*|[.!?…][\"'”’)\]]*\s*\([^()]{1,60}\)\.?)$")
_SENTENCE_INSIDE = re.compile(r"[a-zà-ỹ0-9%)”\"][.!?;] +[A-ZÀ-ỸĐ“\"]")
_SLUG = re.compile(r"[a-z0-9]+(?: [a-z0-9]+){3,}")
_BULLET = re.compile(r"(?:[-+*•●▪]|\d{1,2}[.)]|[a-zđ]\))\s*\S")
_CAPTION = re.compile(
    r"\(?(?:ảnh|nguồn ảnh|hình|ảnh minh họa)\s*[:：(]|\((?:ảnh|nguồn ảnh)\b[^()]*\)\.?$|^ảnh ?:|ảnh minh h[oọò]a\)?\.?$"
)
_LINK = re.compile(
    r"(?:>>+|»|xem thêm|đọc thêm|xem tiếp|có thể bạn quan tâm|mời độc giả|tin liên quan|bài liên quan)"
)
_SOURCE = re.compile(r"(?:nguồn|theo nguồn|nguồn tin)\s*:.{0,60}$|(?:từ khóa|tags?|chủ đề|nơi nhận)\s*:")
# "II. …", "A. …": the heads of a typed paper's parts, which are never its title.
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2}){0,2})[.)/]\s")
_MENU = re.compile(
    r"trang chủ\b|theo dõi .{0,60}\btrên\b|-->|bỏ qua|đăng nhập|đăng ký|toggle|menu\b|tìm kiếm"
)

_SECTIONS = frozenset(
    {
        "tin bai lien quan",
        "tin lien quan",
        "bai lien quan",
        "bai viet lien quan",
        "cac tin bai khac",
        "cac tin khac",
        "tin khac",
        "tin bai khac",
        "bai viet khac",
        "doc nhieu",
        "doc nhieu nhat",
        "tin doc nhieu",
        "xem nhieu",
        "xem nhieu nhat",
        "tin xem nhieu",
        "multimedia",
        "xem tren",
        "video",
        "infographic",
        "infographics",
        "photo",
        "emagazine",
        "tin moi",
        "tin moi nhat",
        "tin cung chuyen muc",
        "cung chuyen muc",
        "cung chu de",
        "tin noi bat",
        "co the ban quan tam",
        "binh luan",
        "y kien ban doc",
        "gui binh luan",
        "thoi tiet",
        "quang cao",
        "phien ban di dong",
        "xin cho trong giay lat",
        "lien ket website",
        "lien ket",
        "thong ke truy cap",
        "chia se",
        "tu khoa",
        "cac bai viet khac",
        "tin tuc khac",
        "tin tiep theo",
        "moi cap nhat",
        "tin duoc quan tam",
        "video clip",
        "thu vien anh",
        "chuyen muc",
        "ban quyen",
        "tin anh",
        "media",
        "tin lien quan khac",
        "bai doc nhieu",
        "bai noi bat",
        "tin bai noi bat",
        "ty gia",
        "gia vang",
    }
)


@dataclass(slots=True)
class Line:
    """A line that is not empty, in offsets of the plain twin; `gap` says that an empty line stands before it."""

    start: int
    end: int
    text: str
    low: str
    gap: bool
    role: Role | None = None

    @property
    def is_short(self) -> bool:
        """Short enough for the patterns of headlines and menus."""
        return len(self.text) <= _LONGEST_HEADLINE


@dataclass(frozen=True, slots=True)
class Layout:
    """Every line with a role, and the day of the date line."""

    lines: tuple[Line, ...]
    published: dt.date | None


def lay_out(exact: str, key: str) -> Layout:
    """Give every line its role. Linear: long lines meet no pattern but simple searches."""
    lines = _lines(exact, key)
    _mark_links(lines)
    is_page = _is_page(lines)
    dateline, published = _find_dateline(lines)
    lead = _find_lead(lines, dateline)
    if lead is None:
        _mark_all_as_body(lines, dateline)
        return Layout(tuple(lines), published)
    title = _find_title(lines, lead)
    lines[lead].role = Role.LEAD
    end = _find_end(lines, lead)
    _mark_article(lines, lead + 1, end, is_page=is_page)
    _mark_rest(lines, title, dateline)
    return Layout(tuple(lines), published)


def _lines(exact: str, key: str) -> list[Line]:
    lines: list[Line] = []
    place, gap = 0, True
    for raw in exact.split("\n"):
        text = raw.strip()
        if text:
            start = place + raw.index(text[0])
            lines.append(Line(start, start + len(text), text, key[start : start + len(text)], gap))
        gap = not text
        place += len(raw) + 1
    return lines


def _mark_links(lines: Sequence[Line]) -> None:
    """Headlines printed twice, in one line or in two, and image names: links to other articles."""
    for place, line in enumerate(lines):
        if not line.is_short:
            continue
        following = lines[place + 1] if place + 1 < len(lines) else None
        if following is not None and following.text == line.text:
            line.role = following.role = Role.RELATED
        elif _is_doubled(line.text) or _LINK.match(line.low):
            line.role = Role.RELATED
        else:
            _mark_slug(line)


def _mark_slug(line: Line) -> None:
    """An image name alone is a caption; before a headline it marks a link."""
    found = _SLUG.match(line.text)
    if found is None:
        return
    rest = line.text[found.end() :]
    if not rest:
        line.role = Role.CAPTION
    elif (
        (rest[0] == " " and rest[1:2].isupper()) or rest[:2] == ' "' or found[0].count(" ") > _SLUG_WORDS + 1
    ):
        line.role = Role.RELATED


def _is_doubled(text: str) -> bool:
    half, odd = divmod(len(text) - 1, 2)
    return not odd and half > _SLUG_WORDS and text[half] == " " and text[:half] == text[half + 1 :]


def _is_page(lines: Sequence[Line]) -> bool:
    """Whether the text is a crawled page (with furniture) rather than a typed paper."""
    return any(line.role is not None or (line.is_short and _MENU.match(line.low)) for line in lines)


def _find_dateline(lines: Sequence[Line]) -> tuple[int | None, dt.date | None]:
    for place, line in enumerate(lines[:_DATELINE_REACH]):
        day = day_of_line(line.low) if len(line.text) <= 120 else None
        if day is not None and line.role is None:
            line.role = Role.DATELINE
            return place, day
    return None, None


def is_paragraph(line: Line) -> bool:
    """Whether a line is running text: long, or with a sentence's end."""
    size = len(line.text)
    if size >= _LONG:
        return True
    return size >= _SENTENCE and bool(
        _SENTENCE_END.search(line.text[-80:]) or _SENTENCE_INSIDE.search(line.text)
    )


def _find_lead(lines: Sequence[Line], dateline: int | None) -> int | None:
    """The first paragraph after the date line; without one, or when it stands at the foot, the first of all."""
    paragraphs = [place for place, line in enumerate(lines) if _may_be_lead(lines, place)]
    if not paragraphs:
        return None
    if dateline is None or sum(place < dateline for place in paragraphs) >= _BEFORE_FOOT:
        return paragraphs[0]
    return next((place for place in paragraphs if place > dateline), paragraphs[0])


def _may_be_lead(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    if line.role is not None or not is_paragraph(line) or (line.is_short and _is_caption(line)):
        return False
    # The summary under a headline that is printed twice belongs to that headline.
    return place == 0 or not _ends_pair(lines, place - 1)


def _ends_pair(lines: Sequence[Line], place: int) -> bool:
    return place > 0 and lines[place].role is Role.RELATED and lines[place - 1].text == lines[place].text


def _find_title(lines: Sequence[Line], lead: int) -> int | None:
    """The headline nearest above the lead; of a typed paper the line under its name ("BÁO CÁO")."""
    best: int | None = None
    for place in range(lead - 1, max(-1, lead - 1 - _TITLE_REACH), -1):
        line = lines[place]
        if line.role is not None or not _may_be_title(line):
            continue
        if line.text.count(" ") + 1 >= _SLUG_WORDS:
            best = place
            break
        if best is None and " " in line.text and line.text.isupper():
            best = place
    if best is not None:
        lines[best].role = Role.TITLE
    return best


def _may_be_title(line: Line) -> bool:
    if not line.is_short or _NUMBERED.match(line.text) or _MENU.match(line.low):
        return False
    return fold(line.text) not in _SECTIONS


def _find_end(lines: Sequence[Line], lead: int) -> int:
    """The first line after the article: its source line, a section head, or a headline printed twice."""
    for place in range(lead + 1, len(lines)):
        line = lines[place]
        if not line.is_short:
            continue
        if _SOURCE.match(line.low) or _is_section(line):
            return place
        if line.role is Role.RELATED and place + 1 < len(lines) and lines[place + 1].text == line.text:
            return place
    return len(lines)


def _is_section(line: Line) -> bool:
    return len(line.text) <= 40 and fold(line.text).strip(" .:…|-+>") in _SECTIONS


def _mark_article(lines: Sequence[Line], start: int, end: int, *, is_page: bool) -> None:
    for place in range(start, end):
        line = lines[place]
        if line.role is None:
            line.role = _role_inside(lines, place, is_page=is_page)
    last = max((place for place in range(start, end) if lines[place].role is Role.BODY), default=start - 1)
    for place in range(last + 1, end):
        # After the last paragraph come the signature and links, never a heading.
        line = lines[place]
        if line.role in {Role.HEADING, Role.BYLINE}:
            line.role = Role.BYLINE if line.text.count(" ") < _BYLINE_WORDS else Role.RELATED


def _role_inside(lines: Sequence[Line], place: int, *, is_page: bool) -> Role:
    line = lines[place]
    before = lines[place - 1]
    if line.is_short and _is_caption(line):
        return Role.CAPTION
    if before.role is Role.RELATED and _is_teaser(lines, place):
        return Role.RELATED
    if _NUMBERED.match(line.text) and not _speaks(line):
        return Role.HEADING
    if is_paragraph(line) or _BULLET.match(line.text) or line.text[-1] in ",;:":
        return Role.BODY
    if not line.gap and before.role is Role.CAPTION:
        return Role.CAPTION
    if not is_page:
        return Role.BODY
    return Role.HEADING if line.text.count(" ") >= _BYLINE_WORDS or not line.text.istitle() else Role.BYLINE


def _speaks(line: Line) -> bool:
    """Whether a numbered line says something rather than heads a part."""
    return is_paragraph(line) or ":" in line.text or any(char.isdigit() for char in line.text[4:])


def _is_caption(line: Line) -> bool:
    return bool(_CAPTION.search(line.low))


def _is_teaser(lines: Sequence[Line], place: int) -> bool:
    """The summary under a link: cut off by dots, or between two links."""
    text = lines[place].text
    if not text.endswith(("...", "…")):
        return False
    following = lines[place + 1].role if place + 1 < len(lines) else None
    return text.endswith((" ...", " …")) or following is Role.RELATED


def _mark_rest(lines: Sequence[Line], title: int | None, dateline: int | None) -> None:
    for place, line in enumerate(lines):
        if line.role is None or (
            line.role is Role.RELATED and title is not None and place < title and place != dateline
        ):
            line.role = Role.FURNITURE


def _mark_all_as_body(lines: Sequence[Line], dateline: int | None) -> None:
    """A text without a single paragraph: a few typed lines."""
    for place, line in enumerate(lines):
        if line.role is None:
            skipped = line.is_short and (_MENU.match(line.low) or _is_section(line))
            line.role = Role.FURNITURE if skipped or place == dateline else Role.BODY
