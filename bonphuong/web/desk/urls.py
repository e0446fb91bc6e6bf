"""Addresses of the desk."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import door, home

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("sign-in", door.sign_in, name="login"),
    path("sign-out", door.sign_out, name="logout"),
    path("language", door.language, name="language"),
]
