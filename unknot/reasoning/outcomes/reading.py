"""``interpret(diary)``: everything a page says of one person's scores, in one plain value.

A Report holds the fit and the posterior it was made from; a Reading is what is left when every
question a page asks has been answered. It is JSON both ways (``unknot.reasoning.stored``).
"""

from dataclasses import dataclass, fields

from unknot.reasoning.outcomes.diary import Diary
from unknot.reasoning.outcomes.report import Report, report
from unknot.reasoning.outcomes.results import Forecast, Modelled, PathPoint, Reevaluation
from unknot.reasoning.outcomes.verdict import Verdict

ASKED = ("weekly", "fortnightly", "stop")
"""The schedules a page compares."""


@dataclass(frozen=True)
class Reading(Modelled):
    """The verdict and every figure behind it.

    ``path`` is the usual level through the days that have passed, ``forecasts`` the twelve weeks
    to come under each of ``ASKED`` (empty before the first visit or without answers), ``known``
    when the answer should be there (None when there is one already).
    """

    verdict: Verdict
    path: tuple[PathPoint, ...]
    forecasts: tuple[Forecast, ...]
    known: Reevaluation | None


def interpret(
    diary: Diary,
    *,
    instrument: str | None = None,
    function_better: bool = False,
    red_flag: bool = False,
    seed: int = 0,
) -> Reading:
    """Fits the diary and answers everything at once: half a second for a year of answers.

    Arguments as in ``report``. The same diary and seed give the same reading. Raises nothing:
    what is not known says so in its flags.
    """
    found = report(
        diary,
        instrument=instrument,
        function_better=function_better,
        red_flag=red_flag,
        seed=seed,
    )
    return of(found)


def of(found: Report) -> Reading:
    """The part of a report that can be stored."""
    fit = found.fit
    ahead = fit.basis.diary_answers > 1 and fit.basis.sessions > 0
    figures = {item.name: getattr(fit, item.name) for item in fields(Modelled)}
    return Reading(
        **figures,
        verdict=found.verdict,
        path=found.band,
        forecasts=tuple(one for one in found.forecasts if ahead and one.schedule in ASKED),
        known=found.known,
    )
