from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "bonphuong.parties"
    label = "parties"
