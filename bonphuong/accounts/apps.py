from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bonphuong.accounts"
    label = "accounts"
