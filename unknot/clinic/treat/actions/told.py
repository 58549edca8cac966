"""What the client told on their own phone before a visit, as the visit keeps it."""

from __future__ import annotations

from typing import Any

from ...models import Appointment, AskLink


def told_before(appointment: Appointment) -> dict[str, Any]:
    """The visit's fields from the newest answer by link; empty when none was given."""
    link = (
        AskLink.everything.filter(appointment=appointment, answered_at__isnull=False)
        .order_by("-answered_at")
        .first()
    )
    if link is None:
        return {}
    client = appointment.client
    return {
        "new_since": link.news,
        "news_from": "client",
        "news_name": client.called or client.name,
        "news_at": link.answered_at,
        "wish_today": link.wish,
        "screening": link.screening,
    }
