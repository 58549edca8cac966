"""Addresses of the programme."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("programme/", views.show, name="programme_show"),
    path("programme/programme.csv", views.take, {"kind": "csv"}, name="programme_csv"),
    path("programme/programme.parquet", views.take, {"kind": "parquet"}, name="programme_parquet"),
]
