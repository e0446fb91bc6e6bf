from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "bonphuong.procedures"
    label = "procedures"
