"""The practice, its locations and its rooms."""

from __future__ import annotations

from django.db import models

from .base import Row


class Practice(Row):
    """One clinic or one therapist's business. Every row of care belongs to exactly one."""

    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, default="UTC", help_text="IANA time zone name")
    country = models.CharField(max_length=2, default="US", help_text="ISO 3166-1 alpha-2")
    emergency_number = models.CharField(max_length=20, default="911")
    currency = models.CharField(max_length=3, default="USD", help_text="ISO 4217")
    price_60_minutes_cents = models.PositiveIntegerField(default=9000)
    turnover_minutes = models.PositiveSmallIntegerField(default=10)
    notice_hours = models.PositiveSmallIntegerField(default=2)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Location(Row):
    """A place where the practice treats."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240, blank=True)
    step_free = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Room(Row):
    """A treatment room with one table. Two appointments can never hold it at once."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name
