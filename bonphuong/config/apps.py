from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bonphuong.trail.enums import register_verbs

VERBS = {
    "system.synth": _("made up the data of a nation"),
    "system.command_line": _("changed from the server's command line"),
    "system.demonstration.load": _("loaded the demonstration"),
}


class WiringConfig(AppConfig):
    name = "bonphuong.config"
    label = "config"

    def ready(self) -> None:
        register_verbs(VERBS)
