"""What every package points at by a permanent code: countries, units through time, fields, money, feasts.

Codes are for ever: the ledger and signed reports keep them as text, so a row is never renamed or removed; a unit
whose land changed is a new row, and `Succession` ties the two.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.kernel.fulltext import Index
from bonphuong.kernel.models import DatedQuerySet, DatedRow, Tracked
from bonphuong.kernel.text import SORT_KEY_LENGTH
from bonphuong.reference.enums import FeastCalendar, FeastKind, RateKind, SuccessionKind, UnitKind

if TYPE_CHECKING:
    from datetime import date

# Rates are kept as whole numbers of this many decimals: a column of decimals is a float on SQLite.
RATE_EXPONENT = 9
CODE_LENGTH = 80
CODE = RegexValidator(
    r"^[a-z0-9]+([.-][a-z0-9]+)*$", _("Use small letters, digits, single hyphens and dots.")
)
ALPHA_2 = RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1."))
ALPHA_3 = RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, as in ISO 4217."))
_ORDERED_DATES = Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Named(models.Model):
    """A row with a name in Vietnamese and in English."""

    name_vi = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name(get_language() or "vi")

    def name(self, language: str = "vi") -> str:
        """The name in Vietnamese or English."""
        return self.name_en if language.startswith("en") else self.name_vi


class Country(Tracked, Named):
    """A country or territory of ISO 3166-1, with its names in four languages."""

    code = models.CharField(max_length=2, primary_key=True, validators=[ALPHA_2])
    name_lo = models.CharField(_("name in Lao"), max_length=200, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    fold = models.CharField(max_length=1000, editable=False)
    sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("sort",)

    def name(self, language: str = "vi") -> str:
        """The name in Vietnamese, English, Lao ("lo") or Chinese ("zh"); Vietnamese where there is none."""
        names = {"en": self.name_en, "lo": self.name_lo, "zh": self.name_zh}
        return names.get(language[:2]) or self.name_vi

    def all_names(self) -> list[str]:
        """Every name by which it may be written."""
        return [
            name for name in (self.name_vi, self.name_en, self.name_lo, self.name_zh, *self.aliases) if name
        ]


class AdminUnit(DatedRow, Named):
    """A province, district or commune of Viet Nam from a day to a day.

    `valid_from` is empty where the beginning is not recorded: such a unit stands for all days before. A province
    that went through 2025 untouched keeps one row; a merged one has a new row under its old name
    ("vn-tuyen-quang", "vn-tuyen-quang-2025").
    """

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True, validators=[CODE])
    kind = models.CharField(_("tier"), max_length=10, choices=UnitKind.choices)
    designation = models.CharField(_("designation"), max_length=20)
    gso_code = models.CharField(_("statistical code"), max_length=5, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="units_below"
    )
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    fold = models.CharField(max_length=300, editable=False, db_index=True)
    sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)

    objects = models.Manager.from_queryset(DatedQuerySet["AdminUnit"])()
    search_index = Index()

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ("sort", "code")
        constraints = (
            models.CheckConstraint(name="unit_dates_in_order", condition=_ORDERED_DATES),
            models.CheckConstraint(
                name="unit_below_a_province",
                condition=Q(kind=UnitKind.PROVINCE, parent__isnull=True)
                | (~Q(kind=UnitKind.PROVINCE) & Q(parent__isnull=False)),
            ),
        )

    @property
    def full_name(self) -> str:
        """With its designation, as inside a Vietnamese sentence: "tỉnh Lai Châu", "xã Phong Thổ"."""
        if self.name_vi.casefold().startswith(f"{self.designation} "):
            return self.name_vi[:1].lower() + self.name_vi[1:]
        return f"{self.designation} {self.name_vi}"

    def stands_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


class Succession(Tracked):
    """One unit followed another on a day. A divided unit has several successors, one of them the main one."""

    from_unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="successions")
    to_unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=5, choices=SuccessionKind.choices)
    is_main = models.BooleanField(_("main successor"), default=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    proved = models.BooleanField(_("proved by a text"), default=False)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ("on", "from_unit", "-is_main", "to_unit")
        constraints = (
            models.UniqueConstraint(name="succession_once", fields=("from_unit", "to_unit")),
            models.UniqueConstraint(
                name="succession_one_main", fields=("from_unit",), condition=Q(is_main=True)
            ),
            models.CheckConstraint(name="succession_to_another", condition=~Q(from_unit=F("to_unit"))),
        )

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id}"


class CooperationField(DatedRow, Named):
    """A field in which the province works with partners. The grouping may change; the code does not."""

    code = models.CharField(max_length=40, primary_key=True, validators=[CODE])
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="fields_below"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    aliases = models.JSONField(_("other names"), default=list, blank=True)

    objects = models.Manager.from_queryset(DatedQuerySet["CooperationField"])()

    class Meta:
        verbose_name = _("cooperation field")
        verbose_name_plural = _("cooperation fields")
        ordering = ("order", "code")


class Currency(Tracked, Named):
    """A currency of ISO 4217. `exponent` is the number of decimals that sums have in practice (0 for the đồng)."""

    code = models.CharField(max_length=3, primary_key=True, validators=[ALPHA_3])
    exponent = models.PositiveSmallIntegerField(_("decimals"), validators=[MaxValueValidator(4)])
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ("order", "code")


class ExchangeRate(Tracked):
    """How many units of `quote` one unit of `currency` was worth from a day on, by whom and for what.

    `scaled` is that number × 10⁹; read it through `value`. `is_demo` marks a rate that is only an illustration.
    """

    currency = models.ForeignKey(Currency, on_delete=models.PROTECT, related_name="rates")
    quote = models.ForeignKey(Currency, on_delete=models.PROTECT, related_name="rates_quoted")
    scaled = models.BigIntegerField(validators=[MinValueValidator(1)])
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=12, choices=RateKind.choices)
    source = models.CharField(_("source"), max_length=300)
    source_url = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(_("illustration"), default=False)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ("currency", "quote", "kind", "-on")
        constraints = (
            models.UniqueConstraint(name="rate_once", fields=("currency", "quote", "kind", "on")),
            models.CheckConstraint(name="rate_positive", condition=Q(scaled__gt=0)),
            models.CheckConstraint(name="rate_between_two", condition=~Q(currency=F("quote"))),
        )

    def __str__(self) -> str:
        return f"1 {self.currency_id} = {self.value.normalize():f} {self.quote_id} ({self.on:%Y-%m-%d})"

    @property
    def value(self) -> Decimal:
        """Units of `quote` for one unit of `currency`, exactly."""
        return Decimal(self.scaled).scaleb(-RATE_EXPONENT)


class Feast(DatedRow, Named):
    """A feast, national day or anniversary that comes every year, by the solar or a lunar calendar."""

    code = models.CharField(max_length=40, primary_key=True, validators=[CODE])
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="feasts")
    kind = models.CharField(_("kind"), max_length=12, choices=FeastKind.choices)
    calendar = models.CharField(_("calendar"), max_length=8, choices=FeastCalendar.choices)
    month = models.PositiveSmallIntegerField(
        _("month"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(_("day"), validators=[MinValueValidator(1), MaxValueValidator(31)])
    days = models.PositiveSmallIntegerField(_("number of days"), default=1)
    since_year = models.PositiveSmallIntegerField(_("year of the event"), null=True, blank=True)

    objects = models.Manager.from_queryset(DatedQuerySet["Feast"])()

    class Meta:
        verbose_name = _("feast")
        verbose_name_plural = _("feasts")
        ordering = ("code",)


class WorkingDayOverride(Tracked):
    """A day that, by a decision, is worked or not against the general calendar: swapped days, a local day off.

    An empty `office_code` means the whole country. The office's own row goes before the country's.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="working_day_overrides")
    office_code = models.CharField(_("office"), max_length=60, blank=True)
    day = models.DateField(_("day"))
    working = models.BooleanField(_("is worked"))
    swapped_with = models.DateField(_("swapped with"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    source_url = models.CharField(max_length=300, blank=True)
    proved = models.BooleanField(_("proved by a text"), default=False)

    class Meta:
        verbose_name = _("set working day")
        verbose_name_plural = _("set working days")
        ordering = ("country", "office_code", "day")
        constraints = (
            models.UniqueConstraint(name="working_day_once", fields=("country", "office_code", "day")),
        )

    def __str__(self) -> str:
        return f"{self.country_id} {self.day:%Y-%m-%d}: {'+' if self.working else '-'}"


class DataLoad(Tracked):
    """Which shipped data a table was last filled from, so that an unchanged start writes nothing."""

    name = models.CharField(max_length=40, primary_key=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("data load")
        verbose_name_plural = _("data loads")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"
