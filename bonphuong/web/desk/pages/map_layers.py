"""What lies on the map, layer by layer: only what the person may see, and the same in words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.borders.enums import PASSAGES, GateType
from bonphuong.families.borders.enums import Standing as GateStanding
from bonphuong.families.borders.models import BorderItem
from bonphuong.families.twinning.enums import Level
from bonphuong.families.twinning.enums import Standing as PairStanding
from bonphuong.families.twinning.models import Pair
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.series import SeriesRequest, series
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.maps.drawing import COUNT, GATE, MINOR, TWIN, Mark, Name
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.parties.models import Party
from bonphuong.records.models import Record
from bonphuong.reference.models import AdminUnit, Country
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.pages.figure_filters import written
from bonphuong.web.desk.pages.figure_state import FigureState
from bonphuong.web.desk.pages.words import amount, language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.kernel.maps.sketches import Sketch

PARTNERS, TWINS, GATES, AID, STUDENTS = "partners", "twins", "gates", "aid", "students"
#: The largest part of a layer that a page lists; the rest is one click away in its list.
MOST = 60
_AT_ONCE = 8
#: What the register calls the languages of names, for `lang`.
_TAGS = {"zh": "zh-Hans", "lo": "lo"}
_MAIN_GATES = {GateType.INTERNATIONAL, GateType.MAIN}
#: Figures that are shown by where they belong: the layer, the indicator, what it is parted by.
COUNTED = {AID: ("aid.running", "unit"), STUDENTS: ("students.present", "partner")}
_STATES = {
    GateStanding.PLANNED: "next",
    GateStanding.OPERATING: "done",
    GateStanding.UPGRADING: "doing",
    GateStanding.PAUSED: "soon",
    GateStanding.CLOSED: "gone",
    PairStanding.PREPARING: "next",
    PairStanding.ACTIVE: "done",
    PairStanding.ENDED: "gone",
    PairStanding.DROPPED: "gone",
}


@dataclass(frozen=True)
class Entry:
    """One line beside the map; `mark` is what stands on it for this line, if there is a place for it."""

    name: str
    url: str
    native: str = ""
    lang: str = ""
    said: str = ""
    state: str = ""
    word: str = ""
    mark: Mark | None = None
    number: str = ""


@dataclass(frozen=True)
class Layer:
    """A layer: its code, its name, its lines."""

    code: str
    label: str
    entries: Sequence[Entry]

    @property
    def first(self) -> Sequence[Entry]:
        """What is listed at once."""
        return self.entries[:_AT_ONCE]

    @property
    def more(self) -> Sequence[Entry]:
        """What unfolds."""
        return self.entries[_AT_ONCE:]


def layer_words() -> dict[str, str]:
    """The layers, in words."""
    return {
        PARTNERS: _("Partners"),
        GATES: _("Border gates"),
        TWINS: _("Twinned villages and posts"),
        AID: _("Aid projects"),
        STUDENTS: _("Students"),
    }


def partner_url(code: str) -> str:
    """The dossier of a partner; empty where this server has none."""
    try:
        return reverse("desk:partner", args=[code])
    except NoReverseMatch:
        return ""


def names_on(sketch: Sketch, user: User) -> dict[str, Name]:
    """The names of the areas of a sketch, in the page's language and in their own script."""
    lang = language()
    codes = [*(area.code for area in sketch.areas), *(code for code, _tone, _at in sketch.words)]
    found: dict[str, Name] = {}
    for unit in AdminUnit.objects.filter(pk__in=codes):
        found[unit.code] = Name(unit.name(lang))
    for country in Country.objects.filter(pk__in=codes):
        found[country.code] = Name(country.name(lang))
    for party in Party.objects.visible_to(user).filter(pk__in=codes):
        found[party.code] = Name(
            label=party.name(lang),
            native=party.name_native,
            lang=_TAGS.get(party.native_lang, party.native_lang),
            url=partner_url(party.code) if party.country_id != "VN" else "",
        )
    return found


def partners(sketch: Sketch, names: Mapping[str, Name]) -> list[Entry]:
    """The partners that have land on the sketch, those of other countries."""
    abroad = [code for code in (area.code for area in sketch.areas) if not code.startswith("vn-")]
    return [
        Entry(name.label, name.url, native=name.native, lang=name.lang)
        for code in abroad
        if (name := names.get(code)) is not None
    ]


def gates(sketch: Sketch, user: User) -> list[Entry]:
    """Border gates and openings with both sides' word: those on the sketch first, from the highest kind."""
    rows = _rows_of(user, "borders", [str(kind) for kind in PASSAGES])
    items = BorderItem.objects.filter(record__in=rows, is_void=False, cancelled_on__isnull=True)
    order = list(GateType)

    def rank(row: BorderItem) -> tuple[bool, int, str]:
        kind = GateType(row.type_now or row.gate_type)
        return (sketch.place(_place(row)) is None, order.index(kind), rows[row.record_id].title)

    return [_gate(row, rows[row.record_id], n) for n, row in enumerate(sorted(items, key=rank), 1)]


def _place(row: BorderItem) -> str:
    return row.gate_code or row.partner_code


