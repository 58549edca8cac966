"""Home care from day to day: what was done, how it was borne, and what comes next.

    from unknot.reasoning import home
    home.judge(item, home.Rung(step=0, since=begun), days, today=today).outcome

`steps.dose_at` says the dose of a step; `ladder.judge` decides by the rules of home_ladder.toml.
"""

from unknot.reasoning.home.days import (
    After,
    Day,
    Done,
    During,
    NextDay,
    Rung,
    told_of,
)
from unknot.reasoning.home.ladder import Outcome, Step, judge
from unknot.reasoning.home.steps import dose_at, last_step

__all__ = [
    "After",
    "Day",
    "Done",
    "During",
    "NextDay",
    "Outcome",
    "Rung",
    "Step",
    "dose_at",
    "judge",
    "last_step",
    "told_of",
]
