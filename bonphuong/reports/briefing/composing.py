"""A briefing book in words: plain data in the order of the page, in one language. Reads nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel import clock
from bonphuong.kernel.canonical import moment_text
from bonphuong.kernel.dates import date_range, format_date, format_moment, long_date
from bonphuong.kernel.numbers import format_number
from bonphuong.parties.enums import PartyKind
from bonphuong.records.enums import CommitmentSide, CommitmentStatus
from bonphuong.records.pieces import TermState
from bonphuong.records.registry import kind_label
from bonphuong.reports.briefing.ground import MOST_GIFTS
from bonphuong.reports.canonical import FORMAT
from bonphuong.reports.heads import broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.indicators.figures import Figure
    from bonphuong.parties.models import AddressForm, Party, PartyTie
    from bonphuong.records.models import Commitment, Record
    from bonphuong.records.pieces import Term
    from bonphuong.reports.briefing.ground import BookGround, Leader

Content = dict[str, Any]
Block = dict[str, Any]


def compose_book(ground: BookGround, *, maker_title: str = "") -> Content:
    """The whole content of a book. The language is that of the ground, which the caller has made the active one."""
    wanted, party = ground.wanted, ground.wanted.party
    office, language = wanted.office, wanted.language
    name = _whole_name(party, language)
    sections = [
        _who(ground),
        _leaders(ground),
        _to_raise(ground),
        _promised(ground),
        _agreements(ground),
        _figures(ground),
        _done(ground),
        _gifts(ground),
        _protocol(ground),
    ]
    kept = [section for section in sections if section["blocks"]]
    for place, section in enumerate(kept, start=1):
        section["number"] = ROMAN[place]
    return {
        "format": FORMAT,
        "language": language,
        "party": party.code,
        "codes": list(ground.scope.codes),
        "title": _("Briefing book: %(partner)s") % {"partner": name},
        "kind": _("BRIEFING BOOK"),
        "about": _("on %(partner)s") % {"partner": name},
        "head": _head(ground),
        "facts": _facts(ground, maker_title),
        "sections": kept,
        "as_of": moment_text(ground.as_of),
        "heads": {book: list(head) for book, head in ground.heads.items()},
        "period": {"since": wanted.since.isoformat(), "until": wanted.until.isoformat()},
        "office": office.code,
        "is_demo": ground.is_demo,
        "mark": _("Illustration: invented people and register") if ground.is_demo else "",
        "created": moment_text(clock.now()),
    }


ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _head(ground: BookGround) -> dict[str, str]:
    office, language = ground.wanted.office, ground.wanted.language
    issuer = office.letterhead_name if language == "vi" else ""
    date = long_date(clock.today(), language)
    return {
        "parent": broken(office.letterhead_parent) if issuer else "",
        "issuer": broken(issuer or office.name(language).upper()),
        "number": "",
        "place_date": f"{office.place_name}, {date}" if office.place_name else date,
    }


def _facts(ground: BookGround, maker_title: str) -> list[str]:
    """What stands under the title: for what, of which days, by whom, within whose sight, as of when."""
    wanted, language = ground.wanted, ground.wanted.language
    maker = ground.user.get_full_name()
    lines = []
    if wanted.occasion or wanted.meeting_on:
        on = format_date(wanted.meeting_on, language) if wanted.meeting_on else ""
        lines.append(", ".join(part for part in (wanted.occasion, on) if part))
    lines.append(
        _("What was done: %(days)s. Figures as they stood at %(moment)s.")
        % {
            "days": date_range(wanted.since, wanted.until, language),
            "moment": format_moment(ground.as_of, language),
        }
    )
    lines.append(
        _("Made by %(name)s within what they may see; it may hold less than others could see.")
        % {"name": f"{maker}, {maker_title}" if maker_title else maker}
    )
    if ground.scope.has_below:
        lines.append(_("With the bodies that lie in the partner."))
    return lines


def _section(title: str, blocks: Iterable[Block | None]) -> dict[str, Any]:
    return {"number": "", "title": title, "blocks": [block for block in blocks if block]}


def _paragraph(text: str, *, italic: bool = False) -> Block | None:
    return {"kind": "paragraph", "text": text, "italic": italic} if text else None


def _items(items: Sequence[str]) -> Block | None:
    return {"kind": "items", "items": list(items)} if items else None


def _sub(text: str) -> Block:
    return {"kind": "heading", "text": text}


def _table(
    columns: Sequence[tuple[str, float, str]], rows: Sequence[Sequence[str]], caption: str = ""
) -> Block | None:
    if not rows:
        return None
    heads = [{"label": label, "width": width, "align": align} for label, width, align in columns]
    return {"kind": "table", "caption": caption, "columns": heads, "rows": [list(row) for row in rows]}


# --- who they are ----------------------------------------------------------------------------------------


def _whole_name(party: Party, language: str) -> str:
    name = party.name(language)
    return f"{name} ({party.name_native})" if party.name_native and party.name_native != name else name


def _tier(party: Party) -> str:
    if party.kind == PartyKind.LOCALITY and party.level:
        return str(party.get_level_display())
    return str(party.get_kind_display())


def _who(ground: BookGround) -> dict[str, Any]:
    party, language = ground.wanted.party, ground.wanted.language
    others = list(
        dict.fromkeys(text for text, _lang in ground.names if text not in {party.name_vi, party.name_en})
    )
    parent = party.parent.name(language) if party.parent_id and party.parent else ""
    country = party.country.name(language) if party.country_id and party.country else ""
    said = [
        (_("Name"), party.name(language)),
        (_("In its own script"), party.name_native),
        (
            _("In English") if language != "en" else _("In Vietnamese"),
            party.name_en if language != "en" else party.name_vi,
        ),
        (_("Other names"), "; ".join(others)),
        (_("Kind of body"), ", ".join(part for part in (_tier(party), parent, country) if part)),
        (_("What ties us"), "; ".join(_tie(tie, party, language) for tie in ground.ties)),
        (
            _("Known from"),
            party.source + ("" if party.proved or not party.source else f" ({_('no text is cited')})"),
        ),
    ]
    rows = [[label, value] for label, value in said if value]
    below = [[one.name_vi, one.name_native, one.name_en, _tier(one)] for one in ground.below]
    return _section(
        _("Who they are"),
        [
            {"kind": "fields", "rows": rows},
            _table(
                [
                    (_("Name in Vietnamese"), 28, "left"),
                    (_("Own script"), 30, "left"),
                    (_("English"), 24, "left"),
                    (_("Tier"), 18, "left"),
                ],
                below,
                _("Bodies that lie in it"),
            ),
            _paragraph(_lasting(ground)),
        ],
    )


def _tie(tie: PartyTie, party: Party, language: str) -> str:
    where = "" if tie.party_id == party.code else f" ({tie.party.name(language)})"
    since = _(" since %(day)s") % {"day": format_date(tie.valid_from, language)} if tie.valid_from else ""
    return f"{tie.get_kind_display()}{where}{since}"


def _lasting(ground: BookGround) -> str:
    told = [
        f"{ground.headers[one.record].title} ({one.text})" if one.text else ground.headers[one.record].title
        for one in ground.pieces.standings
        if one.record in ground.headers
    ]
    return _("Mechanisms and twinned pairs: %(list)s.") % {"list": "; ".join(told)} if told else ""


# --- people ----------------------------------------------------------------------------------------------


def _leaders(ground: BookGround) -> dict[str, Any]:
    language = ground.wanted.language
    rows = [_leader(one, language, ground.scope.code) for one in ground.leaders]
    notes = list(
        dict.fromkeys(_address_note(one.form) for one in ground.leaders if one.form and one.form.note)
    )
    return _section(
        _("Leaders, and how to address them"),
        [
            _table(
                [
                    (_("Name"), 30, "left"),
                    (_("Post"), 30, "left"),
                    (_("How to address them"), 30, "left"),
                    (_("Met"), 20, "left"),
                ],
                rows,
            ),
            _items(notes),
        ],
    )


def _leader(one: Leader, language: str, code: str) -> list[str]:
    person, post = one.post.person, one.post
    name = "\n".join(part for part in (person.full_name, person.name_native) if part)
    where = "" if post.party_id == code or not post.party else f", {post.party.name(language)}"
    since = _("since %(day)s") % {"day": format_date(post.valid_from, language)} if post.valid_from else ""
    title = "\n".join(part for part in (f"{post.title(language)}{where}", since) if part)
    met = ""
    if one.met and one.last_met:
        met = ngettext("once, %(day)s", "%(n)s times, last %(day)s", one.met) % {
            "n": one.met,
            "day": format_date(one.last_met, language),
        }
    return [name, title, _address(one), met]


def _address(one: Leader) -> str:
    if one.form is None:
        return ""
    person, title = one.post.person, one.post.title_vi
    said = {
        "{title}": title[:1].lower() + title[1:],
        "{name}": person.full_name,
        "{native}": person.name_native,
    }
    lines = [one.form.spoken, one.form.native if person.name_native else ""]
    return "\n".join(_filled(line, said) for line in lines if line)


def _filled(pattern: str, said: dict[str, str]) -> str:
    for name, value in said.items():
        pattern = pattern.replace(name, value)
    return " ".join(pattern.split())


def _address_note(form: AddressForm) -> str:
    source = form.source or _("no source")
    return f"{form.note} ({source})"


# --- what holds ------------------------------------------------------------------------------------------


def _agreements(ground: BookGround) -> dict[str, Any]:
    language = ground.wanted.language
    terms = [
        one for one in ground.pieces.terms if one.record in ground.headers and one.state != TermState.ENDED
    ]
    terms.sort(key=lambda one: (one.until is None, one.until or dt.date.max, one.since or dt.date.max))
    rows = [
        [
            ground.headers[one.record].title,
            format_date(one.since, language) if one.since else _("not known"),
            _until(one, language),
            _term_word(one, ground.day),
        ]
        for one in terms
    ]
    return _section(
        _("Agreements and their end"),
        [
            _table(
                [
                    (_("Agreement"), 52, "left"),
                    (_("Holds from"), 16, "center"),
                    (_("Until"), 16, "center"),
                    (_("State"), 16, "left"),
                ],
                rows,
            )
        ],
    )


def _until(one: Term, language: str) -> str:
    if one.until:
        return format_date(one.until, language)
    return _("no end") if one.is_open else _("not known")


def _term_word(one: Term, day: dt.date) -> str:
    if one.state == TermState.AHEAD:
        return _("Not in force yet")
    if one.until is not None and one.until < day:
        return _("Past its day")
    if one.until is not None and (one.until - day).days <= 183:
        days = (one.until - day).days
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    return _("Days missing") if one.state == TermState.UNCLEAR else _("In force")


def _figures(ground: BookGround) -> dict[str, Any]:
    language = ground.wanted.language
    rows = [
        [one.indicator.label(language), _figure(one, language), _figure(before, language) if before else ""]
        for one, before in ground.figures
    ]
    note = _("As of %(moment)s, from the ledger of %(office)s.") % {
        "moment": format_moment(ground.as_of, language),
        "office": ground.figures_of,
    }
    return _section(
        _("Figures of the relation"),
        [
            _table(
                [
                    (_("Figure"), 50, "left"),
                    (_("This period"), 25, "right"),
                    (_("A year before"), 25, "right"),
                ],
                rows,
            ),
            _paragraph(note, italic=True) if rows else None,
        ],
    )


def _figure(one: Figure, language: str) -> str:
    if one.value is None:
        return _("not entered")
    return f"{format_number(one.value, language)} {one.unit(language)}".rstrip()


# --- what was done and said ------------------------------------------------------------------------------


def _done(ground: BookGround) -> dict[str, Any]:
    language = ground.wanted.language
    rows = [
        [_days(one, language), str(_capital(kind_label(one.family, one.kind))), one.title, one.number]
        for one in ground.done
    ]
    more = ngettext("And %(n)s more record.", "And %(n)s more records.", ground.done_more) % {
        "n": ground.done_more
    }
    return _section(
        _("What we did together"),
        [
            _table(
                [
                    (_("When"), 20, "left"),
                    (_("Kind"), 20, "left"),
                    (_("What"), 41, "left"),
                    (_("Record"), 19, "left"),
                ],
                rows,
            ),
            _paragraph(more, italic=True) if ground.done_more else None,
        ],
    )


def _capital(text: object) -> str:
    written = str(text)
    return written[:1].upper() + written[1:]


def _days(record: Record, language: str) -> str:
    if record.begins_on and record.ends_on and record.ends_on > record.begins_on:
        return date_range(record.begins_on, record.ends_on, language)
    return format_date(record.begins_on, language) if record.begins_on else ""


def _promised(ground: BookGround) -> dict[str, Any]:
    tally = ground.tally
    blocks: list[Block | None] = []
    if tally.all:
        said = _("Open: %(ours)s of ours, %(theirs)s of theirs; %(late)s overdue.") % {
            "ours": tally.open_ours,
            "theirs": tally.open_theirs,
            "late": tally.late,
        }
        if tally.kept:
            kept = _("Kept in time: %(in_time)s of %(kept)s.")
            said = f"{said} {kept % {'in_time': tally.in_time, 'kept': tally.kept}}"
        blocks.append(_paragraph(said))
    for side, title in (
        (CommitmentSide.OURS, _("We are to act")),
        (CommitmentSide.THEIRS, _("They are to act")),
    ):
        rows = [_promise(one, ground) for one in ground.promises if one.side == side]
        blocks.append(
            _table(
                [
                    (_("What was said"), 54, "left"),
                    (_("Said on"), 14, "center"),
                    (_("By when"), 14, "center"),
                    (_("State"), 18, "left"),
                ],
                rows,
                title,
            )
        )
    if ground.promises_more:
        more = ngettext("And %(n)s more promise.", "And %(n)s more promises.", ground.promises_more)
        blocks.append(_paragraph(more % {"n": ground.promises_more}, italic=True))
    return _section(_("Promised and asked for"), blocks)


def _promise(one: Commitment, ground: BookGround) -> list[str]:
    language = ground.wanted.language
    state = str(one.get_status_display())
    if one.status == CommitmentStatus.OPEN and one.due_on is not None and one.due_on < ground.day:
        state = _("overdue")
    if one.status == CommitmentStatus.DONE and one.settled_on:
        state = _("kept on %(day)s") % {"day": format_date(one.settled_on, language)}
    return [
        one.text,
        format_date(one.made_on, language) if one.made_on else "",
        format_date(one.due_on, language) if one.due_on else _("no day set"),
        _capital(state),
    ]


def _to_raise(ground: BookGround) -> dict[str, Any]:
    """What a person writes first; then what rules find, each rule named, so that everybody knows why it is there."""
    blocks: list[Block | None] = []
    own = _lines(ground.wanted.raise_too)
    if own:
        blocks += [_sub(_("As the preparing officer proposes")), _items(own)]
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for one in ground.promises:
        if one.status == CommitmentStatus.OPEN:
            rule = (
                _("promises of theirs that are open")
                if one.side == CommitmentSide.THEIRS
                else _("promises of ours that are open: tell how far they have come")
            )
            found[rule].append((one.due_on or dt.date.max, _dated(one, ground.wanted.language)))
    for matter in ground.pieces.matters:
        if matter.record in ground.headers:
            found[str(matter.rule)].append((matter.on or dt.date.max, matter.text))
    for rule, points in found.items():
        blocks += [
            _sub(_("By rule: %(rule)s") % {"rule": rule}),
            _items([text for _day, text in sorted(points)]),
        ]
    return _section(_("What to raise next"), blocks)


def _dated(one: Commitment, language: str) -> str:
    if one.due_on is None:
        return one.text
    return _("%(text)s (by %(day)s)") % {
        "text": one.text.rstrip("."),
        "day": format_date(one.due_on, language),
    }


def _gifts(ground: BookGround) -> dict[str, Any]:
    language = ground.wanted.language
    gifts = [one for one in ground.pieces.gifts if one.record in ground.headers]
    gifts.sort(key=lambda one: one.on or dt.date.min, reverse=True)
    rows = [
        [
            format_date(one.on, language) if one.on else "",
            f"{one.what} ({one.quantity})" if one.quantity != 1 else one.what,
            _("given by us") if one.is_ours else _("received by us"),
            one.person,
        ]
        for one in gifts[:MOST_GIFTS]
    ]
    return _section(
        _("Gifts exchanged before"),
        [
            _table(
                [
                    (_("Day"), 16, "center"),
                    (_("Gift"), 40, "left"),
                    (_("Way"), 16, "left"),
                    (_("To or from whom"), 28, "left"),
                ],
                rows,
            ),
            _paragraph(_("Give something else this time."), italic=True) if rows else None,
        ],
    )


def _protocol(ground: BookGround) -> dict[str, Any]:
    own = _lines(ground.wanted.protocol)
    before = list(dict.fromkeys(one.text for one in ground.pieces.notes if one.record in ground.headers))[:12]
    notes = [" ".join(note.text.split()) for note in ground.notes]
    blocks: list[Block | None] = [_items(own)]
    if before:
        blocks += [_sub(_("As it was done at earlier visits and meetings")), _items(before)]
    if notes:
        blocks += [_sub(_("Notes of the office, not to be passed on")), _items(notes)]
    return _section(_("Protocol"), blocks)


def _lines(text: str) -> list[str]:
    """Points that a person typed, one a line, without the dashes that they typed before them."""
    return [line for line in (raw.strip().lstrip("-–•").strip() for raw in text.splitlines()) if line]
