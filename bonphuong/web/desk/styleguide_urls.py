"""Addresses of the page that shows every part of the pages."""

from django.urls import path

from bonphuong.web.desk.views import styleguide

urlpatterns = [path("styleguide", styleguide.styleguide, name="styleguide")]
