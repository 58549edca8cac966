"""Addresses of a client's own pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/", views.show, name="me"),
    path("me/data/", views.data, name="me_data"),
]
