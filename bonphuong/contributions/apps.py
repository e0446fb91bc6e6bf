from django.apps import AppConfig

from bonphuong.contributions.enums import VERBS
from bonphuong.records.registry import register_days
from bonphuong.trail.enums import register_verbs


class ContributionsConfig(AppConfig):
    name = "bonphuong.contributions"
    label = "contributions"

    def ready(self) -> None:
        register_verbs(VERBS)
        register_days("bonphuong.contributions.queries.days_of")
