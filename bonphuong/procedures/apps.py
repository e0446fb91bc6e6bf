from django.apps import AppConfig

from bonphuong.procedures.enums import VERBS
from bonphuong.trail.enums import register_verbs


class ProceduresConfig(AppConfig):
    name = "bonphuong.procedures"
    label = "procedures"

    def ready(self) -> None:
        register_verbs(VERBS)
