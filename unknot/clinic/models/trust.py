"""The append-only audit trail and the keys that make a write happen once."""

from __future__ import annotations

from django.db import models

from .base import Row


class AuditRow(models.Model):
    """Who did what to which object, in a keyed chain. Rows are only ever added.

    ``changed`` holds names of fields, never values. ``mac`` covers the row and the ``mac``
    before it, so a row changed, removed or slipped in later breaks the chain.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    practice_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    client_id = models.UUIDField(null=True)
    changed = models.JSONField(default=list)
    request_id = models.CharField(max_length=36, blank=True)
    previous_mac = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        ordering = ["seq"]
        indexes = [models.Index(fields=["object_id"], name="audit_by_object")]


class OnceKey(Row):
    """A write that may be repeated by a double tap, and the answer it got the first time."""

    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    location = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="once_key_per_actor")]
