"""Intake answers, version by version, and consent."""

from __future__ import annotations

from django.db import models

from .base import Row
from .episode import Episode
from .people import Client


class Intake(Row):
    """One version of what the client told us. A change makes a new version; none is edited
    once completed."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="intakes")
    version = models.PositiveIntegerField()
    schema = models.CharField(max_length=20, default="unknot-case-1")
    answers = models.JSONField(default=dict)
    marks = models.JSONField(default=list)
    as_of = models.DateField()
    sections_done = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["episode", "version"], name="intake_version_once")
        ]
        ordering = ["episode", "version"]


class Preferences(Row):
    """How a client likes a session, as they said it last; it holds for every complaint.

    What the intake asked about the same counts until something newer is said here.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="preferences")
    pressure = models.PositiveSmallIntegerField(null=True, blank=True, help_text="wished, 1-5")
    room = models.JSONField(default=list, help_text="ids of the choices of room_wishes")
    avoid = models.CharField(max_length=200, blank=True, help_text="where they do not want hands")
    said_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["client"], name="preferences_once_per_client"),
            models.CheckConstraint(
                condition=models.Q(pressure__isnull=True)
                | models.Q(pressure__gte=1, pressure__lte=5),
                name="preferred_pressure_1_5",
            ),
        ]


class Consent(Row):
    """What a client agreed to, in which words, until when, and whether it was withdrawn."""

    class Kind(models.TextChoices):
        KEEPING = "keeping", "Keeping my answers"
        GENERAL = "general", "Treatment"
        SENSITIVE_AREA = "sensitive_area", "Treatment of a sensitive area"
        PHOTO = "photo", "Photographs"
        RELEASE = "release", "Sharing with another clinician"
        MINOR = "minor", "Treatment of a minor, by a guardian"
        PAUSE = "pause", "A planned pause"
        SPOKEN = "spoken", "Said aloud, for one visit"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    episode = models.ForeignKey(
        Episode, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    visit = models.ForeignKey(
        "clinic.Visit",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="spoken_consents",
        help_text="for one that was said aloud: at which visit",
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    area = models.CharField(max_length=40, blank=True, help_text="for a sensitive area: which")
    recipient = models.CharField(max_length=200, blank=True, help_text="for a release: to whom")
    scope = models.JSONField(
        default=list, help_text="for a release: parts of the report; empty means all of it"
    )
    text_version = models.CharField(max_length=20)
    text = models.TextField()
    signed_name = models.CharField(
        max_length=120, help_text="who signed; for one said aloud, who asked"
    )
    signed_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="spoken", visit__isnull=False)
                | (~models.Q(kind="spoken") & models.Q(visit__isnull=True)),
                name="spoken_consent_is_of_a_visit",
            )
        ]
