"""The note of a visit: the draft with every version of it, what was signed, and what was added."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Row
from .people import Staff
from .treat import Visit


class Note(Row):
    """The note of a visit. Signed, it is sealed: the database refuses any further change."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SIGNED = "signed", "Signed"

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="note")
    schema = models.CharField(max_length=20, default="unknot-note-2")
    content = models.JSONField(
        default=dict,
        help_text="parts: subjective ... plan, and client_summary; written: the same as the taps "
        "had them; consents: those the visit rested on, once signed",
    )
    private = models.TextField(
        blank=True, help_text="the therapist's working notes: never in a letter, never shown on"
    )
    version = models.PositiveIntegerField(default=0, help_text="number of the last one kept")
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    edited_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_name = models.CharField(max_length=120, blank=True)
    signed_meaning = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sealed_content = models.TextField(blank=True, help_text="canonical JSON that was signed")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of sealed_content")
    seal = models.CharField(max_length=64, blank=True, help_text="HMAC of digest, keyed")

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", signed_at__isnull=True, seal="")
                | (Q(state="signed", signed_at__isnull=False) & ~Q(seal="") & ~Q(signed_name="")),
                name="note_signed_is_sealed",
            )
        ]


class NoteVersion(Row):
    """One version of a draft as saved. Rows are only ever added, and bound to each other."""

    class How(models.TextChoices):
        TAPS = "taps", "Written from the taps"
        HAND = "hand", "Written by hand"

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="from 1, without gaps")
    parts = models.JSONField(help_text="every part as it was saved, schema unknot-note-2")
    private = models.TextField(blank=True)
    changed = models.JSONField(help_text="names of the parts that differ from the version before")
    how = models.CharField(max_length=4, choices=How.choices)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    saved_at = models.DateTimeField()
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta(Row.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="note_version_once")
        ]


class PrivateOpening(Row):
    """That somebody else than its author read the private part of a note, and why."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="openings")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    opened_at = models.DateTimeField()

    class Meta(Row.Meta):
        ordering = ["opened_at", "id"]


class Addendum(Row):
    """Words added to a signed note afterwards, bound to what they add to."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()
    reason = models.CharField(max_length=200)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    parent_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta(Row.Meta):
        ordering = ["signed_at", "id"]
