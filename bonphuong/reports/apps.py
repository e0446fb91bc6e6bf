from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "bonphuong.reports"
    label = "reports"
