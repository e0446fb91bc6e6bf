from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "bonphuong.indicators"
    label = "indicators"
