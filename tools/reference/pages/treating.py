"""What a plan is made of: conditions, techniques, doses, and when a course changes or ends."""

from collections.abc import Iterator

from tools.reference.text import entry, plain, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.conditions import Condition
from unknot.knowledge.doses import DoseRecord
from unknot.knowledge.techniques import Technique

TITLE = "Conditions, techniques and doses"
ABOUT = "what a plan is made of: with what, how much, what helps first, when it ends."

_HOW = (
    "A therapist does not diagnose: codes are there to be copied from the referrer. Pressure is 1 "
    "(light contact) to 5 (deep); the pain cap is the most pain, 0 to 10, a person should feel "
    "during it. No clinician has signed these records yet. This is not medical advice."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """Conditions, techniques, doses, stop rules and what is not promised."""
    yield from wrapped(_HOW)
    yield ""
    yield from (f"## Conditions ({len(knowledge.conditions)})", "")
    for condition in knowledge.conditions.values():
        yield from entry(condition, condition.name, _condition(condition), knowledge)
    yield from (f"## Techniques ({len(knowledge.techniques)})", "")
    for technique in knowledge.techniques.values():
        yield from entry(technique, technique.name, _technique(technique), knowledge)
    yield from (f"## Doses ({len(knowledge.doses)})", "")
    for dose in knowledge.doses.values():
        yield from entry(dose, dose.name, _dose(dose), knowledge)
    yield from (f"## When a course changes or ends ({len(knowledge.stop_rules)})", "")
    for rule in knowledge.stop_rules.values():
        yield from entry(rule, rule.title, [("To the client", rule.tell)], knowledge)
    yield from (f"## What is not promised ({len(knowledge.not_promised)})", "")
    for limit in knowledge.not_promised.values():
        yield from entry(limit, limit.title, [("To the client", limit.tell)], knowledge)


def _condition(one: Condition) -> Iterator[tuple[str, str]]:
    yield "To the client", one.tell
    yield "Chosen", _chosen(one)
    yield "Where", ", ".join(plain(group) for group in one.groups)
    yield "Techniques, best fit first", ", ".join(one.techniques)
    yield "Not", ", ".join(one.techniques_against)
    yield "Pressure", f"{one.pressure_ceiling} of 5 at most" if one.pressure_ceiling < 5 else ""
    yield "Dose", ", ".join(filter(None, (one.dose, *one.alternative_doses, one.short_dose)))
    yield "Home care", ", ".join(one.home_care)
    yield "What helps besides", " ".join(one.besides)
    yield "To expect", " ".join(f"{it.certainty.capitalize()}: {it.text}" for it in one.expect)
    yield "Think first of", ", ".join((*one.red_flags, *one.safety_rules))
    yield "ICD-10-CM", ", ".join(one.icd10cm)


def _chosen(one: Condition) -> str:
    """What leads to a plan for it, beside a person's choice."""
    if one.chosen_by_rules:
        return f"when one of these fires: {', '.join(one.chosen_by_rules)}"
    if one.main_area:
        return f"by the main area: {plain(one.main_area)}"
    if one.follows_drawing:
        return "for any other main area; only the parts that were drawn are treated"
    return "by a person, where a clinician has named it" if one.is_diagnosis else "by a person"


def _technique(one: Technique) -> Iterator[tuple[str, str]]:
    yield "To the client", one.tell
    yield "Pressure", f"{_span(one.pressure_low, one.pressure_high)} of 5"
    yield "Pain cap", f"{one.pain_cap} of 10"
    yield "Minutes", _span(one.minutes_low, one.minutes_high)
    yield "Seconds on one spot", _span(one.seconds_low, one.seconds_high)
    yield "Minutes on one area", f"{one.most_minutes_an_area or ''}"
    yield "For", ", ".join(plain(group) for group in one.groups)
    yield "Training", plain(one.needs_skill)
    yield "Cautions", " ".join(one.cautions)


def _dose(one: DoseRecord) -> Iterator[tuple[str, str]]:
    yield "To the client", f"{one.tell} {one.does_not_promise}"
    yield "Planned", f"{one.minutes} minutes, {one.per_week} a week, {one.weeks} weeks"
    yield "Minutes may be", _span(*one.minutes_span)
    yield "A week may be", _span(*one.per_week_span)
    yield "Weeks may be", _span(*one.weeks_span)
    yield "Reviewed", "after week " + " and ".join(str(week) for week in one.review_weeks)
    yield "People in the trial", f"{one.people or ''}"
    yield "For", ", ".join(one.conditions)


def _span(low: int = 0, high: int = 0) -> str:
    """The span as words; empty where nothing is said."""
    if not high:
        return ""
    return f"{low}" if low == high else f"{low} to {high}"
