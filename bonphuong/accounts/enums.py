"""Closed lists of the accounts: roles, permissions, kinds of offices and of reports, languages, settings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What a person is in an office; one person may hold several, in several offices, at once."""

    ADMIN = "admin", pgettext_lazy("role", "Administrator")
    AUDITOR = "auditor", pgettext_lazy("role", "Auditor")
    CLERK = "clerk", pgettext_lazy("role", "Clerk")
    HEAD = "head", pgettext_lazy("role", "Head")
    LEADER = "leader", pgettext_lazy("role", "Leader")
    OFFICER = "officer", pgettext_lazy("role", "Officer")


class Permission(TextChoices):
    """Everything that may be allowed or refused, in the order of the alphabet."""

    COVERAGE_DECLARE = "coverage.declare", _("Declare that a register is complete")
    FIGURE_VIEW = "figure.view", _("See figures")
    LEDGER_CHECK = "ledger.check", _("Check the ledger")
    PAPER_ADD = "paper.add", _("File papers")
    PAPER_VIEW = "paper.view", _("See papers")
    PARTY_CHANGE = "party.change", _("Add and change parties and persons")
    PARTY_VIEW = "party.view", _("See parties and persons")
    PERIOD_CLOSE = "period.close", _("Close and reopen periods")
    PERSONAL_TRIP_VIEW = "personal_trip.view", _("See personal trips")
    READER_USE = "reader.use", _("Read documents into claims")
    RECORD_ADD = "record.add", _("Add records")
    RECORD_CHANGE = "record.change", _("Change records")
    RECORD_CONFIRM = "record.confirm", _("Confirm departures, returns and meetings")
    RECORD_DECIDE = "record.decide", _("Decide on requests")
    RECORD_IMPORT = "record.import", _("Import sheets")
    RECORD_REGISTER = "record.register", _("Register finished cases from their decision")
    RECORD_VIEW = "record.view", _("See records")
    REPORT_DRAFT = "report.draft", _("Draft reports")
    REPORT_SIGN = "report.sign", _("Sign reports")
    REPORT_VIEW = "report.view", _("See reports")
    RESTRICTED_READ = "restricted.read", _("Read restricted personal data")
    SETTINGS_CHANGE = "settings.change", _("Change settings of an office")
    STATEMENT_ADD = "statement.add", _("Enter figures stated by papers")
    TEMPLATE_CHANGE = "template.change", _("Change document templates")
    TRAIL_VIEW = "trail.view", _("See the trail")
    USER_MANAGE = "user.manage", _("Manage people and their roles")


class OfficeKind(TextChoices):
    """What sort of body an office is."""

    BORDER_POST = "border_post", _("Border post")
    COMMUNE = "commune", _("Commune or ward")
    DEPARTMENT = "department", _("Department or equivalent")
    FORCE = "force", _("Armed force")
    MINISTRY = "ministry", _("Ministry")
    NATIONAL = "national", _("National organisation")
    PROVINCE = "province", _("Province")
    UNION = "union", _("Union of friendship organizations")


class ReportKind(TextChoices):
    """Which report one office owes another; `ALL` stands for every kind."""

    AID = "aid", _("Foreign non-governmental aid")
    ALL = "all", _("All reports")
    BORDER = "border", _("Border work")
    EXTERNAL_AFFAIRS = "external_affairs", _("External affairs")
    PEOPLE_DIPLOMACY = "people_diplomacy", _("People-to-people diplomacy")


class Language(TextChoices):
    """Languages of the interface."""

    EN = "en", _("English")
    VI = "vi", _("Vietnamese")


class FirstPage(TextChoices):
    """Where a person begins after signing in."""

    HOME = "home", pgettext_lazy("page", "Desk")
    FAMILIES = "families", pgettext_lazy("page", "All records")
    DELEGATIONS = "delegations", pgettext_lazy("page", "Delegations out and in")
    FIGURES = "figures", pgettext_lazy("page", "Indicators")
    REPORTS = "reports", pgettext_lazy("page", "Reports")
    TRAIL = "trail", pgettext_lazy("page", "Trail and ledger")


class SettingKey(TextChoices):
    """Dated practice in which offices differ."""

    # "one person alone is a group of one" in some provinces; a national sum prints which holds where
    ONE_IS_A_GROUP = "delegation.one_is_a_group", _("One person alone counts as a group")
    # the month of 20 days or of 31: which cut-off an office's own regulation asks for
    REPORT_CUTOFF = "report.cutoff", _("Cut-off of reporting periods")


# Words of the trail for what is done here; tags are for ever.
VERBS = {
    "accounts.assignment.add": _("gave a role"),
    "accounts.assignment.end": _("ended a role"),
    "accounts.focal_agency.appoint": _("named the focal agency"),
    "accounts.office.add": _("added an office"),
    "accounts.office.change": _("changed an office"),
    "accounts.office.end": _("closed an office"),
    "accounts.office.rename": _("called an office otherwise"),
    "accounts.reports_to.add": _("named a receiver of reports"),
    "accounts.reports_to.end": _("ended a tie of reports"),
    "accounts.setting.change": _("changed a setting of an office"),
    "accounts.setting.end": _("let a setting of an office end"),
    "accounts.view.remove": _("removed a view of a list"),
    "accounts.view.save": _("kept a view of a list"),
    "accounts.user.activate": _("opened or closed an account"),
    "accounts.user.add": _("added an account"),
    "accounts.user.change": _("changed an account"),
    "accounts.user.invite": _("let a person in"),
    "accounts.user.password": _("set a password"),
    "accounts.user.reset": _("took a password away for a new one"),
    "system.accounts.load": _("loaded offices and people of the demonstration"),
}
