"""Whether an episode may be booked: the latest stored screening decides, and what the client
answered after a visit."""

from __future__ import annotations

from dataclasses import dataclass

from ...reasoning.screen import Screening as Decision
from ..models import Episode, Screening
from . import held


@dataclass(frozen=True)
class Gate:
    """Whether a visit may be booked or begun; `reason` says why not, in words for people."""

    ok: bool
    reason: str


def may_book(episode: Episode) -> Gate:
    """Not without a screening, not while it stops treatment, not while an answer is open, and not
    while something told after a visit stops the plan."""
    row = latest(episode)
    if row is None:
        return Gate(ok=False, reason="There is no safety check yet.")
    if row.blocks_booking:
        return Gate(ok=False, reason=f"{decision_of(row).headline}. Nothing can be booked.")
    if held.is_held(episode):
        return Gate(ok=False, reason=held.WORDS)
    return Gate(ok=True, reason="")


def latest(episode: Episode) -> Screening | None:
    """The newest screening, or None when there was none."""
    return episode.screenings.order_by("-decided_at", "-id").first()


def decision_of(row: Screening) -> Decision:
    """The decision as it was stored. Raises ValueError when the snapshot is damaged."""
    return Decision.from_dict(row.result)
