"""Addresses of findings."""

from django.urls import path

from . import form_views, views

urlpatterns = [
    path("episodes/<uuid:episode_id>/assess/", views.assess_show, name="assess_show"),
    path("episodes/<uuid:episode_id>/assess/record/", views.assess_record, name="assess_record"),
    path("episodes/<uuid:episode_id>/measure/", views.assess_measure, name="assess_measure"),
    path("practice/questionnaires/", form_views.questionnaires, name="questionnaires"),
    path(
        "practice/questionnaires/<uuid:questionnaire_id>/drop/",
        form_views.questionnaire_drop,
        name="questionnaire_drop",
    ),
]
