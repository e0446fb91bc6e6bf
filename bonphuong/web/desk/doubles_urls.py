"""Addresses of the sweep for what was entered twice."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import doubles

urlpatterns: list[URLPattern] = [
    path("doubles/", doubles.doubles, name="doubles"),
    path("doubles/records/<uuid:one>/<uuid:other>/apart", doubles.records_apart, name="doubles-apart"),
    path("doubles/<slug:kind>/merge", doubles.double_merge, name="double-merge"),
    path("doubles/<slug:kind>/part", doubles.double_part, name="double-part"),
]
