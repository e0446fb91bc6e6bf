from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "bonphuong.web.desk"
    label = "desk"
