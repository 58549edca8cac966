"""Appointments, the times people work, and the occupancy nothing can double."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import Row
from .episode import Episode
from .people import Client, Staff
from .plan import PlanVersion
from .practice import Location, Room


class WorkingHours(Row):
    """A weekly span in wall time at one location. Monday is 0."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="working_hours")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="working_hours_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="working_hours_order"),
        ]


class TimeOff(Row):
    """Time a therapist is not there, in spite of the weekly hours."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="time_off")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=80, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="time_off_order")
        ]


class Series(Row):
    """The appointments of one plan, booked in one step."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="series")
    plan = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="+")
    every_days = models.PositiveSmallIntegerField(default=7)
    made_at = models.DateTimeField()


class Appointment(Row):
    """A booked time. UTC instants rule; wall time and zone say what was meant."""

    class State(models.TextChoices):
        BOOKED = "booked", "Booked"
        DONE = "done", "Done"
        NO_SHOW = "no_show", "Did not come"
        CANCELLED = "cancelled", "Cancelled"

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="appointments")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="appointments")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )
    number = models.PositiveSmallIntegerField(default=1, help_text="place in the series, from 1")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wall_start = models.DateTimeField(help_text="the local time meant, kept as if it were UTC")
    zone = models.CharField(max_length=64)
    is_review = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="times moved; SEQUENCE in feeds")

    class Meta(Row.Meta):
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["staff", "starts_at"], name="appointment_by_staff"),
            models.Index(fields=["episode", "starts_at"], name="appointment_by_episode"),
            models.Index(fields=["room", "starts_at"], name="appointment_by_room"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="appointment_order"
            )
        ]


class Occupancy(Row):
    """Half-open time, buffers included, for which one therapist, room or client is taken.

    The database itself refuses an overlap of two active rows of one resource: an exclusion
    constraint on PostgreSQL, triggers on SQLite.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", "Therapist"
        ROOM = "room", "Room"
        CLIENT = "client", "Client"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    resource_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    active = models.BooleanField(default=True)
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="occupancy"
    )

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="occupancy_order")
        ]
        indexes = [models.Index(fields=["resource_id", "starts_at"], name="occupancy_by_resource")]


class CalendarFeed(Row):
    """A secret address of a therapist's calendar. Only the hash of its token is kept."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
