"""What the dial teaches about one client: pain by area and pressure, and a ceiling of their own.

The personal ceiling of an area is the level under the one that was too much. A level was too much
in a session when the client said "less" or "stop" there, or gave a pain above the cap. One session
may be a bad day, so two must agree: what counts is the second lowest of each session's lowest such
level. It only ever lowers what the screening allows. A convention of the house, not from a trial.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .dial import DEEPEST_PRESSURE, LIGHTEST_PRESSURE, Cap, DialEvent, Word, judge

SESSIONS_TO_LEARN = 2
"""How many sessions must agree before a ceiling is called learned."""


@dataclass(frozen=True)
class Touch:
    """One touch of the client: in which session, and the limits that held then."""

    session: str
    event: DialEvent
    cap: Cap


class Known(StrEnum):
    """What is known about an area: a ceiling was learned; enough sessions and none was met; or
    too few sessions to say."""

    LEARNED = "learned"
    NO_LIMIT_MET = "no_limit_met"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True)
class PersonalCeiling:
    """The most pressure (1-5) this client has borne well on one area.

    `level` is None unless `known` is learned. `sessions` said something about pressure here, in
    `too_much_in` of them a level was too much. `firmest_right` is the firmest level called just
    right in a session in which it was not too much, and allowed today; None when there is none.
    `lightest_in` counts the sessions in which light contact was too much already.
    """

    area: str
    known: Known
    level: int | None
    sessions: int
    too_much_in: int
    firmest_right: int | None
    lightest_in: int = 0

    @property
    def is_under_the_lightest(self) -> bool:
        """Whether no level was borne well: there is none below light contact to go to."""
        return self.lightest_in >= SESSIONS_TO_LEARN


@dataclass(frozen=True)
class PainAt:
    """Pain 0-10 on one area at one level of pressure: how many answers, and what they were."""

    area: str
    pressure: int
    answers: int
    lowest_0_10: int
    middle_0_10: float
    highest_0_10: int


def ceilings(
    touches: Iterable[Touch], allowed: Mapping[str, int] | None = None
) -> tuple[PersonalCeiling, ...]:
    """One answer for each area, by its name. Touches without an area or pressure say nothing here.

    `allowed` is the screening's ceiling by area (an area left out: 5). A learned level is never
    above it, and the order of the touches does not matter.
    """
    by_area: dict[str, list[Touch]] = {}
    for touch in touches:
        if touch.event.area and touch.event.pressure is not None:
            by_area.setdefault(touch.event.area, []).append(touch)
    limits = allowed or {}
    return tuple(
        _ceiling(area, by_area[area], limits.get(area, DEEPEST_PRESSURE))
        for area in sorted(by_area)
    )


def _ceiling(area: str, touches: list[Touch], allowed: int) -> PersonalCeiling:
    too_much = _lowest_too_much(touches)
    sessions = len({touch.session for touch in touches})
    right = [
        _level(touch)
        for touch in touches
        if touch.event.word is Word.RIGHT
        and _level(touch) <= allowed
        and _level(touch) < too_much.get(touch.session, DEEPEST_PRESSURE + 1)
    ]
    level = None
    if len(too_much) >= SESSIONS_TO_LEARN:
        met = sorted(too_much.values())[SESSIONS_TO_LEARN - 1]
        level = min(max(LIGHTEST_PRESSURE, met - 1), allowed)
        known = Known.LEARNED
    elif sessions >= SESSIONS_TO_LEARN and not too_much:
        known = Known.NO_LIMIT_MET
    else:
        known = Known.NOT_ENOUGH
    lightest = list(too_much.values()).count(LIGHTEST_PRESSURE)
    firmest = max(right, default=None)
    return PersonalCeiling(area, known, level, sessions, len(too_much), firmest, lightest)


def _lowest_too_much(touches: list[Touch]) -> dict[str, int]:
    """For each session in which a level was too much, the lowest such level."""
    lowest: dict[str, int] = {}
    for touch in touches:
        if touch.event.word is Word.LESS or judge(touch.event, touch.cap).alert:
            level = _level(touch)
            lowest[touch.session] = min(level, lowest.get(touch.session, level))
    return lowest


def _level(touch: Touch) -> int:
    return touch.event.pressure or LIGHTEST_PRESSURE


def pain_by_pressure(touches: Iterable[Touch]) -> tuple[PainAt, ...]:
    """The pain given on each area at each level, by area and then from light to deep."""
    found: dict[tuple[str, int], list[int]] = {}
    for touch in touches:
        event = touch.event
        if event.area and event.pressure is not None and event.pain_0_10 is not None:
            found.setdefault((event.area, event.pressure), []).append(event.pain_0_10)
    return tuple(
        PainAt(area, level, len(pains), min(pains), statistics.median(pains), max(pains))
        for (area, level), pains in sorted(found.items())
    )


def say(found: PersonalCeiling, area: str) -> str:
    """For the therapist, one sentence. `area` is its name."""
    sessions = _times(found.sessions, "session")
    if found.is_under_the_lightest:
        return f"{area}: even light contact was too much in {found.lightest_in} of {sessions}."
    if found.known is Known.LEARNED:
        return (
            f"{area}: own ceiling {found.level}. More was too much in {found.too_much_in}"
            f" of {sessions}."
        )
    if found.known is Known.NO_LIMIT_MET:
        return f"{area}: nothing was too much in {sessions}.{_right(found)}"
    once = f"too much in 1 of {sessions} so far; " if found.too_much_in else f"{sessions} so far; "
    return f"{area}: {once}own ceiling not known yet.{_right(found)}"


def _right(found: PersonalCeiling) -> str:
    return "" if found.firmest_right is None else f" Just right at {found.firmest_right}."


def tell(found: PersonalCeiling) -> str:
    """For the client, in the second person, under the area's name."""
    if found.is_under_the_lightest:
        return (
            "Even the lightest pressure was too much for you here in"
            f" {found.lightest_in} of {_times(found.sessions, 'session')}."
        )
    if found.known is Known.LEARNED:
        return (
            f"Pressure {found.level} of 5 is your limit here so far. You said that more was too"
            f" much in {found.too_much_in} of {_times(found.sessions, 'session')}."
        )
    if found.known is Known.NO_LIMIT_MET:
        return f"Nothing was too much for you here in {_times(found.sessions, 'session')}."
    return (
        f"Not enough yet to know your limit here. It takes {SESSIONS_TO_LEARN} sessions in which"
        " you tap."
    )


def beside(found: PersonalCeiling | None) -> str:
    """A word or two beside the pressures, for the area in work; "" while nothing is known."""
    if found is None:
        return ""
    if found.is_under_the_lightest:
        return "even 1 was too much"
    if found.known is Known.LEARNED:
        return f"own {found.level}"
    return "" if found.firmest_right is None else f"right at {found.firmest_right}"


def _times(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
