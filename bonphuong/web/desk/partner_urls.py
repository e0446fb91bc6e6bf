"""Addresses of partners and of briefing books about them."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import briefing, partner_editing, partners

urlpatterns: list[URLPattern] = [
    path("partners/", partners.partners, name="partners"),
    path("partners/new", partner_editing.partner_new, name="partner-new"),
    path("partners/<slug:code>", partners.partner, name="partner"),
    path("partners/<slug:code>/edit", partner_editing.partner_edit, name="partner-edit"),
    path("partners/<slug:code>/names", partner_editing.partner_names, name="partner-names"),
    path(
        "partners/<slug:code>/names/<int:alias>/away",
        partner_editing.partner_name_away,
        name="partner-name-away",
    ),
    path("partners/<slug:code>/ties/new", partner_editing.partner_tie, name="partner-tie"),
    path("partners/<slug:code>/ties/<int:tie>/end", partner_editing.partner_tie_end, name="partner-tie-end"),
    path("partners/<slug:code>/notes/new", partners.partner_note, name="partner-note"),
    path("partners/<slug:code>/promises/new", partners.partner_promise, name="partner-promise"),
    path("partners/<slug:code>/promises/<uuid:commitment>", partners.partner_settle, name="partner-settle"),
    path("partners/<slug:code>/people/new", partner_editing.partner_person_new, name="partner-person-new"),
    path("partners/<slug:code>/people/<uuid:person>", partner_editing.partner_person, name="partner-person"),
    path(
        "partners/<slug:code>/people/<uuid:person>/posts/<int:post>/end",
        partner_editing.partner_post_end,
        name="partner-post-end",
    ),
    path("partners/<slug:code>/briefing", briefing.briefing_new, name="briefing-new"),
    path("briefings/<uuid:uid>", briefing.briefing, name="briefing"),
    path("briefings/<uuid:uid>/download.<slug:ending>", briefing.briefing_download, name="briefing-download"),
]
