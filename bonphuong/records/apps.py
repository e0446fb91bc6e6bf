from django.apps import AppConfig

from bonphuong.records.enums import VERBS
from bonphuong.trail.enums import register_verbs


class RecordsConfig(AppConfig):
    name = "bonphuong.records"
    label = "records"

    def ready(self) -> None:
        register_verbs(VERBS)
