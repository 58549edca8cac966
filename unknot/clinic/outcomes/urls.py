"""Addresses of the outcomes."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("episodes/<uuid:episode_id>/outcomes/", views.show, name="outcomes_show"),
    path("episodes/<uuid:episode_id>/outcomes/decide/", views.decide_next, name="outcomes_decide"),
    path("episodes/<uuid:episode_id>/outcomes/why/", views.outcomes_why, name="outcomes_why"),
    path("episodes/<uuid:episode_id>/outcomes/report/", views.report, name="outcomes_report"),
]
