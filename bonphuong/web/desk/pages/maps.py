"""The map: a sketch of the region or the whole country, its layers, and the same in a table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.charts.drawing import as_file, as_png, on_page
from bonphuong.kernel.charts.palette import LIGHT
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.maps.drawing import COUNT, Mark, Name, draw_map
from bonphuong.kernel.maps.sketches import sketches
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.ledger.queries import Where, split_sums
from bonphuong.reference.models import AdminUnit
from bonphuong.web.desk.pages import map_layers
from bonphuong.web.desk.pages.figure_state import FigureState
from bonphuong.web.desk.pages.figures import Chip
from bonphuong.web.desk.pages.map_layers import COUNTED, GATES, PARTNERS, TWINS, Entry, Layer
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.maps.sketches import Sketch
    from bonphuong.parties.models import Party

REGION, COUNTRY = "lai-chau", "viet-nam"
PARTNERSHIP = "agreements.in_force"
_SMALL = 10.0


@dataclass(frozen=True)
class MapState:
    """Which map, with which layers (all of them where none is named)."""

    map: str
    layers: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, str]) -> MapState:
        """From an address; what cannot be read falls back to the region with all its layers."""
        known = map_layers.layer_words()
        named = str(given.get("layers", "")).split(",")
        return cls(
            map=COUNTRY if given.get("map") == COUNTRY else REGION,
            layers=tuple(code for code in known if code in named),
        )

    @property
    def shown(self) -> tuple[str, ...]:
        """The layers that are shown."""
        return self.layers or tuple(map_layers.layer_words())

    def url(self, name: str = "desk:map", *args: str, **changes: object) -> str:
        """The address of this state with some of it changed."""
        layers = changes.get("layers", self.layers)
        map_ = changes.get("map", self.map)
        asked = {
            "map": str(map_) if map_ != REGION else "",
            "layers": ",".join(layers) if isinstance(layers, tuple) else "",
        }
        query = urlencode({key: value for key, value in asked.items() if value}, safe=",")
        address = reverse(name, args=args)
        return f"{address}?{query}" if query else address

    def with_layer(self, code: str) -> MapState:
        """The same with one layer put on or taken off; the last one cannot be taken off."""
        shown = set(self.shown) ^ {code}
        left = tuple(one for one in map_layers.layer_words() if one in shown)
        return MapState(self.map, () if len(left) == len(map_layers.layer_words()) else left)


@dataclass(frozen=True)
class MapPage:
    """The map with its layers, drawn in the colours of the page or of a file."""

    state: MapState
    sketch: Sketch
    layers: Sequence[Layer]
    title: str
    raw: str

    @property
    def alt(self) -> str:
        """What the drawing is, for whoever hears it."""
        return _("%(title)s; the lists beside it say the same") % {"title": self.title}

    @cached_property
    def svg(self) -> SafeString:
        """The drawing for the page. Every text in it was escaped when it was drawn."""
        return mark_safe(on_page(self.raw, alt=self.alt))  # noqa: S308

    @property
    def source(self) -> str:
        """Under the map."""
        told = {"day": format_date(clock.today(), language())}
        if self.sketch.whole_country:
            return _("Outline: Natural Earth, public domain; not for measuring. As of %(day)s.") % told
        return _("A sketch, not to scale. As of %(day)s.") % told

    def file(self, look: str = LIGHT) -> str:
        """The map as a file with its own colours."""
        return as_file(
            self.raw, look=look, words={"title": self.title, "source": self.source, "alt": self.alt}
        )

    def png(self) -> bytes:
        """The map as PNG."""
        return as_png(self.file())

    @property
    def chips(self) -> list[Chip]:
        """Layers to put on and take off."""
        words = map_layers.layer_words()
        shown = set(self.state.shown)
        return [
            Chip(label, self.state.with_layer(code).url(), code in shown) for code, label in words.items()
        ]

    @property
    def maps(self) -> list[Chip]:
        """The region and the whole country."""
        return [
            Chip(_("The region"), self.state.url(map=REGION), self.state.map == REGION),
            Chip(_("The whole country"), self.state.url(map=COUNTRY), self.state.map == COUNTRY),
        ]


def map_page(state: MapState, user: User) -> MapPage:
    """Gather the map: a bounded number of queries, and nothing that the person may not see."""
    return _country(state, user) if state.map == COUNTRY else _region(state, user)


def _region(state: MapState, user: User) -> MapPage:
    sketch = sketches()[REGION]
    names = map_layers.names_on(sketch, user)
    words, shown = map_layers.layer_words(), set(state.shown)
    layers = [
        Layer(code, label, _entries(code, sketch, user, names=names))
        for code, label in words.items()
        if code in shown
    ]
    marks = [entry.mark for layer in layers for entry in layer.entries if entry.mark is not None]
    if PARTNERS not in shown:
        names = {code: Name(n.label, n.native, n.lang) for code, n in names.items()}
    told = {"title": sketch.title(language()), "found": map_layers.heading(layers)}
    title = _("%(title)s: %(found)s") % told if told["found"] else told["title"]
    return MapPage(state, sketch, layers, title, draw_map(sketch, names, marks, lang=language()))


def _entries(code: str, sketch: Sketch, user: User, *, names: Mapping[str, Name]) -> Sequence[Entry]:
    if code == PARTNERS:
        return map_layers.partners(sketch, names)
    if code == GATES:
        return map_layers.gates(sketch, user)
    if code == TWINS:
        return map_layers.twins(sketch, user)
    office = _office(user)
    return map_layers.counted(code, office, sketch) if office and code in COUNTED else ()


def _office(user: User) -> str:
    """The widest office whose figures the person sees."""
    codes = office_codes_for(user, Permission.FIGURE_VIEW)
    return next((code for h in user.access().holdings for code in (h.book, h.office) if code in codes), "")


def _country(state: MapState, user: User) -> MapPage:
    sketch = sketches()[COUNTRY]
    entries = _provinces(user)
    marks = [entry.mark for entry in entries if entry.mark is not None]
    number = len([entry for entry in entries if entry.mark is not None])
    words = ngettext(
        "Partners with an agreement in force, %(n)s province whose figures you may see",
        "Partners with an agreement in force, %(n)s provinces whose figures you may see",
        number,
    )
    layer = Layer(PARTNERS, _("Partners by province"), entries)
    drawn = draw_map(sketch, {}, marks, lang=language())
    return MapPage(state, sketch, [layer], words % {"n": number}, drawn)


def _provinces(user: User) -> list[Entry]:
    """Provinces whose figures the person may see, each with its partners that an agreement in force ties it to."""
    codes = office_codes_for(user, Permission.FIGURE_VIEW)
    offices = list(Office.objects.filter(pk__in=codes, belongs_to__isnull=True, place__isnull=False))
    today = clock.today()
    wheres = [Where(books=((office.code, None),), measure=PARTNERSHIP, until=today) for office in offices]
    units = AdminUnit.objects.in_bulk([office.place_id for office in offices])
    found = []
    for office, parts in zip(offices, split_sums(wheres, "partner"), strict=True):
        number = len([code for code, part in parts.items() if code and part.value > 0])
        unit = units[office.place_id]
        said = ngettext("%(n)s partner", "%(n)s partners", number) % {"n": number}
        url = FigureState(PARTNERSHIP, office.code, _year(), split="partner").url()
        mark = Mark(
            COUNT, unit.code, f"{unit.name(language())}: {said}", url, text=str(number), weight=_SMALL
        )
        found.append(Entry(unit.name(language()), url, said=said, mark=mark))
    return sorted(found, key=lambda entry: entry.name)


def _year() -> Period:
    return Period.of(clock.today(), PeriodKind.YEAR)


@dataclass(frozen=True)
class PartyMap:
    """The sketch with one partner set apart, for its own page."""

    svg: SafeString
    key: Sequence[Entry]
    url: str


def map_of_party(party: Party, user: User) -> PartyMap | None:
    """The sketch around a partner with the gates on its border; None for one that is not on it."""
    sketch = sketches()[REGION]
    above = {party.code, *_above(party)}
    on_it = {area.code for area in sketch.areas} | {code for code, _tone, _at in sketch.words}
    picked = {code for code in above if code in on_it}
    if not picked:
        return None
    names = map_layers.names_on(sketch, user)
    # What has no place on the sketch is listed on the page of the map itself.
    gates = [g for g in map_layers.gates(sketch, user) if g.mark and sketch.place(g.mark.place) is not None]
    drawn = draw_map(sketch, names, [g.mark for g in gates if g.mark], lang=language(), picked=picked)
    alt = _("%(title)s; the list below names the gates") % {"title": sketch.title(language())}
    svg = mark_safe(on_page(drawn, alt=alt))  # noqa: S308  (every text was escaped when it was drawn)
    return PartyMap(svg, gates, reverse("desk:map"))


def _above(party: Party) -> list[str]:
    found: list[str] = []
    here = party.parent
    while here is not None and here.code not in found:
        found.append(here.code)
        here = here.parent
    return found
