"""Addresses of what is done with the ticked lines of a list."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import chosen, views_kept

urlpatterns: list[URLPattern] = [
    path("lists/<slug:family>/chosen", chosen.chosen, name="chosen"),
    path("lists/<slug:family>/views", views_kept.list_views, name="list-views"),
]
