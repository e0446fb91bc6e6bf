from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "bonphuong.reader"
    label = "reader"
