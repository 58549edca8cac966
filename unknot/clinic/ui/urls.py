"""Addresses of the frame itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("offline/who/", views.who, name="offline_who"),
]
