"""A plan in words for the letter: everything a person needs, in the order they ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...knowledge import load
from ...reasoning.plan import Plan, weeks_of
from ...reasoning.plan.calendar import Day
from ...reasoning.plan.positions import POSITION_WORDS
from ...reasoning.treat.advice import advice
from ...reasoning.words import PRESSURE_WORDS
from ..ui import words
from ..ui.body_chart import GROUP_NAMES


@dataclass(frozen=True)
class Cell:
    """One day of the calendar: its letter or number, what it is, and the same in words."""

    text: str
    kind: str
    says: str


@dataclass(frozen=True)
class CalendarWeek:
    """One row of the calendar."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Expected:
    """One expectation: how sure, and what."""

    certainty: str
    text: str


@dataclass(frozen=True)
class Named:
    """A name and what to say about it."""

    name: str
    text: str
    small: str = ""


@dataclass(frozen=True)
class Letter:
    """The plan as a letter."""

    title: str
    tell: str
    goals: tuple[str, ...]
    dose: str
    visits: str
    found: str
    fits: str
    source: str
    is_certain: bool
    weekdays: tuple[str, ...]
    weeks: tuple[CalendarWeek, ...]
    days: str
    reviews: str
    cost: str
    cost_to_review: str
    areas: str
    left_alone: str
    pressure: str
    positions: str
    techniques: tuple[Named, ...]
    ruled_out: tuple[Named, ...]
    besides: tuple[str, ...]
    home_care: tuple[Named, ...]
    visit_advice: tuple[Named, ...]
    expect: tuple[Expected, ...]
    not_promised: tuple[str, ...]
    stop_rules: tuple[Named, ...]
    taper: tuple[Named, ...]
    cautions: tuple[str, ...]
    history: str
    check_ins: str
    sources: tuple[str, ...]


def letter_of(plan: Plan, currency: str) -> Letter:
    """The letter of a plan; amounts in the practice's currency."""
    weeks = weeks_of(plan)
    return Letter(
        title=plan.title,
        tell=plan.tell,
        goals=plan.goals,
        dose=words.sentence(plan.dose.says),
        visits=words.count(plan.dose.visits, "visit"),
        found=plan.dose.found,
        fits=plan.dose.fits,
        source=_source(plan.dose.source),
        is_certain=plan.dose.certain,
        weekdays=tuple(f"{day.on:%a}" for day in weeks[0].days),
        weeks=tuple(
            CalendarWeek(f"{week.days[0].on.day} {week.days[0].on:%b}", _cells(week.days))
            for week in weeks
        ),
        days=f"The first visit is meant for {words.day(plan.starts_on)}. The days are settled "
        "when you book.",
        reviews=_reviews(plan.review_on),
        cost=_cost(plan, currency),
        cost_to_review=words.money(plan.cost_cents_to_review, currency),
        areas=words.sentence(words.listed([_group(group) for group in plan.groups])),
        left_alone=words.listed([_group(group) for group in plan.excluded_groups]),
        pressure=_pressure(plan),
        positions=_positions(plan),
        techniques=tuple(Named(one.name, one.why, one.tell) for one in plan.techniques),
        ruled_out=tuple(
            Named(one.name, one.why, words.listed(one.rule_ids)) for one in plan.ruled_out
        ),
        besides=plan.besides,
        home_care=tuple(
            Named(one.name, one.tell, f"{one.dose}. {one.stop} {one.why}".strip())
            for one in plan.home_care
        ),
        visit_advice=tuple(
            Named(one.title, one.tell) for one in advice(plan.groups, essential=True)
        ),
        expect=tuple(Expected(*line.split(": ", 1)) for line in plan.expect),
        not_promised=plan.not_promised,
        stop_rules=tuple(Named(rule.title, rule.tell) for rule in plan.stop_rules),
        taper=tuple(Named(step.name, step.tell) for step in plan.taper),
        cautions=plan.cautions,
        history=plan.history_tell,
        check_ins=words.listed(["pain", *plan.check_ins]),
        sources=tuple(filter(None, (_source(name) for name in plan.sources))),
    )


def differences(before: Plan, after: Plan) -> tuple[str, ...]:
    """What changed from one version to the next, in words; may be empty."""
    said = []
    if before.dose.says != after.dose.says:
        said.append(f"{words.sentence(after.dose.says)} It was {before.dose.says}.")
    if before.starts_on != after.starts_on:
        said.append(f"It begins on {words.day(after.starts_on)}.")
    names = [one.name for one in after.techniques]
    if names != [one.name for one in before.techniques]:
        said.append(f"Techniques: {words.listed(names).lower()}.")
    home = [one.name for one in after.home_care]
    if home != [one.name for one in before.home_care]:
        said.append(f"At home: {words.listed(home).lower() or 'nothing'}.")
    if before.cost_cents != after.cost_cents:
        said.append("The cost is different.")
    if (before.pressure_start, before.pressure_ceiling) != (
        after.pressure_start,
        after.pressure_ceiling,
    ):
        said.append(_pressure(after))
    if before.groups != after.groups:
        said.append("The parts of the body are different.")
    return tuple(said)


def _cells(days: tuple[Day, ...]) -> tuple[Cell, ...]:
    return tuple(_cell(day) for day in days)


def _cell(day: Day) -> Cell:
    on = words.day(day.on)
    if day.visit and day.review:
        return Cell(str(day.visit), "review", f"{on}: visit {day.visit}, with the review")
    if day.review:
        return Cell("R", "review", f"{on}: review")
    if day.visit:
        return Cell(str(day.visit), "visit", f"{on}: visit {day.visit}")
    return Cell("", "", "")


def _reviews(days: tuple[date, ...]) -> str:
    said = words.listed([words.day(on, today=days[0]) for on in days])
    return f"We look together at whether it helps on {said}."


def _cost(plan: Plan, currency: str) -> str:
    each = words.money(plan.price_cents_per_visit, currency)
    whole = words.money(plan.cost_cents, currency)
    return f"{words.count(plan.dose.visits, 'visit')} at {each}: {whole} for the whole course."


def _pressure(plan: Plan) -> str:
    start = PRESSURE_WORDS[plan.pressure_start]
    if plan.pressure_ceiling == max(PRESSURE_WORDS):
        return f"Pressure begins {start} ({plan.pressure_start} of 5) and follows your word."
    top = PRESSURE_WORDS[plan.pressure_ceiling]
    return (
        f"Pressure begins {start} ({plan.pressure_start} of 5) and goes no further than {top} "
        f"({plan.pressure_ceiling} of 5)."
    )


def _positions(plan: Plan) -> str:
    known = [POSITION_WORDS[one] for one in plan.positions if one in POSITION_WORDS]
    return words.sentence(f"You lie {words.listed(known)}") if known else ""


def _group(group: str) -> str:
    return GROUP_NAMES[group].lower()


def _source(name: str) -> str:
    known = load().sources
    return known[name].short if name in known and name != "CONV" else ""
