"""Between visits: check-ins by link, the check after a visit, alerts, reminders and messages."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q

from .base import Row
from .book import Appointment
from .episode import Episode
from .people import Client, Staff
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
    """One answer between visits. Corrected the same day, it keeps what was said before."""

    class Kind(models.TextChoices):
        DIARY = "diary", "Check-in"
        SORENESS = "soreness", "After a visit"
        RECALLED = "recalled", "The past seven days, from memory"

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="check_ins")
    link = models.ForeignKey(
        CheckInLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="check_ins"
    )
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.SET_NULL, related_name="check_ins"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    schema = models.CharField(max_length=24, default="unknot-check-in-2")
    answers = models.JSONField(default=dict)
    pain = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the worst area")
    at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    corrected_at = models.DateTimeField(null=True, blank=True)
    earlier = models.JSONField(
        default=list, help_text="answers before each correction, oldest first"
    )
    pressure_cap = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="the most pressure at the next visit, by this answer"
    )

    class Meta(Row.Meta):
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["episode", "at"], name="check_in_by_episode")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__lte=10), name="check_in_pain_0_10"
            ),
            models.CheckConstraint(
                condition=Q(pressure_cap__isnull=True)
                | Q(pressure_cap__gte=1, pressure_cap__lte=5),
                name="check_in_pressure_1_5",
            ),
        ]


class Alert(Row):
    """Something a therapist has to look at. While it ``stops``, nothing is booked or begun until
    somebody has cleared it."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="alerts")
    check_in = models.ForeignKey(
        CheckIn, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts"
    )
    rule_id = models.CharField(max_length=40)
    urgency = models.CharField(max_length=16)
    words = models.CharField(max_length=300)
    rules = models.JSONField(default=list, help_text="every record that fired, most urgent first")
    told = models.TextField(blank=True, help_text="what the client read")
    stops = models.BooleanField(default=False)
    asks_screening = models.BooleanField(default=False, help_text="screen again before clearing")
    raised_at = models.DateTimeField()
    look_by = models.DateTimeField(null=True, blank=True, help_text="then it goes to the owner")
    escalated_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True, help_text="visits may go on")
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
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | Q(stops=True, handled_at__isnull=False),
                name="alert_cleared_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["episode"],
                condition=Q(stops=True, cleared_at__isnull=True),
                name="alert_that_stops",
            )
        ]


class Channel(models.TextChoices):
    """The ways a message can go."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"


class Outbox(Row):
    """A message written in the transaction that caused it, and sent after commit."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.EMAIL)
    to = models.CharField(max_length=254, help_text="an e-mail address or a telephone number")
    subject = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    stop_address = models.CharField(max_length=300, blank=True, help_text="one tap ends these")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="not sent before this")
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(
        max_length=12, blank=True, help_text="why the last try failed: channel, line or address"
    )


class ReminderPlan(Row):
    """What a client chose about being reminded."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="reminder_plan")
    zone = models.CharField(max_length=64, help_text="IANA time zone name")
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    paused_until = models.DateField(null=True, blank=True, help_text="the first day again")
    stopped_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()


class ReminderChoice(Row):
    """One kind of reminder: by which channel, at which hour, how often."""

    class Kind(models.TextChoices):
        CHECK_IN = "check_in", "Check-in"
        AFTER_VISIT = "after_visit", "How you are after a visit"
        APPOINTMENT = "appointment", "My next visit"
        HOME_CARE = "home_care", "What I do at home"

    plan = models.ForeignKey(ReminderPlan, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    channel = models.CharField(
        max_length=5, choices=Channel.choices, blank=True, help_text="empty: not at all"
    )
    at = models.TimeField(help_text="wall time where the client is")
    every_days = models.PositiveSmallIntegerField(
        default=1, help_text="days between; for a visit: days before it"
    )

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="reminder_choice_once")
        ]


class Reminder(Row):
    """A reminder that was written, in the transaction of its message: never twice for one time."""

    plan = models.ForeignKey(ReminderPlan, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=11, choices=ReminderChoice.Kind.choices)
    about = models.UUIDField(help_text="the episode or the appointment")
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders"
    )
    due_at = models.DateTimeField()
    is_last = models.BooleanField(default=False, help_text="the kind word before it gets quieter")
    outbox = models.OneToOneField(
        Outbox, null=True, blank=True, on_delete=models.SET_NULL, related_name="reminder"
    )

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "about", "due_at"], name="reminder_once_for_its_time"
            )
        ]
        indexes = [models.Index(fields=["plan", "kind", "due_at"], name="reminder_latest")]
