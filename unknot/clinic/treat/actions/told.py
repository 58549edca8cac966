"""What the client told on their own phone before a visit, as the visit keeps it."""

from __future__ import annotations

from collections.abc import Iterable
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


def with_news(before: Iterable[str] | None, said: Iterable[str]) -> list[str]:
    """What is new by all who were asked, oldest first: an answer takes the place of one given
    before to the same question, and nothing else goes. `before` is None when nobody was asked."""
    said = list(said)
    again = {_question(one) for one in said}
    return [*(one for one in before or () if _question(one) not in again), *said]


def _question(news: str) -> str:
    return news.partition(": ")[0]


def with_wish(held: str, before: str, said: str) -> str:
    """What is wanted today: what the visit holds and what was said on the phone. Only what was
    said there `before` is replaced."""
    if not said or said == held:
        return held
    return said if held in ("", before) else f"{held}; {said}"[:300]
