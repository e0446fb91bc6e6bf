from django.apps import AppConfig

from bonphuong.reference.enums import VERBS
from bonphuong.trail.enums import register_verbs


class ReferenceConfig(AppConfig):
    name = "bonphuong.reference"
    label = "reference"

    def ready(self) -> None:
        register_verbs(VERBS)
