"""Addresses of opinions and of notices."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import notices, opinions

urlpatterns: list[URLPattern] = [
    path("opinions/", opinions.opinions, name="opinions"),
    path("opinions/<uuid:uid>", opinions.opinion, name="opinion"),
    path("opinions/<uuid:uid>/withdraw", opinions.opinion_withdraw, name="opinion-withdraw"),
    path("opinions/<uuid:uid>/due", opinions.opinion_defer, name="opinion-defer"),
    path("records/item/<uuid:uid>/opinions/new", opinions.opinion_ask, name="opinion-ask"),
    path("notices/", notices.notices, name="notices"),
]
