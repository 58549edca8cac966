"""What an answer between visits holds back: visits altogether, or firmer pressure."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from ..models import Episode

WORDS = (
    "An answer after the last visit has to be looked at first. Nothing can be booked or begun"
    " until your therapist has spoken with you."
)
LESS_PRESSURE = (
    "At most pressure {cap}: one level less than last time, after what the client told."
)


def is_held(episode: Episode, at: datetime | None = None) -> bool:
    """Whether an answer that stops visits waits to be cleared, or waited `at` a moment. It is the
    person who must not be treated, so an answer about another complaint of theirs holds this one
    too."""
    waits = Q(alerts__stops=True, alerts__cleared_at=None)
    if at is not None:
        began = Q(alerts__stops=True, alerts__raised_at__lte=at)
        waits = began & (Q(alerts__cleared_at=None) | Q(alerts__cleared_at__gt=at))
    return episode.client.episodes.filter(waits).exists()


def told(episode: Episode) -> tuple[str, ...]:
    """What the client read when they gave the answers that hold visits now, the latest first,
    each once; empty when nothing holds them."""
    holding = episode.client.episodes.filter(alerts__stops=True, alerts__cleared_at=None)
    read = holding.order_by("-alerts__raised_at").values_list("alerts__told", flat=True)
    return tuple(dict.fromkeys(line for one in read for line in one.splitlines() if line))


def pressure_cap(episode: Episode, before: datetime | None = None) -> int | None:
    """The most pressure (1 to 5) the check after the last finished visit leaves; None without
    one. `before` looks at the last one that had ended by then."""
    finished = episode.appointments.filter(visit__finished_at__isnull=False)
    if before is not None:
        finished = finished.filter(visit__finished_at__lt=before)
    last = finished.order_by("-visit__finished_at").values_list("visit", flat=True).first()
    if last is None:
        return None
    found = episode.check_ins.filter(visit=last, pressure_cap__isnull=False)
    return found.order_by("pressure_cap").values_list("pressure_cap", flat=True).first()
