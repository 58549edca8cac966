"""The chapters of an episode, told from its rows in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from ..models import Appointment, Episode, PlanVersion
from ..outcomes.stored import standing_of
from ..plan import home
from ..ui import words
from ..ui.rail import EpisodeRail, Stage, State
from .pages import Chapter, NextAction


@dataclass(frozen=True)
class Told:
    """What a chapter says: plain lines, and a sentence to quote."""

    lines: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True)
class Moment:
    """When and where the story is told."""

    now: datetime
    zone: ZoneInfo

    def day(self, at: datetime) -> str:
        local = at.astimezone(self.zone).date()
        return words.day(local, today=self.now.astimezone(self.zone).date())


Tell = Callable[[Episode, Moment], Told]

TONES: Final[dict[State, str]] = {
    "done": "good",
    "now": "now",
    "attention": "caution",
    "blocked": "stop",
    "waiting": "plain",
}


def complaint(episode: Episode, moment: Moment) -> Told:
    """What the person came with, in their words, and how it is measured at the start."""
    last = episode.intakes.order_by("-version").first()
    answers: dict[str, Any] = last.answers if last is not None else {}
    lines = [f"Opened on {moment.day(episode.opened_at)}."]
    pain = answers.get("pain_average")
    if isinstance(pain, int | float):
        lines.append(f"Usual pain at the start: {pain:g} of 10.")
    return Told(tuple(lines), quote=episode.complaint)


def safety(episode: Episode, moment: Moment) -> Told:
    """The result of the last screening, and its limits."""
    last = episode.screenings.order_by("-decided_at").first()
    if last is None:
        return Told(("Nothing has been decided yet. No visit can be booked before.",))
    result: dict[str, Any] = last.result
    lines = [words.sentence(str(result.get("headline") or result.get("say") or ""))]
    if last.pressure_ceiling < 5 and not last.blocks_booking:
        lines.append(f"Pressure no firmer than {last.pressure_ceiling} of 5.")
    lines.append(f"Decided on {moment.day(last.decided_at)}.")
    return Told(tuple(line for line in lines if line))


def findings(episode: Episode, moment: Moment) -> Told:
    """What the therapist's hands found, counted."""
    last = episode.assessments.order_by("-assessed_at").first()
    if last is None:
        return Told(("Nothing has been examined yet.",))
    found = [words.count(len(last.marks), "mark") + " on the body chart"] if last.marks else []
    motions = last.motions.count()
    if motions:
        found.append(words.count(motions, "motion") + " measured")
    lines = [f"{words.sentence(words.listed(found))}" if found else "", last.words]
    lines.append(f"{last.staff.name}, {moment.day(last.assessed_at)}.")
    return Told(tuple(line for line in lines if line))


def plan(episode: Episode, moment: Moment) -> Told:
    """The dose in one line, and whether it is agreed."""
    last = episode.plans.order_by("-number").first()
    if last is None:
        return Told(("There is no plan yet.",))
    dose = last.content.get("dose") or {}
    lines = [words.sentence(str(dose.get("says") or last.content.get("title") or ""))]
    if last.state == PlanVersion.State.AGREED and last.agreed_at is not None:
        lines.append(f"Agreed by {last.agreed_name} on {moment.day(last.agreed_at)}.")
    else:
        lines.append("Not agreed yet.")
    return Told(tuple(line for line in lines if line))


def visits(episode: Episode, moment: Moment) -> Told:
    """How many visits there were, and when the next one is."""
    booked = episode.appointments.exclude(state=Appointment.State.CANCELLED)
    done = booked.filter(state=Appointment.State.DONE).count()
    coming = booked.filter(state=Appointment.State.BOOKED, starts_at__gte=moment.now).first()
    if not done and coming is None:
        return Told(("No visit is booked.",))
    lines = [f"{words.count(done, 'visit')} done."] if done else []
    if coming is not None:
        when = words.when(coming.starts_at, moment.zone, now=moment.now)
        lines.append(f"Next: {when}, {coming.staff.name}.")
    else:
        lines.append("None is booked after that.")
    return Told(tuple(lines))


def between(episode: Episode, moment: Moment) -> Told:
    """The last answer between visits, and what was done at home."""
    last = episode.check_ins.order_by("-at").first()
    at_home = home.lines(episode, moment.now)
    if last is None:
        return Told(("No answer yet.", *at_home))
    pain = "" if last.pain is None else f": pain {last.pain} of 10"
    answers = words.count(episode.check_ins.count(), "answer")
    return Told((f"{answers}. The last one on {moment.day(last.at)}{pain}.", *at_home))


def answer(episode: Episode, moment: Moment) -> Told:
    """The verdict in one sentence, as the outcomes page says it."""
    if not episode.check_ins.exists():
        return Told(("Too early. It needs visits and answers from between them.",))
    reading = standing_of(episode).reading
    if reading is None:
        return Told(("The first answers are being worked out.",))
    return Told(quote=reading.verdict.sentence)


CHAPTERS: Final[tuple[tuple[str, str, str, Tell], ...]] = (
    ("intake", "The complaint", "Open the intake", complaint),
    ("screen", "Is it safe?", "See why", safety),
    ("assess", "What was found", "Open the findings", findings),
    ("plan", "The plan", "Read the plan", plan),
    ("book", "The visits", "Book or move", visits),
    ("follow_up", "Between visits", "See the answers", between),
    ("outcomes", "Is it working?", "See the chart", answer),
)
ACTIONS: Final[dict[str, tuple[str, str, str]]] = {
    "intake": (
        "Finish the intake",
        "The questions decide whether massage is safe.",
        "Go on with the intake",
    ),
    "screen": (
        "Look at the screening",
        "Nothing can be booked until it is settled.",
        "Open the screening",
    ),
    "assess": (
        "Examine",
        "Mark what your hands find, measure what moves.",
        "Begin the assessment",
    ),
    "plan": ("Agree on a plan", "A dose, a review and an end, read together.", "Open the plan"),
    "book": ("Book the course", "The whole series in one step.", "Find times"),
    "treat": ("Begin the first visit", "The brief is three points, safety first.", "Open visits"),
    "follow_up": ("Look at an answer", "Something came in that needs you.", "Open the check-ins"),
    "outcomes": (
        "Read the answer together",
        "Then decide: go on, change, taper, refer or stop.",
        "Open the outcomes",
    ),
}


def chapters(episode: Episode, rail: EpisodeRail, moment: Moment) -> tuple[Chapter, ...]:
    """The story in order; chapters after the first one not reached say only that."""
    stages = {stage.word: stage for stage in rail.stages}
    return tuple(
        _chapter(stages[word], heading, link, tell(episode, moment))
        for word, heading, link, tell in CHAPTERS
    )


def _chapter(stage: Stage, heading: str, link: str, told: Told) -> Chapter:
    return Chapter(
        word=stage.word,
        heading=heading,
        state=stage.state,
        tone=TONES[stage.state],
        says=stage.says,
        quote=told.quote,
        lines=told.lines,
        url=stage.url,
        link=link,
    )


def next_action(rail: EpisodeRail) -> NextAction | None:
    """What to do now: first what is stopped, then what needs a look, then what comes next."""
    for state in ("blocked", "attention", "now", "waiting"):
        for stage in rail.stages:
            if stage.state == state and stage.url and stage.word in ACTIONS:
                heading, text, link = ACTIONS[stage.word]
                return NextAction(heading, text, stage.url, link)
    return None
