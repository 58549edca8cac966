"""Screenings as they were decided, overrides with their reason, and clearances."""

from __future__ import annotations

from django.db import models

from .base import Row
from .episode import Episode
from .intake import Intake
from .people import Staff


class Screening(Row):
    """One decision of the safety rules, frozen with rule ids, versions and the facts read."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="screenings")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="screenings")
    schema = models.CharField(max_length=24, default="unknot-screening-2")
    result = models.JSONField()
    disposition = models.CharField(max_length=24)
    urgency = models.CharField(max_length=16)
    pressure_ceiling = models.PositiveSmallIntegerField()
    blocks_booking = models.BooleanField()
    knowledge_version = models.CharField(max_length=40)
    decided_at = models.DateTimeField()

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["episode", "decided_at"], name="screening_latest")]


class Override(Row):
    """A therapist's decision against one finding, with a reason, signed. Never silent."""

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="overrides")
    rule_id = models.CharField(max_length=40)
    reason = models.TextField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=120)
    signed_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["screening", "rule_id"], name="override_once")
        ]


class Clearance(Row):
    """A clinician's word that massage may go on in spite of a finding."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="clearances")
    rule_id = models.CharField(max_length=40)
    clinician = models.CharField(max_length=160, help_text="name and role of who cleared it")
    words = models.TextField(help_text="what they said, and any limits")
    cleared_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
