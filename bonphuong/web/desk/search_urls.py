"""Addresses of the search."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import search

urlpatterns: list[URLPattern] = [
    path("search", search.search, name="search"),
]
