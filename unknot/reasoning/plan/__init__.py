"""A plan: what, how much, until when, what it costs, what it does not promise.

    from unknot.reasoning import plan
    proposed = plan.propose(case, screening, today=today, price_cents_per_visit=9000)
    proposed.dose.visits, proposed.review_on

A plan that the screening forbids cannot exist: building it raises `PlanBreaksScreening`.
"""

from unknot.reasoning.plan.calendar import Day, Week, weeks_of
from unknot.reasoning.plan.change import adjust, home_options, options
from unknot.reasoning.plan.conditions import Candidate, candidates
from unknot.reasoning.plan.history import PlanHistory, Response
from unknot.reasoning.plan.home import Found
from unknot.reasoning.plan.limits import (
    Fault,
    Limits,
    PlanBreaksScreening,
    PlanError,
    PlanImpossible,
    PlanOutOfBounds,
)
from unknot.reasoning.plan.model import SCHEMA, Choice, Dose, HomeItem, Plan, StopRule, TaperStep
from unknot.reasoning.plan.propose import propose
from unknot.reasoning.plan.snapshot import from_dict, to_dict

__all__ = [
    "SCHEMA",
    "Candidate",
    "Choice",
    "Day",
    "Dose",
    "Fault",
    "Found",
    "HomeItem",
    "Limits",
    "Plan",
    "PlanBreaksScreening",
    "PlanError",
    "PlanHistory",
    "PlanImpossible",
    "PlanOutOfBounds",
    "Response",
    "StopRule",
    "TaperStep",
    "Week",
    "adjust",
    "candidates",
    "from_dict",
    "home_options",
    "options",
    "propose",
    "to_dict",
    "weeks_of",
]
