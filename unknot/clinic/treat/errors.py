"""What a visit refuses, each with words for the therapist.

VisitRefused
    VisitBlocked        the screening does not allow hands-on work
    NotInSession        not started, finished, or its note is signed
        TooLate         a tap of the client that comes too late to be kept; the words are for them
    OutsideLimits       an excluded area, a banned technique, too much pressure
    OtherWork           meant for another area than the one it would reach
NoteRefused
    NoteIsSigned        a signed note takes addenda, not changes
    NoteNotReady        something a signature needs is missing
"""

from __future__ import annotations


class VisitRefused(Exception):
    """The visit does not allow this. The text is for the therapist and holds no answers."""


class VisitBlocked(VisitRefused):
    """The screening does not allow hands-on work today."""


class NotInSession(VisitRefused):
    """The visit is not started, is finished, or its note is signed."""


class TooLate(NotInSession):
    """A tap of the client that can no longer be kept. The text is for the client."""


class OutsideLimits(VisitRefused):
    """The screening's limits forbid this area, technique or pressure."""


class OtherWork(VisitRefused):
    """The tap was meant for another area than the one it would reach."""


class NoteRefused(Exception):
    """The note does not allow this."""


class NoteIsSigned(NoteRefused):
    """A signed note is never changed; add an addendum."""


class NoteNotReady(NoteRefused):
    """Something a signature needs is missing."""
