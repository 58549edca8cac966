"""Addresses of a client's own pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/", views.show, name="me"),
    path("me/data/", views.data, name="me_data"),
    path("me/agreements/", views.agreements, name="me_consents"),
    path("me/agreements/<uuid:consent_id>/", views.withdraw, name="me_withdraw"),
    path("episodes/<uuid:episode_id>/today/", views.check_in, name="me_check_in"),
    path("episodes/<uuid:episode_id>/sheet/before/", views.sheet_before, name="sheet_before"),
    path("episodes/<uuid:episode_id>/sheet/after/", views.sheet_after, name="sheet_after"),
    path("episodes/<uuid:episode_id>/sheet/home/", views.sheet_home, name="sheet_home"),
]
