"""What a plan says: what to expect, what it does not promise, what helps besides."""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge import Knowledge
from unknot.knowledge.conditions import Condition
from unknot.knowledge.doses import DoseRecord
from unknot.knowledge.loader import Citation
from unknot.reasoning.plan.model import StopRule

Load = tuple[str, float] | None
"""The heaviest load of a day as a word and its hours."""


def stop_rules(knowledge: Knowledge) -> tuple[StopRule, ...]:
    """The rules that change or end the course, for the client."""
    return tuple(
        StopRule(rule.id, rule.title, rule.tell)
        for rule in knowledge.stop_rules.values()
        if rule.for_client and rule.when in ("review", "last", "worse")
    )


def expect(condition: Condition, record: DoseRecord) -> tuple[str, ...]:
    """Expectations, each led by its certainty; a short course promises the day only."""
    if record.role == "short":
        return (
            "Likely: some ease on the day of a visit.",
            "About as likely as not: that massage adds to what time and movement do alone.",
        )
    return tuple(
        f"{one.certainty.capitalize()}: {one.text[0].lower()}{one.text[1:]}"
        for one in condition.expect
    )


def not_promised(
    condition: Condition, record: DoseRecord, load: Load, knowledge: Knowledge
) -> tuple[str, ...]:
    """The limits of the evidence that this plan must say."""
    names = {"any", condition.id} | ({"load"} if load else set())
    limits = knowledge.not_promised.values()
    said = (one.tell for one in limits if names.intersection(one.conditions))
    return (record.does_not_promise, *said)


def besides(condition: Condition, load: Load) -> tuple[str, ...]:
    """What helps besides massage, first advice first, and the load of the day."""
    if load is None:
        return condition.besides
    word, hours = load
    return (
        *condition.besides,
        f"You told us of about {hours:g} hours of {word} a day. Changing that counts as much as"
        " the visits, so the check-ins ask about it.",
    )


def check_ins(load: Load) -> tuple[str, ...]:
    """What the check-ins between visits ask, beside pain."""
    asked = ("sleep", "stress", "flare", "home care")
    return asked if load is None else (f"hours of {load[0]}", *asked)


def sources(cited: Iterable[Citation]) -> tuple[str, ...]:
    """Keys of the sources, each once."""
    return tuple(dict.fromkeys(one.id for one in cited))


def memory(remembered: str) -> str:
    """What is kept from memory, or nothing."""
    return f"Kept from memory and not yet checked: {remembered}." if remembered else ""
