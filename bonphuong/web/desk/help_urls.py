"""Addresses of the help: the manual, the terms, the first lesson."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import helping, lessons

urlpatterns: list[URLPattern] = [
    path("help/", helping.help_first, name="help"),
    path("help/search", helping.help_search, name="help-search"),
    path("help/glossary", helping.glossary, name="glossary"),
    path("help/pictures/<str:name>", helping.help_picture, name="help-picture"),
    path("help/lesson", lessons.lesson, name="lesson"),
    path("help/lesson/go", lessons.lesson_go, name="lesson-go"),
    path("help/<slug:page>", helping.help_page, name="help-page"),
]
