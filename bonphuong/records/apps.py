from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "bonphuong.records"
    label = "records"
