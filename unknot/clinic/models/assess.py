"""Findings of the hands: marks on the body chart, motion in degrees, scores; and own forms."""

from __future__ import annotations

from django.db import models

from .base import Row
from .episode import Episode
from .people import Staff
from .practice import Practice


class Assessment(Row):
    """What a therapist found on one day: the therapist layer of the body chart."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="assessments")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    visit = models.OneToOneField(
        "clinic.Visit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assessment",
        help_text="the visit in whose room it was found",
    )
    marks = models.JSONField(default=list)
    words = models.TextField(blank=True)
    assessed_at = models.DateTimeField()

    class Meta(Row.Meta):
        ordering = ["assessed_at", "id"]


class MotionReading(Row):
    """One range of motion in degrees (goniometry), by motion and side."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="motions")
    motion = models.CharField(max_length=60)
    side = models.CharField(max_length=5, blank=True)
    degrees = models.DecimalField(max_digits=5, decimal_places=1)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "motion", "side"], name="motion_once_per_assessment"
            )
        ]


class Measure(Row):
    """A score of an instrument (NPRS, PEG, PSFS ...) with the answers it came from."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="measures")
    instrument = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    value = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    taken_at = models.DateTimeField()
    source = models.CharField(max_length=20, default="client")

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["episode", "instrument", "taken_at"], name="measure_time")]


class Questionnaire(Row):
    """A form the practice brought under its own licence: the file as it was given."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="questionnaires")
    instrument = models.CharField(max_length=20)
    file_name = models.CharField(max_length=120)
    content = models.TextField()
    brought_at = models.DateTimeField()

    class Meta(Row.Meta):
        ordering = ["instrument"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "instrument"], name="one_form_per_instrument"
            )
        ]
