from django.apps import AppConfig

from bonphuong.notices.enums import VERBS
from bonphuong.trail.enums import register_verbs


class NoticesConfig(AppConfig):
    name = "bonphuong.notices"
    label = "notices"

    def ready(self) -> None:
        register_verbs(VERBS)
