"""Why a plan is as it is."""

from __future__ import annotations

from collections.abc import Iterator

from unknot.knowledge import Knowledge
from unknot.reasoning.explain import since
from unknot.reasoning.explain.model import Explanation, Part, Reason
from unknot.reasoning.grounds import Ground
from unknot.reasoning.plan import Plan


def explain(plan: Plan, knowledge: Knowledge) -> Explanation:
    """The plan with the record behind each of its choices."""
    parts = tuple(part for part in _parts(plan, knowledge) if part.reasons or part.lines)
    reasons = [reason for part in parts for reason in part.reasons]
    return Explanation(
        about="plan",
        decided=f"{plan.title}: {plan.dose.says}",
        says=plan.tell,
        as_of=next((fact.on for fact in plan.facts if fact.on), plan.starts_on),
        knowledge_version=plan.knowledge_version,
        parts=parts,
        facts=plan.facts,
        would_change=tuple(_would_change(plan)),
        today=since.in_general(plan.knowledge_version, reasons, knowledge),
    )


def _parts(plan: Plan, knowledge: Knowledge) -> Iterator[Part]:
    def part(title: str, topic: str, why: dict[str, str]) -> Part:
        reasons = (
            of_ground(one, knowledge, why[one.id])
            for one in plan.grounds
            if one.topic == topic and one.id in why
        )
        return Part(title, tuple(reasons))

    yield part("What it is for", "conditions", {plan.condition_id: plan.title})
    yield part("How much", "doses", {plan.dose.dose_id: f"{plan.dose.says}. {plan.dose.fits}"})
    yield part("What is done", "techniques", {c.technique_id: c.why for c in plan.techniques})
    yield Part("What is not done", lines=tuple(f"{c.name}: {c.why}" for c in plan.ruled_out))
    yield part("At home", "home_care", {item.id: item.dose for item in plan.home_care})
    yield part(
        "When it stops", "stop_rules", {rule.rule_id: rule.tell for rule in plan.stop_rules}
    )
    yield Part("Limits of the safety check", lines=tuple(_limits(plan)))
    yield Part("What to expect", lines=plan.expect)


def of_ground(ground: Ground, knowledge: Knowledge, decided: str, **more: str) -> Reason:
    """A reason that rests on one kept record."""
    return Reason(
        topic=ground.topic,
        id=ground.id,
        version=ground.version,
        title=ground.title,
        decided=decided,
        says=more.get("says", ""),
        because=ground.because,
        when="",
        facts=(),
        sources=ground.sources,
        evidence=ground.evidence,
        confidence=ground.confidence,
        clinician_review=ground.clinician_review,
        since=since.of_ground(ground, knowledge),
    )


def _limits(plan: Plan) -> Iterator[str]:
    limits = plan.limits
    rules = ", ".join(limits.rules)
    if rules:
        yield f"Rules that counted: {rules}."
    if limits.pressure_ceiling < 5:
        yield f"Pressure at most {limits.pressure_ceiling} of 5."
    if limits.most_minutes is not None:
        yield f"Visits of at most {limits.most_minutes} minutes."
    if limits.excluded_groups:
        yield f"Left out: {', '.join(limits.excluded_groups).replace('_', ' ')}."
    if limits.gentle_groups:
        yield f"Gentle: {', '.join(limits.gentle_groups).replace('_', ' ')}."


def _would_change(plan: Plan) -> Iterator[str]:
    for fact in plan.facts:
        if not fact.is_known:
            yield f"“{fact.asked}” was not answered; an answer could change the plan."
    for choice in plan.ruled_out:
        if choice.technique_id in plan.limits.banned_techniques:
            yield f"{choice.name} would be open without the finding that rules it out."
