"""Addresses of follow-up."""

from __future__ import annotations

from django.urls import path

from . import message_views, reminder_views, views

urlpatterns = [
    path("c/<slug:token>/", views.check_in, name="check_in"),
    path("c/<slug:token>/home/", views.home_care, name="check_in_home"),
    path("me/reminders/", reminder_views.my_reminders, name="my_reminders"),
    path("reminders/<slug:token>/", reminder_views.reminders, name="reminders"),
    path("reminders/<slug:token>/stop/", reminder_views.reminders_stop, name="reminders_stop"),
    path("practice/messages/", message_views.message_list, name="message_list"),
    path(
        "practice/messages/<uuid:mail_id>/retry/",
        message_views.message_retry,
        name="message_retry",
    ),
    path("episodes/<uuid:episode_id>/follow-up/", views.follow_up_show, name="follow_up_show"),
    path("episodes/<uuid:episode_id>/follow-up/send/", views.check_in_send, name="check_in_send"),
    path("alerts/<uuid:alert_id>/", views.alert_handle, name="alert_handle"),
    path("alerts/<uuid:alert_id>/clear/", views.alert_clear, name="alert_clear"),
]
