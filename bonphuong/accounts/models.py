"""Users, offices with their two ties, dated roles, dated practice of offices."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import FirstPage, Language, OfficeKind, ReportKind, Role, SettingKey
from bonphuong.accounts.rules import Access, Holding
from bonphuong.kernel import clock
from bonphuong.kernel.models import DatedQuerySet, DatedRow, M, UidModel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, digits and single hyphens."))
USERNAME = RegexValidator(r"^[a-z0-9]+([._@-][a-z0-9]+)*$", _("Use small letters, digits, dots and hyphens."))
_ORDERED_DATES = Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


def _books_of(user: User | AnonymousUser) -> frozenset[str]:
    return user.access().books if user.is_authenticated else frozenset()


def _under(paths: Iterable[str], lookup: str = "path") -> Q:
    """The offices at or below any of `paths`; nobody when there are none."""
    return reduce(or_, (Q(**{f"{lookup}__startswith": path}) for path in paths), Q(pk__in=[]))


class UserQuerySet(models.QuerySet["User"]):
    """Accounts."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Oneself, and everybody with a role, past or present, in a book where one works."""
        if not user.is_authenticated:
            return self.none()
        offices = Office.objects.visible_to(user).values("pk")
        held = Assignment.objects.filter(office__in=offices).values("user")
        return self.filter(Q(pk=user.pk) | Q(pk__in=held))


class UserManager(BaseUserManager["User"]):
    """Makes accounts; every caller but tests goes through `services.create_user`."""

    def get_queryset(self) -> UserQuerySet:
        """Accounts that know who may see them."""
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: User | AnonymousUser) -> UserQuerySet:
        """See `UserQuerySet.visible_to`."""
        return self.get_queryset().visible_to(user)

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A saved account; without a password nobody can log in to it."""
        user = self.model(username=self.model.normalize_username(username).lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(UidModel, AbstractBaseUser):
    """A person who logs in. What they may do follows from their dated assignments alone."""

    # Logging in is no change to a record: Django's own stamp would be a write without an action.
    last_login = None

    username = models.CharField(_("user name"), max_length=60, unique=True, validators=[USERNAME])
    full_name = models.CharField(_("full name"), max_length=120)
    email = models.EmailField(_("mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VI)
    gets_mail = models.BooleanField(_("notices by mail"), default=True)
    first_page = models.CharField(
        _("first page"), max_length=20, choices=FirstPage.choices, default=FirstPage.HOME
    )
    is_active = models.BooleanField(_("account is open"), default=True)
    is_demo = models.BooleanField(_("illustration"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    _access: Access | None = None

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("username",)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name that the trail keeps beside what this person does."""
        return str(self)

    def access(self) -> Access:
        """What this person holds today; read once per user object, so once per request."""
        day = clock.today()
        if self._access is None or self._access.day != day:
            holdings = _holdings(self) if self.is_active else ()
            self._access = Access(day=day, holdings=holdings)
        return self._access

    def forget_access(self) -> None:
        """Drop what was read, after roles or offices changed."""
        self._access = None


class OfficeQuerySet(DatedQuerySet["Office"]):
    """Offices."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The directory: every office, closed ones too, of the books where the person has a role."""
        return self.filter(_under(f"{book}/" for book in _books_of(user)))

    def under(self, *codes: str) -> Self:
        """The offices named and all below them."""
        paths = Office.objects.filter(pk__in=codes).values_list("path", flat=True)
        return self.filter(_under(paths))


