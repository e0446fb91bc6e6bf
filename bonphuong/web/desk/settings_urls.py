"""Addresses of the settings."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import (
    passwords,
    settings,
    settings_forms,
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
    path("settings/reports/", settings_forms.forms, name="settings-forms"),
    path("settings/reports/drafts/<uuid:uid>", settings_forms.draft, name="form-draft"),
    path("settings/reports/drafts/<uuid:uid>/text/<slug:name>", settings_forms.text, name="form-text"),
    path(
        "settings/reports/drafts/<uuid:uid>/sections/<int:number>",
        settings_forms.section,
        name="form-section",
    ),
    path(
        "settings/reports/drafts/<uuid:uid>/sections/<int:number>/<int:block>",
        settings_forms.block,
        name="form-block",
    ),
    path("settings/reports/drafts/<uuid:uid>/annexes/<int:number>", settings_forms.annex, name="form-annex"),
    path("settings/reports/drafts/<uuid:uid>/preview", settings_forms.preview, name="form-preview"),
    path("settings/reports/drafts/<uuid:uid>/adopt", settings_forms.adopt, name="form-adopt"),
    path("settings/reports/drafts/<uuid:uid>/file", settings_forms.form_file, name="form-file"),
    path(
        "settings/reports/history/<str:office>/<slug:code>/<slug:lang>",
        settings_forms.history,
        name="form-history",
    ),
    path("settings/reports/<int:pk>/file", settings_forms.version_file, name="form-version-file"),
    path("settings/<slug:table>/", settings.table, name="settings-table"),
    path("settings/<slug:table>/new", settings.new, name="settings-new"),
    path("settings/<slug:table>/<str:key>", settings.row, name="settings-row"),
    path("settings/<slug:table>/<str:key>/<slug:deed>", settings.deed, name="settings-deed"),
    path("sign-in/<uuid:uid>/<str:token>", passwords.first_password, name="first-password"),
]
