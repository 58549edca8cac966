"""The plan, version by version. What was agreed is never edited; a change is a new version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Row
from .episode import Episode
from .people import Staff
from .screening import Screening


class PlanVersion(Row):
    """One version of the plan of an episode, frozen with its reasons and sources."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        REPLACED = "replaced", "Replaced"

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="plans")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    schema = models.CharField(max_length=20, default="unknot-plan-2")
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    agreed_name = models.CharField(max_length=120, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        ordering = ["episode", "number"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state="agreed"), name="plan_one_agreed"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_name="")
                | (Q(agreed_at__isnull=False) & ~Q(agreed_name="")),
                name="plan_agreed_by_somebody",
            ),
        ]