def _gate(row: BorderItem, record: Record, number: int) -> Entry:
    kind, standing = GateType(row.type_now or row.gate_type), GateStanding(row.standing)
    works = standing in {GateStanding.OPERATING, GateStanding.UPGRADING}
    ours = (works and standing != GateStanding.UPGRADING) or row.vn_decided_on is not None
    theirs = (works and standing != GateStanding.UPGRADING) or row.partner_decided_on is not None
    said = f"{kind.label}; {_sides(row)}" if _sides(row) else str(kind.label)
    mark = Mark(
        shape=GATE if kind in _MAIN_GATES else MINOR,
        place=_place(row),
        said=f"{number}. {record.title}: {kind.label}, {standing.label}",
        url=record_url(record),
        text=str(number),
        ours=ours,
        theirs=theirs,
    )
    return Entry(
        name=record.title,
        url=record_url(record),
        said=said,
        state=_STATES.get(standing, "unknown"),
        word=str(standing.label),
        mark=mark,
        number=str(number),
    )


def _sides(row: BorderItem) -> str:
    """What each side has said of the opening or upgrade that runs, in words."""
    if row.announced_on is not None:
        return _("announced by both sides on %(day)s") % {"day": _day(row.announced_on)}
    if not (row.vn_decided_on or row.partner_decided_on):
        return ""
    told = {"ours": _day(row.vn_decided_on), "theirs": _day(row.partner_decided_on)}
    return _("our side decided: %(ours)s; the other side: %(theirs)s; not announced yet") % told


def _day(day: dt.date | None) -> str:
    return _("not yet") if day is None else format_date(day, language())


def twins(sketch: Sketch, user: User) -> list[Entry]:
    """Twinned villages, communes and posts: those on the sketch first, then those that are active."""
    rows = _rows_of(user, "twinning", ["pair"])
    pairs = Pair.objects.filter(record__in=rows, is_void=False, cancelled_on__isnull=True)

    def rank(row: Pair) -> tuple[bool, bool, str]:
        off = sketch.place(row.partner_code) is None
        return (off, row.standing != PairStanding.ACTIVE, rows[row.record_id].title)

    return [_twin(row, rows[row.record_id]) for row in sorted(pairs, key=rank)]


def _twin(row: Pair, record: Record) -> Entry:
    standing, level = PairStanding(row.standing), Level(row.level)
    mark = None
    if standing == PairStanding.ACTIVE and row.partner_code:
        said = f"{record.title}: {level.label}, {standing.label}"
        mark = Mark(TWIN, row.partner_code, said, record_url(record))
    return Entry(
        name=record.title,
        url=record_url(record),
        said=str(level.label),
        state=_STATES.get(standing, "soon"),
        word=str(standing.label),
        mark=mark,
    )


def _rows_of(user: User, family: str, kinds: Iterable[str]) -> dict[UUID, Record]:
    rows = Record.objects.visible_to(user).live().filter(family=family, kind__in=list(kinds))
    own = Q(book__in=user.access().books)
    return {record.pk: record for record in rows.filter(own).order_by("-begins_on")[:MOST]}


def counted(code: str, office: str, sketch: Sketch) -> list[Entry]:
    """A figure of today by where it belongs; every line opens the figure, which opens its rows."""
    indicator, dimension = COUNTED[code]
    today = clock.today()
    period = Period.of(today, PeriodKind.DAY)
    request = FigureRequest(indicator, office, period)
    asked = SeriesRequest(
        request, (period,), (period.same_period_last_year(),), dimension, now=dimension == "unit"
    )
    step = series(asked)[0]
    names = _names(dimension, step.parts)
    measure = step.now.indicator.measure
    state = FigureState(indicator, office, Period.of(today, PeriodKind.YEAR), measure, split=dimension)
    found = []
    for place, value in sorted(step.parts.items(), key=lambda item: (-item[1], item[0])):
        label, native, lang = names.get(place, (place or _("place not stated"), "", ""))
        said = amount(value, step.now.unit(language()))
        url = state.url(narrow={dimension: written([place])})
        mark = Mark(COUNT, place, f"{label}: {said}", url, text=f"{int(value)}")
        shown = mark if sketch.place(place) is not None else None
        found.append(Entry(label, url, native=native, lang=lang, said=said, mark=shown))
    return found


def _names(dimension: str, codes: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    lang = language()
    if dimension == "unit":
        units = AdminUnit.objects.in_bulk(list(codes))
        return {c: (unit.name(lang), "", "") for c, unit in units.items()}
    parties = Party.objects.in_bulk(list(codes))
    return {
        c: (party.name(lang), party.name_native, _TAGS.get(party.native_lang, party.native_lang))
        for c, party in parties.items()
    }


def heading(layers: Sequence[Layer]) -> str:
    """The sentence on top: how much lies on the map."""
    number = {layer.code: len(layer.entries) for layer in layers}
    said = []
    if number.get(PARTNERS):
        said.append(ngettext("%(n)s partner", "%(n)s partners", number[PARTNERS]) % {"n": number[PARTNERS]})
    if number.get(GATES):
        words = ngettext("%(n)s gate or opening", "%(n)s gates and openings", number[GATES])
        said.append(words % {"n": number[GATES]})
    if number.get(TWINS):
        said.append(
            ngettext("%(n)s twinned pair", "%(n)s twinned pairs", number[TWINS]) % {"n": number[TWINS]}
        )
    return ", ".join(said)
