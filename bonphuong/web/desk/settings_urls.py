"""Addresses of the settings."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import (
    passwords,
    settings,
    settings_indicators,
    settings_pages,
    settings_procedures,
)

urlpatterns: list[URLPattern] = [
    path("settings/", settings.settings_home, name="settings"),
    path("settings/profile", settings_pages.profile, name="settings-profile"),
    path("settings/password", passwords.own_password, name="settings-password"),
    path("settings/permissions", settings_pages.permissions, name="settings-permissions"),
    path("settings/installation", settings_pages.installation, name="settings-installation"),
    path("settings/procedures/", settings_procedures.procedures, name="settings-procedures"),
    path("settings/procedures/<str:code>", settings_procedures.procedure, name="settings-procedure"),
    path("settings/procedures/<str:code>/move", settings_procedures.move, name="settings-move"),
    path("settings/indicators/new", settings_indicators.new, name="settings-indicator-new"),
    path("settings/indicators/<str:key>/change", settings_indicators.change, name="settings-indicator"),
    path("settings/<slug:table>/", settings.table, name="settings-table"),
    path("settings/<slug:table>/new", settings.new, name="settings-new"),
    path("settings/<slug:table>/<str:key>", settings.row, name="settings-row"),
    path("settings/<slug:table>/<str:key>/<slug:deed>", settings.deed, name="settings-deed"),
    path("sign-in/<uuid:uid>/<str:token>", passwords.first_password, name="first-password"),
]
