"""The programme page's questions as expressions: what they are, whatever engine answers them."""

from __future__ import annotations

import ibis
from ibis import _
from ibis.expr import types as ir

from unknot.reasoning.outcomes.programme.strata import OFTEN

SECONDS_PER_WEEK = 7 * 24 * 3600.0
ONE_VISIT, SELDOM, WEEKLY, TWICE = OFTEN
PER_WEEK = ((1.5, TWICE), (0.75, WEEKLY), (0.0, SELDOM))
MINUTES = ((75.0, "75 minutes or more"), (45.0, "45 to 74 minutes"), (0.0, "under 45 minutes"))
GROUP = ("condition", "location", "dose", "region", "baseline", "acute", "age_band", "sleep_band")


def doses(sessions: ir.Table) -> ir.Table:
    """One row a course: visits, the mean of their minutes, and its dose in words.

    How often: the visits after the first, over the weeks from the first to the last. A course with
    a single visit, or with all of them at one instant, is "one visit".
    """
    found = sessions.group_by("course").aggregate(
        visits=_.count(),
        minutes=_.minutes.mean(),
        weeks=(_.started.max().epoch_seconds() - _.started.min().epoch_seconds())
        / SECONDS_PER_WEEK,
    )
    often = (found.visits - 1) / ibis.ifelse(found.weeks > 0, found.weeks, ibis.null("float64"))
    words = _banded(often, PER_WEEK, ONE_VISIT).concat(
        ", ", _banded(found.minutes, MINUTES, "length unknown")
    )
    return found.select("course", "visits", "minutes", dose=words)


def _banded(value: ir.Value, bands: tuple[tuple[float, str], ...], unknown: str) -> ir.Value:
    branches = [(value >= limit, name) for limit, name in bands]
    return ibis.cases(*branches, else_=unknown)


def counted(courses: ir.Table) -> ir.Value:
    """Whether a course can be counted: where they began is known, and there is a fit."""
    return courses.baseline.notnull() & courses.p_worthwhile.notnull()


def people(sessions: ir.Table, courses: ir.Table) -> ir.Table:
    """One row a course that can be counted: its groups and its chance.

    ``baseline`` is here the whole number below the usual pain at the start, 10 with 9.
    """
    able = courses.filter(counted(courses))
    joined = able.inner_join(doses(sessions), "course")
    start = joined.baseline.floor().cast("int64")
    joined = joined.mutate(baseline=ibis.ifelse(start > 9, 9, start))
    return joined.select("course", *GROUP, "p_worthwhile")


def strata(sessions: ir.Table, courses: ir.Table) -> ir.Table:
    """People alike in every way the figures know of, with the sums the figures need."""
    return grouped(people(sessions, courses))


def grouped(counted: ir.Table) -> ir.Table:
    """The same of a table of ``people``."""
    return counted.group_by(*GROUP).aggregate(
        people=_.count(),
        responders=_.p_worthwhile.sum(),
        doubt=(_.p_worthwhile * (1 - _.p_worthwhile)).sum(),
    )


def left_out(sessions: ir.Table, courses: ir.Table) -> ir.Table:
    """One row: courses with a visit, and those of them whose start or whose fit is missing."""
    visited = courses.semi_join(sessions, "course")
    return visited.aggregate(
        visited=_.count(),
        without_start=_.baseline.isnull().sum(),
        without_fit=(_.baseline.notnull() & _.p_worthwhile.isnull()).sum(),
    )
