"""The key of a visit before it is opened, so that a device can work on it without the server."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from ..models import Appointment

SPACE: Final = UUID("6f1d2c62-52d5-4f0c-9a3e-9b0f3e1c7d41")


def key_of(appointment: Appointment) -> UUID:
    """The key of the appointment's visit: the one it has, or the one it gets when it is opened."""
    visit = getattr(appointment, "visit", None)
    return visit.pk if visit is not None else uuid5(SPACE, str(appointment.pk))
