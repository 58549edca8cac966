"""What people decide after reading the answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..access import Actor
from ..audit import action, record
from ..models import Decision, Episode
from ..people.actions import close_episode

CLOSES = {
    Decision.Kind.REFER: Episode.State.REFERRED,
    Decision.Kind.DISCHARGE: Episode.State.DISCHARGED,
}


class NobodyDecides(Exception):
    """Only a member of staff decides the next step, and only while the episode is open."""


@action("outcomes.decide")
def decide(
    *,
    episode: Episode,
    kind: str,
    reason: str,
    proposed: str,
    verdict: dict[str, Any],
    by: Actor,
    now: datetime,
) -> Decision:
    """The next step a person chose, with the verdict they had read. Refer and discharge close.

    Raises NobodyDecides without a member of staff, or for a closed episode.
    """
    if by.staff is None or episode.state != Episode.State.OPEN:
        raise NobodyDecides
    decision = Decision.everything.create(
        episode=episode,
        kind=Decision.Kind(kind),
        proposed=proposed,
        reason=reason,
        verdict=verdict,
        staff=by.staff,
        decided_at=now,
    )
    record(decision, changed=["kind", "reason", "proposed"])
    state = CLOSES.get(Decision.Kind(kind))
    if state is not None:
        close_episode(episode=episode, state=state, by=by, now=now)
    return decision
