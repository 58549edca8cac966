"""Plans and what they rest on, read from rows."""

from __future__ import annotations

from dataclasses import replace

from ...reasoning.case import Case
from ...reasoning.plan import Limits, Plan, PlanHistory, from_dict
from ...reasoning.plan.history import read_history
from ...reasoning.plan.model import safety_faults
from ...reasoning.screen import Screening as Decision
from ..intake.answers import case_of
from ..models import Appointment, Episode, PlanVersion, Screening


def latest(episode: Episode) -> PlanVersion | None:
    """The newest version, whatever its state."""
    return episode.plans.select_related("made_by").order_by("-number").first()


def agreed(episode: Episode) -> PlanVersion | None:
    """The version in force: the one the client agreed to and nobody replaced."""
    return episode.plans.filter(state=PlanVersion.State.AGREED).first()


def plan_of(version: PlanVersion | None) -> Plan | None:
    """The plan a version holds; None when there is none or it cannot be read any more."""
    if version is None:
        return None
    try:
        return from_dict(version.content)
    except (ValueError, KeyError, TypeError):
        return None


def screening_of(episode: Episode) -> Screening | None:
    """The latest screening of the episode."""
    return episode.screenings.select_related("intake").order_by("-decided_at", "-id").first()


def decision_of(screening: Screening | None) -> Decision | None:
    """What a stored screening decided; None when there is none or it cannot be read."""
    if screening is None:
        return None
    try:
        return Decision.from_dict(screening.result)
    except (ValueError, KeyError):
        return None


def case_for(episode: Episode) -> Case | None:
    """The answers the latest screening was decided on, else those of the last intake."""
    screening = screening_of(episode)
    intake = screening.intake if screening else episode.intakes.order_by("-version").first()
    return None if intake is None else case_of(intake)


def history_for(episode: Episode, case: Case) -> PlanHistory:
    """What the client told of earlier massage, and the visits given here."""
    done = episode.appointments.filter(state=Appointment.State.DONE).count()
    return replace(read_history(case), visits_here=done)


def objections(plan: Plan, decision: Decision | None) -> tuple[str, ...]:
    """What in a plan the latest screening forbids; empty while it still fits."""
    if decision is None:
        return ("There is no safety check to rest on.",)
    return tuple(fault.says for fault in safety_faults(plan, Limits.of(decision)))
