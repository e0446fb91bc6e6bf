from django.apps import AppConfig

from bonphuong.intake.enums import VERBS
from bonphuong.trail.enums import register_verbs


class IntakeConfig(AppConfig):
    name = "bonphuong.intake"
    label = "intake"

    def ready(self) -> None:
        register_verbs(VERBS)
