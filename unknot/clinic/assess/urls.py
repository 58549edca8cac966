"""Addresses of findings."""

from django.urls import path

from . import views

urlpatterns = [
    path("episodes/<uuid:episode_id>/assess/", views.assess_show, name="assess_show"),
    path("episodes/<uuid:episode_id>/assess/record/", views.assess_record, name="assess_record"),
    path("episodes/<uuid:episode_id>/measure/", views.assess_measure, name="assess_measure"),
]
