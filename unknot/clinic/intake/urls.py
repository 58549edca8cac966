"""Addresses of the self-check and the intake."""

from __future__ import annotations

from django.urls import path

from . import preferences_views, self_check_views, views

urlpatterns = [
    path("self-check/", self_check_views.start, name="self_check"),
    path("self-check/<int:number>/", self_check_views.step, name="self_check_step"),
    path("self-check/forget/", self_check_views.forget, name="self_check_forget"),
    path("self-check/download/", self_check_views.download, name="self_check_download"),
    path("self-check/letter/", self_check_views.letter, name="self_check_letter"),
    path("self-check/too-much/", self_check_views.too_much, name="self_check_too_much"),
    path("self-check/keep/", self_check_views.keep, name="self_check_keep"),
    path("self-check/kept/", self_check_views.kept, name="self_check_kept"),
    path("clients/<uuid:client_id>/preferences/", preferences_views.change, name="preferences"),
    path("episodes/<uuid:episode_id>/intake/", views.show, name="intake_show"),
    path("episodes/<uuid:episode_id>/intake/begin/", views.begin, name="intake_begin"),
    path("episodes/<uuid:episode_id>/intake/case/", views.download, name="intake_download"),
    path(
        "episodes/<uuid:episode_id>/intake/consent/<slug:kind>/",
        views.consent,
        name="intake_consent",
    ),
    path(
        "episodes/<uuid:episode_id>/intake/consent/<uuid:consent_id>/revoke/",
        views.revoke,
        name="intake_consent_revoke",
    ),
    path(
        "episodes/<uuid:episode_id>/intake/<slug:section>/", views.section, name="intake_section"
    ),
]
