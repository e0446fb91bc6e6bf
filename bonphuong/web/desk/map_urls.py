"""Addresses of the map."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import maps

urlpatterns: list[URLPattern] = [
    path("map/", maps.map_, name="map"),
    path("map/picture.<slug:ending>", maps.map_file, name="map-file"),
]
