"""Addresses about people."""

from django.urls import path

from . import client_views, staff_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("start/", views.start, name="start"),
    path("start/demo/", views.load_demo, name="start_demo"),
    path("sign-in-link/", views.link_ask, name="sign_in_link"),
    path("sign-in-link/<str:token>/", views.link_use, name="sign_in_link_use"),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("more/", staff_views.more, name="more"),
    path("clients/", client_views.client_list, name="client_list"),
    path("clients/new/", client_views.client_add, name="client_add"),
    path("clients/<uuid:client_id>/", client_views.client_show, name="client_show"),
    path("clients/<uuid:client_id>/change/", client_views.client_change, name="client_change"),
    path("clients/<uuid:client_id>/address/", client_views.address_agree, name="address_agree"),
    path("address/<slug:token>/", client_views.address_use, name="address_use"),
    path("clients/<uuid:client_id>/invite/", client_views.client_invite, name="client_invite"),
    path("clients/<uuid:client_id>/new-episode/", client_views.episode_add, name="episode_add"),
    path("episodes/<uuid:episode_id>/assign/", client_views.episode_assign, name="episode_assign"),
    path("staff/", staff_views.staff_list, name="staff_list"),
    path("staff/new/", staff_views.staff_add, name="staff_add"),
    path("staff/<uuid:staff_id>/", staff_views.staff_change, name="staff_change"),
    path("staff/<uuid:staff_id>/hours/", staff_views.staff_hours, name="staff_hours"),
    path("practice/rooms/", staff_views.rooms, name="practice_rooms"),
    path("practice/", staff_views.practice_change, name="practice_change"),
]
