"""Addresses of follow-up."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("c/<slug:token>/", views.check_in, name="check_in"),
    path("episodes/<uuid:episode_id>/follow-up/", views.follow_up_show, name="follow_up_show"),
    path("episodes/<uuid:episode_id>/follow-up/send/", views.check_in_send, name="check_in_send"),
    path("alerts/<uuid:alert_id>/", views.alert_handle, name="alert_handle"),
]
