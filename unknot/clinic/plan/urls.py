"""Addresses of the plan."""

from django.urls import path

from . import views
from .home import views as home_views

urlpatterns = [
    path("episodes/<uuid:episode_id>/plan/", views.plan_show, name="plan_show"),
    path("episodes/<uuid:episode_id>/plan/why/", views.plan_why, name="plan_why"),
    path(
        "episodes/<uuid:episode_id>/plan/why/<uuid:plan_id>/", views.plan_why, name="plan_why_of"
    ),
    path("episodes/<uuid:episode_id>/plan/propose/", views.plan_propose, name="plan_propose"),
    path("episodes/<uuid:episode_id>/plan/change/", views.plan_change, name="plan_change"),
    path("episodes/<uuid:episode_id>/plan/check/", views.plan_check, name="plan_check"),
    path("episodes/<uuid:episode_id>/plan/agree/", views.plan_agree, name="plan_agree"),
    path("episodes/<uuid:episode_id>/plan/letter/", views.plan_letter, name="plan_letter"),
    path("episodes/<uuid:episode_id>/home-care/", home_views.tell, name="home_care_tell"),
    path("episodes/<uuid:episode_id>/home-care/step/", home_views.set_step, name="home_care_step"),
    path("episodes/<uuid:episode_id>/home-care/swap/", home_views.swap, name="home_care_swap"),
]
