"""What a write does to the stored fit: it is no longer of all there is.

Every write names the rows it touched for the trail, so this is the one place where a change of an
entry can be noticed and none be forgotten. The fit itself is made later, by background work.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import F, Model

from .. import models as m
from ..access.paths import PATHS

FEEDS: Final[frozenset[type[Model]]] = frozenset(
    {
        m.Appointment,
        m.CheckIn,
        m.Episode,
        m.Intake,
        m.Measure,
        m.TreatmentEntry,
        m.Visit,
    }
)
"""The rows a fit is made from."""


def mark(row: Model) -> None:
    """Makes the fit of the row's episode stale. Does nothing for rows that no fit reads.

    An episode without a fit needs no mark: a missing one is made anyway.
    """
    if type(row) not in FEEDS:
        return
    episode: Any = row
    for step in filter(None, (PATHS[type(row)].episode or "").split("__")):
        episode = getattr(episode, step)
    m.OutcomeFit.everything.filter(episode=episode).update(wanted=F("wanted") + 1)
