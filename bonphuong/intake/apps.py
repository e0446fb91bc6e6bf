from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "bonphuong.intake"
    label = "intake"
