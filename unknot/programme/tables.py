"""The two tables the figures are made from, as columns. No name, no date of birth, no words.

``sessions``: one row a visit that took place.

=============  =========  ==================================================
``course``     string     key of the episode; joins the two tables
``started``    timestamp  when it began, UTC
``minutes``    float      hands-on time
=============  =========  ==================================================

``courses``: one row an episode, from its kept fit.

================  ======  ==================================================
``course``        string  key of the episode
``condition``     string  what the plan is for
``location``      string  where the client is treated
``region``        string  area of the body, for the case-mix
``baseline``      float   usual pain at the start, 0 to 10; null: not known
``p_worthwhile``  float   chance of a change that matters; null: no fit
``acute``         string  "yes" (under 12 weeks), "no", "unknown"
``age_band``      string  as in ``reasoning.outcomes.programme.strata``
``sleep_band``    string  as there
================  ======  ==================================================

``course`` may be an integer too, as long as it is in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Session:
    """One row of ``sessions``."""

    course: str
    started: datetime
    minutes: float


@dataclass(frozen=True)
class Course:
    """One row of ``courses``."""

    course: str
    condition: str
    location: str
    region: str
    baseline: float | None
    p_worthwhile: float | None
    acute: str
    age_band: str
    sleep_band: str


@dataclass(frozen=True)
class Person:
    """One course as it is counted: its groups, and the chance of a change that matters.

    ``baseline`` is the whole number below the usual pain at the start.
    """

    course: str
    condition: str
    location: str
    dose: str
    region: str
    baseline: int
    acute: str
    age_band: str
    sleep_band: str
    p_worthwhile: float
