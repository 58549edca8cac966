"""Home care from day to day: what a client told of each item, and on which step it stands."""

from __future__ import annotations

from django.db import models

from .base import Row
from .episode import Episode
from .people import Staff


class HomeCareDay(Row):
    """One day of one item, as the client told it. Empty text is always "not told"."""

    class Done(models.TextChoices):
        DONE = "done", "Done"
        PARTLY = "partly", "Partly"
        NOT_TODAY = "not_today", "Not today"

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="home_days")
    item = models.CharField(max_length=8, help_text="the record of home care, such as HC-01")
    on = models.DateField(help_text="the day at the practice")
    step = models.PositiveSmallIntegerField(help_text="the step it stood on that day, from 0")
    done = models.CharField(max_length=9, choices=Done.choices, blank=True)
    during = models.CharField(max_length=6, blank=True, help_text="none, within or over the limit")
    after = models.CharField(max_length=7, blank=True, help_text="no_more or more")
    next_day = models.CharField(max_length=7, blank=True, help_text="settled or more")
    sign = models.BooleanField(default=False, help_text="a stop sign was told")
    told_at = models.DateTimeField()

    class Meta(Row.Meta):
        ordering = ["on", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "item", "on"], name="home_care_once_an_item_and_day"
            )
        ]


class HomeCareStep(Row):
    """Where an item stands from a day on. The newest row counts; none means the lowest step.

    A waiting item is left out until a therapist has decided what comes instead. ``staff`` is
    empty where the rule decided by itself.
    """

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="home_steps")
    item = models.CharField(max_length=8)
    step = models.PositiveSmallIntegerField()
    since = models.DateField()
    outcome = models.CharField(max_length=6, help_text="up, down, swap, stop, or set by a person")
    rule_id = models.CharField(max_length=8, blank=True)
    waits = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    staff = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Row.Meta):
        ordering = ["decided_at", "id"]
        indexes = [models.Index(fields=["episode", "item"], name="home_step_by_item")]
