"""Addresses of the desk."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import delegations, door, figures, home, steps, trail

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("sign-in", door.sign_in, name="login"),
    path("sign-out", door.sign_out, name="logout"),
    path("language", door.language, name="language"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<uuid:uid>", delegations.delegation, name="delegation"),
    path("delegations/<uuid:uid>/steps/<slug:code>", steps.delegation_step, name="delegation-step"),
    path("figures/", figures.figures, name="figures"),
    path("figures/coverage", figures.figure_coverage, name="figure-coverage"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<uuid:uid>", trail.trail_action, name="trail-action"),
    path("trail/check", trail.trail_check, name="trail-check"),
]