class Office(DatedRow):
    """A body that keeps records: a province, a department, a union, a commune, a border post, a ministry.

    `belongs_to` places it in a book (the root's) and says what a role held above it reaches; who receives
    which report is a separate tie, `ReportsTo`. `path` repeats the chain from the root ("lai-chau/lc-dofa/"),
    so that a subtree is one comparison; `services` keeps it and the database refuses a wrong one.
    """

    code = models.CharField(_("code"), max_length=60, primary_key=True, validators=[CODE])
    name_vi = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    short_vi = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=OfficeKind.choices)
    belongs_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="offices_below"
    )
    path = models.CharField(max_length=300, unique=True, editable=False)
    place = models.ForeignKey(
        "reference.AdminUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    # The head of its papers: the line above (the superior body), its own line, the symbol, the place of the date.
    letterhead_parent = models.CharField(_("superior body on papers"), max_length=200, blank=True)
    letterhead_name = models.CharField(_("own line on papers"), max_length=200, blank=True)
    symbol = models.CharField(_("symbol on papers"), max_length=30, blank=True)
    place_name = models.CharField(_("place of the date line"), max_length=80, blank=True)
    is_demo = models.BooleanField(_("illustration"), default=False)

    objects = models.Manager.from_queryset(OfficeQuerySet)()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ("path",)
        constraints = (
            models.CheckConstraint(
                name="office_path_follows_the_chain",
                condition=Q(belongs_to__isnull=True, path=Concat(F("code"), Value("/")))
                | Q(belongs_to__isnull=False, path__endswith=Concat(Value("/"), F("code"), Value("/"))),
            ),
            models.CheckConstraint(name="office_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return self.name_vi

    @property
    def book(self) -> str:
        """Code of the root office, in whose ledger this office's facts are posted."""
        return self.path.split("/", 1)[0]

    def name(self, language: str = "vi") -> str:
        """The full name in Vietnamese or English."""
        return self.name_en if language == "en" else self.name_vi


class InBookQuerySet(DatedQuerySet[M]):
    """Dated rows that hang on an office."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Rows of the offices that the person may see."""
        return self.filter(office__in=Office.objects.visible_to(user).values("pk"))


class OfficeName(DatedRow):
    """What an office was called from a day to a day, with the letterhead that went with it.

    Written when an office is called otherwise for the first time: one row for what it was called so far, one for
    what it is called since. The office itself bears the newest.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="names")
    name_vi = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    short_vi = models.CharField(_("short name"), max_length=60)
    letterhead_parent = models.CharField(_("superior body on papers"), max_length=200, blank=True)
    letterhead_name = models.CharField(_("own line on papers"), max_length=200, blank=True)
    symbol = models.CharField(_("symbol on papers"), max_length=30, blank=True)
    place_name = models.CharField(_("place of the date line"), max_length=80, blank=True)

    objects = models.Manager.from_queryset(InBookQuerySet["OfficeName"])()

    class Meta:
        verbose_name = _("name of an office")
        verbose_name_plural = _("names of offices")
        ordering = ("office", F("valid_from").asc(nulls_first=True))
        constraints = (
            models.UniqueConstraint(name="office_name_once", fields=("office", "valid_from")),
            models.UniqueConstraint(
                name="office_name_one_beginning", fields=("office",), condition=Q(valid_from__isnull=True)
            ),
            models.CheckConstraint(name="office_name_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return self.name_vi


class StartedRow(DatedRow):
    """A dated row of an office whose first day is known (two open beginnings could not be told apart)."""

    valid_from = models.DateField()

    class Meta:
        abstract = True


class ReportsTo(StartedRow):
    """Who receives which report of an office. Several at once; says nothing about what one may see."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="reports_sent")
    to_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="reports_received")
    report_kind = models.CharField(
        _("kind of report"), max_length=30, choices=ReportKind.choices, default=ReportKind.ALL
    )

    objects = models.Manager.from_queryset(InBookQuerySet["ReportsTo"])()

    class Meta:
        verbose_name = _("receiver of reports")
        verbose_name_plural = _("receivers of reports")
        ordering = ("office", "to_office", "report_kind", "valid_from")
        constraints = (
            models.UniqueConstraint(
                name="reports_to_once", fields=("office", "to_office", "report_kind", "valid_from")
            ),
            models.CheckConstraint(name="reports_to_another", condition=~Q(office=F("to_office"))),
            models.CheckConstraint(name="reports_to_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return f"{self.office_id} → {self.to_office_id} ({self.report_kind})"


class FocalAgency(StartedRow):
    """Which office of a book is its external-affairs focal agency, from a day to a day.

    A role and not a name: a Department of Foreign Affairs in one province, the office of the People's
    Committee in another, and not the same one before and after a reorganisation.
    """

    book = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="focal_agencies")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="focal_for")

    objects = models.Manager.from_queryset(InBookQuerySet["FocalAgency"])()

    class Meta:
        verbose_name = _("focal agency")
        verbose_name_plural = _("focal agencies")
        ordering = ("book", "valid_from")
        constraints = (
            models.UniqueConstraint(name="focal_agency_once", fields=("book", "valid_from")),
            models.CheckConstraint(name="focal_agency_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return f"{self.book_id}: {self.office_id}"


class OfficeSetting(StartedRow):
    """A practice of an office that differs from place to place, such as what counts as a group."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="settings")
    key = models.CharField(_("setting"), max_length=60, choices=SettingKey.choices)
    value = models.JSONField(_("value"))

    objects = models.Manager.from_queryset(InBookQuerySet["OfficeSetting"])()

    class Meta:
        verbose_name = _("setting of an office")
        verbose_name_plural = _("settings of offices")
        ordering = ("office", "key", "valid_from")
        constraints = (
            models.UniqueConstraint(name="office_setting_once", fields=("office", "key", "valid_from")),
            models.CheckConstraint(name="office_setting_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return f"{self.office_id}: {self.key} = {self.value}"


class Assignment(StartedRow):
    """A person's role in an office from a day to a day, with the title that goes under a signature."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    title_vi = models.CharField(pgettext_lazy("of a person", "title"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)

    objects = models.Manager.from_queryset(InBookQuerySet["Assignment"])()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("user", "valid_from", "office", "role")
        constraints = (
            models.UniqueConstraint(name="assignment_once", fields=("user", "office", "role", "valid_from")),
            models.CheckConstraint(name="assignment_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return f"{self.user_id} · {self.role} · {self.office_id}"

    def title(self, language: str = "vi") -> str:
        """The title in Vietnamese or English."""
        return self.title_en if language == "en" else self.title_vi


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views of lists."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and those that somebody shares with an office where one sits."""
        if not user.is_authenticated:
            return self.none()
        seats = sorted(holding.office for holding in user.access().holdings)
        return self.filter(Q(owner=user) | Q(office_code__in=seats))


class SavedView(UidModel):
    """The filters of a list that a person keeps under a name; with an office, its people see it too.

    `query` is the end of the address, so that a view opens as the list stood. The list opens with the view that
    `is_first`, one at most for each person and list.
    """

    owner = models.ForeignKey(
        User, verbose_name=_("whose it is"), on_delete=models.PROTECT, related_name="saved_views"
    )
    family = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=1000, blank=True)
    office_code = models.CharField(_("shared with"), max_length=60, blank=True)
    is_first = models.BooleanField(_("opens first"), default=False)

    objects = models.Manager.from_queryset(SavedViewQuerySet)()

    class Meta:
        verbose_name = _("view of a list")
        verbose_name_plural = _("views of lists")
        ordering = ("name", "uid")
        constraints = (
            models.UniqueConstraint(name="saved_view_name_once", fields=("owner", "family", "name")),
            models.UniqueConstraint(
                name="saved_view_one_first", fields=("owner", "family"), condition=Q(is_first=True)
            ),
        )
        indexes = (models.Index(name="saved_view_office", fields=("office_code", "family")),)

    def __str__(self) -> str:
        return self.name


def _holdings(user: User) -> tuple[Holding, ...]:
    """Live assignments with the codes that each reaches: its own subtree, or the book for a focal agency."""
    day = clock.today()
    assigned = list(Assignment.objects.filter(user=user).on(day).select_related("office"))
    if not assigned:
        return ()
    offices = {assignment.office_id for assignment in assigned}
    focal = set(FocalAgency.objects.filter(office__in=offices).on(day).values_list("office_id", flat=True))
    reach = {a.office_id: f"{a.office.book}/" if a.office_id in focal else a.office.path for a in assigned}
    paths = dict(Office.objects.filter(_under(reach.values())).values_list("code", "path"))
    return tuple(
        Holding(
            role=Role(a.role),
            office=a.office_id,
            book=a.office.book,
            codes=frozenset(code for code, path in paths.items() if path.startswith(reach[a.office_id])),
            kind=a.office.kind,
        )
        for a in assigned
    )
