"""Addresses of what people have open at their desks: begun forms, and who else is at a page."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import writing

urlpatterns: list[URLPattern] = [
    path("begun/", writing.begun, name="begun"),
    path("begun/keep", writing.begun_keep, name="begun-keep"),
    path("begun/forget", writing.begun_forget, name="begun-forget"),
    path("here/<uuid:about>", writing.here, name="here"),
]
