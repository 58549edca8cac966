"""The episode of care: one person, one complaint, from intake to discharge."""

from __future__ import annotations

from django.db import models

from .base import Row
from .people import Client, Staff


class Episode(Row):
    """One round, or several, through the eight stages for one complaint."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        REFERRED = "referred", "Referred"
        DISCHARGED = "discharged", "Discharged"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="episodes")
    therapist = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="episodes"
    )
    main_area = models.CharField(max_length=40, default="low_back")
    complaint = models.CharField(max_length=200, blank=True, help_text="in the client's words")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["client", "opened_at"], name="episode_by_client")]

    def __str__(self) -> str:
        return f"{self.main_area} ({self.state})"
