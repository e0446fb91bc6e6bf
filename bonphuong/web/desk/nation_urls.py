"""Addresses of the nation's figures, and of packages between offices of different servers."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import nation

urlpatterns: list[URLPattern] = [
    path("nation/", nation.nation, name="nation"),
    path("nation/<slug:book>", nation.nation_province, name="nation-province"),
]
