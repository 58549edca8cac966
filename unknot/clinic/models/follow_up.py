"""Between visits: check-ins by link, the soreness check, alerts, and mail to be sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Row
from .episode import Episode
from .people import Staff
from .practice import Practice
from .treat import Visit


class CheckInLink(Row):
    """A link that lets a client answer without a password. Only the token's hash is kept."""

    class Kind(models.TextChoices):
        DIARY = "diary", "Check-in"
        SORENESS = "soreness", "After your visit"

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="check_in_links")
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.CASCADE, related_name="check_in_links"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class CheckIn(Row):
    """One answer between visits."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="check_ins")
    link = models.ForeignKey(
        CheckInLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="check_ins"
    )
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.SET_NULL, related_name="check_ins"
    )
    kind = models.CharField(max_length=8, choices=CheckInLink.Kind.choices)
    schema = models.CharField(max_length=24, default="unknot-check-in-1")
    answers = models.JSONField(default=dict)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    zone = models.CharField(max_length=64)

    class Meta(Row.Meta):
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["episode", "at"], name="check_in_by_episode")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__lte=10), name="check_in_pain_0_10"
            )
        ]


class Alert(Row):
    """Something a therapist has to look at."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="alerts")
    check_in = models.ForeignKey(
        CheckIn, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts"
    )
    rule_id = models.CharField(max_length=40)
    urgency = models.CharField(max_length=16)
    words = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_words = models.CharField(max_length=300, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="alert_handled_by_somebody",
            )
        ]


class Outbox(Row):
    """A message written in the transaction that caused it, and sent after commit."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    to = models.EmailField()
    subject = models.CharField(max_length=160)
    body = models.TextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="not sent before this")
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
