from django.apps import AppConfig

from bonphuong.kit.enums import VERBS
from bonphuong.trail.enums import register_verbs


class KitConfig(AppConfig):
    name = "bonphuong.kit"
    label = "kit"

    def ready(self) -> None:
        register_verbs(VERBS)
