"""Whether the latest screening lets an episode be booked."""

from __future__ import annotations

from typing import NamedTuple

from unknot.clinic.models import Episode


class Gate(NamedTuple):
    """Allowed or not, and why not in words."""

    allowed: bool
    reason: str


def may_book(episode: Episode) -> Gate:
    """Not without a screening, and not when it stops booking."""
    last = episode.screenings.order_by("-decided_at").first()
    if last is None:
        return Gate(False, "The safety questions have not been answered yet.")
    return Gate(not last.blocks_booking, "A doctor has to look at this first.")
