"""What devices entered into a visit, field by field, so that two of them never overwrite each
other unseen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Row
from .people import Staff
from .treat import Visit


class FieldChange(Row):
    """One change of one field of a visit: kept as the field's next version, or set beside it.

    ``open`` is a change made on an older version than another device had written by then: the
    field keeps what it has, this value waits for somebody to choose. ``work`` that is open is an
    area in work on a device that did not know of the other one.
    """

    class State(models.TextChoices):
        KEPT = "kept", "In force, or was"
        OPEN = "open", "Waits for a choice"
        TAKEN = "taken", "Chosen"
        LEFT = "left", "Not chosen"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=80)
    number = models.PositiveIntegerField(null=True, help_text="version of the field; open: none")
    value = models.JSONField(null=True)
    base = models.PositiveIntegerField(null=True, help_text="version it was made on")
    device = models.CharField(max_length=36, blank=True)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(help_text="on the device, by the server's clock")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=5, choices=State.choices, default=State.KEPT)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Row.Meta):
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "field", "number"],
                condition=Q(number__isnull=False),
                name="field_change_one_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state="kept", number__isnull=False)
                | (~Q(state="kept") & Q(number__isnull=True)),
                name="field_change_kept_has_a_version",
            ),
        ]
