"""When a visit takes no more taps, asked by every action before it writes."""

from __future__ import annotations

from datetime import datetime

from ...models import Note, Visit
from .. import limits as limits_of
from ..errors import NotInSession, VisitBlocked
from ..limits import Limits


def writable(visit: Visit) -> None:
    """Raises NotInSession once the note is signed: what it says was done may not change."""
    if Note.everything.filter(visit=visit, state=Note.State.SIGNED).exists():
        raise NotInSession("The note of this visit is signed. Add an addendum instead.")


def in_session(visit: Visit) -> None:
    """Raises NotInSession before the start, after the end, and once the note is signed."""
    writable(visit)
    if visit.started_at is None:
        raise NotInSession("Start the visit first.")
    if visit.finished_at is not None:
        raise NotInSession("This visit is finished.")


def open_limits(visit: Visit, at: datetime | None = None) -> Limits:
    """The limits in force now, or at the moment something was tapped that arrives later: what was
    done before a consent was withdrawn or an area closed was done. Never older than the screening
    the visit rests on.

    Raises VisitBlocked when they allow no hands-on work at all.
    """
    rests_on = visit.screening.decided_at if visit.screening else None
    until = at if at is None or rests_on is None else max(at, rests_on)
    limits = limits_of.read(visit.appointment.episode, until)
    if not limits.screened:
        raise VisitBlocked("Screen first. Without a screening there is no hands-on work.")
    if limits.blocked:
        why = limits.why_blocked or "The screening does not allow hands-on work today."
        raise VisitBlocked(why)
    return limits
