"""Root addresses. Every address is declared by the face that serves it."""

from django.urls import include, path

urlpatterns = [path("", include("bonphuong.web.desk.urls"))]
