"""Addresses of the frame itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("look/", views.choose_look, name="look_choose"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
