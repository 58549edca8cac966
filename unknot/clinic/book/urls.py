"""Addresses of the calendar and of booking."""

from django.urls import path

from . import book_views, views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/feed/", views.feed_make, name="calendar_feed_make"),
    path("feeds/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("episodes/<uuid:episode_id>/book/", book_views.series, name="book_series"),
    path("episodes/<uuid:episode_id>/book/course/", book_views.course, name="book_course"),
    path("episodes/<uuid:episode_id>/book/one/", book_views.one, name="book_one"),
    path("appointments/<uuid:appointment_id>/move/", book_views.move, name="book_move"),
    path("appointments/<uuid:appointment_id>/cancel/", book_views.cancel, name="book_cancel"),
    path("appointments/<uuid:appointment_id>/no-show/", views.no_show, name="book_no_show"),
    path("appointments/<uuid:appointment_id>/complete/", views.complete, name="book_complete"),
]
