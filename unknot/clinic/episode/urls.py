"""Address of the episode."""

from django.urls import path

from . import views

urlpatterns = [path("episodes/<uuid:episode_id>/", views.show, name="episode_show")]
