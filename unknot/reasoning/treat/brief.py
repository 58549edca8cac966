"""The brief: three points to know two minutes before a visit, safety first.

Point one is what keeps the client safe, point two what happened last (or was tried before), point
three what the client wants today. Nothing known is said as nothing known, so that an empty point
cannot be read as "all clear".
"""

from dataclasses import dataclass
from datetime import date

from unknot.reasoning.treat.note import day_words
from unknot.reasoning.words import PRESSURE_WORDS, span_words


@dataclass(frozen=True)
class LastVisit:
    """What the last visit gave: pain 0-10 before and after (None: not asked), and the areas by how
    they answered.

    `after_effects` are sentences from the 24-72 h check, worst first.
    """

    on: date
    pain_before_0_10: int | None = None
    pain_after_0_10: int | None = None
    eased: tuple[str, ...] = ()
    not_eased: tuple[str, ...] = ()
    right_pressure: tuple[tuple[str, int], ...] = ()
    after_effects: tuple[str, ...] = ()


@dataclass(frozen=True)
class BriefFacts:
    """What the brief reads. `screened` is False when there is no screening at all.

    `massage_before_weeks` and `massage_before_helped` ("no", "a_little", "yes") are the client's
    own answers; `history` is what the plan made of them, and is said instead when there is any.
    `own_ceilings` are sentences on the pressure this client bears, learned from the dial.
    """

    screened: bool
    flags: tuple[str, ...] = ()
    adaptations: tuple[str, ...] = ()
    pressure_ceiling: int = 5
    kept_off: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    last: LastVisit | None = None
    massage_before_weeks: float | None = None
    massage_before_helped: str = ""
    history: str = ""
    verdict: str = ""
    wants: str = ""
    goals: tuple[str, ...] = ()
    pressure_wish: int | None = None
    own_ceilings: tuple[str, ...] = ()
    comfort: tuple[str, ...] = ()
    """What makes the session comfortable, in the words of the question: quiet, no scent."""
    not_touched: str = ""
    """Where the client does not want to be touched, in their own words; "" when not said."""
    at_home: tuple[str, ...] = ()
    """What was done at home, a line for each thing; none when nothing is given for home."""
    plan_begins: int | None = None
    """The pressure the plan begins with, where it was agreed before `pressure_wish` was told."""


@dataclass(frozen=True)
class Point:
    """One point of the brief: a sentence to read from two metres, and the lines under it.

    `is_clear` says that a screening found nothing to keep to. `at_home` is what was done at home,
    a line for each thing.
    """

    kind: str
    headline: str
    lines: tuple[str, ...] = ()
    is_clear: bool = False
    at_home: tuple[str, ...] = ()


def write(facts: BriefFacts) -> tuple[Point, Point, Point]:
    """Safety, then the last result, then the client's wish; always three."""
    return _safety(facts), _last(facts), _wish(facts)


def _safety(facts: BriefFacts) -> Point:
    if not facts.screened:
        return Point("safety", "Not screened yet. Screen before any hands-on work.")
    lines = [*facts.flags[1:], *facts.adaptations]
    if facts.pressure_ceiling < 5:
        words = PRESSURE_WORDS[facts.pressure_ceiling]
        lines.append(f"Pressure at most {facts.pressure_ceiling} of 5 ({words}).")
    lines += [f"{start} {', '.join(names)}." for start, names in _bans(facts) if names]
    if facts.not_touched:
        lines.append(f"Does not want to be touched: {facts.not_touched.rstrip('.')}.")
    if not facts.flags and not lines:
        return Point("safety", "No safety limit found in the last screening.", is_clear=True)
    headline = facts.flags[0] if facts.flags else lines.pop(0)
    return Point("safety", headline, tuple(lines))


def _bans(facts: BriefFacts) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("Keep off:", facts.kept_off),
        ("Do not use:", facts.banned),
        ("Avoid lying:", facts.positions),
    )


def _last(facts: BriefFacts) -> Point:
    told = tried_before(facts.massage_before_weeks, facts.massage_before_helped)
    history = facts.history or told
    if facts.last is None:
        first = history or "First visit here. No earlier massage known."
        under = (facts.verdict,) if facts.verdict else ()
        return Point("last", first, under, at_home=facts.at_home)
    lines = [*facts.last.after_effects]
    if facts.last.eased:
        lines.append("Eased: " + "; ".join(facts.last.eased) + ".")
    if facts.last.not_eased:
        lines.append("Did not ease: " + "; ".join(facts.last.not_eased) + ".")
    lines += [
        f"Just right on {area[:1].lower()}{area[1:]}: pressure {level}."
        for area, level in facts.last.right_pressure
    ]
    lines += [line for line in (facts.verdict, history) if line]
    return Point("last", _last_result(facts.last), tuple(lines), at_home=facts.at_home)


def _last_result(last: LastVisit) -> str:
    before, after = last.pain_before_0_10, last.pain_after_0_10
    if before is None or after is None:
        return f"Last visit {day_words(last.on)}; pain before and after not both asked."
    return f"Last visit {day_words(last.on)}: pain {before} before, {after} after."


def tried_before(weeks: float | None, helped: str) -> str:
    """What earlier massage elsewhere did, in one sentence; "" when the client told of none or
    did not say how it went."""
    changed = {"no": "changed little", "a_little": "helped a little", "yes": "helped"}.get(helped)
    if not weeks or changed is None:
        return ""
    span = span_words(weeks)
    return f"{span[0].upper()}{span[1:]} of massage elsewhere {changed}."


def _wish(facts: BriefFacts) -> Point:
    lines = []
    if facts.goals:
        lines.append("Wants to be able to: " + "; ".join(facts.goals) + ".")
    if facts.pressure_wish is not None:
        lines.append(_pressure_wish(facts.pressure_wish, facts.pressure_ceiling))
        lines += _against_the_plan(facts.pressure_wish, facts)
    if facts.comfort:
        wishes = [one[:1].lower() + one[1:] for one in facts.comfort]
        lines.append(f"In the room: {'; '.join(wishes)}.")
    lines += facts.own_ceilings
    headline = facts.wants or "Has not said what to work on today. Ask."
    return Point("wants", headline, tuple(lines))


def _pressure_wish(wish: int, ceiling: int) -> str:
    if wish > ceiling:
        limit = f"the safe limit is {ceiling} ({PRESSURE_WORDS[ceiling]})"
        return f"Likes {PRESSURE_WORDS[wish]} pressure; {limit}. Say why."
    return f"Likes {PRESSURE_WORDS[wish]} pressure ({wish} of 5)."


def begins_with(plan_begins: int | None, wish: int | None) -> int | None:
    """The pressure to begin with when the wish is newer than the plan: a lighter wish counts at
    once, a firmer one is for the two to agree on. None where neither is known."""
    if plan_begins is None or wish is None:
        return plan_begins
    return min(plan_begins, wish)


def _against_the_plan(wish: int, facts: BriefFacts) -> tuple[str, ...]:
    """What a wish told since the plan was agreed changes; nothing when it fits."""
    begins = facts.plan_begins
    if begins is None or wish == begins:
        return ()
    if wish < begins:
        return (f"Said since the plan was agreed: begin with {wish}, not {begins} as planned.",)
    allowed = min(wish, facts.pressure_ceiling)
    more = f"; up to {allowed} when you both agree" if allowed > begins else ""
    return (f"Said since the plan was agreed, which begins with {begins}: begin there{more}.",)
