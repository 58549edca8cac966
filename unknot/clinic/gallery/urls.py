"""Addresses of the gallery; settings serve them in development only."""

from django.urls import path

from . import body_chart, views

urlpatterns = [
    path("gallery/body-chart/", body_chart.show, name="gallery_body_chart"),
    path("gallery/", views.show, name="gallery"),
    path("gallery/episode/", views.episode, name="gallery_episode"),
    path("gallery/room/", views.room, name="gallery_room"),
    path("gallery/dial/", views.dial, name="gallery_dial"),
    path("gallery/emergency/", views.emergency, name="gallery_emergency"),
]
