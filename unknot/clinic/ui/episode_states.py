"""How far an episode has come, read from its rows: the state of each of the eight stages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from ..models import Appointment, Episode, PlanVersion
from .rail import EpisodeRail, State, episode_rail
from .words import count, local_day, short_day

Told = tuple[State, str] | None
"""A state and a few words, or None when the stage has nothing yet."""


def rail_of(episode: Episode, current: str = "") -> EpisodeRail:
    """The rail of an episode with every stage's state; `current` is the stage of the page.

    The first stage that has nothing yet is shown as next, unless one is stopped: then that comes
    first. Costs about one query a stage.
    """
    told = {word: read(episode) for word, read in _READ.items()}
    states: dict[str, tuple[State, str]] = {}
    next_found = any(state is not None and state[0] == "blocked" for state in told.values())
    for word, state in told.items():
        if state is not None:
            states[word] = state
        elif not next_found and word != "outcomes":
            states[word] = ("now", "Next")
            next_found = True
    return episode_rail(
        episode_id=episode.pk,
        client_id=episode.client.pk,
        client_name=episode.client.name,
        complaint=episode.complaint,
        current=current,
        states=states,
    )


def _intake(episode: Episode) -> Told:
    last = episode.intakes.order_by("-version").first()
    if last is None:
        return None
    if last.completed_at is None:
        return "attention", "Not finished"
    return "done", f"As of {short_day(last.as_of)}"


def _screen(episode: Episode) -> Told:
    last = episode.screenings.order_by("-decided_at").first()
    if last is None:
        return None
    if not last.blocks_booking:
        return "done", "Clear" if last.disposition == "proceed" else "With limits"
    words = {
        "total_contraindication": "No massage now",
        "medical_clearance": "A doctor first",
    }
    return "blocked", words.get(last.disposition, "Ask again")


def _assess(episode: Episode) -> Told:
    last = episode.assessments.order_by("-assessed_at").first()
    return None if last is None else ("done", short_day(_local(episode, last.assessed_at)))


def _plan(episode: Episode) -> Told:
    last = episode.plans.order_by("-number").first()
    if last is None:
        return None
    if last.state == PlanVersion.State.AGREED:
        return "done", "Agreed"
    return "attention", "To agree"


def _book(episode: Episode) -> Told:
    booked = episode.appointments.filter(state=Appointment.State.BOOKED).count()
    if booked:
        return "done", f"{booked} booked"
    return ("done", "All done") if episode.appointments.exists() else None


def _treat(episode: Episode) -> Told:
    done = episode.appointments.filter(visit__finished_at__isnull=False).count()
    return ("done", count(done, "visit")) if done else None


def _follow_up(episode: Episode) -> Told:
    if episode.alerts.filter(handled_at__isnull=True).exists():
        return "attention", "Look here"
    answers = episode.check_ins.count()
    return ("done", count(answers, "check-in")) if answers else None


def _outcomes(episode: Episode) -> Told:
    last = episode.decisions.order_by("-decided_at").first()
    if last is None:
        return "waiting", "Not decided yet"
    return "done", f"Decided {short_day(_local(episode, last.decided_at))}"


def _local(episode: Episode, at: datetime) -> date:
    return local_day(at, episode.client.practice.zone)


_READ: Final[dict[str, Callable[[Episode], Told]]] = {
    "intake": _intake,
    "screen": _screen,
    "assess": _assess,
    "plan": _plan,
    "book": _book,
    "treat": _treat,
    "follow_up": _follow_up,
    "outcomes": _outcomes,
}
