"""Addresses of the desk."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import (
    delegations,
    door,
    editing,
    figures,
    home,
    papers,
    printing,
    steps,
    templates,
    ties,
    trail,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("sign-in", door.sign_in, name="login"),
    path("sign-out", door.sign_out, name="logout"),
    path("language", door.language, name="language"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new", editing.delegation_new, name="delegation-new"),
    path("delegations/<uuid:uid>", delegations.delegation, name="delegation"),
    path("delegations/<uuid:uid>/steps/<slug:code>", steps.delegation_step, name="delegation-step"),
    path("delegations/<uuid:uid>/edit", editing.delegation_edit, name="delegation-edit"),
    path("delegations/<uuid:uid>/members", editing.delegation_members, name="delegation-members"),
    path("delegations/<uuid:uid>/same-as/<uuid:other>", ties.delegation_merge, name="delegation-merge"),
    path("delegations/<uuid:uid>/print", printing.delegation_print, name="delegation-print"),
    path(
        "delegations/<uuid:uid>/print/<slug:code>",
        printing.delegation_print_file,
        name="delegation-print-file",
    ),
    path("delegations/<uuid:uid>/papers/new", papers.paper_new, name="paper-new"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<uuid:uid>", papers.paper, name="paper"),
    path("papers/<uuid:uid>/file", papers.paper_file, name="paper-file"),
    path("papers/<uuid:uid>/number", papers.paper_number, name="paper-number"),
    path("papers/<uuid:uid>/add-file", papers.paper_add_file, name="paper-add-file"),
    path("papers/templates/", templates.paper_templates, name="paper-templates"),
    path("papers/templates/<slug:code>", templates.paper_template, name="paper-template"),
    path("papers/templates/<slug:code>/shipped", templates.paper_template_file, name="paper-template-file"),
    path(
        "papers/templates/versions/<uuid:uid>",
        templates.paper_template_version,
        name="paper-template-version",
    ),
    path("papers/templates/versions/<uuid:uid>/end", templates.paper_template_end, name="paper-template-end"),
    path("figures/", figures.figures, name="figures"),
    path("figures/coverage", figures.figure_coverage, name="figure-coverage"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<uuid:uid>", trail.trail_action, name="trail-action"),
    path("trail/check", trail.trail_check, name="trail-check"),
]
