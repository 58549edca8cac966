"""What every row of care has: a key that can be made anywhere, and a guarded way to be read."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

import uuid6
from django.db import models


def new_id() -> uuid.UUID:
    """A UUIDv7: sorts by time of making, so rows made on a device offline can keep theirs."""
    return uuid.UUID(int=uuid6.uuid7().int)


class Row(models.Model):
    """A row without an ``objects`` manager, on purpose.

    Pages read rows through ``access.find`` and ``access.listing``, which apply the policy.
    ``everything`` is the unscoped manager; a test lists the few modules that may name it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    everything: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "everything"
