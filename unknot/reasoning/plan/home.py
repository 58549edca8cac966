"""Home care for a plan: at most three things, those that answer a finding first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from unknot.knowledge import Knowledge
from unknot.knowledge.conditions import Condition
from unknot.knowledge.home_care import HomeCare
from unknot.reasoning.plan.checks import MOST_HOME_CARE, forbidden_at_home
from unknot.reasoning.plan.limits import Limits
from unknot.reasoning.plan.model import HomeItem, home_item


@dataclass(frozen=True)
class Found:
    """What an examination found, as far as home care answers it."""

    short_of_motion: frozenset[str] = field(default_factory=frozenset)
    """Groups with a motion that is clearly less than before."""
    tender: frozenset[str] = field(default_factory=frozenset)
    """Groups where the therapist marked something."""
    drawn: frozenset[str] = field(default_factory=frozenset)
    """Groups where the client drew pain."""


def home_care(
    condition: Condition, limits: Limits, found: Found, knowledge: Knowledge
) -> tuple[HomeItem, ...]:
    """The three that answer most of what was found and that no safety rule forbids.

    The first advice for the pain always stays; without findings the condition's order stands.
    """
    every = [home_item(knowledge.home_care[name]) for name in condition.home_care]
    allowed = [
        knowledge.home_care[item.id] for item in every if not forbidden_at_home(item, limits)
    ]
    first, rest = allowed[:1], allowed[1:]
    rest.sort(key=lambda item: -_answers(item, found))
    return tuple(home_item(item, why(item, found)) for item in (first + rest)[:MOST_HOME_CARE])


def why(item: HomeCare, found: Found) -> str:
    """What it answers, in words for the client."""
    if item.kind in ("move", "strength") and (short := _shared(item, found.short_of_motion)):
        return f"You move less far there than before: {short}."
    if tender := _shared(item, found.tender):
        return f"For what your therapist found: {tender}."
    if drawn := _shared(item, found.drawn):
        return f"For where it hurts: {drawn}."
    return "Advised for this pain."


def _answers(item: HomeCare, found: Found) -> int:
    groups = set(item.groups)
    moves = item.kind in ("move", "strength")
    return (
        3 * (moves and bool(groups & found.short_of_motion))
        + 2 * bool(groups & found.tender)
        + bool(groups & found.drawn)
    )


def _shared(item: HomeCare, groups: Iterable[str]) -> str:
    return ", ".join(sorted(group.replace("_", " ") for group in {*item.groups} & {*groups}))
