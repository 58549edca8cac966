"""What a client is reminded of, and when: at the hour they chose, where they are, and ever more
rarely when nothing comes back.

Nobody is chased. After three reminders without an answer there is a pause and then one kind word,
after that one a week, three times, and then silence until the client answers again. The numbers
are a convention of ours.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from unknot.reasoning.book.wall import closes_at, wall_time

USUAL_TIMES: Final = 3
"""Reminders without an answer before it gets quieter."""
PAUSE_DAYS: Final = 3
"""At least this long before the kind word."""
WEEKLY_TIMES: Final = 3
WEEK_DAYS: Final = 7
GRACE: Final = timedelta(hours=3)
"""A reminder that could not go out this long after its time is left out: nobody is woken at night
because a machine was off."""

Due = Literal["", "usual", "last"]


@dataclass(frozen=True)
class History:
    """What happened so far, in the client's days. `unanswered` counts the reminders since the
    last answer; None means never."""

    last_sent: date | None = None
    last_answer: date | None = None
    unanswered: int = 0


def due_on(day: date, every_days: int, history: History) -> Due:
    """Whether a reminder goes out on this day: "" for none, "last" for the kind word."""
    if history.last_answer == day:
        return ""
    since = None if history.last_sent is None else (day - history.last_sent).days
    if since is not None and since < max(1, every_days):
        return ""
    if history.unanswered < USUAL_TIMES or since is None:
        return "usual"
    if history.unanswered == USUAL_TIMES:
        return "last" if since >= PAUSE_DAYS else ""
    if history.unanswered <= USUAL_TIMES + WEEKLY_TIMES:
        return "usual" if since >= WEEK_DAYS else ""
    return ""


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC moment of this wall time: the first of two where the clock goes back, the jump
    where it goes forward over it."""
    return closes_at(datetime.combine(day, at), zone)


def before_visit(starts_at: datetime, days_before: int, at: time, zone: ZoneInfo) -> datetime:
    """When somebody is reminded of a visit: at their hour so many days before it, and a day
    earlier where that hour would come only after the visit has begun."""
    day = starts_at.astimezone(zone).date() - timedelta(days=days_before)
    due_at = moment_of(day, at, zone)
    return due_at if due_at < starts_at else moment_of(day - timedelta(days=1), at, zone)


def is_time(due_at: datetime, now: datetime) -> bool:
    """Whether a reminder due then goes out now: not before, and not long after."""
    return due_at <= now < due_at + GRACE


def in_quiet(clock: time, start: time, until: time) -> bool:
    """Whether this wall time lies in the quiet hours, which may go over midnight; the same start
    and end mean that there are none."""
    if start <= until:
        return start <= clock < until
    return clock >= start or clock < until


def after_quiet(at: datetime, start: time, until: time, zone: ZoneInfo) -> datetime:
    """The first moment from `at` on that is not in the quiet hours."""
    local = wall_time(at, zone)
    if not in_quiet(local.time(), start, until):
        return at
    over_midnight = local.time() >= until
    ends_on = local.date() + timedelta(days=1 if over_midnight else 0)
    return max(at, moment_of(ends_on, until, zone))
