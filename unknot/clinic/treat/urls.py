"""Addresses of visits, notes and the dial."""

from __future__ import annotations

from django.urls import path

from .dial import bedside
from .dial import stream as dial_stream
from .dial import views as dial_views
from .note import more_views as note_more_views
from .note import views as note_views
from .room import ask_views, device_views, views

urlpatterns = [
    path("episodes/<uuid:episode_id>/treat/", views.visit_list, name="visit_list"),
    path("appointments/<uuid:appointment_id>/visit/", views.visit_open, name="visit_open"),
    path("visits/<uuid:visit_id>/", views.visit_room, name="visit_room"),
    path("visits/<uuid:visit_id>/brief/", views.visit_brief, name="visit_brief"),
    path("visits/<uuid:visit_id>/rescreen/", views.visit_rescreen, name="visit_rescreen"),
    path("visits/<uuid:visit_id>/start/", views.visit_start, name="visit_start"),
    path("visits/<uuid:visit_id>/tap/", views.visit_tap, name="visit_tap"),
    path("visits/<uuid:visit_id>/state/", device_views.visit_state, name="visit_state"),
    path("visits/<uuid:visit_id>/choose/", device_views.visit_choose, name="visit_choose"),
    path("visits/<uuid:visit_id>/finish/", views.visit_finish, name="visit_finish"),
    path("visits/<uuid:visit_id>/dial/", dial_views.dial_code, name="dial_code"),
    path("visits/<uuid:visit_id>/dial/open/", dial_views.dial_open, name="dial_open"),
    path("visits/<uuid:visit_id>/dial/qr.svg", dial_views.dial_qr, name="dial_qr"),
    path("visits/<uuid:visit_id>/dial/stream", dial_stream.dial_stream, name="dial_stream"),
    path("visits/<uuid:visit_id>/dial/events/", dial_stream.dial_events, name="dial_events"),
    path("visits/<uuid:visit_id>/dial/seen/", dial_views.dial_seen, name="dial_seen"),
    path("visits/<uuid:visit_id>/note/", note_views.note_show, name="note_show"),
    path("visits/<uuid:visit_id>/note/write/", note_views.note_write, name="note_write"),
    path("visits/<uuid:visit_id>/note/edit/", note_views.note_edit, name="note_edit"),
    path("visits/<uuid:visit_id>/note/sign/", note_views.note_sign, name="note_sign"),
    path("visits/<uuid:visit_id>/note/add/", note_views.note_add, name="note_add"),
    path("visits/<uuid:visit_id>/note/quick/", note_more_views.note_quick, name="note_quick"),
    path("visits/<uuid:visit_id>/note/facts/", note_more_views.note_facts, name="note_facts"),
    path(
        "visits/<uuid:visit_id>/note/letter/", note_more_views.note_letter_show, name="note_letter"
    ),
    path(
        "visits/<uuid:visit_id>/note/letter/make/",
        note_more_views.note_release,
        name="note_release",
    ),
    path(
        "visits/<uuid:visit_id>/note/versions/",
        note_more_views.note_versions,
        name="note_versions",
    ),
    path(
        "visits/<uuid:visit_id>/note/private/", note_more_views.note_private, name="note_private"
    ),
    path("episodes/<uuid:episode_id>/pressure/", dial_views.pressure, name="pressure_show"),
    path("dial/", dial_views.dial_enter, name="dial_enter"),
    path("dial/bedside/", bedside.bedside_page, name="bedside"),
    path("dial/bedside/now/", bedside.bedside_now, name="bedside_now"),
    path("practice/tablets/", bedside.bedsides, name="bedsides"),
    path("practice/tablets/<uuid:room_id>/add/", bedside.bedside_add, name="bedside_add"),
    path("practice/tablets/<uuid:room_id>/here/", bedside.bedside_here, name="bedside_here"),
    path(
        "practice/tablets/<uuid:bedside_id>/remove/", bedside.bedside_remove, name="bedside_remove"
    ),
    path("appointments/<uuid:appointment_id>/ask/", ask_views.ask_send, name="ask_send"),
    path("before/<slug:token>/", ask_views.ask_before, name="ask_before"),
    path("dial/<slug:token>/now/", dial_views.dial_now, name="dial_now"),
    path("dial/<slug:token>/", dial_views.dial_page, name="dial"),
]
