"""When a visit takes no more taps, asked by every action before it writes."""

from __future__ import annotations

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


def open_limits(visit: Visit) -> Limits:
    """The limits in force. Raises VisitBlocked when they allow no hands-on work at all."""
    limits = limits_of.read(visit.appointment.episode)
    if not limits.screened:
        raise VisitBlocked("Screen first. Without a screening there is no hands-on work.")
    if limits.blocked:
        why = limits.why_blocked or "The screening does not allow hands-on work today."
        raise VisitBlocked(why)
    return limits
