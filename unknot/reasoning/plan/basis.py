"""What a plan rests on: the records it was made from and the answers it read, written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from unknot.knowledge import Knowledge
from unknot.reasoning.case import NotingCase
from unknot.reasoning.grounds import Ground, facts, ground
from unknot.reasoning.plan.model import Plan


def with_grounds(plan: Plan, case: NotingCase, knowledge: Knowledge) -> Plan:
    """The plan with every record it uses as it reads today, and every answer that was read."""
    read = (name for name in case.read if name in knowledge.questions)
    return replace(plan, grounds=grounds_of(plan, knowledge), facts=facts(read, case, knowledge))


def grounds_of(plan: Plan, knowledge: Knowledge) -> tuple[Ground, ...]:
    """The records the plan uses. What it has rested on before stays as it read then.

    A record that is no longer known, and of which nothing was kept, is left out.
    """
    held = {(one.topic, one.id): one for one in plan.grounds}
    return tuple(
        held.get((topic, name)) or ground(topic, getattr(knowledge, topic)[name], knowledge)
        for topic, name in _used(plan)
        if (topic, name) in held or name in getattr(knowledge, topic)
    )


def _used(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "conditions", plan.condition_id
    yield "doses", plan.dose.dose_id
    yield from (("techniques", one.technique_id) for one in plan.techniques)
    yield from (("home_care", item.id) for item in plan.home_care)
    yield from (("stop_rules", rule.rule_id) for rule in plan.stop_rules)
