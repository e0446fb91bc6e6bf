from django.apps import AppConfig


class DelegationsConfig(AppConfig):
    name = "bonphuong.families.delegations"
    label = "delegations"
