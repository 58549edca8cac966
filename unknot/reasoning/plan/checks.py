"""What is wrong with a plan: against its screening, outside what is practised, or in itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from unknot.knowledge import load
from unknot.reasoning.plan.limits import FRESH_DAYS, Fault, Limits

if TYPE_CHECKING:
    from unknot.reasoning.plan.model import Choice, Dose, HomeItem, Plan

# The outer limits of practice: 30-90 minutes, one to three visits a week, at most twelve weeks
# without medical review (DOS-ART), and three a week for at most four weeks (SHE14). A trial of
# shorter visits goes before the half hour.
MINUTES = (30, 90)
SHORTEST_MINUTES = 10
PER_WEEK = (1, 3)
WEEKS = (1, 12)
MOST_WEEKS_OF_THREE = 4
MOST_PRESSURE = 5
MOST_HOME_CARE = 3
MOST_TECHNIQUES = 3


def faults_of(plan: Plan) -> Iterator[Fault]:
    """Everything wrong with a plan, worst kind first."""
    yield from safety_faults(plan, plan.limits)
    yield from _dose_faults(plan.dose, plan.limits)
    yield from _own_faults(plan)


def safety_faults(plan: Plan, limits: Limits) -> Iterator[Fault]:
    """What in the plan goes against these limits; asked again when there is a new screening."""
    if limits.blocked:
        yield _broken("", limits.blocked)
    yield from _stale(plan, limits)
    for choice in plan.techniques:
        yield from _technique_faults(choice, plan, limits)
    for group in plan.groups:
        if group in limits.excluded_groups:
            words = group.replace("_", " ")
            yield _broken("groups", f"The safety check leaves out this part of the body: {words}.")
    yield from _pressure_faults(plan, limits)
    for position in plan.positions:
        if position in limits.positions_to_avoid:
            words = position.replace("_", " ")
            yield _broken("positions", f"The safety check rules out this position: {words}.")
    for item in plan.home_care:
        if forbidden_at_home(item, limits):
            yield _broken("home_care", f"{item.name} is ruled out by the safety check.")
    if limits.most_minutes is not None and plan.dose.minutes > limits.most_minutes:
        says = f"The safety check allows visits of up to {limits.most_minutes} minutes."
        yield _broken("minutes", says)


def _stale(plan: Plan, limits: Limits) -> Iterator[Fault]:
    if limits.screened_on is None:
        yield _broken("", "There is no safety check to rest on.")
    elif (plan.starts_on - limits.screened_on).days > FRESH_DAYS:
        weeks = FRESH_DAYS // 7
        yield _broken(
            "starts_on",
            f"The safety check is more than {weeks} weeks older than the first visit. Ask anew.",
        )


def _technique_faults(choice: Choice, plan: Plan, limits: Limits) -> Iterator[Fault]:
    """What forbids one technique; the record counts as much as what the plan keeps of it."""
    record = load().techniques.get(choice.technique_id)
    if record is None:
        yield _broken("techniques", f"{choice.name} is not known, so it cannot be checked.")
        return
    if choice.technique_id in limits.banned_techniques:
        yield _broken("techniques", f"{record.name} is ruled out by the safety check.")
    allowed = limits.ceiling_over(plan.groups)
    if max(choice.least_pressure, record.pressure_low) > allowed:
        says = f"{choice.name} needs more pressure than the safety check allows ({allowed} of 5)."
        yield _broken("techniques", says)


def _pressure_faults(plan: Plan, limits: Limits) -> Iterator[Fault]:
    allowed = limits.ceiling_over(plan.groups)
    begins_too_firm = allowed < MOST_PRESSURE and plan.pressure_start > allowed
    if plan.pressure_ceiling > allowed or begins_too_firm:
        yield _broken("pressure_start", f"The safety check allows pressure up to {allowed}.")
    if plan.pain_cap > limits.pain_cap:
        says = f"The safety check allows pain up to {limits.pain_cap} of 10 during a visit."
        yield _broken("pain_cap", says)


def forbidden_at_home(item: HomeItem, limits: Limits) -> bool:
    """Whether a rule forbids it, by its record or by what the plan keeps of it, or it is only for
    parts of the body that are left out, or massages one of them.
    """
    record = load().home_care.get(item.id)
    if record is None:
        return True
    groups, excluded = set(record.groups), set(limits.excluded_groups)
    left_out = groups <= excluded or (record.kind == "self_massage" and bool(groups & excluded))
    not_with = {*item.not_with, *record.not_with}
    return left_out or bool(not_with & set(limits.rules))


def _broken(field: str, says: str) -> Fault:
    return Fault(field, says, breaks_screening=True)


def _dose_faults(dose: Dose, limits: Limits) -> Iterator[Fault]:
    least = shortest(dose.least_minutes, limits.most_minutes)
    if not least <= dose.minutes <= MINUTES[1]:
        yield Fault("minutes", f"A visit lasts {least} to {MINUTES[1]} minutes.")
    if not PER_WEEK[0] <= dose.per_week <= PER_WEEK[1]:
        yield Fault("per_week", f"Visits are {PER_WEEK[0]} to {PER_WEEK[1]} a week.")
    if not WEEKS[0] <= dose.weeks <= WEEKS[1]:
        says = f"A course lasts {WEEKS[0]} to {WEEKS[1]} weeks; after that a clinician looks."
        yield Fault("weeks", says)
    if dose.per_week == PER_WEEK[1] and dose.weeks > MOST_WEEKS_OF_THREE:
        says = f"Three visits a week were tested for {MOST_WEEKS_OF_THREE} weeks only."
        yield Fault("per_week", says)
    if dose.visits != dose.per_week * dose.weeks:
        yield Fault("weeks", "The number of visits does not follow from the weeks.")


def shortest(tested_minutes: int, most_minutes: int | None) -> int:
    """The shortest visit a plan may have: half an hour, or less where less was tested or where
    the screening allows no more.
    """
    limit = MINUTES[0] if most_minutes is None else most_minutes
    return max(SHORTEST_MINUTES, min(MINUTES[0], tested_minutes, limit))


def _own_faults(plan: Plan) -> Iterator[Fault]:
    if not plan.techniques:
        yield Fault("techniques", "Choose at least one technique.")
    if len(plan.techniques) > MOST_TECHNIQUES:
        yield Fault("techniques", f"Choose at most {MOST_TECHNIQUES} techniques.")
    if not plan.groups:
        yield Fault("groups", "Name a part of the body to treat.")
    if len(plan.home_care) > MOST_HOME_CARE:
        yield Fault("home_care", f"Choose at most {MOST_HOME_CARE} things for home.")
    if plan.price_cents_per_visit < 0:
        yield Fault("price", "A price is not below zero.")
    if not 1 <= plan.pressure_start <= plan.pressure_ceiling:
        yield Fault("pressure_start", f"Begin with pressure 1 to {plan.pressure_ceiling}.")
    if not plan.review_weeks or max(plan.review_weeks) > plan.dose.weeks:
        yield Fault("review_weeks", "A review stands inside the course.")
