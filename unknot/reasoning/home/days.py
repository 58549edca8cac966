"""What a person told of one piece of home care, day by day. None is always "not told"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Done(StrEnum):
    """How much of it was done that day."""

    DONE = "done"
    PARTLY = "partly"
    NOT_TODAY = "not_today"


class During(StrEnum):
    """Pain while doing it, against the limit of the item."""

    NONE = "none"
    WITHIN = "within"
    OVER = "over"


class After(StrEnum):
    """Pain right afterwards, against before."""

    NO_MORE = "no_more"
    MORE = "more"


class NextDay(StrEnum):
    """Pain the next day, against before."""

    SETTLED = "settled"
    MORE = "more"


@dataclass(frozen=True)
class Day:
    """One day of one item. `sign` is whether a stop sign was told."""

    on: date
    done: Done | None = None
    during: During | None = None
    after: After | None = None
    next_day: NextDay | None = None
    sign: bool = False

    @property
    def was_done(self) -> bool:
        """Done, in whole or in part."""
        return self.done in (Done.DONE, Done.PARTLY)

    @property
    def is_told(self) -> bool:
        """Whether everything about how it was borne is known."""
        return None not in (self.during, self.after, self.next_day)


@dataclass(frozen=True)
class Rung:
    """Where an item stands: the step, counted from 0, and the day from which it holds."""

    step: int
    since: date


@dataclass(frozen=True)
class Told:
    """How many days of each kind, among days that were told at all."""

    done: int
    partly: int
    not_today: int

    @property
    def says(self) -> str:
        """In words: "done on 5 of 7 days told, partly on 1"."""
        days = self.done + self.partly + self.not_today
        if not days:
            return "nothing told yet"
        partly = f", partly on {self.partly}" if self.partly else ""
        return f"done on {self.done} of {days} {'day' if days == 1 else 'days'} told{partly}"


def told_of(days: Iterable[Day]) -> Told:
    """The days counted. A day without an answer is not a day on which it was left out."""
    kinds = [day.done for day in days]
    return Told(*(kinds.count(kind) for kind in (Done.DONE, Done.PARTLY, Done.NOT_TODAY)))
