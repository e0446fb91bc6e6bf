from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "bonphuong.papers"
    label = "papers"
