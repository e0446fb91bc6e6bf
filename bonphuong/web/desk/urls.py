"""Addresses of the desk."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import delegations, door, editing, figures, home, steps, ties, trail

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
    path("figures/", figures.figures, name="figures"),
    path("figures/coverage", figures.figure_coverage, name="figure-coverage"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<uuid:uid>", trail.trail_action, name="trail-action"),
    path("trail/check", trail.trail_check, name="trail-check"),
]
