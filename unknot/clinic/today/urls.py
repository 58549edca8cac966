"""Address of the day."""

from django.urls import path

from . import kit, views

urlpatterns = [
    path("today/", views.show, name="today"),
    path("offline/day/", kit.offline_day, name="offline_day"),
    *[
        path(
            f"offline/<uuid:appointment_id>/{kind}/",
            kit.offline_page,
            {"kind": kind},
            name=f"offline_{kind}",
        )
        for kind in kit.PAGES
    ],
]
