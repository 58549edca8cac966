"""Addresses of the screening."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("episodes/<uuid:episode_id>/screen/", views.show, name="screen_show"),
    path("episodes/<uuid:episode_id>/screen/why/", views.why, name="screen_why"),
    path(
        "episodes/<uuid:episode_id>/screen/why/<uuid:screening_id>/",
        views.why,
        name="screen_why_of",
    ),
    path("episodes/<uuid:episode_id>/screen/answer/", views.answer, name="screen_answer"),
    path("episodes/<uuid:episode_id>/screen/again/", views.again, name="screen_again"),
    path("episodes/<uuid:episode_id>/screen/override/", views.override, name="screen_override"),
    path("episodes/<uuid:episode_id>/screen/clear/", views.clear, name="screen_clear"),
    path(
        "episodes/<uuid:episode_id>/screen/emergency/",
        views.emergency_page,
        name="screen_emergency",
    ),
    path("episodes/<uuid:episode_id>/screen/letter/", views.letter, name="screen_letter"),
]
