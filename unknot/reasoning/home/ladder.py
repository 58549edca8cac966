"""What comes next for one piece of home care, by the rules of home_ladder.toml.

The first rule that applies counts, and they stand from the most cautious to the boldest: a stop
sign, too much, then every reason to stay, and only then a step up. An answer that was not given
is unknown, and unknown never steps up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from unknot.knowledge import Knowledge, load
from unknot.knowledge.home_care import HomeCare
from unknot.knowledge.home_ladder import LadderRule
from unknot.reasoning.home.days import After, Day, Done, During, NextDay, Rung
from unknot.reasoning.home.steps import dose_at, last_step

WEEK = timedelta(days=7)
"""How long a step lasts at least, and how far back counts; a custom of ours (LAD-07)."""


class Outcome(StrEnum):
    """What comes next, from the most cautious to the boldest."""

    STOP = "stop"
    SWAP = "swap"
    DOWN = "down"
    STAY = "stay"
    UP = "up"

    @property
    def boldness(self) -> int:
        """0 for the most cautious."""
        return list(Outcome).index(self)


@dataclass(frozen=True)
class Step:
    """What comes next, by which rule. `to` is the step from now on, `dose` its words."""

    outcome: Outcome
    rule: LadderRule
    to: int
    dose: str

    @property
    def says(self) -> str:
        """For the client: what comes next, and the new dose where it changes."""
        changes = self.outcome in (Outcome.UP, Outcome.DOWN)
        return f"{self.rule.tell} From now on: {self.dose}." if changes else self.rule.tell

    @property
    def needs_therapist(self) -> bool:
        """Whether a person has to decide what comes instead."""
        return self.outcome in (Outcome.STOP, Outcome.SWAP)


def judge(
    item: HomeCare,
    rung: Rung,
    days: Iterable[Day],
    *,
    today: date,
    knowledge: Knowledge | None = None,
) -> Step:
    """The next step of one item from where it stands and what was told since.

    Days before `rung.since` do not count. A stop sign counts whenever it was told since then, a
    step up only looks at the last week. A step above the dose on record, as after a record that
    was made shorter, counts as its last one, and the step returned never lies above it either.
    """
    rung = replace(rung, step=min(max(rung.step, 0), last_step(item)))
    told = sorted((day for day in days if rung.since <= day.on <= today), key=lambda day: day.on)
    rule_id = next(_rules(item, rung, told, today))
    rule = (knowledge or load()).home_ladder[rule_id]
    outcome = Outcome(rule.outcome)
    moved = {Outcome.UP: 1, Outcome.DOWN: -1}.get(outcome, 0)
    to = rung.step + moved
    return Step(outcome, rule, to, dose_at(item, to))


def _rules(item: HomeCare, rung: Rung, told: Sequence[Day], today: date) -> Iterator[str]:
    """Ids of the rules that apply, the most cautious first; the last one always does."""
    if any(day.sign for day in told):
        yield "LAD-01"
    yield from _too_much(rung, told)
    if last_step(item) == 0:
        yield "LAD-05"
    if rung.step == last_step(item):
        yield "LAD-06"
    if today - rung.since < WEEK:
        yield "LAD-07"
    week = [day for day in told if day.on > today - WEEK]
    if sum(day.done == Done.DONE for day in week) < enough_days(item):
        yield "LAD-08"
    if not _is_known(week, today):
        yield "LAD-09"
    if any(day.after == After.MORE for day in week):
        yield "LAD-10"
    yield "LAD-11"


def _too_much(rung: Rung, told: Sequence[Day]) -> Iterator[str]:
    over = any(day.during == During.OVER for day in told)
    stayed = any(day.next_day == NextDay.MORE for day in told)
    if rung.step == 0 and (over or stayed):
        yield "LAD-02"
    if over:
        yield "LAD-03"
    if stayed:
        yield "LAD-04"


def enough_days(item: HomeCare) -> int:
    """On how many days of a week it has to be done in full before it grows: more than half of
    those the dose asks for.
    """
    return item.days_a_week // 2 + 1


def _is_known(week: Sequence[Day], today: date) -> bool:
    """Whether every day on which it was done is told in full; today, whose next day is still to
    come, may lack only that, but then it is not what is judged by.
    """
    done = [day for day in week if day.was_done]
    before = [day for day in done if day.on < today]
    todays = [day for day in done if day.on == today]
    known_today = all(None not in (day.during, day.after) for day in todays)
    return bool(before) and all(day.is_told for day in before) and known_today
